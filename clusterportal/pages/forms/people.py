"""The people behind a form: proposers, claimants, and those who answer a question of the review."""

from django import forms
from django.utils.translation import gettext_lazy as _

TEXT_LIMIT = 4000  # characters of a message
EMAIL_LIMIT = 254  # of an address (RFC 5321); Django's form takes longer ones than its columns hold


def message_field(label, *, required: bool, hint="") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        help_text=hint,
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write your answer.")},
    )


def name_field() -> forms.CharField:
    return forms.CharField(
        label=_("Your name"),
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Give your name.")},
    )


def email_field(hint) -> forms.EmailField:
    """`hint`: what becomes of the address."""
    return forms.EmailField(
        label=_("Your e-mail"),
        help_text=hint,
        max_length=EMAIL_LIMIT,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Give your e-mail address.")},
    )


class ProposerForm(forms.Form):
    """Contact details of the person who sends a form."""

    prefix = "you"
    email = email_field(_("We send a link to it, by which you confirm. It is never published."))
    name = name_field()
    role = forms.CharField(
        label=_("Your function in the organisation"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
        error_messages={"required": _("Give your function in the organisation.")},
    )
    message = message_field(_("Message to the review"), required=False)
    consent = forms.BooleanField(
        label=_(
            "The cluster management may keep my name and e-mail to check this proposal and to answer me."
        ),
        help_text=_("They are deleted 400 days after the decision at the latest."),
        error_messages={
            "required": _(
                "Agree that we keep your name and e-mail: without them nobody can check and answer."
            )
        },
    )


class ClaimForm(ProposerForm):
    """A person who claims to speak for an organisation."""

    field_order = ["email", "name", "role"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _(
            "Best one of your organisation: an address at the domain of its website is checked fastest."
        )
        self.fields["role"].required = True


class MessageForm(forms.Form):
    """A message alone: of a representative who is signed in."""

    prefix = "you"
    message = message_field(_("Message to the review"), required=False)


class AnswerForm(forms.Form):
    """The answer to a question of the review."""

    text = message_field(_("Your answer"), required=True)
