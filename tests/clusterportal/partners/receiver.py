"""A receiver of webhooks on loopback, as a partner would have it; tests say how well it works."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.utils import timezone
from standardwebhooks import Webhook

from clusterportal.accounts.models import User
from clusterportal.partners.domain.sequencing import sequence
from clusterportal.partners.domain.webhooks import endpoints
from clusterportal.partners.domain.webhooks.delivering import deliver
from clusterportal.partners.models import FeedState, WebhookEndpoint
from tests.factories import make_actor, make_partner

ADMIN = User(is_superuser=True, is_active=True)


@dataclass
class Reply:
    """How the receiver takes a message: `keeps` it or not, answers late, or not at all."""

    status: int = 204
    keeps: bool = True
    wait: float = 0  # seconds
    drops: bool = False  # the line goes dead instead of an answer
    headers: tuple = ()
    body: bytes = b""


class Receiver(ThreadingHTTPServer):
    """`reply` decides about each message; `kept` holds what was kept, by webhook-id, `asked` every id that came."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.secret, self.reply = "", lambda: Reply()
        self.asked: list[str] = []
        self.kept: dict[str, dict] = {}
        self.requests: list[tuple[dict, bytes]] = []
        self.is_closing = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook?of=portal"

    reply: Callable[[], Reply]

    def told(self, *names: str) -> list[tuple]:
        """Of what was kept, in its order: type and the named members of its data."""
        return [(one["type"], *(one["data"].get(name) for name in names)) for one in self.kept.values()]

    def handle_error(self, request, client_address):
        pass  # lines that go dead are meant


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append((dict(self.headers), body))
        headers, reply = dict(self.headers), self.server.reply()
        self.server.asked.append(headers["webhook-id"])
        if reply.keeps:
            message = Webhook(self.server.secret).verify(body, headers)  # raises where the signature is wrong
            self.server.kept.setdefault(headers["webhook-id"], message)
        self.server.is_closing.wait(reply.wait)
        if reply.drops:
            self.connection.close()
            return
        self.send_response(reply.status)
        for name, value in reply.headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, *args):
        pass


@contextmanager
def receiving() -> Iterator[Receiver]:
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.is_closing.set()
    server.shutdown()
    server.server_close()
    thread.join()


def eventually(is_so: Callable[[], bool], *, within: float = 15) -> bool:
    """Whether it becomes so in time; for what other threads do."""
    deadline = time.monotonic() + within
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.01)
    return is_so()


# ---------- what tests do ----------
def endpoint_at(receiver: Receiver, **fields) -> WebhookEndpoint:
    partner = make_partner(contact_email="kim@kammer.example")
    endpoint, receiver.secret = endpoints.create(partner=partner, url=receiver.url, by=ADMIN, **fields)
    return endpoint


def publish(count: int) -> list[str]:
    """So many new actors, numbered; returns their slugs."""
    actors = [make_actor() for _number in range(count)]
    sequence()
    return [actor.slug for actor in actors]


def deliver_now(endpoint: WebhookEndpoint) -> WebhookEndpoint:
    """As if the time of the next delivery had come."""
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(due_at=timezone.now())
    deliver(endpoint.pk)
    endpoint.refresh_from_db()
    return endpoint


def behind(endpoint: WebhookEndpoint) -> int:
    endpoint.refresh_from_db()
    return FeedState.objects.get().position - endpoint.position
