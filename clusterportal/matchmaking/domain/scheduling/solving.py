"""From a problem to a plan, in stages: what was announced, the most points, who would be left out, gaps, tables."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from clusterportal.matchmaking.domain.scheduling.compacting import close_gaps
from clusterportal.matchmaking.domain.scheduling.faults import most_in_window, rest_windows
from clusterportal.matchmaking.domain.scheduling.highs import VERSION, Infeasible, Model, Solution
from clusterportal.matchmaking.domain.scheduling.problem import Pair, Problem, Seat, check_problem
from clusterportal.matchmaking.domain.scheduling.tables import Table, tables_for

MOST_EXACT = 20_000  # variables; above that the solver stops at a proven distance from the best
GAP_BEYOND = 0.01
SECONDS = 60.0  # for each stage; who stops for time says so in `is_proven` and `is_spread`


class Impossible(Exception):
    """The fixed talks cannot all stand."""


@dataclass(frozen=True)
class Plan:
    """The talks with their tables, and how good they are proven to be.

    `value`: the points of all talks; no plan that keeps what was announced has more than `bound`.
    `is_spread`: proven that the same points cannot give more participants a talk, nor a second one.
    `size`: yes-or-no variables; beyond `MOST_EXACT` the bound may lie up to 1 % above the value.
    """

    seats: tuple[Table, ...]
    value: int
    bound: int
    is_spread: bool
    size: int
    solver: str
    digest: str
    dropped: tuple[Seat, ...] = ()

    @property
    def is_proven(self) -> bool:
        return self.value == self.bound

    @property
    def gap(self) -> float:
        """How far above the value the bound lies, as a share of the value."""
        return (self.bound - self.value) / self.value if self.value else float(self.bound > 0)


def make_plan(
    problem: Problem,
    *,
    seconds: float = SECONDS,
    spread: bool = True,
    progress: Callable[[str], object] = lambda stage: None,
) -> Plan:
    """The best schedule; the same problem gives the same plan as long as no stage runs out of time.

    `spread`: also the second stage. `progress` is told the stage that begins: points, spread, gaps. Raises ValueError
    for a problem that makes no sense, Impossible where the fixed talks cannot stand together.
    """
    check_problem(problem)
    problem = problem.ordered()
    rules = _Rules(problem)
    progress("points")
    try:
        kept, meeting = _kept(rules, seconds)
        first = rules.model(kept, meeting).solve(seconds=seconds, gap=rules.gap)
    except Infeasible as error:
        raise Impossible from error
    chosen, is_spread = first.ones, False
    if spread:
        progress("spread")
        chosen, is_spread = _spread(rules, kept, meeting, first, seconds)
    progress("gaps")
    stays = {*problem.fixed, *kept}
    seats = close_gaps(problem, [rules.seats[number] for number in chosen], stays=stays)
    return Plan(
        seats=tuple(tables_for(problem.tables, seats)),
        value=first.value,
        bound=first.bound,
        is_spread=is_spread,
        size=len(rules.seats),
        solver=VERSION,
        digest=problem.digest(),
        dropped=tuple(seat for seat in problem.announced if seat not in kept),
    )


class _Rules:
    """The variables of a problem, one for each wish and slot, and the rows that every plan keeps."""

    def __init__(self, problem: Problem):
        self.problem = problem
        candidates = problem.candidates()
        self.seats: list[Seat] = [(*problem.wishes[wish].pair, slot) for wish, slot in candidates]
        self.weights = [problem.wishes[wish].weight for wish, _slot in candidates]
        self.number = {seat: number for number, seat in enumerate(self.seats)}
        self.of_pair: dict[Pair, list[int]] = {}
        self.of_person: dict[tuple[int, int], list[int]] = {}
        self.of_slot: dict[int, list[int]] = {}
        for number, (one, other, slot) in enumerate(self.seats):
            self.of_pair.setdefault((one, other), []).append(number)
            self.of_slot.setdefault(slot, []).append(number)
            for key in (one, other):
                self.of_person.setdefault((key, slot), []).append(number)
        self.gap = GAP_BEYOND if len(self.seats) > MOST_EXACT else 0.0

    def model(self, kept: frozenset[Seat], meeting: frozenset[Pair], gains: list[int] | None = None) -> Model:
        """`gains`: points of each variable instead of the weights of the wishes."""
        model, problem, places = Model(), self.problem, self.problem.places()
        for gain in self.weights if gains is None else gains:
            model.add(gain)
        for wish in problem.wishes:
            own = self.of_pair.get(wish.pair, [])
            model.limit(own, most=wish.times, least=1 if wish.pair in meeting else 0)
        for (key, slot), numbers in self.of_person.items():
            model.limit(numbers, most=places[key][slot])
        for slot, numbers in self.of_slot.items():
            model.limit(numbers, most=problem.tables[slot])
        for window in rest_windows(problem):
            for key, there in places.items():
                numbers = [number for slot in window for number in self.of_person.get((key, slot), ())]
                model.limit(numbers, most=most_in_window(problem, there))
        for seat in (*problem.fixed, *sorted(kept)):
            if seat not in self.number:
                raise Impossible
            model.limit([self.number[seat]], least=1)
        return model


def _kept(rules: _Rules, seconds: float) -> tuple[frozenset[Seat], frozenset[Pair]]:
    """What stays of the announced talks: as many as can in their slots, of the others as many pairs as can meet."""
    announced = [seat for seat in rules.problem.announced if seat in rules.number]
    pairs = {seat[:2] for seat in rules.problem.announced} & rules.of_pair.keys()
    if not pairs:
        return frozenset(), frozenset()
    gains = [0] * len(rules.seats)
    for pair in pairs:
        for number in rules.of_pair[pair]:
            gains[number] = 1
    for seat in announced:
        gains[rules.number[seat]] = len(pairs) + 1
    found = rules.model(frozenset(), frozenset(), gains).solve(seconds=seconds)
    chosen = {rules.seats[number] for number in found.ones if gains[number]}
    return frozenset(chosen.intersection(announced)), frozenset(seat[:2] for seat in chosen)


def _spread(
    rules: _Rules, kept: frozenset[Seat], meeting: frozenset[Pair], first: Solution, seconds: float
) -> tuple[list[int], bool]:
    """With the same points, the most participants with a talk and then with two. Else the first choice."""
    possible = Counter(key for key, slot in rules.of_person)
    reach = {key: min(slots, 2) for key, slots in possible.items()}
    now = Counter(key for number in first.ones for key in rules.seats[number][:2])
    if all(now[key] >= most for key, most in reach.items()):
        return first.ones, True
    model = rules.model(kept, meeting, [0] * len(rules.seats))
    model.limit(list(range(len(rules.seats))), least=first.value, by=rules.weights)
    start = [*first.ones]
    for key, most in sorted(reach.items()):
        own = [
            number
            for slot in range(len(rules.problem.tables))
            for number in rules.of_person.get((key, slot), ())
        ]
        for talk in range(1, most + 1):
            served = model.add(len(reach) + 1 if talk == 1 else 1)
            model.limit([*own, served], least=0, by=[1] * len(own) + [-talk])
            if now[key] >= talk:
                start.append(served)
    try:
        found = model.solve(seconds=seconds, start=start)
    except Infeasible:
        return first.ones, False
    return [number for number in found.ones if number < len(rules.seats)], found.is_proven
