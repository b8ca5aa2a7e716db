"""Codes of contributions. The value is stored, the label is for people."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What a contribution is; some fields belong to one kind alone."""

    NEWS = "news", _("News item")
    SUCCESS_STORY = "success_story", _("Success story")
    PUBLICATION = "publication", pgettext_lazy("contribution", "Publication")
    CALL = "call", pgettext_lazy("contribution", "Call")
    EVENT = "event", pgettext_lazy("contribution", "Event")


class EventKind(models.TextChoices):
    MATCHMAKING = "matchmaking", _("Matchmaking")
    COMPANY_VISIT = "company_visit", _("Company visit")
    WORKSHOP = "workshop", _("Workshop")
    SEMINAR = "seminar", _("Seminar")
    TRADE_FAIR = "trade_fair", _("Trade fair")
    EXHIBITION = "exhibition", _("Exhibition")
    OPEN_DAY = "open_day", _("Open day")
    CONGRESS = "congress", _("Congress")
