"""Wishes without a talk: the reason of each, and what would help."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from clusterportal.matchmaking.domain.scheduling.faults import busy_in, most_in_window, rest_windows
from clusterportal.matchmaking.domain.scheduling.problem import Pair, Problem, Seat
from clusterportal.matchmaking.domain.scheduling.solving import SECONDS, Impossible, make_plan


class Why(StrEnum):
    """Why a wish has no talk."""

    DECLINED = "declined"
    NO_COMMON_SLOT = "no_common_slot"
    FULL = "full"  # in every common slot one of the two has talks that are worth as much
    REST = "rest"  # somebody would have no rest
    TABLES = "tables"  # both are free, and every table is taken
    TIME = "time"  # it could have one: the solver was stopped before it found that


def unserved(problem: Problem, seats: Iterable[Seat]) -> list[tuple[Pair, Why]]:
    """The wishes that the talks leave open, in the order of the problem, each with its reason."""
    seats = list(seats)
    busy, met = busy_in(seats), {seat[:2] for seat in seats}
    at_once = Counter(slot for *_pair, slot in seats)
    return [
        (wish.pair, _why(problem, wish.pair, busy, at_once))
        for wish in problem.wishes
        if wish.pair not in met
    ]


def waiting_pairs(problem: Problem, seats: Iterable[Seat], *, slot: int) -> list[Pair]:
    """Pairs without a talk who could meet in the slot now, at a table that is free: the best first."""
    seats = list(seats)
    busy, met = busy_in(seats), {seat[:2] for seat in seats}
    if sum(seat[2] == slot for seat in seats) >= problem.tables[slot]:
        return []
    could = [
        wish
        for wish in problem.wishes
        if wish.pair not in met
        and wish.pair not in problem.declined
        and _is_free(problem, wish.pair, slot, busy)
        and not _lacks_rest(problem, wish.pair, slot, busy)
    ]
    talks = Counter(key for seat in seats for key in seat[:2])
    # Of equal points those first who have the fewest talks.
    could.sort(key=lambda wish: (-wish.weight, sum(talks[key] for key in wish.pair), wish.pair))
    return [wish.pair for wish in could]


def gains_of_tables(
    problem: Problem, *, value: int, seats: Iterable[Seat], seconds: float = SECONDS
) -> dict[int, int]:
    """Points that one more table would give, by the slots whose tables are all taken: each is solved anew.

    A slot that is left out would gain nothing that its free tables do not give already. Where time runs out, at
    least so many points.
    """
    at_once = Counter(slot for *_pair, slot in seats)
    gains = {}
    for slot, tables in enumerate(problem.tables):
        if tables and at_once[slot] == tables:
            more = tuple(number + (place == slot) for place, number in enumerate(problem.tables))
            try:
                found = make_plan(replace(problem, tables=more), seconds=seconds, spread=False)
            except Impossible:
                continue
            gains[slot] = max(found.value - value, 0)
    return gains


def _why(problem: Problem, pair: Pair, busy: Counter, at_once: Counter) -> Why:
    if pair in problem.declined:
        return Why.DECLINED
    places = problem.places()
    common = [slot for slot, tables in enumerate(problem.tables) if tables and _are_there(places, pair, slot)]
    if not common:
        return Why.NO_COMMON_SLOT
    free = [slot for slot in common if _is_free(problem, pair, slot, busy)]
    if not free:
        return Why.FULL
    rested = [slot for slot in free if not _lacks_rest(problem, pair, slot, busy)]
    if not rested:
        return Why.REST
    return Why.TIME if any(at_once[slot] < problem.tables[slot] for slot in rested) else Why.TABLES


def _are_there(places: dict[int, tuple[int, ...]], pair: Pair, slot: int) -> bool:
    return all(places[key][slot] for key in pair)


def _is_free(problem: Problem, pair: Pair, slot: int, busy: Counter) -> bool:
    places = problem.places()
    return all(busy[key, slot] < places[key][slot] for key in pair)


def _lacks_rest(problem: Problem, pair: Pair, slot: int, busy: Counter) -> bool:
    """Whether one more talk in the slot would leave one of the two without a rest."""
    places = problem.places()
    return any(
        sum(busy[key, one] for one in window) >= most_in_window(problem, places[key])
        for window in rest_windows(problem)
        if slot in window
        for key in pair
    )
