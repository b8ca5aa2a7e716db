"""The cockpit of a cluster: everything that waits for its management, each line with the act that settles it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from clusterportal.clusters.agenda import AgendaKind, AgendaLine
from clusterportal.clusters.models import Cluster
from clusterportal.finance.domain import agenda as finance
from clusterportal.kpis.domain import agenda as kpis
from clusterportal.lifecycle.domain import agenda as lifecycle
from clusterportal.management.domain.care import care_for
from clusterportal.management.domain.gaps import gaps_of
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
    kpis.agenda_of,
)
WORKDAYS = 5


@dataclass(frozen=True)
class Day:
    """A day of the week that is shown, with its dates."""

    day: date
    is_today: bool
    lines: list[AgendaLine]


@dataclass(frozen=True)
class Cockpit:
    """`lines` by kind, what is most urgent first."""

    week: list[Day]
    lines: dict[AgendaKind, list[AgendaLine]]
    open_gaps: int
    fillable_gaps: int
    member_count: int
    dates: list[AgendaLine] = field(default_factory=list)  # of the week, from today on


def cockpit_of(cluster: Cluster, *, user, today: date) -> Cockpit:
    """What the cluster's management has to do, as far as the person may see it; a fixed number of queries."""
    monday = monday_of(today)
    gaps, care = gaps_of(cluster), care_for(cluster)
    found = [
        *proposals_for(cluster, user),
        *follow_ups_for(cluster, user, monday=monday, today=today),
        *(line for source in SOURCES for line in source(cluster, today=today)),
        *gaps.lines,
        *care.lines,
    ]
    lines = {kind: [line for line in found if line.kind == kind] for kind in AgendaKind}
    for kind in (AgendaKind.DATE, AgendaKind.DECISION, AgendaKind.LABEL):
        lines[kind].sort(key=lambda line: line.due or date.max)
    week = _week(monday, today, lines[AgendaKind.DATE])
    return Cockpit(
        week,
        lines,
        gaps.open_count,
        gaps.proposal_count,
        care.member_count,
        [line for day in week if day.day >= today for line in day.lines],
    )


def monday_of(today: date) -> date:
    """The Monday of the working week that is shown: on a weekend that of the next one."""
    monday = today - timedelta(days=today.weekday())
    return monday if today.weekday() < WORKDAYS else monday + timedelta(days=7)


def _week(monday: date, today: date, dates: list[AgendaLine]) -> list[Day]:
    """The working days, and of the weekend the days on which something happens."""
    by_day: dict[date, list[AgendaLine]] = {}
    for line in dates:
        if line.due:
            by_day.setdefault(line.due, []).append(line)
    days = [monday + timedelta(days=number) for number in range(7)]
    return [
        Day(day, day == today, by_day.get(day, []))
        for number, day in enumerate(days)
        if number < WORKDAYS or day in by_day
    ]
