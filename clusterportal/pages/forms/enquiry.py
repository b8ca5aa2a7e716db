"""The form of an enquiry: what is sought, and who seeks it."""

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterportal.clusters.models import Cluster
from clusterportal.core.texts import clean_line, clean_text
from clusterportal.pages.forms.people import TEXT_LIMIT, email_field, name_field

_LINES = ("name", "organisation", "phone")


class EnquiryForm(forms.Form):
    """`clusters`: the form also asks whose management is meant, unless there is no choice."""

    prefix = "ask"
    cluster = forms.ModelChoiceField(
        Cluster.objects.none(),
        label=_("Whom do you ask?"),
        to_field_name="slug",
        required=False,
        empty_label=_("The operator of this portal: I do not know which cluster"),
        error_messages={"invalid_choice": _("Choose one of the clusters.")},
    )
    text = forms.CharField(
        label=_("What do you seek?"),
        help_text=_("What it is for, how much, by when: whatever helps to answer you."),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Say what you seek.")},
    )
    name = name_field()
    organisation = forms.CharField(
        label=_("Your organisation"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = email_field(_("The answer goes there. First we send a link to it, by which you confirm."))
    phone = forms.CharField(
        label=_("Your telephone number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    consent = forms.BooleanField(
        label=_("The portal may pass on what I wrote, with my name and address, to whom it is addressed."),
        help_text=_(
            "The cluster management gets a copy; where no address is known, it alone gets the enquiry. The portal "
            "erases all of it after 30 days."
        ),
        error_messages={"required": _("Agree that we pass on your enquiry: without that nobody can answer.")},
    )

    def __init__(self, *args, clusters=None, **kwargs):
        super().__init__(*args, **kwargs)
        if clusters is None or not clusters.exists():
            del self.fields["cluster"]
        else:
            cast(forms.ModelChoiceField, self.fields["cluster"]).queryset = clusters

    def clean(self):
        """Texts without control characters, lines without breaks: they will stand in mails."""
        super().clean()
        cleaned = self.cleaned_data
        cleaned |= {name: clean_line(cleaned[name]) for name in _LINES if name in cleaned}
        if "text" in cleaned:
            cleaned["text"] = clean_text(cleaned["text"])
        return cleaned
