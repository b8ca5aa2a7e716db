"""The feed as server-sent events (WHATWG HTML, 9.2): a browser's EventSource follows the registry with three lines."""

import threading
import time
from collections.abc import Iterator

import orjson
from django.db import Error
from django.http import StreamingHttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import APIException

from clusterportal.core.api.absolute_addresses import Addresses
from clusterportal.core.api.formats import WholeListFormat
from clusterportal.core.api.problems import Gone
from clusterportal.core.turns import STREAMS
from clusterportal.partners.api.documentation import BUSY, EVENTS
from clusterportal.partners.api.state import SINCE, FeedView, current_state, let_go_of_database, position_of
from clusterportal.partners.domain import feed
from clusterportal.partners.domain.entries import as_told
from clusterportal.partners.domain.listening import news
from clusterportal.partners.models import FeedState

AT_ONCE = 500  # entries read from the database at once
HEARTBEAT = 15.0  # seconds of silence after which a comment tells proxies that the stream lives
LONGEST_CONNECTION = (
    900.0  # seconds; then the client comes again with its last event, maybe to another worker
)
_places = threading.BoundedSemaphore(STREAMS)


class EventStreamFormat(WholeListFormat):
    media_type = "text/event-stream"
    format = "sse"


class NoPlace(APIException):
    status_code = 503
    default_detail = _("Too many streams are open at the moment. Ask `changes` instead, or come again later.")


class StreamView(FeedView):
    """Entries of the feed as they get their numbers; the id of an event is its cursor."""

    about = _("Changes of public records as a stream of events")
    renderer_classes = [EventStreamFormat]

    def own_parameters(self) -> list:
        return [SINCE]

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "Last-Event-ID",
                str,
                OpenApiParameter.HEADER,
                description=_("The id of the last event that the client has; goes before `since`."),
            )
        ],
        responses={(200, EventStreamFormat.media_type): EVENTS, **BUSY},
    )
    def get(self, request):
        now = current_state()
        name = "Last-Event-ID" if request.headers.get("Last-Event-ID") else "since"
        given = request.headers.get(name) or request.query_params.get("since")
        position, is_expired = now.position, False
        if given is not None:
            try:
                position = position_of(given, now, self.addresses, name=name)
            except Gone:
                is_expired = True
        events = _events(position, now, self.addresses, is_expired=is_expired)
        return StreamingHttpResponse(
            [] if request.method == "HEAD" else _Placed(events),
            content_type=EventStreamFormat.media_type,
            headers={"Cache-Control": "no-cache", "X-Accel-Buffering": "no"},
        )


class _Placed:
    """Events of a stream that has a place, which is given back when the client has gone. Raises NoPlace."""

    def __init__(self, events: Iterator[bytes]):
        self._events, self._places = events, _places
        if not _places.acquire(blocking=False):
            raise NoPlace
        self._has_place = True

    def __iter__(self):
        return self

    def __next__(self) -> bytes:
        return next(self._events)

    def close(self) -> None:
        if self._has_place:
            self._has_place = False
            self._places.release()


def _events(position: int, now: FeedState, addresses: Addresses, *, is_expired: bool) -> Iterator[bytes]:
    """What is sent until the time is over. It says first where it begins: who gets no event can go on from there."""
    end = time.monotonic() + LONGEST_CONNECTION
    yield f"retry: 3000\nid: {feed.cursor_at(now.epoch, position)}\n\n".encode()
    if is_expired:
        yield _reset(now, addresses)
    epoch = now.epoch
    while time.monotonic() < end:
        mark = news.mark()
        try:
            now = feed.state()
            if now.epoch != epoch:  # the registry has been restored
                epoch, position = now.epoch, now.position
                yield _reset(now, addresses)
            page = feed.page_after(position, now, limit=AT_ONCE)
        except (Error, feed.NotBegun):
            return  # the client comes again
        for entry in page.entries:
            told = as_told(entry, epoch, addresses)
            yield b"id: %s\ndata: %s\n\n" % (told["cursor"].encode(), orjson.dumps(told))
        position = page.last
        if not page.entries:
            let_go_of_database()
            if not news.wait(mark, HEARTBEAT):
                yield b": nothing new\n\n"


def _reset(now: FeedState, addresses: Addresses) -> bytes:
    """Says that a new copy is needed; afterwards the stream goes on with what comes after this moment."""
    data = {"snapshot": addresses.of("api:snapshot")}
    cursor = feed.cursor_at(now.epoch, now.position)
    return b"event: reset\nid: %s\ndata: %s\n\n" % (cursor.encode(), orjson.dumps(data))
