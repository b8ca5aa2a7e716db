"""Codes of action plans. The value is stored, the label is for people."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Quadrant(models.TextChoices):
    """Where a finding of the regional SWOT stands."""

    STRENGTH = "strength", _("Strengths")
    WEAKNESS = "weakness", _("Weaknesses")
    OPPORTUNITY = "opportunity", _("Opportunities")
    THREAT = "threat", _("Threats")


class Verdict(models.TextChoices):
    """What follows from a finding."""

    KEEP = "keep", _("keep or improve")
    DEVELOP = "develop", _("develop or strengthen")
    GIVE_UP = "give_up", _("give up or avoid")


class ParticipantGroup(models.TextChoices):
    """Who takes part in an action, in the six groups of the action plan."""

    RESEARCH = "research", _("Research")
    COMPANIES = "companies", _("Companies")
    POLITICS = "politics", _("Politics")
    PUBLIC_SECTOR = "public_sector", _("Public sector")
    CLUSTERS = "clusters", _("Clusters")
    OTHERS = "others", pgettext_lazy("participants", "Others")


class ActionState(models.TextChoices):
    """How far an action is: computed from its dates and milestones, or set by hand with a reason."""

    PLANNED = "planned", _("not begun")
    RUNNING = "running", _("running")
    DELAYED = "delayed", _("behind schedule")
    DONE = "done", pgettext_lazy("action", "done")
    STOPPED = "stopped", _("stopped")


class StepState(models.TextChoices):
    """How far one of the four steps of a plan is; always computed."""

    OPEN = "open", pgettext_lazy("step", "open")
    RUNNING = "running", _("running")
    DONE = "done", pgettext_lazy("step", "completed")


class GapVerdict(models.TextChoices):
    """What was decided of an actor that was proposed for a gap."""

    PARTNER = "partner", _("partner of the cluster")
    ACTION = "action", _("takes part in an action")
    DISMISSED = "dismissed", _("dismissed")
