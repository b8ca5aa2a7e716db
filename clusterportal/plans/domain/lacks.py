"""What actions lack that are not over: the cockpit tells it line by line, the list of actions shows all of it."""

from datetime import date

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from clusterportal.clusters.agenda import end_of_week
from clusterportal.plans.enums import ActionState
from clusterportal.plans.models import Action, Milestone

_OVER = [ActionState.DONE, ActionState.STOPPED]


class Lack(models.TextChoices):
    """What the list of actions can be narrowed to."""

    LATE = "late", _("a milestone is overdue")
    DUE = "due", _("a milestone is due this week")
    RESPONSIBLE = "responsible", _("nobody is responsible")


def late_milestones(today: date) -> QuerySet[Milestone]:
    """Those that are overdue."""
    return _not_reached().filter(due_on__lt=today)


def due_milestones(today: date) -> QuerySet[Milestone]:
    """Those that are due from today to the end of the week."""
    return _not_reached().filter(due_on__range=(today, end_of_week(today)))


def _not_reached() -> QuerySet[Milestone]:
    standing = Milestone.objects.filter(reached_on=None).exclude(action__state_set__in=_OVER)
    return standing.order_by("due_on", "pk")


def without_responsible() -> QuerySet[Action]:
    """Those for which neither an actor nor anybody in words is responsible."""
    nobody = Action.objects.filter(responsible=None, responsible_words_de="")
    return nobody.exclude(state_set__in=_OVER).order_by("pk")


def lacking(actions: QuerySet[Action], lack: str, *, today: date) -> QuerySet[Action]:
    """Those of `actions` that lack what `lack` says."""
    if lack == Lack.RESPONSIBLE:
        return actions.filter(pk__in=without_responsible().values("pk"))
    milestones = late_milestones(today) if lack == Lack.LATE else due_milestones(today)
    return actions.filter(pk__in=milestones.values("action"))
