"""What a schedule is computed from: who is there when, how many tables there are, who wishes to meet whom."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

Pair = tuple[int, int]  # keys of two participants, the smaller one first
Seat = tuple[int, int, int]  # two participants, the smaller key first, and the number of the slot


def pair_of(one: int, other: int) -> Pair:
    """The two in their order, so that a pair has one name. Raises ValueError for one and the same."""
    if one == other:
        raise ValueError("nobody meets themselves")
    return (one, other) if one < other else (other, one)


@dataclass(frozen=True)
class Participant:
    """An organisation at the event: `places` says for each slot how many of its people are there."""

    key: int
    places: tuple[int, ...]


@dataclass(frozen=True)
class Wish:
    """That a pair would meet, worth `weight` points; `times`: how often at most."""

    pair: Pair
    weight: int
    times: int = 1


@dataclass(frozen=True)
class Problem:
    """One event. `tables` says for each slot how many talks there can be.

    `fixed` talks stand whatever they cost. `announced` ones stand as long as it is possible at all. `declined` pairs
    never meet. With `rest_after` k nobody has talks in more than k of any k + 1 slots that follow each other; an
    organisation with several people at the event has k talks for each of them.
    """

    participants: tuple[Participant, ...]
    tables: tuple[int, ...]
    wishes: tuple[Wish, ...]
    fixed: tuple[Seat, ...] = ()
    announced: tuple[Seat, ...] = ()
    declined: frozenset[Pair] = frozenset()
    rest_after: int | None = None

    def ordered(self) -> "Problem":
        """The same problem with everything in one order, as the solver reads it and the hash is made of."""
        return replace(
            self,
            participants=tuple(sorted(self.participants, key=lambda one: one.key)),
            wishes=tuple(sorted(self.wishes, key=lambda one: one.pair)),
            fixed=tuple(sorted(self.fixed)),
            announced=tuple(sorted(self.announced)),
        )

    def digest(self) -> str:
        """SHA-256 of everything that the plan follows from, in hexadecimal digits."""
        plain = asdict(self.ordered()) | {"declined": sorted(self.declined)}
        return hashlib.sha256(json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()).hexdigest()

    def places(self) -> dict[int, tuple[int, ...]]:
        return {one.key: one.places for one in self.participants}

    def candidates(self) -> list[tuple[int, int]]:
        """What could be: the number of a wish and of a slot in which both are there and a table stands."""
        places = self.places()
        return [
            (number, slot)
            for number, wish in enumerate(self.wishes)
            if wish.pair not in self.declined
            for slot, tables in enumerate(self.tables)
            if tables and all(places[key][slot] for key in wish.pair)
        ]


def check_problem(problem: Problem) -> None:
    """Raises ValueError where the parts do not fit: unknown people, wishes that stand twice, no points."""
    keys = {one.key for one in problem.participants}
    pairs = [wish.pair for wish in problem.wishes]
    slots = len(problem.tables)
    named: Iterable[tuple[int, ...]] = [*pairs, *(seat[:2] for seat in (*problem.fixed, *problem.announced))]
    if len(keys) < len(problem.participants) or any(len(one.places) != slots for one in problem.participants):
        raise ValueError("each participant once, with a number of places for each slot")
    if any(pair[0] >= pair[1] or not keys.issuperset(pair) for pair in named):
        raise ValueError("a pair is two participants in their order")
    if len({*pairs}) < len(pairs) or any(wish.weight < 1 or wish.times < 1 for wish in problem.wishes):
        raise ValueError("each pair once, with at least one point")
    if any(not 0 <= seat[2] < slots for seat in (*problem.fixed, *problem.announced)):
        raise ValueError("a talk lies in one of the slots")
    if problem.rest_after is not None and problem.rest_after < 1:
        raise ValueError("a rest after at least one talk")
