"""Codes of the room. The value is stored, the label is for people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PairState(models.TextChoices):
    """What people said about two actors that look alike. Two that were merged are one, so they are no pair."""

    OPEN = "open", _("Open")
    DISMISSED = "dismissed", _("Not a duplicate")


class LinkStatus(models.TextChoices):
    """What the last look at a website found."""

    OK = "ok", _("Works")
    MOVED = "moved", _("Moved for good")
    FAILING = "failing", _("Failed once")
    BROKEN = "broken", _("Broken")
    GUARDED = "guarded", _("Answers people only")
    BLOCKED = "blocked", _("Blocked by robots.txt")
    REFUSED = "refused", _("No public address")
