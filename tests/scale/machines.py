"""What runs on the hosts: PostgreSQL and its replica, the portal, the shared cache and the files."""

import os
import pwd
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import boto3
import psutil
import psycopg

from clusterportal.core import server_account
from tests.faults.portal import NOT_OURS, ROOT
from tests.scale.network import NETWORK, Network

PATIENCE = 600.0  # seconds for a new database, on a machine with other things to do
BUCKET = "portal"
PASSWORD = "of a trial on one machine"
_OPEN = f"host all all {NETWORK}.0/24 trust\nhost replication all {NETWORK}.0/24 trust\n"


class Postgres:
    """A server of this machine's PostgreSQL on a host of its own."""

    def __init__(self, network: Network, host: str, programs: Path, folder: Path):
        self.network, self.host, self.programs, self.data = network, host, programs, folder / host
        self.address = network.hosts[host]
        self.data.mkdir(mode=0o700)
        server_account.give(self.data)

    def make(self) -> None:
        self._run(
            "initdb", "-D", str(self.data), "-U", "portal", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"
        )
        with open(self.data / "postgresql.conf", "a") as settings:
            settings.write("shared_buffers = 64MB\nwal_keep_size = 256MB\nunix_socket_directories = ''\n")
        with open(self.data / "pg_hba.conf", "a") as rights:
            rights.write(_OPEN)

    def follow(self, primary: "Postgres") -> None:
        """Become a streaming replica of `primary`."""
        self._run(
            "pg_basebackup", "-h", primary.address, "-U", "portal", "-D", str(self.data), "-c", "fast", "-R"
        )

    def start(self) -> None:
        where = f"-c listen_addresses={self.address}"
        log = str(self.data / "server.log")
        (self.data / "postmaster.pid").unlink(missing_ok=True)  # of one that was killed
        self._run("pg_ctl", "start", "-w", "-s", "-t", "120", "-D", str(self.data), "-l", log, "-o", where)

    def promote(self) -> None:
        self._run("pg_ctl", "promote", "-w", "-s", "-D", str(self.data))

    def ask(self, sql: str, *values, dbname: str = "portal") -> list[tuple]:
        about = f"host={self.address} user=portal dbname={dbname} connect_timeout=5"
        with psycopg.connect(about, autocommit=True) as session:
            cursor = session.execute(sql, values)
            return cursor.fetchall() if cursor.description else []

    def receiver(self) -> psutil.Process:
        """The process that takes the primary's log in."""
        for pid in self.network.pids(self.host):
            with suppress(psutil.Error):
                if "walreceiver" in " ".join((process := psutil.Process(pid)).cmdline()):
                    return process
        raise RuntimeError("The replica does not follow.")

    def _run(self, program: str, *words: str) -> None:
        account = pwd.getpwuid(server_account.credentials()["user"])
        become = ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
        done = subprocess.run(
            self.network.on(self.host, *become, str(self.programs / program), *words),
            cwd="/",
            stdout=subprocess.DEVNULL,  # a server that was started would hold a pipe open
        )
        if done.returncode:
            raise RuntimeError(f"{program} on {self.host}: status {done.returncode}")


class Shared:
    """The host of what all web hosts share: Redis, and an S3 server."""

    def __init__(self, network: Network, folder: Path):
        self.address = network.hosts["shared"]
        self.cache_url = f"rediscache://{self.address}:6379/0"
        self.endpoint = f"http://{self.address}:5000"
        self.files_url = f"s3://key:secret@{BUCKET}?endpoint={self.endpoint}&region=eu-central-1"
        moto = "from moto.server import main; main(['-H', '0.0.0.0', '-p', '5000'])"
        redis = [
            "redis-server",
            "--bind",
            "0.0.0.0",
            "--protected-mode",
            "no",
            "--save",
            "",
            "--dir",
            str(folder),
        ]
        for name, command in (("redis", redis), ("s3", [sys.executable, "-c", moto])):
            with open(folder / f"{name}.log", "w") as log:
                subprocess.Popen(network.on("shared", *command), stdout=log, stderr=subprocess.STDOUT)

    def wait(self) -> None:
        access = {
            "aws_access_key_id": "key",
            "aws_secret_access_key": "secret",
            "region_name": "eu-central-1",
        }
        until(lambda: bool(urllib.request.urlopen(self.endpoint, timeout=2)), "the S3 server")
        place = {"LocationConstraint": "eu-central-1"}
        boto3.client("s3", endpoint_url=self.endpoint, **access).create_bucket(
            Bucket=BUCKET, CreateBucketConfiguration=place
        )


class WebHost:
    """`manage.py up` on a host of its own: web server and job worker, with its data directory."""

    def __init__(self, network: Network, host: str, folder: Path, environment: dict[str, str]):
        self.network, self.host = network, host
        self.address = f"http://{network.hosts[host]}:8000"
        self.log = folder / f"{host}.log"
        self.environment = environment_of(environment | {"PORTAL_DATA_DIR": str(folder / host)})

    def start(self) -> None:
        up = [
            sys.executable,
            "manage.py",
            "up",
            "--host",
            "0.0.0.0",
            "--port",
            "8000",
            "--workers",
            "1",
            "--no-demo",
        ]
        with open(self.log, "a") as log:
            subprocess.Popen(
                self.network.on(self.host, *up), cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )

    def manage(self, *words: str) -> None:
        command = self.network.on(self.host, sys.executable, "manage.py", *words)
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.DEVNULL)

    def wait(self) -> None:
        try:
            until(lambda: self.answers("/health/") and self.answers("/de/"), self.host)
        except RuntimeError as error:
            raise RuntimeError(f"{error}\n{self.log.read_text()[-3000:]}") from error

    def answers(self, path: str) -> bool:
        with urllib.request.urlopen(self.address + path, timeout=10) as answer:
            return answer.status == 200


def environment_of(own: dict[str, str]) -> dict[str, str]:
    """This process's environment without what names another portal, and `own`."""
    return {name: value for name, value in os.environ.items() if name not in NOT_OURS} | own


def until(is_so, what: str, patience: float = PATIENCE) -> float:
    """Wait until `is_so()`; returns the seconds it took. Raises RuntimeError when it never is."""
    begun = time.monotonic()
    while time.monotonic() - begun < patience:
        with suppress(OSError, psycopg.Error):
            if is_so():
                return time.monotonic() - begun
        time.sleep(0.1)
    raise RuntimeError(f"{what} did not come within {patience:.0f} s.")


def stopped(process: psutil.Process):
    """As a network that stands still: the process neither ends nor goes on until told to."""
    process.send_signal(signal.SIGSTOP)
    return lambda: process.send_signal(signal.SIGCONT)
