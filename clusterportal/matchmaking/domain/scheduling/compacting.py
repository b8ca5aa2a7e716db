"""Fewer gaps: talks change their slots, or two of them change places, as long as people wait less.

Who meets whom stays, and so do the points. Each exchange is taken that helps; whether there is a better order at all is
not searched for. What is found depends on the talks alone, so it is the same each time.
"""

from collections.abc import Collection, Iterator

from clusterportal.matchmaking.domain.scheduling.faults import most_in_window, rest_windows
from clusterportal.matchmaking.domain.scheduling.problem import Problem, Seat

_MOST_ROUNDS = 4  # through all talks
Move = tuple[int, int]  # a talk and its new slot


def close_gaps(problem: Problem, seats: list[Seat], *, stays: Collection[Seat] = ()) -> list[Seat]:
    """The same talks in slots that leave fewer gaps; those of `stays` keep theirs."""
    hall = _Hall(problem, sorted(seats), stays)
    for _round in range(_MOST_ROUNDS):
        if not sum(hall.improve(number) for number in range(len(hall.seats))):
            break
    return sorted(hall.seats)


class _Hall:
    """The talks in their slots, and how many each participant has in each slot."""

    def __init__(self, problem: Problem, seats: list[Seat], stays: Collection[Seat]):
        self.seats, self.tables = seats, problem.tables
        self.places = problem.places()
        self.windows = rest_windows(problem)
        self.most = {key: most_in_window(problem, own) for key, own in self.places.items()}
        self.is_fixed = [seat in stays for seat in seats]
        self.busy = {key: [0] * len(problem.tables) for key in self.places}
        self.in_slot: list[list[int]] = [[] for _slot in problem.tables]
        for number, (one, other, slot) in enumerate(seats):
            self.in_slot[slot].append(number)
            self.busy[one][slot] += 1
            self.busy[other][slot] += 1

    def improve(self, number: int) -> bool:
        """Move this talk, or change its place with another one, if that leaves fewer gaps."""
        one, other, here = self.seats[number]
        if self.is_fixed[number] or not (_gaps(self.busy[one]) or _gaps(self.busy[other])):
            return False
        for there in range(len(self.tables)):
            if there == here or not self._is_welcome(number, there):
                continue
            own = self._change(number, there)
            for against in self._against(number, there):
                if own + (0 if against is None else self._change(against, here)) < 0:
                    moves = [(number, there), *([] if against is None else [(against, here)])]
                    self._carry_out(moves)
                    if all(self._rests(key) for talk, _slot in moves for key in self.seats[talk][:2]):
                        return True
                    self._carry_out([(number, here), *([] if against is None else [(against, there)])])
        return False

    def _against(self, number: int, there: int) -> Iterator[int | None]:
        """Talks that would take the place of this one; None where a table is free."""
        one, other, here = self.seats[number]
        if len(self.in_slot[there]) < self.tables[there]:
            yield None
            return
        for talk in [*self.in_slot[there]]:
            apart = not {one, other}.intersection(self.seats[talk][:2])
            if apart and not self.is_fixed[talk] and self._is_welcome(talk, here):
                yield talk

    def _is_welcome(self, number: int, slot: int) -> bool:
        """Both are there and free, and do not meet each other then already."""
        one, other, _here = self.seats[number]
        is_free = all(self.busy[key][slot] < self.places[key][slot] for key in (one, other))
        return is_free and not any(self.seats[talk][:2] == (one, other) for talk in self.in_slot[slot])

    def _change(self, number: int, there: int) -> int:
        """How many gaps more the two would have."""
        one, other, here = self.seats[number]
        more = 0
        for key in (one, other):
            slots = self.busy[key]
            more -= _gaps(slots)
            slots[here] -= 1
            slots[there] += 1
            more += _gaps(slots)
            slots[here] += 1
            slots[there] -= 1
        return more

    def _carry_out(self, moves: list[Move]) -> None:
        for talk, there in moves:
            one, other, here = self.seats[talk]
            self.seats[talk] = (one, other, there)
            self.in_slot[here].remove(talk)
            self.in_slot[there].append(talk)
            for key in (one, other):
                self.busy[key][here] -= 1
                self.busy[key][there] += 1

    def _rests(self, key: int) -> bool:
        own = self.busy[key]
        return all(sum(own[slot] for slot in window) <= self.most[key] for window in self.windows)


def _gaps(slots: list[int]) -> int:
    """Slots without a talk between the first one and the last one."""
    taken = [slot for slot, talks in enumerate(slots) if talks]
    return taken[-1] - taken[0] + 1 - len(taken) if taken else 0
