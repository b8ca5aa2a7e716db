"""Ten times the visitors, each at his ordinary pace, with questions that nobody asked before; curators work on."""

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.load.asking import Asker, clients
from tests.load.tally import REFUSALS, Tally, percentile
from tests.load.traffic import Curator, fresh_search

TIMES = 10
CURATORS = 2
ORDINARY = 12.0  # questions a second
IN_A_ROW = 10  # quick answers, and it has recovered
QUICK = 1.0  # seconds
REFUSED_WITHIN = 1.0  # seconds, p95
RECOVERED_WITHIN = 5.0  # seconds


@dataclass
class Overload:
    tally: Tally
    recovered: float | None
    curators: Tally = field(default_factory=Tally)

    @property
    def missed(self) -> list[str]:
        """The goals that were missed."""
        refusal = percentile(self.tally.refused_after, 95)
        return [
            goal
            for goal, is_missed in {
                f"under overload something else than an answer or a refusal: {dict(self.tally.errors)}": bool(
                    self.tally.errors
                ),
                "nothing was refused: this was no overload": not self.tally.refused_after,
                f"refusals took {refusal:.2f} s (p95)": refusal > REFUSED_WITHIN,
                f"a crowd kept curators from saving: {dict(self.curators.errors)}": bool(
                    self.curators.errors
                ),
                "it did not recover": self.recovered is None or self.recovered > RECOVERED_WITHIN,
            }.items()
            if is_missed
        ]

    def lines(self) -> list[str]:
        """For people."""
        answers = self.tally.statuses
        total = sum(answers.values()) or 1
        shares = ", ".join(
            f"{status} {100 * number / total:.0f} %" for status, number in answers.most_common()
        )
        served = [one for kind in self.tally.kinds.values() for one in kind.seconds]
        return [
            f"overload     {total} answers: {shares}; refused {sum(answers[one] for one in REFUSALS)}, "
            f"after p50 {1000 * percentile(self.tally.refused_after, 50):.0f} ms, "
            f"p95 {1000 * percentile(self.tally.refused_after, 95):.0f} ms",
            f"             beside them curators saved {sum(self.curators.statuses.values())} times",
            f"             answered in p50 {percentile(served, 50):.2f} s, p95 {percentile(served, 95):.2f} s; "
            f"recovered after {'never' if self.recovered is None else f'{self.recovered:.2f} s'}",
        ]


def overload(
    address: str, seconds: float, *, curator: Callable[[Tally], Curator] | None = None, times: float = TIMES
) -> Overload:
    """Ask too much for `seconds` beside two of `curator`, then see when it answers as ever."""
    tally, saved = Tally(may_refuse=True), Tally()
    curators = [curator(saved) for _one in range(CURATORS)] if curator else []
    for one in curators:
        one.start()
    while not all(one.acknowledged for one in curators) and not saved.errors:
        time.sleep(0.1)  # they are at work before the crowd comes

    def questions():
        return ((fresh_search(), {}) for _one in itertools.count())

    crowd = clients(address, tally, "search", ORDINARY * times, questions)
    for one in crowd:
        one.start()
    time.sleep(seconds)
    for one in [*curators, *crowd]:
        one.end()
    recovered = _recovered(address)
    for one in curators:
        one.join(60)
    return Overload(tally, recovered, saved)


def _recovered(address: str) -> float | None:
    """Seconds until the first of IN_A_ROW quick answers to fresh questions."""
    begun = time.monotonic()
    while time.monotonic() - begun < 60:
        tally = Tally()
        asker, first = Asker(address, tally), time.monotonic()
        for _one in range(IN_A_ROW):
            asker.ask("search", fresh_search())
            if tally.errors or max(tally.kinds["search"].seconds) > QUICK:
                break
        else:
            return first - begun
    return None
