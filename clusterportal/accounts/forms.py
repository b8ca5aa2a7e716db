"""The form of a person: who it is, what the person may do, explained where it is chosen."""

from django import forms
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminRadioSelectWidget, UnfoldAdminSelectWidget, UnfoldBooleanWidget

from clusterportal.accounts.enums import IN_WORDS, Role
from clusterportal.accounts.models import User


def roles_in_words() -> list[tuple[str, str]]:
    """Each role with the sentence that says what it is good for."""
    none = (
        "",
        format_html(
            "<strong>{}</strong> <span class='ap-sub'>{}</span>",
            _("No role"),
            _("May sign in, and sees nothing of the admin."),
        ),
    )
    roles = [
        (
            role.value,
            format_html("<strong>{}</strong> <span class='ap-sub'>{}</span>", role.label, IN_WORDS[role]),
        )
        for role in Role
    ]
    return [*roles, none]


def languages() -> list[tuple[str, str]]:
    return [
        ("", _("as the portal: %(language)s") % {"language": settings.LANGUAGES[0][1]}),
        *settings.LANGUAGES,
    ]


class PersonForm(forms.ModelForm):
    """Of an account that is there."""

    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=roles_in_words,
        required=False,
        widget=UnfoldAdminRadioSelectWidget,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=languages,
        required=False,
        help_text=gettext_lazy("Language of e-mails to this person."),
        widget=UnfoldAdminSelectWidget,
    )

    class Meta:
        model = User
        fields = ["username", "email", "first_name", "last_name", "role", "language", "is_active"]

    def clean_email(self) -> str:
        """People sign in by it, so it belongs to one account."""
        email = self.cleaned_data["email"]
        others = User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk)
        if email and others.exists():
            raise forms.ValidationError(_("There is an account with this e-mail address already."))
        return email


class NewPersonForm(PersonForm):
    """Of a new account: it is called by the e-mail address, and the password is chosen by who is invited."""

    invite = forms.BooleanField(
        label=gettext_lazy("Send the invitation now"),
        required=False,
        initial=True,
        help_text=gettext_lazy("A mail with a link, by which the person chooses a password."),
        widget=UnfoldBooleanWidget,
    )

    class Meta(PersonForm.Meta):
        fields = ["email", "first_name", "last_name", "role", "language"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True

    def clean_email(self) -> str:
        email = super().clean_email()
        if User.objects.filter(username__iexact=email).exists():
            raise forms.ValidationError(_("There is an account with this e-mail address already."))
        return email

    def save(self, commit=True):
        person = self.instance
        person.username = person.email.lower()[:150]
        person.set_unusable_password()
        return super().save(commit)
