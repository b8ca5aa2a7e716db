"""A place in memory for what can be made again: bounded by bytes, what nobody asked for goes first."""

import threading
from collections import OrderedDict


class _Place:
    __slots__ = ("size", "value", "was_asked")

    def __init__(self, value, size: int):
        self.value, self.size, self.was_asked = value, size, False


class Shelf:
    """Values by key, each with its size; safe among threads.

    Whoever asks needs no lock, so that threads do not wait for each other: asking leaves a mark, and what has one when
    room is needed is passed over once (second chance, an approximation of "longest unused").
    """

    def __init__(self, room: int):
        self.room = room  # bytes
        self.used = 0
        self._kept: OrderedDict = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key):
        if (place := self._kept.get(key)) is None:
            return None
        place.was_asked = True
        return place.value

    def put(self, key, value, size: int) -> None:
        """Keep `value` of `size` bytes; what takes more than a sixteenth of the room is not kept."""
        with self._lock:
            if (old := self._kept.pop(key, None)) is not None:
                self.used -= old.size
            if size > self.room / 16:
                return
            self._kept[key] = _Place(value, size)
            self.used += size
            while self.used > self.room:
                self._drop_one()

    def _drop_one(self) -> None:
        key, place = self._kept.popitem(last=False)
        while place.was_asked:
            place.was_asked = False
            self._kept[key] = place
            key, place = self._kept.popitem(last=False)
        self.used -= place.size
