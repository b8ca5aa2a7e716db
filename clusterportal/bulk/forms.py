"""What a person may wish of a selection, asked in one form."""

from typing import cast

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from actors.enums import ActorKind, MembershipKind, PlacementBasis
from actors.models import Actor, ActorTopic, Topic
from actors.rules import reaches_all
from applications.models import ApplicationArea
from clusterportal.bulk.domain.wishes import Wishes
from clusterportal.clusters.models import Cluster
from clusterportal.clusters.rules import clusters_of
from clusterportal.core.form_choices import offer
from clusterportal.core.texts import clean_line
from layers.models import Layer

AS_IT_IS = ("", _("leave as it is"))
NO_MAIN = "none"


def _boxes(queryset, label) -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        queryset, label=label, required=False, widget=forms.CheckboxSelectMultiple
    )


def _one(queryset, label) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        queryset, label=label, required=False, empty_label=AS_IT_IS[1], widget=UnfoldAdminSelectWidget
    )


def _code(choices, label) -> forms.ChoiceField:
    return forms.ChoiceField(choices=choices, label=label, required=False, widget=UnfoldAdminSelectWidget)


def _topics(label) -> forms.ModelMultipleChoiceField:
    widget = AutocompleteSelectMultiple(ActorTopic._meta.get_field("topic"), admin.site)
    return forms.ModelMultipleChoiceField(Topic.objects.all(), label=label, required=False, widget=widget)


class WishesForm(forms.Form):
    add_layers = _boxes(Layer.objects.all(), _("Add"))
    basis = _code(PlacementBasis.choices, _("Ground"))
    rebase = forms.BooleanField(label=_("This ground also for those who stand there already"), required=False)
    drop_layers = _boxes(Layer.objects.all(), _("Take away"))
    main = _code((), _("Main layer"))
    add_areas = _boxes(ApplicationArea.objects.active(), _("Add"))
    drop_areas = _boxes(ApplicationArea.objects.all(), _("Take away"))
    add_topics = _topics(_("Add"))
    drop_topics = _topics(_("Take away"))
    join = _one(Cluster.objects.filter(is_active=True), _("Add to the cluster"))
    join_kind = _code(MembershipKind.choices, _("as"))
    leave = _one(Cluster.objects.all(), _("Take out of the cluster"))
    leave_kind = _code((), _("as"))
    kind = _code([AS_IT_IS, *ActorKind.choices], _("Kind"))
    source = forms.CharField(
        label=_("Source"),
        required=False,
        max_length=Actor._meta.get_field("source").max_length,
        widget=UnfoldAdminTextInputWidget,
    )
    clear_source = forms.BooleanField(label=_("Empty the source"), required=False)

    GROUPS = (
        (_("Layers"), ("add_layers", "drop_layers", "basis", "main", "rebase")),
        (_("Application areas"), ("add_areas", "drop_areas")),
        (_("Topics"), ("add_topics", "drop_topics")),
        (_("Clusters"), ("join", "join_kind", "leave", "leave_kind")),
        (_("Facts"), ("kind", "source", "clear_source")),
    )
    _AGAINST = (("add_layers", "drop_layers"), ("add_areas", "drop_areas"), ("add_topics", "drop_topics"))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        layers = [(str(layer.pk), str(layer)) for layer in Layer.objects.all()]
        offer(
            self,
            main=[AS_IT_IS, *layers, (NO_MAIN, _("none any more"))],
            leave_kind=[("", _("anything")), *MembershipKind.choices],
        )
        if not reaches_all(user):  # other clusters' members are theirs to keep
            leave = cast(forms.ModelChoiceField, self.fields["leave"])
            leave.queryset = Cluster.objects.filter(pk__in=clusters_of(user))

    def groups(self) -> list[tuple]:
        """The fields as they stand together on the page, each group under its title."""
        return [(title, [self[name] for name in names]) for title, names in self.GROUPS]

    def clean_source(self) -> str:
        return clean_line(self.cleaned_data["source"])

    def clean(self):
        cleaned = super().clean() or {}
        if cleaned.get("main") in {str(layer.pk) for layer in cleaned.get("drop_layers") or ()}:
            self.add_error("main", _("This layer is taken away."))
        for added, dropped in self._AGAINST:
            both = set(cleaned.get(added) or ()) & set(cleaned.get(dropped) or ())
            if both:
                names = ", ".join(sorted(map(str, both)))
                self.add_error(dropped, _("Added and taken away at once: %(names)s") % {"names": names})
        if cleaned.get("source") and cleaned.get("clear_source"):
            self.add_error("clear_source", _("Either a source is given, or it is emptied."))
        if not self.errors and not any(cleaned[name] for name in cleaned if name not in _WITH_OTHERS):
            raise forms.ValidationError(_("Please say what shall change."))
        return cleaned

    def wishes(self) -> Wishes:
        """What was asked for; of a valid form."""
        asked = dict(self.cleaned_data)
        main = asked.pop("main")
        return Wishes(
            **asked
            | {
                "basis": asked["basis"] or PlacementBasis.TOPIC,
                "join_kind": asked["join_kind"] or MembershipKind.MEMBER,
                "main": Layer.objects.get(pk=main) if main not in ("", NO_MAIN) else None,
                "no_main": main == NO_MAIN,
            }
        )


_WITH_OTHERS = {"basis", "rebase", "join_kind", "leave_kind"}  # say nothing alone
