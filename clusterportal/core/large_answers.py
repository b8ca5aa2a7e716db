"""Answers that are made while they are sent: small ones are sent as a whole, so that no slow reader holds a thread."""

from collections.abc import Callable, Iterator

AHEAD = 512 * 1024  # bytes
LARGE = 4  # answers larger than that, which a worker sends at the same time


class Whole(list):
    """A whole answer; the web server sends it while its thread goes on with the next request."""

    streaming = False

    def close(self) -> None:
        """It was closed when it was read."""


class Large:
    """The part of an answer that was read ahead, and the rest as the client reads it; it says when it was closed."""

    streaming = is_large = True

    def __init__(self, answer, begun: bytes, parts: Iterator[bytes]):
        self._answer, self._begun, self._parts = answer, begun, parts
        self.when_closed: Callable[[], None] = lambda: None

    def __iter__(self):
        return self

    def __next__(self) -> bytes:
        begun, self._begun = self._begun, b""
        return begun or next(self._parts)

    def close(self) -> None:
        """The web server always calls it, and maybe twice."""
        when_closed, self.when_closed = self.when_closed, lambda: None
        try:
            getattr(self._answer, "close", lambda: None)()
        finally:
            when_closed()


def read_ahead(answer) -> Whole | Large:
    """`answer` as a whole, unless it is longer than AHEAD."""
    parts, read, size = iter(answer), [], 0
    try:
        for part in parts:
            read.append(part)
            size += len(part)
            if size > AHEAD:
                return Large(answer, b"".join(read), parts)
    except BaseException:
        getattr(answer, "close", lambda: None)()
        raise
    getattr(answer, "close", lambda: None)()
    return Whole(read)
