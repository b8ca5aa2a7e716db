"""The form of signing in, and when an accepted proposal shows."""

from allauth.account.forms import LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """Labels say what goes in; nothing stands in the fields that would have to be told from an entry."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name or e-mail")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class MomentForm(forms.Form):
    """From when on everybody sees it; empty: at once."""

    at = forms.DateTimeField(
        label=_("Appears on"),
        required=False,
        help_text=_("Empty: at once."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
