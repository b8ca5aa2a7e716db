"""A real portal with all its processes in a folder of its own, and the ways in which it is hurt."""

import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from threading import Thread

import psutil

from clusterportal.core import embedded, server_account
from clusterportal.core.embedded import EmbeddedServer

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 600.0  # seconds that a round may take, on a busy machine, before it counts as never back
PAGES = ("/health/", "/de/", "/api/v1/layers/")
NOT_OURS = (
    "DATABASE_URL",
    "SECRET_KEY",
    "DJANGO_SETTINGS_MODULE",
    "HTTPS",
    "SITE_URL",
    "EMAIL_URL",
    "ALLOWED_HOSTS",
    "CACHE_URL",
)


class Portal:
    """`manage.py up`, as systemd keeps it: started again only when it is gone itself."""

    def __init__(self, data_dir: Path, *, mail_port: int, workers: int = 2):
        self.data_dir, self.log = data_dir, data_dir / "up.log"
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        environment = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
        self.environment = environment | {
            "PORTAL_DATA_DIR": str(data_dir),
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "PYTHONUNBUFFERED": "1",
        }
        self.command = [
            sys.executable, "manage.py", "up", "--no-demo", "--port", str(self.port), "--workers", str(workers),
        ]  # fmt: skip
        self.database = EmbeddedServer(data_dir)
        self.up: psutil.Popen | None = None

    def start(self) -> None:
        with open(self.log, "a") as log:
            self.up = psutil.Popen(
                self.command, cwd=ROOT, env=self.environment, stdout=log, stderr=subprocess.STDOUT
            )

    def stop(self, how=signal.SIGTERM) -> int:
        self.up.send_signal(how)
        return self.up.wait(60)

    def password(self) -> str:
        """The administrator's, which `up` says once."""
        deadline = time.monotonic() + 600  # a new database, on a machine with other things to do
        while not (said := re.search(r"password  (\S+)", self.log.read_text())):
            if time.monotonic() > deadline or self.up.poll() is not None:
                raise RuntimeError(f"The portal did not start:\n{self.log.read_text()}")
            time.sleep(0.2)
        return said[1]

    def seconds_until_well(self, begun: float) -> float | None:
        """How long after `begun` every page answers 200 and goes on to; None when that never happens."""
        in_a_row, first = 0, begun
        while time.monotonic() - begun < PATIENCE:
            moment = time.monotonic()
            # What a killed portal left behind may still answer: that does not count.
            if not (self._has("web_server") and all(self._is_well(page) for page in PAGES)):
                in_a_row = 0
            else:
                first = moment if not in_a_row else first
                in_a_row += 1
                if in_a_row >= 5:
                    return first - begun
            time.sleep(0.05)
        return None

    def _is_well(self, page: str) -> bool:
        try:
            with urllib.request.urlopen(self.address + page, timeout=5) as answer:
                return answer.status == 200 and bool(answer.read())
        except (OSError, urllib.error.URLError, ValueError):
            return False

    # ---------- who is who ----------
    def child(self, word: str) -> psutil.Process:
        """The child of `up` with this word in its command; waits while it is just being started again."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with suppress(psutil.Error):
                for process in self.up.children():
                    if word in " ".join(process.cmdline()):
                        return process
            time.sleep(0.05)
        raise RuntimeError(f"No {word} among the children of up")

    def _has(self, word: str) -> bool:
        with suppress(psutil.Error):
            return any(word in " ".join(process.cmdline()) for process in self.up.children())
        return False

    def web_worker(self) -> psutil.Process:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with suppress(psutil.Error):
                workers = [one for one in self.child("web_server").children() if one.num_threads() > 1]
                if workers:
                    return random.choice(workers)
            time.sleep(0.05)
        raise RuntimeError("No web worker")

    def postmaster(self) -> psutil.Process:
        return psutil.Process(int((self.database.pgdata / "postmaster.pid").read_text().split()[0]))

    def backend(self) -> psutil.Process:
        sessions = [
            one for one in self.postmaster().children() if "postgres: portal" in " ".join(one.cmdline())
        ]
        return random.choice(sessions or self.postmaster().children())

    def processes(self) -> list[psutil.Process]:
        """Everything that still works for this portal."""
        folder, found = str(self.data_dir), []
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                is_ours = process.environ().get("PORTAL_DATA_DIR") == folder or folder in " ".join(
                    process.cmdline()
                )
                if is_ours and process.pid != os.getpid() and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
        return found

    # ---------- faults ----------
    def kill_web_worker(self) -> None:
        self.web_worker().kill()

    def kill_web_server(self) -> None:
        self.child("web_server").kill()

    def kill_job_worker(self) -> None:
        self.child("procrastinate").kill()

    def kill_database(self) -> None:
        self.postmaster().kill()

    def kill_backend(self) -> None:
        self.backend().kill()

    def restart_database(self) -> None:
        """As an operator would; where `up` is quicker, pg_ctl waits for what it cannot see: nobody waits for it."""
        server = self.postmaster()
        Thread(target=self._pg_ctl, args=("restart", "-m", "fast"), daemon=True).start()
        server.wait(30)

    def stop_database(self) -> None:
        """Fast or immediate, as `pg_ctl stop` does, but waiting for this server alone: the next one may be there."""
        server = self.postmaster()
        server.send_signal(random.choice([signal.SIGINT, signal.SIGQUIT]))
        server.wait(30)

    def kill_up(self) -> None:
        self.up.kill()
        self.up.wait()
        self.start()

    def _pg_ctl(self, *words: str) -> None:
        """As an operator would; whether it is content does not matter, as `up` may have been quicker.

        In the portal's environment: the server that it starts goes by the same clock.
        """
        program = server_account.reachable(embedded._programs()) / "pg_ctl"
        with suppress(OSError):
            subprocess.run(
                [program, *words, "-w", "-t", "30", "-D", self.database.pgdata],
                cwd="/", env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                **server_account.credentials(),
            )  # fmt: skip


FAULTS = {
    "web worker killed": Portal.kill_web_worker,
    "web server killed": Portal.kill_web_server,
    "job worker killed": Portal.kill_job_worker,
    "database killed": Portal.kill_database,
    "backend killed": Portal.kill_backend,
    "database restarted": Portal.restart_database,
    "database stopped": Portal.stop_database,
    "up killed": Portal.kill_up,
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
