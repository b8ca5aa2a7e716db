"""Codes of the room. The value is stored, the label is for people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PairState(models.TextChoices):
    """What people said about two actors that look alike. Two that were merged are one, so they are no pair."""

    OPEN = "open", _("Open")
    DISMISSED = "dismissed", _("Not a duplicate")


class ReasonCode(models.TextChoices):
    """Why two actors look like one, and what speaks against it."""

    SAME_IDENTIFIER = "same_identifier", _("Same identifier")
    SAME_WEBSITE = "same_website", _("Same website")
    SAME_NAME = "same_name", _("Same name")
    SIMILAR_NAME = "similar_name", _("Similar name")
    SAME_SHORT_NAME = "same_short_name", _("Same short name")
    SAME_POSTCODE = "same_postcode", _("Same postcode")
    SAME_CITY = "same_city", _("Same city")
    NEARBY = "nearby", _("Close to each other")
    OTHER_IDENTIFIER = "other_identifier", _("Different identifiers")
    RELATED = "related", _("Parent or spin-off")
    OTHER_NAME = "other_name", _("Different names")
    OTHER_PLACE = "other_place", _("Different places")


class LinkStatus(models.TextChoices):
    """What the last look at a website found."""

    OK = "ok", _("Works")
    MOVED = "moved", _("Moved for good")
    FAILING = "failing", _("Failed once")
    BROKEN = "broken", _("Broken")
    GUARDED = "guarded", _("Answers people only")
    BLOCKED = "blocked", _("Blocked by robots.txt")
    REFUSED = "refused", _("No public address")
