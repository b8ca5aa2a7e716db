"""`manage.py up` as a newcomer types it: it answers, stops cleanly, and finds everything again."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from functools import cached_property
from http.cookiejar import CookieJar
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.skipif(
    bool(os.environ.get("DATABASE_URL")), reason="shows the start without a server"
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Portal:
    """A running `manage.py up`, and what it said until it was open."""

    def __init__(self, data_dir: Path, port: int, *options: str, **variables: str):
        # As a newcomer's shell: none of the suite's settings, which trade safety for speed.
        ours = ("DATABASE_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE", "HTTPS")
        environment = {name: value for name, value in os.environ.items() if name not in ours}
        environment |= variables
        self.address = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "up", "--port", str(port), "--workers", "1", *options],
            cwd=ROOT, env=environment | {"PORTAL_DATA_DIR": str(data_dir), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self.said = ""
        for line in self.process.stdout:
            self.said += line
            if "Ctrl-C" in line:
                break

    def get(self, path: str, **headers: str) -> bytes:
        asked = urllib.request.Request(self.address + path, headers=headers)
        with urllib.request.urlopen(asked, timeout=20) as answer:
            assert len(answer.headers["X-Request-ID"]) == 16
            return answer.read()

    def stop(self, how=signal.SIGINT) -> int:
        self.process.send_signal(how)
        self.said += self.process.stdout.read()
        return self.process.wait(90)


@pytest.fixture(scope="module")
def stopped():
    """A portal that was started once from nothing and stopped again: its folder, and what it said.

    Tests that need no first start go on from a copy, which takes a moment.
    """
    with TemporaryDirectory(prefix="portal-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o711)
        portal = Portal(Path(name), free_port())
        portal.is_open = portal.process.poll() is None
        portal.health = json.loads(portal.get("/health/"))
        portal.count = json.loads(portal.get("/api/v1/actors/?page_size=1"))["count"]
        portal.start_page = portal.get("/de/").decode()
        portal.exit_status = portal.stop()
        portal.data_dir = Path(name)
        yield portal


@pytest.fixture
def grown(stopped, data_dir):
    """The test's own folder, in which a portal has been before; the admin's password."""
    subprocess.run(["cp", "-a", f"{stopped.data_dir}/.", data_dir], check=True)
    return re.search(r"password  (\S+)", stopped.said)[1]


@pytest.fixture
def start(data_dir):
    """`start(port)` starts a portal on the test's own data; whatever still runs after the test is ended."""
    started = []

    def start_portal(port: int, **variables: str) -> Portal:
        started.append(Portal(data_dir, port, **variables))
        return started[-1]

    yield start_portal
    for portal in started:
        if portal.process.poll() is None:
            portal.stop()


def test_from_nothing_to_a_portal_and_back(stopped, grown, start, data_dir):
    assert stopped.is_open, stopped.said
    assert grown, stopped.said
    assert stopped.health["status"] == "ok"
    assert stopped.count >= 60
    assert "<h1" in stopped.start_page
    assert stopped.exit_status == 0, stopped.said
    assert not (stopped.data_dir / "postgres" / "postmaster.pid").exists()

    (data_dir / "metrics").mkdir()
    (data_dir / "metrics" / "counter_1.db").write_text("of a start before")
    second = start(free_port(), METRICS_TOKEN="of-prometheus")
    assert second.process.poll() is None, second.said
    assert "password" not in second.said
    assert json.loads(second.get("/api/v1/actors/?page_size=1"))["count"] == stopped.count
    measured = second.get("/metrics", Authorization="Bearer of-prometheus").decode()
    assert 'portal_requests_total{status="2xx",view="' in measured
    assert "portal_database_up 1.0" in measured
    assert shared_by_worker(second) > 0.4, "its workers are no copies of the web server"
    assert second.stop(signal.SIGTERM) == 0, second.said


def test_every_answered_save_survives_a_hard_kill_of_everything(grown, start, data_dir):
    port = free_port()
    portal = start(port)
    curator = Curator(portal.address, grown)
    stopper = threading.Timer(2.0, kill_everything, [portal, data_dir])
    stopper.start()
    saved = []
    try:
        for number in range(10_000):
            curator.add_topic(f"topic-{number}")
            saved.append(f"topic-{number}")
    except OSError:
        pass  # the connection broke in the middle of a save: that one was not answered
    stopper.join()
    portal.process.wait(30)
    assert 0 < len(saved) < 10_000

    again = start(port)
    assert again.process.poll() is None, again.said
    kept = Curator(again.address, grown).topics()
    assert set(saved) <= kept
    assert again.stop() == 0


