"""What is posted, what comes of it, and which mails it makes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchKind(models.TextChoices):
    REQUEST = "request", _("Cooperation request")
    OFFER = "offer", _("Cooperation offer")


class Outcome(models.TextChoices):
    """How a request or an offer ended, as its actor says."""

    FOUND = "found", _("A partner was found through the portal")
    FOUND_ELSEWHERE = "found_elsewhere", _("A partner was found elsewhere")
    NOBODY = "nobody", _("Nobody was found")
    DROPPED = "dropped", _("It is no longer needed")


class Standing(models.TextChoices):
    """Not stored: whether people can still answer (`querysets.py`)."""

    OPEN = "open", _("Open")
    EXPIRED = "expired", _("Expired")
    CLOSED = "closed", _("Closed")


class MailKind(models.TextChoices):
    CONFIRM = "confirm", _("To be confirmed by who follows")
    CHANGED = "changed", _("It has changed")
    ENDED = "ended", _("It has ended")
    SUGGESTIONS = "suggestions", _("What may fit an actor")
