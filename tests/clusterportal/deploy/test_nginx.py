"""The recipe for nginx, carried out: a real nginx before a real portal."""

import json
import os
import re
import subprocess
import sys
from http.client import HTTPConnection
from urllib.parse import quote, urlencode

import pytest
from django.db import connection

from clusterportal.core.kept_files import MAX_BYTES as OF_A_FILE
from clusterportal.imports.domain.uploading import MAX_BYTES as OF_A_TABLE
from clusterportal.partners.domain.sequencing import sequence
from tests.clusterportal.deploy import nginx

pytestmark = [
    pytest.mark.skipif(nginx.PROGRAM is None, reason="there is no nginx here: apt-get install nginx-light"),
    pytest.mark.django_db(transaction=True),
]
VISITOR = "127.0.0.1"
LINE = re.compile(r"(?P<at>\S+) (?P<id>[0-9a-f]{32}) (?P<asked>\S+ \S+) (?P<status>\d+) \d+ [\d.]+")


@pytest.fixture
def portal(tmp_path):
    """A web server of the portal with the database of this test, as it runs behind a proxy; its process and port."""
    stored = connection.settings_dict
    port, counts = nginx.free_port(), tmp_path / "counts"
    counts.mkdir()
    (tmp_path / "data").mkdir()
    account = ":".join(quote(stored[name] or "", safe="") for name in ("USER", "PASSWORD"))
    place = {name.lower(): stored[name] for name in ("HOST", "PORT") if stored[name]}
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": f"postgres://{account}@/{stored['NAME']}?{urlencode(place)}",
        "PORTAL_DATA_DIR": str(tmp_path / "data"),
        "ALLOWED_HOSTS": nginx.NAME,
        "HTTPS": "on",
        "PROXY_COUNT": "1",
        "METRICS_NETWORKS": f"{VISITOR}/32",
        "PROMETHEUS_MULTIPROC_DIR": str(counts),
    }
    command = [sys.executable, "-m", "granian", "clusterportal.wsgi:application", "--interface", "wsgi"]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--log-level", "error"], cwd=nginx.ROOT, env=environment
    )
    try:
        nginx.wait_until_open(port, process)
        yield process, port
    finally:
        process.terminate()
        process.wait(30)


def test_the_recipe_for_nginx(portal, tmp_path, chain):
    sequence()  # the feed begins
    process, port = portal
    folder = tmp_path / "nginx"
    folder.mkdir()
    with nginx.Proxy(folder, port).running() as proxy:
        leads_to_https(proxy)
        knows_its_visitors(proxy, port)
        streams(proxy)
        refuses_what_is_too_large(proxy)
        refuses_floods(proxy)
        process.terminate()
        process.wait(30)
        says_that_the_portal_is_away(proxy)
    logs_no_addresses(proxy)


def leads_to_https(proxy):
    plain = HTTPConnection("127.0.0.1", proxy.http)
    plain.request("GET", "/de/?q=a", headers={"Host": nginx.NAME})
    answer = plain.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{nginx.NAME}/de/?q=a")
    answer, page = proxy.ask(
        "/de/"
    )  # the portal knows that it is asked over https, and does not lead there again
    assert answer.status == 200
    assert b"</html>" in page
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "default-src" in answer.headers["Content-Security-Policy"]
    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["X-Request-ID"])
    assert "nginx/" not in str(answer.headers)


def knows_its_visitors(proxy, port):
    """Measurements are for the network of the visitor of this test, who cannot give itself another address."""
    for headers in ({}, {"X_Forwarded_For": "203.0.113.9"}):
        assert proxy.ask("/metrics", **headers)[0].status == 200
    direct = HTTPConnection("127.0.0.1", port)
    told = {"Host": nginx.NAME, "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    direct.request("GET", "/metrics", headers=told)
    assert direct.getresponse().status == 404


def streams(proxy):
    """The first event comes while the answer goes on: nginx holds nothing back."""
    with proxy.connect() as asked, asked.makefile("rb") as answer:
        asked.sendall(f"GET /api/v1/changes/stream/ HTTP/1.1\r\nHost: {nginx.NAME}\r\n\r\n".encode())
        lines = iter(answer.readline, b"")
        assert next(lines) == b"HTTP/1.1 200 OK\r\n"
        assert any(line.startswith(b"retry: 3000") for line in lines)


def refuses_what_is_too_large(proxy):
    form = 100_000  # bytes around a file
    assert proxy.first_line("POST", "/de/vorschlagen/", OF_A_FILE + form) == "HTTP/1.1 100 Continue"
    assert proxy.first_line("POST", "/admin/imports/", OF_A_TABLE + form) == "HTTP/1.1 100 Continue"
    assert (
        proxy.first_line("POST", "/admin/imports/", OF_A_TABLE * 2) == "HTTP/1.1 413 Request Entity Too Large"
    )
    answer, page = proxy.ask("/de/vorschlagen/", "POST", Content_Length=str(OF_A_TABLE))
    assert (answer.status, b"<h1>Zu gro\xc3\x9f</h1>" in page) == (413, True)
    answer, said = proxy.ask("/api/v1/submissions/", "POST", Content_Length=str(OF_A_TABLE))
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (answer.status, json.loads(said)["status"]) == (413, 413)


def refuses_floods(proxy):
    """Four hundred requests at once, of which nginx lets some two hundred through."""
    asked = f"GET /answers/answers.css HTTP/1.1\r\nHost: {nginx.NAME}\r\n\r\n" * 399
    last = f"GET /answers/answers.css HTTP/1.1\r\nHost: {nginx.NAME}\r\nConnection: close\r\n\r\n"
    with proxy.connect() as flood, flood.makefile("rb") as said:
        flood.sendall((asked + last).encode())
        answers = said.read()
    assert answers.count(b"HTTP/1.1 200 OK") >= 150
    assert answers.count(b"HTTP/1.1 429 ") >= 1
    assert b"Zu viele Anfragen" in answers


def says_that_the_portal_is_away(proxy):
    token = "abc-" + "0" * 6 + "-" + "0a" * 16
    while (asked := proxy.ask(f"/de/konto/reset/key/{token}/?q=Erika"))[0].status == 429:
        pass  # of the flood before; fifty a second are let through
    answer, page = asked
    assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
    assert b"Zurzeit nicht erreichbar" in page
    while (asked := proxy.ask("/api/v1/actors/"))[0].status == 429:
        pass
    answer, said = asked
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (answer.status, json.loads(said)["status"]) == (503, 503)


def logs_no_addresses(proxy):
    written = {path.name: path.read_text() for path in proxy.logs.iterdir()}
    assert [name for name, text in written.items() if VISITOR in text or "203.0.113" in text] == []
    lines = written["clusterportal.log"].splitlines()
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    asked = [LINE.fullmatch(line)["asked"] for line in lines]
    assert asked[0] == "GET /de/"
    assert "GET /de/konto/reset/key/***/" in asked
    assert "Erika" not in written["clusterportal.log"]
