"""A cache bounded by bytes: what nobody has asked for longest goes first."""

import threading
from collections import OrderedDict


class SizedCache:
    """Values by key, each with its size; safe among threads."""

    def __init__(self, room: int):
        self.room = room  # bytes
        self.used = 0
        self._entries: OrderedDict = OrderedDict()  # (value, size) by key, in the order of their last use
        self._lock = threading.Lock()

    def get(self, key):
        with self._lock:
            if (entry := self._entries.get(key)) is None:
                return None
            self._entries.move_to_end(key)
            return entry[0]

    def put(self, key, value, size: int) -> None:
        """Keep `value` of `size` bytes; what takes more than a sixteenth of the room is not kept."""
        with self._lock:
            if (old := self._entries.pop(key, None)) is not None:
                self.used -= old[1]
            if size > self.room / 16:
                return
            self._entries[key] = (value, size)
            self.used += size
            while self.used > self.room:
                _key, (_value, oldest) = self._entries.popitem(last=False)
                self.used -= oldest
