"""How many requests a worker of the web server has in hand, and what happens to one too many: it is refused at once.

The web server gives each request a thread until its answer has ended. A few at once use a processor best; a short line
waits in front, and whoever comes when it is full hears so in the same moment, which costs next to nothing. Costly
answers may take half of the places alone. One client who asks for a lot at once leaves half of the places, and half of
the costly ones, to others, who go before him (`fair_places`); who is signed in has places apart, so that no crowd keeps
the curators from their work.

Who waits for news (a long poll, a stream of events), and whose network is slow, does nothing for minutes and would keep
all others out: so there are as many threads as connections. Few of them keep their session of the database
(`kept_sessions`).
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.conf import settings

from clusterportal.core.fair_places import FairPlaces
from clusterportal.core.kept_sessions import KEPT, let_go
from clusterportal.core.large_answers import LARGE, Large, read_ahead
from clusterportal.core.slow_clients import close_stalled_connections, with_body

AT_ONCE = 4  # requests that are worked on
LINE = 16  # that wait for one of these places: a few seconds of work, so that a short burst is not refused
SIGNED_IN = 2  # beside them, for who brings a session; a cookie made up wins these and no more
COSTLY, COSTLY_LINE = 2, 4  # costly answers among those at work, and more of them that wait
LONG_POLLS, STREAMS = 4, 8  # that may wait for news beside
SPARE = 4  # more that come for news, and hear that there is no place
THREADS = (
    512  # and connections of clients, of a worker; with its files that stays under the usual 1024 descriptors
)
SESSIONS = KEPT + AT_ONCE + SIGNED_IN + LARGE + LONG_POLLS + STREAMS + SPARE // 2  # of the database, at most
BUSY = 503
_NEWS, _STREAM = "/api/v1/changes/", "/api/v1/changes/stream/"
# Files that cost nothing, and those who ask how the portal is, whatever else happens.
_FREE = ("/static/", "/health/", "/metrics")


def costly(view: Any) -> Any:
    """Declares a view, class or function, whose answers take much longer than a page: few are made at once."""
    view.is_costly = True
    return view


class Turns:
    """A WSGI application before another one: at most AT_ONCE of its answers are made at the same time.

    `refuse(environ, start_response, status)` answers instead of it; `is_costly(environ)` says what is costly, and
    `client_of(environ)` who asks.
    """

    def __init__(
        self,
        application,
        *,
        refuse: Callable,
        is_costly: Callable[[dict], bool] = lambda _environ: False,
        client_of: Callable[[dict], str] = lambda _environ: "",
    ):
        self.application, self._refuse = application, refuse
        self._is_costly, self._client_of = is_costly, client_of
        self._turns = FairPlaces(AT_ONCE, LINE, each=AT_ONCE // 2)
        self._costly = FairPlaces(COSTLY, COSTLY_LINE, each=COSTLY // 2)
        self._signed_in = FairPlaces(SIGNED_IN, LINE)
        self._large, self._waiting = FairPlaces(LARGE, 0), FairPlaces(LONG_POLLS + STREAMS + SPARE // 2, 0)

    def __call__(self, environ, start_response):
        close_stalled_connections()
        if _waits_for_news(environ):
            return self._beside(environ, start_response)
        status = with_body(environ)  # before the turn: how fast it comes is up to the client
        if status is not None:
            return self._refuse(environ, start_response, status)
        held: list[FairPlaces] = []
        client = self._client_of(environ)
        try:
            for places in self._needed(environ):
                if not places.take(client):
                    return self._refuse(environ, start_response, BUSY)
                held.append(places)
            said: list = []
            answer = self.application(
                environ, lambda status, headers, _error=None: said.extend([status, headers])
            )
            if getattr(answer, "streaming", True):
                answer = read_ahead(answer)
        finally:
            for places in held:
                places.give_back(client)
        return self._sent(answer, said, environ, start_response)

    def _needed(self, environ) -> list[FairPlaces]:
        if environ["PATH_INFO"].startswith(_FREE):
            return []
        if self._is_costly(environ):
            return [self._costly, self._turns]
        return [self._signed_in if _brings_a_session(environ) else self._turns]

    def _beside(self, environ, start_response) -> Iterable[bytes]:
        """The answer to who waits for news. The views have fewer places, so that mostly they say that there is none."""
        if not self._waiting.take():
            return self._refuse(environ, start_response, BUSY)
        is_streaming = False
        try:
            answer = self.application(environ, start_response)
            if is_streaming := getattr(answer, "streaming", True):
                answer = Large(answer, b"", iter(answer))
                answer.when_closed = partial(_end, self._waiting)
            return answer
        finally:
            if not is_streaming:
                _end(self._waiting)

    def _sent(self, answer, said: list, environ, start_response) -> Iterable[bytes]:
        """The answer; what is left of a large one is made as fast as the client reads, in a place of its own."""
        if getattr(answer, "is_large", False):
            if not self._large.take():
                answer.close()
                let_go()
                return self._refuse(environ, start_response, BUSY)
            answer.when_closed = partial(_end, self._large)
        else:
            let_go()
        start_response(*said)
        return answer


def _brings_a_session(environ) -> bool:
    return f"{settings.SESSION_COOKIE_NAME}=" in environ.get("HTTP_COOKIE", "")


def _waits_for_news(environ) -> bool:
    path = environ["PATH_INFO"]
    return path == _STREAM or (path == _NEWS and "wait=" in environ.get("QUERY_STRING", ""))


def _end(places: FairPlaces) -> None:
    places.give_back()
    let_go()
