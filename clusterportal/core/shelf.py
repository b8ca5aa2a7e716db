"""A place in memory for what can be made again: bounded by bytes, the longest unused goes first."""

import threading
from collections import OrderedDict


class Shelf:
    """Values by key, each with its size; safe among threads."""

    def __init__(self, room: int):
        self.room = room  # bytes
        self.used = 0
        self._kept: OrderedDict = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key):
        with self._lock:
            if (found := self._kept.get(key)) is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key, value, size: int) -> None:
        """Keep `value` of `size` bytes; what takes more than a sixteenth of the room is not kept."""
        with self._lock:
            if (old := self._kept.pop(key, None)) is not None:
                self.used -= old[1]
            if size > self.room / 16:
                return
            self._kept[key] = (value, size)
            self.used += size
            while self.used > self.room:
                self.used -= self._kept.popitem(last=False)[1][1]
