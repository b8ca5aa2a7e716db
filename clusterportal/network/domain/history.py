"""The network of a cluster on any day of its past, from one reading of everything that ever stood in it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self

import numpy as np

from actors.models import Membership
from clusterportal.clusters.models import Cluster
from clusterportal.network.domain.choice import GraphChoice
from clusterportal.network.domain.graph import Network, network_of

_UNKNOWN, _NEVER = 0, date.max.toordinal()


@dataclass(frozen=True, eq=False)
class Spans:
    """Half-open intervals of days as ordinals, and what stands in each: the place of a tie, or of an actor."""

    place: np.ndarray
    begin: np.ndarray  # _UNKNOWN where it is not recorded
    end: np.ndarray  # _NEVER where it is open

    @classmethod
    def of(cls, rows: list[tuple[int, date | None, date | None]]) -> Self:
        days = [
            (place, since.toordinal() if since else _UNKNOWN, until.toordinal() if until else _NEVER)
            for place, since, until in rows
        ]
        return cls(*np.array(days, np.int64).reshape(-1, 3).T)

    def years(self) -> set[int]:
        """The years in which something began, or the first in which it stood no more."""
        days = np.unique(np.concatenate([self.begin[self.begin != _UNKNOWN], self.end[self.end != _NEVER]]))
        return {date.fromordinal(day).year for day in days.tolist()}


@dataclass(frozen=True, eq=False)
class History:
    """`network`: everybody who is or was a member, with all ties of any time."""

    network: Network
    ties: Spans  # of the relations and projects behind the ties
    memberships: Spans

    def years_of_change(self, *, before: int) -> list[int]:
        """The years before the given one in which a membership or a tie began or ended, ascending."""
        return sorted(year for year in self.ties.years() | self.memberships.years() if year < before)

    def members_on(self, day: date, *, is_today: bool = False) -> np.ndarray:
        """The places of the members of that day.

        A membership without a first day counts from the first dated tie of the actor, and today in any case.
        """
        spans, number = self.memberships, day.toordinal()
        begin = np.where(spans.begin == _UNKNOWN, self._first_ties[spans.place], spans.begin)
        begin = np.where((spans.begin == _UNKNOWN) & is_today, number, begin)
        return np.unique(spans.place[(begin <= number) & (number < spans.end)])

    def on(self, day: date, *, is_today: bool = False) -> tuple[Network, Network]:
        """The members of that day with the ties that stood on it.

        First those with a known beginning alone; then, of today, those without one too, else the same once more.
        """
        number, spans = day.toordinal(), self.ties
        stands = number < spans.end
        dated = np.zeros(len(self.network.ties), bool)
        dated[spans.place[stands & (spans.begin != _UNKNOWN) & (spans.begin <= number)]] = True
        known = self._part(dated, day, is_today)
        if not is_today:
            return known, known
        all_of_them = dated.copy()
        all_of_them[spans.place[stands & (spans.begin <= number)]] = True
        return known, self._part(all_of_them, day, is_today)

    @property
    def undated_members(self) -> int:
        """How many actors are or were members of whom no first day is recorded."""
        dated = self.memberships.place[self.memberships.begin != _UNKNOWN]
        return len(np.setdiff1d(self.memberships.place, dated))

    @property
    def _first_ties(self) -> np.ndarray:
        """By actor the day of its first tie with a known beginning, or _NEVER."""
        first = np.full(self.network.size, _NEVER)
        is_known = self.ties.begin != _UNKNOWN
        for end in (0, 1):
            np.minimum.at(first, self.network.ties[self.ties.place[is_known], end], self.ties.begin[is_known])
        return first

    def _part(self, is_kept: np.ndarray, day: date, is_today: bool) -> Network:
        network = self.network
        behind = tuple(network.behind[place] for place in np.flatnonzero(is_kept))
        choice = replace(network.choice, as_of=day, ever=False)
        part = replace(network, choice=choice, ties=network.ties[is_kept], behind=behind)
        return part.among(self.members_on(day, is_today=is_today))


def history_of(cluster: Cluster) -> History:
    """The history of the public network among the members of a cluster, in at most four queries."""
    network = network_of(GraphChoice(cluster=cluster, ever=True))
    records = [(place, one.since, one.until) for place, tie in enumerate(network.behind) for one in tie]
    rows = Membership.objects.public().filter(cluster=cluster, actor__pk__any_of=network.actors.tolist())
    members = list(rows.values_list("actor_id", "since", "until"))
    places = np.searchsorted(network.actors, [actor for actor, _since, _until in members]).tolist()
    spans = [(place, *row[1:]) for place, row in zip(places, members, strict=True)]
    return History(network, Spans.of(records), Spans.of(spans))
