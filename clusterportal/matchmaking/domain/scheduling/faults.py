"""What is wrong with a schedule: the rules once more, read from the finished plan and not from the solver."""

from collections import Counter
from collections.abc import Iterable

from clusterportal.matchmaking.domain.scheduling.problem import Problem, Seat


def faults_of(problem: Problem, seats: Iterable[Seat]) -> list[str]:
    """The rules that the talks break, each with its place; nothing for a plan that may be announced."""
    seats = list(seats)
    places, busy = problem.places(), busy_in(seats)
    at_once = Counter(slot for *_pair, slot in seats)
    times = {wish.pair: wish.times for wish in problem.wishes}
    met = Counter((one, other) for one, other, _slot in seats)
    doubles = [seat for seat, count in Counter(seats).items() if count > 1]
    return [
        *(f"twice at once: {seat}" for seat in doubles),
        *(
            f"{key} has {n} talks and {places[key][slot]} places in slot {slot}"
            for (key, slot), n in busy.items()
            if n > places[key][slot]
        ),
        *(
            f"{n} talks at {problem.tables[slot]} tables in slot {slot}"
            for slot, n in at_once.items()
            if n > problem.tables[slot]
        ),
        *(f"{pair} meet {n} times" for pair, n in met.items() if n > times.get(pair, 1)),
        *(f"{pair} declined" for pair in met if pair in problem.declined),
        *(f"the fixed talk {seat} is missing" for seat in problem.fixed if seat not in seats),
        *(
            f"{key} has no rest in the slots from {start}"
            for key, start in _without_rest(problem, busy, places)
        ),
    ]


def busy_in(seats: Iterable[Seat]) -> Counter:
    """How many talks a participant has in a slot, by both."""
    return Counter((key, slot) for one, other, slot in seats for key in (one, other))


def rest_windows(problem: Problem) -> list[range]:
    """The stretches of slots in which everybody rests at least once; none where no rest is asked for."""
    k, slots = problem.rest_after, len(problem.tables)
    return [range(start, start + k + 1) for start in range(slots - k)] if k else []


def most_in_window(problem: Problem, places: tuple[int, ...]) -> int:
    """Talks that a participant may have in one such stretch."""
    return (problem.rest_after or 0) * max(places, default=0)


def _without_rest(problem: Problem, busy: Counter, places: dict) -> list[tuple[int, int]]:
    return [
        (key, window.start)
        for window in rest_windows(problem)
        for key, own in places.items()
        if sum(busy[key, slot] for slot in window) > most_in_window(problem, own)
    ]
