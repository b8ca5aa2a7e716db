"""How good a schedule of talks is for the people: counted anew from the schedule alone."""

from collections.abc import Iterable

from clusterportal.matchmaking.domain.scheduling.problem import Seat
from clusterportal.matchmaking.domain.scheduling.tables import Table


def gaps_of(seats: Iterable[Seat]) -> int:
    """Slots in which somebody waits between two talks, of all participants."""
    taken: dict[int, set[int]] = {}
    for one, other, slot in seats:
        taken.setdefault(one, set()).add(slot)
        taken.setdefault(other, set()).add(slot)
    return sum(max(slots) - min(slots) + 1 - len(slots) for slots in taken.values())


def changes_of(placed: Iterable[Table]) -> int:
    """How often somebody sits at another table than in their talk before."""
    last: dict[int, int] = {}
    changes = 0
    for talk in sorted(placed, key=lambda one: one.slot):
        for key in talk[:2]:
            changes += last.get(key, talk.table) != talk.table
            last[key] = talk.table
    return changes
