"""The form by which an organisation applies for admission to a cluster."""

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from actors.enums import ActorKind
from clusterportal.clusters.models import Cluster
from clusterportal.core.texts import clean_line
from clusterportal.pages.forms.people import ProposerForm, message_field


class AdmissionForm(ProposerForm):
    """Who asks, for which organisation, and which cluster."""

    field_order = [
        "organisation",
        "website",
        "kind",
        "cluster",
        "message",
        "name",
        "role",
        "email",
        "speaks",
        "consent",
    ]
    organisation = forms.CharField(
        label=_("Name of the organisation"),
        help_text=_("As it stands in the registry, or as it is registered."),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Give the name of the organisation.")},
    )
    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"autocomplete": "url"}),
    )
    kind = forms.ChoiceField(
        label=_("Kind of organisation"),
        choices=[("", _("Please choose")), *ActorKind.choices],
        error_messages={"required": _("Choose the kind of organisation.")},
    )
    cluster = forms.ModelChoiceField(
        Cluster.objects.none(),
        label=_("Cluster"),
        to_field_name="slug",
        empty_label=_("Please choose"),
        error_messages={
            "required": _("Choose the cluster that you would like to join."),
            "invalid_choice": _("Choose one of the clusters."),
        },
    )
    message = message_field(_("What do you bring in, what do you seek?"), required=False)
    speaks = forms.BooleanField(
        label=_("I may speak for the organisation. My name is not published."),
        error_messages={"required": _("Say that you may speak for the organisation.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].required = True
        cast(forms.ModelChoiceField, self.fields["cluster"]).queryset = Cluster.objects.published()

    def clean_organisation(self) -> str:
        name = clean_line(self.cleaned_data["organisation"])
        if not name:
            raise forms.ValidationError(
                self.fields["organisation"].error_messages["required"], code="required"
            )
        return name

    def record(self) -> dict:
        """The organisation by the columns of the registry's tables."""
        said = self.cleaned_data
        return {"name": said["organisation"], "kind": said["kind"], "website": said["website"]}
