"""`python -m tests.faults.two_accounts`: the portal with an account that can only add to its history.

As `clusterportal/deploy/accounts.sql` says, with the PostgreSQL of this machine (PG_BIN, else Debian's): two accounts,
one that owns the tables and migrates, and the portal's. `up` of the latter is refused by a sentence until the owner has
migrated; then pages, admin, job worker, import and backup work with it, and attempts on the history are refused. Exit
status 1 when anything of it is otherwise.
"""

import csv
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import psycopg

from tests.faults.load import Curator, Post, Writer
from tests.faults.point_in_time import Server, owned, programs_here
from tests.faults.portal import NOT_OURS, ROOT, free_port

PATIENCE = 900.0  # seconds, on a machine with other things to do
PASSWORD = "of a trial, 2 accounts"
PAGES = ("/health/", "/de/", "/de/akteure/", "/en/matrix/", "/api/v1/actors/?page_size=5", "/admin/login/")
ATTEMPTS = (
    "UPDATE actors_actorevent SET name = 'rewritten'",
    "DELETE FROM actors_actorevent",
    "TRUNCATE actors_actorevent",
    "ALTER TABLE actors_actorevent DISABLE TRIGGER ALL",
    "DROP TABLE actors_actorevent",
    "CREATE TABLE mine (a integer)",
)


class Trial:
    def __init__(self, programs: Path, folder: Path):
        self.folder, self.socket, self.port = folder, owned(folder / "socket"), free_port()
        self.server = Server(programs, owned(folder / "data"), self.socket)
        self.post = Post(free_port(), seconds=0.0)
        self.is_good = True

    def environment(self, account: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
        return kept | {
            "DATABASE_URL": f"postgres://{account}:secret@/portal?host={self.socket}",
            "SECRET_KEY": "of a trial",
            "PORTAL_DATA_DIR": str(self.folder / "portal"),
            "EMAIL_URL": f"smtp://127.0.0.1:{self.post.port}",
            "PYTHONUNBUFFERED": "1",
        }

    def manage(self, account: str, *words: str, **variables: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.environment(account) | variables,
            capture_output=True,
            text=True,
        )

    def expect(self, what: str, is_so: bool, said: str = "") -> None:
        print(
            f"{'yes' if is_so else 'NO '}  {what}{f': {said.strip().splitlines()[-1]}' if said.strip() else ''}"
        )
        self.is_good &= is_so

    def does(self, account: str, *words: str, **variables: str) -> None:
        done = self.manage(account, *words, **variables)
        self.expect(f"{account} does {words[0]}", done.returncode == 0, done.stderr or done.stdout)

    # ---------- the steps ----------
    def carry_out(self) -> None:
        self.server.run(
            "initdb",
            "-D",
            str(self.server.data),
            "-U",
            "postgres",
            "--auth=trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        self.server.start()
        try:
            given = ["-v", "owner_password=secret", "-v", "portal_password=secret", "-v", "ON_ERROR_STOP=1"]
            reachable = self.folder / "accounts.sql"
            reachable.write_text((ROOT / "clusterportal/deploy/accounts.sql").read_text())
            self.server.run(
                "psql", "-q", "-h", str(self.socket), "-U", "postgres", *given, "-f", str(reachable)
            )
            self.is_refused("an empty database")
            self.does("portal_owner", "migrate", "--verbosity", "0")
            self.does("portal_owner", "limit_account", "portal")
            self.works()
            self.history_stays()
            with self.session("portal_owner") as owner:
                owner.execute("DELETE FROM django_migrations WHERE app = 'enquiries' AND name LIKE '0002%'")
            self.is_refused("migrations that wait")
        finally:
            self.server.stop("immediate")
            self.post.stop()

    def session(self, account: str) -> psycopg.Connection:
        return psycopg.connect(host=str(self.socket), user=account, dbname="portal", autocommit=True)

    def is_refused(self, what: str) -> None:
        done = self.manage("portal", "up", "--port", str(self.port))
        is_a_sentence = done.returncode == 1 and "DATABASE_URL of the owner" in done.stderr
        self.expect(
            f"up of portal is refused for {what}",
            is_a_sentence and "Traceback" not in done.stderr,
            done.stderr,
        )

    def works(self) -> None:
        log = self.folder / "up.log"
        with open(log, "w") as written:
            up = subprocess.Popen(
                [sys.executable, "manage.py", "up", "--port", str(self.port)],
                cwd=ROOT, env=self.environment("portal"), stdout=written, stderr=subprocess.STDOUT,
            )  # fmt: skip
        try:
            begun = time.monotonic()
            while (
                "Ctrl-C" not in log.read_text() and up.poll() is None and time.monotonic() - begun < PATIENCE
            ):
                time.sleep(0.2)
            self.expect(
                "up of portal runs, with the demo registry", "Ctrl-C" in log.read_text(), log.read_text()
            )
            for page in PAGES:
                with urllib.request.urlopen(
                    f"http://127.0.0.1:{self.port}{page}", timeout=PATIENCE
                ) as answer:
                    self.expect(f"{page} answers", answer.status == 200)
            self.does(
                "portal", "createsuperuser", "--noinput", "--username", "admin", "--email", "admin@example.org",
                DJANGO_SUPERUSER_PASSWORD=PASSWORD, DJANGO_SUPERUSER_ROLE="administrator",
            )  # fmt: skip
            curator, writer = (
                Curator(f"http://127.0.0.1:{self.port}", PASSWORD),
                Writer(f"host={self.socket} user=portal dbname=portal"),
            )
            for load in (curator, writer):
                load.start()
            self.expect("a curator saves in the admin", _until(lambda: len(curator.acknowledged) >= 3))
            self.expect("the job worker sends mails", _until(lambda: len(self.post.accepted) >= 2))
            for load in (curator, writer):
                load.is_ending.set()
                load.join(60)
            table, copy = self.folder / "actors.csv", self.folder / "registry.tar.gz"
            with open(table, "w", newline="") as file:
                csv.writer(file).writerows([["name", "kind"], ["Beispielwerk", "company"]])
            self.does("portal", "import_actors", str(table))
            self.does("portal", "backup", str(copy))
            self.does("portal", "restore_drill", str(copy))
        finally:
            up.terminate()
            self.expect("up ends when it is told to", up.wait(PATIENCE) == 0)

    def history_stays(self) -> None:
        with self.session("portal") as session:
            count = session.execute("SELECT count(*) FROM actors_actorevent").fetchone()[0]
            for attempt in ATTEMPTS:
                try:
                    session.execute(attempt)
                    self.expect(f"refused: {attempt}", False)
                except psycopg.errors.InsufficientPrivilege as error:
                    self.expect(f"refused: {attempt}", True, error.diag.message_primary or "")
            now = session.execute("SELECT count(*) FROM actors_actorevent").fetchone()[0]
            self.expect(f"{count} versions of actors are all there", now == count)


def _until(is_so) -> bool:
    deadline = time.monotonic() + PATIENCE
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.1)
    return is_so()


def main() -> int:
    programs = programs_here()
    if programs is None:
        print("There is no PostgreSQL server on this machine: apt-get install postgresql, or say PG_BIN.")
        return 1
    with tempfile.TemporaryDirectory(prefix="accounts-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)
        trial = Trial(programs, folder)
        trial.carry_out()
        return 0 if trial.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