def shared_by_worker(portal: Portal) -> float:
    """The part of a web worker's memory that is not its alone."""
    below = psutil.Process(portal.process.pid).children(recursive=True)
    workers = [one for one in below if "web_server" in " ".join(one.cmdline()) and not one.children()]
    memory = max((one.memory_full_info() for one in workers), key=lambda one: one.rss)
    return 1 - memory.uss / memory.rss


class Curator:
    """Somebody who works in the admin, over plain HTTP."""

    def __init__(self, address: str, password: str):
        self.address = address
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.post("/admin/login/?next=/admin/", username="admin", password=password)

    def post(self, path: str, **fields) -> str:
        if not any(cookie.name == "csrftoken" for cookie in self.cookies):
            self.opener.open(self.address + path, timeout=20).read()
        token = next(cookie.value for cookie in self.cookies if cookie.name == "csrftoken")
        data = urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": token}).encode()
        with self.opener.open(self.address + path, data, timeout=20) as answer:
            answer.read()
            return answer.url

    @cached_property
    def parts_of_a_topic(self) -> dict[str, str]:
        """How many synonyms and other parts the form of a new topic has rows for."""
        with self.opener.open(f"{self.address}/admin/actors/topic/add/", timeout=20) as answer:
            return dict(re.findall(r'name="([\w-]+_FORMS)" value="(\d+)"', answer.read().decode()))

    def add_topic(self, slug: str) -> None:
        said = {"slug": slug, "name_de": slug, "name_en": slug, "is_other": "on"}
        landed = self.post("/admin/actors/topic/add/", **said, **self.parts_of_a_topic)
        assert not landed.endswith("/add/"), f"{slug} was not saved"

    def topics(self) -> set[str]:
        """Slugs of the topics that were added; nobody uses them, so that they are not public."""
        found, page = set(), 1
        while True:
            with self.opener.open(
                f"{self.address}/admin/actors/topic/?q=topic-&p={page}", timeout=20
            ) as answer:
                more = set(re.findall(r"\btopic-\d+\b", answer.read().decode()))
            if more <= found:
                return found
            found, page = found | more, page + 1


def kill_everything(portal: Portal, data_dir: Path) -> None:
    """SIGKILL to the supervisor and the database; what the supervisor had started must go by itself."""
    supervisor = psutil.Process(portal.process.pid)
    database = psutil.Process(int((data_dir / "postgres" / "postmaster.pid").read_text().split()[0]))
    children = supervisor.children(recursive=True)
    for process in (supervisor, database):
        process.kill()
    assert psutil.wait_procs([database, *children], timeout=30)[1] == []


def test_a_port_in_use_is_said_plainly(start):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        portal = start(taken.getsockname()[1])
        assert portal.process.wait(30) == 1
    assert "Choose another one: manage.py up --port" in portal.said


def test_a_second_portal_is_told_who_is_first_and_a_closed_terminal_leaves_nothing_behind(
    grown, start, data_dir
):
    port = free_port()
    first = start(port)
    second = start(free_port())
    assert second.process.wait(90) == 1
    assert f"(process {first.process.pid}, port {port})" in second.said
    assert "PORTAL_DATA_DIR=elsewhere manage.py up" in second.said
    assert json.loads(first.get("/health/"))["status"] == "ok"

    supervisor = psutil.Process(first.process.pid)
    children = supervisor.children(recursive=True)
    database = psutil.Process(int((data_dir / "postgres" / "postmaster.pid").read_text().split()[0]))
    # Mails link to where the portal answers.
    assert {child.environ().get("SITE_URL") for child in supervisor.children()} == {first.address}
    first.process.stdout.close()  # nobody reads any more, as when a terminal is closed
    first.process.send_signal(signal.SIGHUP)
    assert first.process.wait(90) == 0
    assert psutil.wait_procs([*children, database], timeout=30)[1] == []


def test_an_end_in_the_middle_of_the_start_leaves_no_database(data_dir):
    ours = ("DATABASE_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE", "HTTPS")
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "up", "--port", str(free_port())], cwd=ROOT, text=True,
        env=environment | {"PORTAL_DATA_DIR": str(data_dir)}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    note = data_dir / "postgres" / "postmaster.pid"
    deadline = time.monotonic() + 60
    # The file stands there empty before the database writes its number into it.
    while not (note.exists() and note.read_text().strip()) and time.monotonic() < deadline:
        time.sleep(0.01)
    database = psutil.Process(int(note.read_text().split()[0]))
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0, process.stdout.read()
    assert psutil.wait_procs([database], timeout=30)[1] == []
