"""Two that look alike; and a web server of our own: link checks meet real answers, and no other host."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from actors.models import Identifier
from clusterportal.quality.models import DuplicatePair
from tests.factories import make_actor, make_cluster

LOCAL = frozenset({"127.0.0.1"})


class _Site(BaseHTTPRequestHandler):
    """Answers by path: /status/404, /redirect/301?to=..., /head-only and so on; keeps what was asked."""

    def do_GET(self):
        self.server.asked.append((self.command, self.path, self.headers.get("User-Agent", "")))
        status, headers, body = self.server.answers.get(self.path, (404, {}, b""))
        if status == "get only":
            status = 405 if self.command == "HEAD" else 200
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET

    def log_message(self, *args):
        pass


@pytest.fixture
def site():
    """`site.answers[path] = (status, headers, body)`; `site.url(path)`; `site.asked`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    server.answers, server.asked = {}, []
    server.url = lambda path="/": f"http://127.0.0.1:{server.server_port}{path}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def pair():
    """Two published actors of one cluster that look alike."""
    cluster = make_cluster("one")
    first = make_actor(
        "Institut Technik", clusters=[cluster], summary_de="Links", website="https://a.example"
    )
    second = make_actor(
        "Institut Technik e. V.", clusters=[cluster], slug="ift-ev", summary_de="Rechts, länger"
    )
    Identifier.objects.create(actor=second, scheme="wikidata", value="Q42")
    return DuplicatePair.objects.create(
        first=first, second=second, score=65, reasons=[{"code": "same_name", "weight": 50}]
    )
