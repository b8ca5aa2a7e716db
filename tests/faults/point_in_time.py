"""`python -m tests.faults.point_in_time`: a registry goes back to the moment before a mistake, from a copy and the WAL.

As README's recipe says, with the PostgreSQL of this machine (PG_BIN, else Debian's): a server that archives its WAL,
a base copy of it by pg_basebackup, a registry that is written to, a moment that somebody remembers, a mistake that
deletes everything, the server killed, and the copy brought to that moment in a folder of its own. Exit status 1 when
a write before the moment is missing, one after it is there, or the registry is not whole.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

from clusterportal.core import server_account
from tests.faults.portal import ROOT

PATIENCE = 300.0  # seconds
_WRITE = (
    "INSERT INTO places_postcode (country, code, place, district, state_name, latitude, longitude) "
    "VALUES ('DE', '67655', %s, '', '', 49.4, 7.7)"
)


class Server:
    """A PostgreSQL server of this machine in a folder, reachable through its socket alone."""

    def __init__(self, programs: Path, data: Path, socket: Path):
        self.programs, self.data, self.socket = programs, data, socket

    def run(self, program: str, *words: str) -> None:
        done = subprocess.run(
            [self.programs / program, *words],
            cwd="/",
            stdout=subprocess.DEVNULL,  # a server that was started would hold a pipe open
            **server_account.credentials(),
        )
        if done.returncode:
            raise RuntimeError(f"{program} {' '.join(words)}: status {done.returncode}")

    def start(self) -> None:
        where = f"-c unix_socket_directories={self.socket} -c listen_addresses="
        self.run(
            "pg_ctl", "start", "-w", "-s", "-D", str(self.data), "-l", str(self.data / "log"), "-o", where
        )

    def stop(self, mode: str = "fast") -> None:
        self.run("pg_ctl", "stop", "-w", "-s", "-m", mode, "-D", str(self.data))

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(host=str(self.socket), user="portal", dbname="portal", autocommit=True)

    def manage(self, *words: str) -> None:
        """A command of the portal with this database. Raises CalledProcessError."""
        environment = os.environ | {
            "DATABASE_URL": f"postgres://portal@/portal?host={self.socket}",
            "SECRET_KEY": "of a trial",
            "PORTAL_DATA_DIR": str(self.socket.parent / "portal"),
        }
        subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=environment, check=True)


def main() -> int:
    programs = programs_here()
    if programs is None:
        print("There is no PostgreSQL server on this machine: apt-get install postgresql, or say PG_BIN.")
        return 1
    with tempfile.TemporaryDirectory(prefix="point-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)
        return carry_out(programs, folder)


def programs_here() -> Path | None:
    """Where initdb stands: PG_BIN, else the newest of Debian's."""
    if said := os.environ.get("PG_BIN"):
        return Path(said)
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda one: int(re.sub(r"\D", "", one.parts[-3])),
    )
    return found[-1].parent if found else None


def carry_out(programs: Path, folder: Path) -> int:
    archive, base, sockets = (owned(folder / name) for name in ("archive", "base", "sockets"))
    server = Server(programs, owned(folder / "data"), sockets)
    server.run(
        "initdb", "-D", str(server.data), "-U", "portal", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"
    )
    # 1. Archive: a segment is copied once, and never over another one.
    with open(server.data / "postgresql.conf", "a") as settings:
        keep = f"test ! -f {archive}/%f && cp %p {archive}/%f.part && mv {archive}/%f.part {archive}/%f"
        settings.write(f"archive_mode = on\narchive_timeout = 60\narchive_command = '{keep}'\n")
    server.start()
    is_over = False
    try:
        server.run("createdb", "-h", str(sockets), "-U", "portal", "portal")
        server.manage("migrate", "--verbosity", "0")
        server.manage("load_registry", "fixtures/demo", "--tables", "layers", "application_areas")
        # 2. The base copy, while the portal works.
        begun = time.monotonic()
        server.run(
            "pg_basebackup", "-h", str(sockets), "-U", "portal", "-D", str(base), "-c", "fast", "-X", "none"
        )
        print(f"base copy        {time.monotonic() - begun:5.1f} s, {size_of(base) / 1024**2:.0f} MB")
        before = write(server, "before", 200)
        with server.connect() as session:
            moment = session.execute("SELECT clock_timestamp()::text").fetchone()[0]
        time.sleep(0.1)
        write(server, "after", 200)
        with server.connect() as session:  # 3. The mistake.
            session.execute("DELETE FROM places_postcode")
            session.execute("DROP TABLE actors_actor CASCADE")
            session.execute("SELECT pg_switch_wal()")
            wait_until_archived(session)
        server.stop("immediate")
        is_over = True
    finally:
        if not is_over:
            server.stop("immediate")
    # 4. The copy is brought to the moment, beside the damaged server, whose folder stays as it is.
    copy = Server(programs, base, sockets)
    with open(base / "postgresql.auto.conf", "a") as settings:
        settings.write(
            f"restore_command = 'cp {archive}/%f %p'\nrecovery_target_time = '{moment}'\n"
            "recovery_target_action = 'promote'\narchive_mode = off\n"
        )
    (base / "recovery.signal").touch()
    server_account.give(base / "recovery.signal")
    begun = time.monotonic()
    copy.start()
    try:
        with copy.connect() as session:
            while session.execute("SELECT pg_is_in_recovery()").fetchone()[0]:
                if time.monotonic() - begun > PATIENCE:
                    raise RuntimeError("The copy does not end its recovery.")
                time.sleep(0.1)
            print(f"back at the moment {time.monotonic() - begun:5.1f} s after the start")
            kept = [name for (name,) in session.execute("SELECT place FROM places_postcode")]
        copy.manage("check_registry")
        copy.manage("migrate", "--check")
    finally:
        copy.stop()
    lost, too_many = sorted(set(before) - set(kept)), sorted(set(kept) - set(before))
    print(
        f"of {len(before)} writes before it {len(lost)} are missing, of 200 after it {len(too_many)} are there"
    )
    return 1 if lost or too_many else 0


def owned(folder: Path) -> Path:
    folder.mkdir(mode=0o700)
    server_account.give(folder)
    return folder


def write(server: Server, name: str, count: int) -> list[str]:
    """So many committed rows, one after the other."""
    written = []
    with server.connect() as session:
        for number in range(count):
            session.execute(_WRITE, [f"{name} {number:03}"])
            written.append(f"{name} {number:03}")
    return written


def wait_until_archived(session: psycopg.Connection) -> None:
    """Until the segment that holds the last write is in the archive."""
    last = session.execute("SELECT pg_walfile_name(pg_current_wal_lsn() - 1)").fetchone()[0]
    deadline = time.monotonic() + PATIENCE
    while (session.execute("SELECT last_archived_wal FROM pg_stat_archiver").fetchone()[0] or "") < last:
        if time.monotonic() > deadline:
            raise RuntimeError(f"{last} was not archived.")
        time.sleep(0.2)


def size_of(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


if __name__ == "__main__":
    sys.exit(main())
