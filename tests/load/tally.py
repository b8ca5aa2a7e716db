"""What was asked and answered, counted; and whether memory grew."""

import statistics
import threading
from collections import Counter
from dataclasses import dataclass, field

REFUSALS = (429, 503)


@dataclass
class Kind:
    """All answers to one kind of question."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter = field(default_factory=Counter)
    errors: Counter = field(default_factory=Counter)


class Tally:
    """Filled by many clients at the same time."""

    def __init__(self, *, may_refuse: bool = False):
        """`may_refuse`: 429 and 503 are answers as good as others, where they say when to come again."""
        self.may_refuse, self.kinds = may_refuse, {}
        self.refused_after: list[float] = []
        self._lock = threading.Lock()

    def answered(self, kind: str, status: int, seconds: float, *, says_when: bool = False) -> None:
        """An answer; `says_when`: it has a `Retry-After`."""
        with self._lock:
            one = self.kinds.setdefault(kind, Kind())
            one.statuses[status] += 1
            if status in REFUSALS:
                self.refused_after.append(seconds)
                if not (self.may_refuse and says_when):
                    one.errors[f"{status}{'' if says_when else ' without Retry-After'}"] += 1
            elif status >= 400:
                one.errors[str(status)] += 1
            else:
                one.seconds.append(seconds)

    def failed(self, kind: str, what: str) -> None:
        """No answer at all."""
        with self._lock:
            self.kinds.setdefault(kind, Kind()).errors[what] += 1

    @property
    def errors(self) -> Counter:
        total: Counter = Counter()
        for name, kind in self.kinds.items():
            for what, number in kind.errors.items():
                total[f"{name}: {what}"] += number
        return total

    @property
    def statuses(self) -> Counter:
        return sum((kind.statuses for kind in self.kinds.values()), Counter())

    def rows(self) -> list[str]:
        """A line for each kind: how many, how fast in milliseconds, what went wrong."""
        lines = [f"{'kind':22}{'asked':>8}{'p50':>8}{'p95':>8}{'p99':>8}  ms"]
        for name, kind in sorted(self.kinds.items()):
            parts = "".join(f"{1000 * percentile(kind.seconds, one):8.0f}" for one in (50, 95, 99))
            asked = sum(kind.statuses.values())
            wrong = ", ".join(f"{number} x {what}" for what, number in kind.errors.items())
            lines.append(f"{name:22}{asked:8}{parts}  {wrong}")
        return lines


def percentile(seconds: list[float], one: int) -> float:
    """The `one`th percentile by nearest rank; not a number where there is nothing."""
    if not seconds:
        return float("nan")
    ordered = sorted(seconds)
    return ordered[max(0, -(-one * len(ordered) // 100) - 1)]


@dataclass(frozen=True)
class Growth:
    """The memory of a process, or of several that do the same, after warm-up: MB, and MB an hour."""

    name: str
    first: float
    middle: float
    last: float
    slope: float
    grown: float  # of the last quarter's mean over that of the first one

    @property
    def is_flat(self) -> bool:
        """Not a tenth more in the end: what a leak adds does not stop there, what a cache adds does."""
        return self.grown <= max(10.0, 0.1 * self.first)


def growth(name: str, samples: list[tuple[float, float]]) -> Growth:
    """From samples (seconds, MB), at least four of them."""
    values = [value for _at, value in samples]
    quarter = max(1, len(values) // 4)
    slope = statistics.linear_regression([at for at, _value in samples], values).slope * 3600
    grown = statistics.mean(values[-quarter:]) - statistics.mean(values[:quarter])
    return Growth(name, values[0], values[len(values) // 2], values[-1], slope, grown)
