"""The self-check of a cluster and of an entry: forms sent by GET, so that the answers stand in the address alone."""

from datetime import date

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from actors.domain.completeness import MissingField, missing_fields_in
from actors.enums import ActorKind
from clusterportal.labels.domain.stated import Stated, StatedCluster
from layers.models import Layer

_LARGEST_NUMBER = 100_000
_WHOLE = _("Enter a whole number.")


def _number(label, hint="") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=hint,
        required=False,
        min_value=0,
        max_value=_LARGEST_NUMBER,
        error_messages={"invalid": _WHOLE},
    )


class ClusterCheckForm(forms.Form):
    """What labels ask of a cluster. `standards`: the lists of criteria to choose from."""

    standard = forms.ChoiceField(label=_("Yardstick"), required=False)
    members = _number(pgettext_lazy("self-check", "Members"))
    committed = _number(_("of them committed"), _("By contract, fee or letter of intent."))
    companies = _number(_("of them companies"))
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of members"),
        choices=ActorKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    layers = forms.ModelMultipleChoiceField(
        Layer.objects.none(),
        label=_("Layers on which members stand"),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    staff = forms.DecimalField(
        label=_("Posts in management"),
        help_text=_("In full-time equivalents, such as 0.5."),
        required=False,
        min_value=0,
        max_value=_LARGEST_NUMBER,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    activities = _number(_("Activities in the last year"), _("Meetings, visits, workshops."))
    services = forms.BooleanField(label=_("Our services are published"), required=False)
    contact = forms.BooleanField(label=_("An address for enquiries is published"), required=False)
    homepage = forms.BooleanField(label=_("Our homepage is named"), required=False)
    field = forms.BooleanField(label=_("A technology field or industry is named"), required=False)

    def __init__(self, data=None, *, standards=(), layers: QuerySet[Layer] | None = None):
        super().__init__(data, auto_id="check-%s")
        self.standards = {one.slug: one for one in standards}
        self.fields["standard"].choices = [  # type: ignore[attr-defined]  # of a ChoiceField
            ("", _("What labels usually ask for")),
            *((one.slug, f"{one.abbreviation}: {one.name}") for one in standards),
        ]
        self.fields["layers"].queryset = Layer.objects.all() if layers is None else layers  # type: ignore[attr-defined]

    def clean(self):
        super().clean()
        members = self.cleaned_data.get("members")
        parts = (self.cleaned_data.get("companies"), self.cleaned_data.get("layers"))
        if members is None and "members" not in self.errors and any(parts):
            self.add_error("members", _("Say how many members there are: the rest is compared with it."))
        for name in ("committed", "companies"):
            part = self.cleaned_data.get(name)
            if part is not None and members is not None and part > members:
                self.add_error(name, _("These cannot be more than all members."))
        return self.cleaned_data

    @property
    def chosen(self):
        """The list of criteria that was chosen; None for what labels usually ask for."""
        return self.standards.get(self.cleaned_data.get("standard", ""))

    def stated(self, *, as_of: date) -> Stated:
        """The answers, as the rules ask for them."""
        said = self.cleaned_data
        positions = {layer.position for layer in said["layers"]}
        return Stated(
            StatedCluster(
                staff_fte=said["staff"],
                services="stated" if said["services"] else "",
                technology_field="stated" if said["field"] else "",
                email="stated" if said["contact"] else "",
                homepage="stated" if said["homepage"] else "",
            ),
            as_of,
            members=said["members"] or 0,
            committed=said["committed"] or 0,
            companies=said["companies"] or 0,
            kinds=len(said["kinds"]),
            by_layer=[int(position in positions) for position in range(1, 6)],
            activities=said["activities"],
        )


class EntryCheckForm(forms.Form):
    """What a visitor misses in an entry: `has` names what the organisation can state."""

    has = forms.MultipleChoiceField(
        label=_("We can state"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data=None):
        super().__init__(data, auto_id="entry-%s")
        needed = missing_fields_in(lambda code: False)
        self.fields["has"].choices = [(field.code, field.label) for field in needed]  # type: ignore[attr-defined]

    def lacking(self) -> list[MissingField]:
        """What would be missing, and why a visitor would miss it; the errors, which nobody publishes, first."""
        has = set(self.cleaned_data["has"])
        return sorted(missing_fields_in(lambda code: code in has), key=lambda field: not field.is_error)
