"""The network of a cluster on any day of its past, from one reading of everything that ever stood in it."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np

from clusterportal.clusters.models import Cluster
from clusterportal.network.domain.choice import GraphChoice
from clusterportal.network.domain.graph import Network, network_of
from clusterportal.network.domain.tie_records import NEVER, UNKNOWN, Spans


@dataclass(frozen=True, eq=False)
class History:
    """`network`: everybody who is or was a member, with all ties of any time."""

    network: Network

    def years_of_change(self, *, before: int) -> list[int]:
        """The years before the given one in which a membership or a tie began or ended, ascending."""
        return sorted(
            year for year in self.network.records.years() | self.network.members.years() if year < before
        )

    def members_on(self, day: date, *, is_today: bool = False) -> Spans:
        """The memberships of that day.

        One without a first day counts from the first dated tie of the actor, and today in any case.
        """
        spans, number = self.network.members, day.toordinal()
        begin = np.where(spans.begin == UNKNOWN, self._first_ties[spans.place], spans.begin)
        begin = np.where((spans.begin == UNKNOWN) & is_today, number, begin)
        return spans.where((begin <= number) & (number < spans.end))

    def on(self, day: date, *, is_today: bool = False) -> tuple[Network, Network]:
        """The members of that day with the ties that stood on it.

        First those with a known beginning alone; then, of today, those without one too, else the same once more.
        """
        records = self.network.records
        stands = records.stand_on(day)
        known = self._part(stands & (records.begin != UNKNOWN), day, is_today)
        return known, self._part(stands, day, is_today) if is_today else known

    @property
    def undated_members(self) -> int:
        """How many actors are or were members of whom no first day is recorded."""
        members = self.network.members
        return len(np.setdiff1d(members.place, members.place[members.begin != UNKNOWN]))

    @cached_property
    def _first_ties(self) -> np.ndarray:
        """By actor the day of its first tie with a known beginning, or NEVER."""
        first = np.full(self.network.size, NEVER)
        dated = self.network.records.where(self.network.records.begin != UNKNOWN)
        for end in (0, 1):
            np.minimum.at(first, self.network.ties[dated.place, end], dated.begin)
        return first

    def _part(self, is_kept: np.ndarray, day: date, is_today: bool) -> Network:
        members = self.members_on(day, is_today=is_today)
        choice = replace(self.network.choice, as_of=day, ever=False)
        return self.network.part(choice, members, is_kept)


def history_of(cluster: Cluster) -> History:
    """The history of the public network among the members of a cluster, in at most three queries."""
    return History(network_of(GraphChoice(cluster=cluster, ever=True)))
