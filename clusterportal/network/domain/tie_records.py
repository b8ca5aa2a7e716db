"""What stands behind the ties of a network and who belongs to it, each from when until when: in columns, as numbers.

Objects of tens of thousands of relations would take more time than all measures over them.
"""

from dataclasses import dataclass, fields, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple, Self

import numpy as np

from clusterportal.network.enums import PROJECT, TIE_KINDS

UNKNOWN, NEVER = 0, date.max.toordinal()
KIND_NUMBERS = {str(kind): number for number, kind in enumerate(TIE_KINDS)}


class Record(NamedTuple):
    """A relation or a project by its primary key, and the half-open interval in which it stands."""

    kind: str  # a `RelationKind`, or PROJECT
    key: int
    since: date | None
    until: date | None


@dataclass(frozen=True, eq=False)
class Spans:
    """Half-open intervals of days as ordinals, and what stands in each: the place of a tie, or of an actor."""

    place: np.ndarray
    begin: np.ndarray  # UNKNOWN where it is not recorded
    end: np.ndarray  # NEVER where it is open

    def __len__(self) -> int:
        return len(self.place)

    def stand_on(self, day: date) -> np.ndarray:
        """Which of them stand on that day; those without a beginning have always stood."""
        number = day.toordinal()
        return (self.begin <= number) & (number < self.end)

    def where(self, chosen: np.ndarray) -> Self:
        """Those at these places or, of a mask, where it is set."""
        return type(self)(*(getattr(self, column.name)[chosen] for column in fields(self)))

    def at(self, place: np.ndarray) -> Self:
        """The same intervals of what has other places."""
        return replace(self, place=place)

    def years(self) -> set[int]:
        """The years in which something began, or the first in which it stood no more."""
        days = np.unique(np.concatenate([self.begin[self.begin != UNKNOWN], self.end[self.end != NEVER]]))
        return {date.fromordinal(day).year for day in days.tolist()}


@dataclass(frozen=True, eq=False)
class Records(Spans):
    """The relations and projects behind the ties, by the places of these and in their order."""

    kind: np.ndarray  # as KIND_NUMBERS says
    key: np.ndarray  # primary keys of relations or, where the kind is PROJECT, of projects

    @property
    def is_project(self) -> np.ndarray:
        return self.kind == KIND_NUMBERS[PROJECT]

    @property
    def undated(self) -> int:
        """How many relations and projects have no known beginning; a project counts once for all its pairs."""
        is_undated = self.begin == UNKNOWN
        return len(np.unique(2 * self.key[is_undated] + self.is_project[is_undated]))

    def by_place(self, number: int) -> tuple[tuple[Record, ...], ...]:
        """Of `number` ties what stands behind each, for people."""
        found: list[list[Record]] = [[] for _tie in range(number)]
        columns = (self.place, self.kind, self.key, self.begin, self.end)
        for place, kind, key, begin, end in zip(*(column.tolist() for column in columns), strict=True):
            since = None if begin == UNKNOWN else date.fromordinal(begin)
            until = None if end == NEVER else date.fromordinal(end)
            found[place].append(Record(str(TIE_KINDS[kind]), key, since, until))
        return tuple(map(tuple, found))


def days_of(since: date | None, until: date | None) -> tuple[int, int]:
    """An interval as numbers."""
    return since.toordinal() if since else UNKNOWN, until.toordinal() if until else NEVER


@lru_cache(4096)  # the same few years, tens of thousands of times
def days_of_years(since: int | None, until: int | None) -> tuple[int, int]:
    """Whole years as an interval: until the end of the last one."""
    return days_of(date(since, 1, 1) if since else None, date(until + 1, 1, 1) if until else None)
