"""What is public of events, and which records a person works with."""

from datetime import date
from typing import Self

from django.apps import apps
from django.db.models import Exists, OuterRef, QuerySet

from clusterportal.clusters.querysets import ClusterRecordQuerySet, OfClustersQuerySet
from clusterportal.matchmaking.enums import EventKind, TalkStatus


class EventQuerySet(ClusterRecordQuerySet):
    def matchmakings(self) -> Self:
        return self.filter(kind=EventKind.MATCHMAKING)

    def visits(self) -> Self:
        return self.filter(kind=EventKind.COMPANY_VISIT)

    def open_on(self, day: date) -> Self:
        """Events for which one can register and wish on the day."""
        return self.filter(opened_on__lte=day, wishes_until__gte=day)

    def held_before(self, day: date) -> Self:
        """Events that are over on the day: one of the day itself has not been held yet."""
        return self.filter(day__lt=day)


class OfEventQuerySet(OfClustersQuerySet):
    """Records that belong to an event, named by `event`."""

    cluster_path = "event__cluster"


class ParticipationQuerySet(OfEventQuerySet):
    def coming(self) -> Self:
        """Those that confirmed and did not withdraw."""
        return self.filter(confirmed_at__isnull=False, withdrawn_at=None)


class PlanQuerySet(QuerySet):
    def announced(self) -> Self:
        """The plans that people were told of, the valid one first."""
        return self.filter(announced_at__isnull=False).order_by("-version")

    def valid(self) -> Self:
        """Of each event the plan that was announced last."""
        later = self.model._default_manager.filter(
            event=OuterRef("event"), version__gt=OuterRef("version"), announced_at__isnull=False
        )
        return self.filter(~Exists(later), announced_at__isnull=False)


class TalkQuerySet(QuerySet):
    def named(self) -> Self:
        """With all that a table of talks shows."""
        return self.select_related("slot__event", "one__actor", "other__actor")

    def standing(self) -> Self:
        """Talks of the valid plans: those announced last, unless they were cancelled."""
        valid = apps.get_model("matchmaking", "SchedulePlan").objects.valid()
        return self.filter(plan__in=valid).exclude(status=TalkStatus.CANCELLED).named()
