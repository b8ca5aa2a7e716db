"""Forms of webhooks: an endpoint with its filter, and the time of events that are to be sent once more."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminTextInputWidget

from applications.models import ApplicationArea
from clusterportal.clusters.models import Cluster
from clusterportal.partners.domain.webhooks.endpoints import CannotDo, state_of_feed
from clusterportal.partners.domain.webhooks.sending import check_url
from clusterportal.partners.enums import FeedObject, Operation
from clusterportal.partners.models import FeedEntry, WebhookEndpoint
from layers.models import Layer


class _Several(forms.TypedMultipleChoiceField):
    """Any number of choices; none means all."""

    widget = UnfoldAdminCheckboxSelectMultipleWidget

    def __init__(self, **options):
        super().__init__(required=False, **options)


class WebhookForm(forms.ModelForm):
    objects_told = _Several(
        choices=FeedObject.choices,
        label=pgettext_lazy("webhook", "Records"),
        help_text=_("None chosen: all."),
    )
    ops_told = _Several(
        choices=Operation.choices, label=pgettext_lazy("webhook", "Events"), help_text=_("None chosen: all.")
    )
    clusters = _Several(
        coerce=UUID,
        label=_("Clusters"),
        help_text=_(
            "Clusters, layers and areas narrow the actors and their relations: told are those in one of the clusters, "
            "on one of the layers and in one of the areas, as far as any are chosen. An actor that leaves them is told "
            "once."
        ),
    )
    layers = _Several(coerce=UUID, label=_("Layers"))
    areas = _Several(coerce=UUID, label=_("Application areas"))

    class Meta:
        model = WebhookEndpoint
        fields = (
            "partner",
            "url",
            "description",
            "signing",
            "objects_told",
            "ops_told",
            "clusters",
            "layers",
            "areas",
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, model in (("clusters", Cluster), ("layers", Layer), ("areas", ApplicationArea)):
            if isinstance(field := self.fields.get(name), _Several):
                field.choices = [(str(one.uid), str(one.name)) for one in model._default_manager.all()]
                self.initial[name] = [str(uid) for uid in self.initial.get(name) or []]

    def clean_url(self):
        check_url(self.cleaned_data["url"])
        return self.cleaned_data["url"]

    def clean(self):
        super().clean()
        if not self.instance.pk:
            try:
                state_of_feed()
            except CannotDo as error:
                raise forms.ValidationError(str(error)) from None
        return self.cleaned_data


class _Moment(forms.DateTimeField):
    widget = UnfoldAdminTextInputWidget

    def __init__(self, **options):
        super().__init__(**options, widget=UnfoldAdminTextInputWidget(attrs={"type": "datetime-local"}))


class AgainForm(forms.Form):
    """From when to when; `first` and `last` are the entries in between, None where there are none."""

    since = _Moment(label=pgettext_lazy("date", "From"))
    until = _Moment(label=pgettext_lazy("date", "To"))
    first: FeedEntry | None = None
    last: FeedEntry | None = None

    def clean(self):
        super().clean()
        if {"since", "until"} <= self.cleaned_data.keys():
            span = (self.cleaned_data["since"], self.cleaned_data["until"])
            found = FeedEntry.objects.filter(at__range=span, position__gt=0)
            self.first, self.last = found.order_by("position").first(), found.order_by("position").last()
            if self.first is None:
                raise forms.ValidationError(_("Nothing happened in this time."))
        return self.cleaned_data
