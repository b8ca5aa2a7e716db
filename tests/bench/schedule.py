"""Schedules of talks of the size of large events: `python -m tests.bench.schedule [--tiny]`.

Prints for each event how long both stages took, the points, the bound and what the second stage reached. Wishes are
drawn with skewed popularity (a few are sought by many) and weights 1 to 3, from a fixed seed.
"""

import argparse
import random
import time
from collections import Counter
from dataclasses import replace

from clusterportal.matchmaking.domain.scheduling.faults import faults_of
from clusterportal.matchmaking.domain.scheduling.problem import Participant, Problem, Wish, pair_of
from clusterportal.matchmaking.domain.scheduling.solving import make_plan
from tests.schedules import changes_of, gaps_of

GOALS = {"112 x 8": 5.0, "112 x 8, 70 %": 5.0, "300 x 12": 30.0}  # seconds until proven


def draw(
    people: int,
    slots: int,
    tables: int,
    wishes: int,
    *,
    presence: float = 1.0,
    reps: int = 1,
    seed: int = 1,
    **rules,
) -> Problem:
    """An event of this size; `presence`: the share of the slots in which somebody is there."""
    dice = random.Random(seed)
    popularity = [1 / (rank + 5) ** 0.6 for rank in range(people)]
    pairs: dict = {}
    while len(pairs) < wishes:
        one, other = dice.randrange(people), dice.choices(range(people), popularity)[0]
        if one != other:
            pairs.setdefault(pair_of(one, other), dice.choice([1, 2, 3, 3]))
    places = [
        tuple(dice.randint(1, reps) if dice.random() < presence else 0 for _slot in range(slots))
        for _person in range(people)
    ]
    return Problem(
        participants=tuple(Participant(key, own) for key, own in enumerate(places)),
        tables=(tables,) * slots,
        wishes=tuple(Wish(pair, weight) for pair, weight in pairs.items()),
        **rules,
    )


def events(is_tiny: bool) -> dict[str, Problem]:
    if is_tiny:
        return {"12 x 4": draw(12, 4, 4, 30, presence=0.8)}
    large = draw(300, 12, 60, 1_200, presence=0.8)
    return {
        "112 x 8": draw(112, 8, 30, 300),
        "112 x 8, 70 %": draw(112, 8, 30, 300, presence=0.7),
        "300 x 12": large,
        "300 x 12, 1-3 people, rest after 4": draw(300, 12, 60, 1_200, presence=0.8, reps=3, rest_after=4),
        "300 x 12, 40 tables": replace(large, tables=(40,) * 12),
        "400 x 16, beyond 20,000": draw(400, 16, 80, 1_600, presence=0.9),
    }


def measure(name: str, problem: Problem) -> dict:
    """Solve one event, and print its line."""
    stages: dict[str, float] = {}
    begin = time.perf_counter()
    plan = make_plan(problem, progress=lambda stage: stages.setdefault(stage, time.perf_counter() - begin))
    whole = time.perf_counter() - begin
    seats = [talk.seat for talk in plan.seats]
    talks = Counter(key for seat in seats for key in seat[:2])
    wished = {key for wish in problem.wishes for key in wish.pair}
    found = {
        "points": plan.value,
        "bound": plan.bound,
        "first": round(stages["spread"], 1),
        "spread": round(stages["gaps"] - stages["spread"], 1),
        "gaps": round(whole - stages["gaps"], 1),
        "faults": faults_of(problem, seats),
    }
    print(
        f"{name}: {plan.size:,} variables, {len(seats)} talks, {plan.value} of {plan.bound} points "
        f"({'proven' if plan.is_proven else f'gap {plan.gap:.2%}'}) in {found['first']} s"
        f"{f', goal {GOALS[name]} s' if name in GOALS else ''}; spread {found['spread']} s "
        f"({'proven' if plan.is_spread else 'not proven'}), without a talk {len(wished - talks.keys())}, with one "
        f"{sum(n == 1 for n in talks.values())}; gaps {gaps_of(seats)} after {found['gaps']} s, changes of table "
        f"{changes_of(plan.seats)}; faults {len(found['faults'])}",
        flush=True,
    )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tiny", action="store_true", help="one event of twelve people, for the tests")
    parser.add_argument("--only", default="", help="events whose name begins so")
    said = parser.parse_args()
    for name, problem in events(said.tiny).items():
        if name.startswith(said.only):
            measure(name, problem)


if __name__ == "__main__":
    main()
