"""The cockpit of a cluster: everything that waits for its management, each line with the act that settles it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from clusterportal.clusters.agenda import WORKDAYS, AgendaKind, AgendaLine, monday_of
from clusterportal.clusters.models import Cluster
from clusterportal.finance.domain import agenda as finance
from clusterportal.kpis.domain import agenda as kpis
from clusterportal.labels.domain import agenda as labels
from clusterportal.lifecycle.domain import agenda as lifecycle
from clusterportal.management.domain.gaps import gaps_of
from clusterportal.management.domain.incomplete_members import care_for
from clusterportal.management.domain.own_agenda import follow_ups_for, proposals_for
from clusterportal.matchmaking.domain import agenda as matchmaking
from clusterportal.network.domain import agenda as network
from clusterportal.plans.domain import agenda as plans

# `agenda_of` of each room.
SOURCES: tuple[Callable[..., list[AgendaLine]], ...] = (
    plans.agenda_of,
    matchmaking.agenda_of,
    finance.agenda_of,
    network.agenda_of,
    lifecycle.agenda_of,
    labels.agenda_of,
    kpis.agenda_of,
)


@dataclass(frozen=True)
class Day:
    """A day of the week that is shown, with its dates."""

    day: date
    is_today: bool
    lines: list[AgendaLine]


@dataclass(frozen=True)
class Cockpit:
    """`lines` by kind, what is most urgent first, and how many things they stand for."""

    week: list[Day]
    lines: dict[AgendaKind, list[AgendaLine]]
    counts: dict[AgendaKind, int]
    open_gaps: int  # of the matrix; 0 where plans have gaps of their own among them
    member_count: int
    dates: list[AgendaLine] = field(default_factory=list)  # of the week, from today on


def cockpit_of(cluster: Cluster, *, user, today: date) -> Cockpit:
    """What the cluster's management has to do, as far as the person may see it; a fixed number of queries."""
    monday = monday_of(today)
    gaps, care = gaps_of(cluster), care_for(cluster)
    of_rooms = [line for source in SOURCES for line in source(cluster, today=today)]
    planned = {line.what for line in of_rooms if line.kind == AgendaKind.GAP}
    found = [
        *proposals_for(cluster, user),
        *follow_ups_for(cluster, user, monday=monday, today=today),
        *of_rooms,
        # A plan that asks for a gap knows better what to do with it.
        *(line for line in gaps.lines if line.what not in planned),
        *care.lines,
    ]
    lines = {kind: [line for line in found if line.kind == kind] for kind in AgendaKind}
    for kind in (AgendaKind.DATE, AgendaKind.DECISION, AgendaKind.LABEL):
        lines[kind].sort(key=lambda line: line.due or date.max)
    counts = {kind: sum(line.count for line in lines[kind]) for kind in AgendaKind}
    counts[AgendaKind.GAP] += gaps.fillable_count - len(gaps.lines)  # not all are listed
    week = _week(monday, today, lines[AgendaKind.DATE])
    dates = [line for day in week if day.day >= today for line in day.lines]
    counts[AgendaKind.DATE] = sum(line.count for line in dates)
    return Cockpit(week, lines, counts, 0 if planned else gaps.open_count, care.member_count, dates)


def _week(monday: date, today: date, dates: list[AgendaLine]) -> list[Day]:
    """The working days, and of the weekend and what is left of the one before the days on which something happens."""
    by_day: dict[date, list[AgendaLine]] = {}
    for line in dates:
        if line.due:
            by_day.setdefault(line.due, []).append(line)
    first = min(monday, today)
    days = [first + timedelta(days=number) for number in range((monday - first).days + 7)]
    return [
        Day(day, day == today, by_day.get(day, []))
        for day in days
        if day.weekday() < WORKDAYS or day in by_day
    ]
