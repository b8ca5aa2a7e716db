from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EventKind(models.TextChoices):
    MATCHMAKING = "matchmaking", _("Matchmaking")
    COMPANY_VISIT = "company_visit", _("Company visit")


class EventState(models.TextChoices):
    """Computed from dates and plans (`domain/states.py`), never stored."""

    DRAFT = "draft", pgettext_lazy("event", "Draft")
    OPEN = "open", _("Open for registration")
    PLANNED = "planned", _("Planned, not announced")
    ANNOUNCED = "announced", _("Plan announced")
    HELD = "held", _("Held")


class Stance(models.TextChoices):
    """How somebody answers for a talk with another participant; seen by the organisers alone."""

    WISH = "wish", _("We wish to meet")
    WOULD = "would", _("We would come")
    NOT = "not", _("Rather not")


class PlanState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("plan", "Waiting")
    COMPUTING = "computing", _("Being computed")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Not possible")


class TalkStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    KEPT = "kept", _("Held")
    NO_SHOW = "no_show", _("Somebody did not come")
    CANCELLED = "cancelled", _("Cancelled")


class MailKind(models.TextChoices):
    CONFIRM = "confirm", _("Please confirm")
    VOUCH = "vouch", _("Is it a colleague of yours?")
    WELCOME = "welcome", _("Way to the wishes")
    AGENDA = "agenda", _("Plan announced")
    CHANGED = "changed", _("Plan changed")
