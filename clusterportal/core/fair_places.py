"""Places that go to whoever holds the fewest: who asks for a lot at once waits, and the others do not."""

import threading
from collections import Counter
from dataclasses import dataclass, field

PATIENCE = 5.0  # seconds in a line


@dataclass(eq=False)
class _Waiting:
    client: str
    has_place: bool = False
    is_decided: threading.Event = field(default_factory=threading.Event)


class FairPlaces:
    """Some places at something, and a line before them in which nobody waits for longer than PATIENCE.

    One client holds `each` of them at most, by default all. A place that becomes free goes to the client who holds the
    fewest; of several, to who has waited longest. In a full line the last of the client who stands there most often
    gives way to one who stands there less.
    """

    def __init__(self, number: int, line: int, *, each: int | None = None):
        self._free, self._line, self._each = number, line, each or number
        self._held: Counter[str] = Counter()
        self._waiting: list[_Waiting] = []
        self._lock = threading.Lock()

    def take(self, client: str = "") -> bool:
        """False where the line is full, did not move, or others had waited for less."""
        with self._lock:
            if self._free and self._held[client] < self._each:
                self._give(client)
                return True
            if len(self._waiting) >= self._line and not self._made_room(client):
                return False
            one = _Waiting(client)
            self._waiting.append(one)
        one.is_decided.wait(PATIENCE)
        with self._lock:
            if one in self._waiting:
                self._waiting.remove(one)
            return one.has_place

    def give_back(self, client: str = "") -> None:
        with self._lock:
            self._held[client] -= 1
            if not self._held[client]:
                del self._held[client]  # else every visitor there ever was would be remembered
            self._free += 1
            one = min(self._waiting, key=lambda one: self._held[one.client], default=None)
            if one is not None and self._held[one.client] < self._each:
                self._give(one.client)
                one.has_place = True
                self._decide(one)

    def _made_room(self, client: str) -> bool:
        """Send the last of the client away who stands in the line most often, if that is more often than this one."""
        standing = Counter(one.client for one in self._waiting)
        for most, number in standing.most_common(1):
            if number > standing[client] + 1:
                self._decide(next(one for one in reversed(self._waiting) if one.client == most))
                return True
        return False

    def _give(self, client: str) -> None:
        self._free -= 1
        self._held[client] += 1

    def _decide(self, one: _Waiting) -> None:
        self._waiting.remove(one)
        one.is_decided.set()
