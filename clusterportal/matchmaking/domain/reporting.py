"""What came of programmes and events: events, participations, talks held, cooperation projects started."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower

from clusterportal.clusters.models import Cluster
from clusterportal.core.calendar_days import year_before
from clusterportal.matchmaking.enums import TalkStatus
from clusterportal.matchmaking.models import Event, Participation, Programme, SchedulePlan, Talk


@dataclass(frozen=True)
class Report:
    """Counts of a programme or a time; None where nothing is recorded. `is_documented`: stated by a source."""

    events: int | None
    participations: int | None
    talks: int | None
    projects: int | None
    is_documented: bool = False

    @property
    def per_event(self) -> float | None:
        """Participations of each event."""
        return _ratio(self.participations, self.events)

    @property
    def per_participation(self) -> float | None:
        """Talks of each participation."""
        return _ratio(self.talks, self.participations)

    @property
    def per_talk(self) -> float | None:
        """Projects of each talk."""
        return _ratio(self.projects, self.talks)


def report_of(programme: Programme, *, today: date) -> Report:
    """What a source documents of the programme; else what was counted at its events that are over."""
    documented = (
        programme.documented_events,
        programme.documented_participations,
        programme.documented_talks,
        programme.documented_projects,
    )
    if any(number is not None for number in documented):
        return Report(*documented, is_documented=True)
    return counted(programme.meetings.held_before(today))


def report_of_year(cluster: Cluster, *, as_of: date) -> Report:
    """Events of the twelve months before the day, without documented examples."""
    return counted(year_of(cluster, as_of=as_of))


def year_of(cluster: Cluster, *, as_of: date) -> QuerySet[Event]:
    """The events of these twelve months."""
    return held(cluster, as_of=as_of).filter(day__gte=year_before(as_of))


def held(cluster: Cluster, *, as_of: date) -> QuerySet[Event]:
    """The events that the cluster has held before the day, without documented examples."""
    return Event.objects.filter(cluster=cluster, is_example=False).held_before(as_of)


def counted(events: QuerySet[Event]) -> Report:
    """Sums over events; a number that was counted elsewhere takes the place of what stands here."""
    columns = ["counted_participations", "registered", "counted_talks", "held", "counted_projects", "started"]
    found = list(with_counts(events).values_list(*columns))
    return Report(
        events=len(found),
        participations=_sum((row[0], row[1]) for row in found),
        talks=_sum((row[2], row[3]) for row in found),
        projects=_sum((row[4], row[5]) for row in found),
    )


def with_counts(events: QuerySet[Event]) -> QuerySet[Event]:
    """Annotates `registered`, `held` and `started`: participations, talks held and projects of the valid plan."""
    valid = Talk.objects.filter(plan__in=SchedulePlan.objects.valid(), status=TalkStatus.KEPT)
    coming = Q(participations__confirmed_at__isnull=False, participations__withdrawn_at=None)
    return events.annotate(
        registered=Count("participations", filter=coming, distinct=True),
        held=Count("plans__talks", filter=Q(plans__talks__in=valid), distinct=True),
        started=Count(
            "plans__talks",
            filter=Q(plans__talks__in=valid, plans__talks__project_started_on__isnull=False),
            distinct=True,
        ),
    )


def organisations_at(events: QuerySet[Event]) -> int:
    """How many different organisations took part, as far as they registered here."""
    coming = Participation.objects.coming().filter(event__in=events)
    named = coming.filter(actor=None).annotate(name=Lower("organisation"))
    return (
        coming.exclude(actor=None).values("actor").distinct().count()
        + named.values("name").distinct().count()
    )


def _sum(pairs: Iterable[tuple[int | None, int]]) -> int:
    return sum(here if elsewhere is None else elsewhere for elsewhere, here in pairs)


def _ratio(part: int | None, whole: int | None) -> float | None:
    return part / whole if part is not None and whole else None
