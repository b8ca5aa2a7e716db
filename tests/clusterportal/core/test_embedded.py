"""The embedded server, for real: it starts, is shared, survives a kill, and leaves with its last user."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import psycopg
import pytest

from clusterportal.core.embedded import EmbeddedServer, EmbeddedServerError

pytestmark = pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="a server of its own is in use")


@pytest.fixture
def server(tmp_path):
    server = EmbeddedServer(tmp_path / "data")
    yield server
    server.release()


def connect(server):
    return psycopg.connect(host=str(server.socket_dir), user="portal", dbname="postgres", autocommit=True)


def postmaster(server) -> int:
    return int((server.pgdata / "postmaster.pid").read_text().splitlines()[0])


def test_committed_data_survive_a_hard_kill(server):
    server.start()
    with connect(server) as connection:
        connection.execute("CREATE TABLE kept (number int)")
        connection.execute("INSERT INTO kept VALUES (1), (2)")
    os.kill(postmaster(server), signal.SIGKILL)
    again = EmbeddedServer(server.home)
    again.start()
    with connect(again) as connection:
        assert connection.execute("SELECT array_agg(number ORDER BY number) FROM kept").fetchone() == (
            [1, 2],
        )
    again.release()


def test_listens_on_its_socket_only(server):
    server.start()
    with connect(server) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    assert (server.socket_dir / ".s.PGSQL.5432").stat().st_mode & 0o077 == 0


def test_lower_case_knows_umlauts(server):
    """The wheel has no ICU; the builtin C.UTF-8 locale must do what search and sorting need."""
    server.start()
    with connect(server) as connection:
        assert connection.execute("SELECT lower('ÄÖÜ Éß')").fetchone() == ("äöü éß",)


def test_last_user_turns_off_the_light(server):
    server.start()
    code = f"""
import sys
from pathlib import Path
from clusterportal.core.embedded import EmbeddedServer
EmbeddedServer(Path({str(server.home)!r})).start()
print("in", flush=True)
sys.stdin.read()
"""
    other = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).resolve().parents[3],
    )  # fmt: skip
    assert other.stdout.readline() == "in\n"
    pid = postmaster(server)
    server.release()
    process = psutil.Process(pid)
    assert process.is_running()  # the other process still works with it
    other.communicate()
    assert psutil.wait_procs([process], timeout=20)[1] == []


def test_a_deep_folder_gets_a_short_socket(tmp_path):
    deep = EmbeddedServer(tmp_path / ("d" * 90))
    assert len(os.fsencode(deep.socket_dir)) < 100
    assert deep.socket_dir != deep.pgdata


def test_a_platform_without_wheel_is_told_what_to_do(server, monkeypatch):
    monkeypatch.setattr("clusterportal.core.embedded.find_spec", lambda name: None)
    with pytest.raises(EmbeddedServerError, match="set DATABASE_URL"):
        server.start()
