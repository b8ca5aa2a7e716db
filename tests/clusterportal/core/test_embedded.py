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


def test_is_started_again_for_all_who_use_it(server):
    server.start()
    assert server.is_there()
    with connect(server) as connection:
        connection.execute("CREATE TABLE kept ()")
    os.kill(postmaster(server), signal.SIGKILL)
    psutil.wait_procs([psutil.Process(pid) for pid in psutil.pids() if pid == postmaster(server)], timeout=10)
    assert not server.is_there()
    server.start_again()
    server.start_again()  # it is there already
    with connect(server) as connection:
        connection.execute("SELECT FROM kept")


def test_who_cannot_be_started_again_says_why(server, monkeypatch):
    server.start()
    subprocess_run(server, "stop")
    monkeypatch.setattr("clusterportal.core.embedded.LAST_BREATH", 0)
    with pytest.raises(EmbeddedServerError, match="unrecognized configuration parameter"):
        server.start_again("nonsense=1")
    server.start_again()


def subprocess_run(server, what: str) -> None:
    server._run("pg_ctl", what, "-w", "-m", "fast", "-D", str(server.pgdata))


def test_the_log_is_kept_for_a_week(server):
    """A file for each day of the week, which the next one overwrites."""
    server.start()
    with connect(server) as connection:
        shown = [connection.execute(f"SHOW {name}").fetchone()[0] for name in (
            "log_filename", "log_rotation_age", "log_truncate_on_rotation",
        )]  # fmt: skip
    assert shown == ["server-%a.log", "1d", "on"]
    [log] = (server.pgdata / "log").iterdir()
    assert log.stat().st_mode & 0o077 == 0


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
