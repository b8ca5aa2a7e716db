"""How many requests a worker of the web server takes at once, and how many more may only wait for news.

The web server gives each request a thread until its answer has ended. A few at once use a processor best; the rest
waits in front. Who waits for news (a long poll, a stream of events) does nothing for minutes, and would keep all
others out. So there are threads beside for a bounded number of them, and everything else takes turns.
"""

import threading

AT_ONCE = 4  # requests that are worked on
LONG_POLLS, STREAMS = 4, 8  # that may wait beside
THREADS = AT_ONCE + LONG_POLLS + STREAMS
_WAITING = "/api/v1/changes/"


class Turns:
    """A WSGI application before another one: at most AT_ONCE of its answers are made at the same time."""

    def __init__(self, application):
        self.application = application
        self._places = threading.BoundedSemaphore(AT_ONCE)

    def __call__(self, environ, start_response):
        if environ["PATH_INFO"].startswith(_WAITING):
            return self.application(environ, start_response)
        turn = _Turn(self._places)
        try:
            answer = self.application(environ, start_response)
        except BaseException:
            turn.end()
            raise
        if getattr(answer, "streaming", True):
            return _Streaming(answer, turn)
        turn.end()
        return answer


class _Turn:
    """A place that is taken, and given back once."""

    def __init__(self, places: threading.BoundedSemaphore):
        self._places: threading.BoundedSemaphore | None = places
        places.acquire()

    def end(self) -> None:
        places, self._places = self._places, None
        if places is not None:
            places.release()


class _Streaming:
    """An answer that is made while it is sent; its turn ends when it is closed, which the server always does."""

    def __init__(self, answer, turn: _Turn):
        self._answer, self._turn, self._parts = answer, turn, iter(answer)

    def __iter__(self):
        return self

    def __next__(self) -> bytes:
        return next(self._parts)

    def close(self) -> None:
        try:
            getattr(self._answer, "close", lambda: None)()
        finally:
            self._turn.end()
