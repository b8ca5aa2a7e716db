"""The forms of partners and keys."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminDateWidget,
    UnfoldAdminSelectWidget,
)

from clusterportal.partners.domain import keys
from clusterportal.partners.models import ApiKey, Partner


class PartnerForm(forms.ModelForm):
    """A partner; the moment of accepting in one field of the browser, which needs no script."""

    terms_accepted_at = forms.DateTimeField(
        label=_("Terms accepted on"),
        required=False,
        # The format that a field for moments takes in every language.
        widget=UnfoldAdminDateWidget(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    class Meta:
        model = Partner
        fields = ["name", "purpose", "contact_name", "contact_email"]
        fields += ["terms_accepted_at", "terms_accepted_by", "is_active"]


class KeyForm(forms.ModelForm):
    """A key: what for, until when, and what it may do besides reading."""

    scopes = forms.MultipleChoiceField(
        label=_("May also"),
        choices=lambda: [*keys.scopes_in_words().items()],
        required=False,
        help_text=_("Every key reads what is public. Tick only what the purpose needs."),
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )
    expires_on = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("Empty: until it is revoked."),
        # The format that a field for dates takes in every language.
        widget=UnfoldAdminDateWidget(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    class Meta:
        model = ApiKey
        fields = ["name", "scopes", "expires_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Of a cluster that is gone no box is left: what its right was goes with the next save.
        self.initial["scopes"] = [
            one for one in self.initial.get("scopes", []) if one in keys.scopes_in_words()
        ]

    def clean_scopes(self) -> list[str]:
        return keys.known_scopes(self.cleaned_data["scopes"])


class NewKeyForm(KeyForm):
    partner: forms.ModelChoiceField = forms.ModelChoiceField(
        Partner.objects.filter(is_active=True, terms_accepted_at__isnull=False),
        label=_("Partner"),
        help_text=_("Partners that are active and accepted the terms."),
        widget=UnfoldAdminSelectWidget,
    )
    field_order = ["partner", "name", "scopes", "expires_on"]

    class Meta(KeyForm.Meta):
        fields = ["partner", *KeyForm.Meta.fields]

    def clean(self):
        cleaned = super().clean()
        partner = self.cleaned_data.get("partner")
        if partner and (reason := keys.why_none(partner, self.cleaned_data.get("expires_on"))):
            self.add_error("expires_on", reason)
        return cleaned
