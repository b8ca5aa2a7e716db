"""Which table a talk gets: people stay where they sat, as far as the tables go."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from clusterportal.matchmaking.domain.scheduling.problem import Seat


class Table(NamedTuple):
    """A talk of two participants in a slot, at a table; slots from 0, tables from 1."""

    one: int
    other: int
    slot: int
    table: int

    @property
    def seat(self) -> Seat:
        return (self.one, self.other, self.slot)


def tables_for(
    tables: Sequence[int], seats: Iterable[Seat], *, given: dict[Seat, int] | None = None
) -> list[Table]:
    """Every talk with a table, slot after slot; each slot has at most as many talks as `tables`.

    `given`: tables that were announced, which stay. Of the others those choose first whose people sat at a table that
    is free; so few change tables, though not always the fewest possible.
    """
    given = given or {}
    last: dict[int, int] = {}
    placed: list[Table] = []
    by_slot: dict[int, list[Seat]] = {}
    for seat in sorted(seats):
        by_slot.setdefault(seat[2], []).append(seat)
    for slot, talks in sorted(by_slot.items()):
        free = list(range(1, tables[slot] + 1))
        found: dict[Seat, int] = {}
        for seat in talks:
            if given.get(seat) in free:
                found[seat] = given[seat]
                free.remove(given[seat])
        for wanted in (2, 1, 0):  # both sat there, one did, nobody
            for seat in [one for one in talks if one not in found]:
                table = max(free, key=lambda number: (_sat_there(last, seat, number), -number))
                if _sat_there(last, seat, table) >= wanted:
                    found[seat] = table
                    free.remove(table)
        for seat, table in sorted(found.items()):
            last[seat[0]] = last[seat[1]] = table
            placed.append(Table(*seat, table))
    return placed


def _sat_there(last: dict[int, int], seat: Seat, table: int) -> int:
    return sum(last.get(key) == table for key in seat[:2])
