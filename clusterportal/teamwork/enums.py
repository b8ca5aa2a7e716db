"""What can become of a mail, who is written to, and how often a person wants to hear."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MailState(models.TextChoices):
    """`SENDING` is written before the mail server is spoken to: whoever finds it later does not send again."""

    WAITING = "waiting", pgettext_lazy("mail", "Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    REFUSED = "refused", _("Refused by the mail server")
    UNCLEAR = "unclear", _("Unclear whether it was sent")
    VOID = "void", _("No longer needed")


class Rhythm(models.TextChoices):
    """When a person is told of new proposals and answers."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day, in the morning")
    NEVER = "never", _("Never")


class Addressees(models.TextChoices):
    """Who of an actor is written to."""

    CONTACTS = "contacts", _("Contact persons with an e-mail address")
    ACTOR = "actor", _("The actor's own e-mail address")
    REPRESENTATIVES = "representatives", _("Representatives")
