"""Servers of a run: the portal with and without its kept answers, floors, and peers; all on free ports."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
WORKERS = 2
MB = 1024**2


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def portal(*, kept_mb: int):
    """(address, process ids of the workers) of the portal; `kept_mb` of answers are kept by each worker."""
    command = [sys.executable, "manage.py", "up", "--no-demo", "--workers", str(WORKERS)]
    with _running(command, ANSWER_CACHE_MB=str(kept_mb)) as (address, process):
        yield address, _workers(process.pid)


@contextmanager
def wsgi(application: str, *, python: str = sys.executable, **environment: str):
    """Any application on granian, tuned as the portal is."""
    command = [
        python, "-m", "granian", application, "--interface", "wsgi", "--workers", str(WORKERS),
        "--blocking-threads", "4", "--log-level", "warning",
    ]  # fmt: skip
    with _running(command, **environment) as (address, _process):
        yield address


@contextmanager
def datasette(program: Path, database: Path):
    command = [str(program), "serve", str(database)]
    for setting in ("sql_time_limit_ms", "facet_time_limit_ms"):
        command += ["--setting", setting, "20000"]
    with _running(command, ready="/-/versions.json") as (address, _process):
        yield address


@contextmanager
def _running(command: list[str], *, ready: str = "/1", **environment: str):
    port = free_port()
    process = subprocess.Popen(
        [*command, "--port", str(port)], cwd=ROOT, env=os.environ | environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address + ready, process)
        yield address, process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def _wait(url: str, process) -> None:
    for _attempt in range(1200):
        if process.poll() is not None:
            raise RuntimeError(f"the server for {url} ended with status {process.returncode}")
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return  # it answers
        except OSError:
            time.sleep(0.25)
    raise RuntimeError(f"no answer at {url}")


def _workers(pid: int) -> list[int]:
    """Processes below `pid` that serve requests: those of the web server that have no children of their own."""
    below = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in below.splitlines()[1:]]
    family, grown = {pid}, True
    while grown:
        more = {int(own) for own, parent, _text in rows if int(parent) in family} - family
        family, grown = family | more, bool(more)
    parents = {int(parent) for _own, parent, _text in rows}
    return [
        int(own)
        for own, _parent, text in rows
        if int(own) in family and "web_server" in text and int(own) not in parents
    ]


def resident_mb(pid: int) -> float:
    """Memory that the process sees, what it shares with others included."""
    return psutil.Process(pid).memory_info().rss / MB


def own_mb(pid: int) -> float:
    """Memory that the machine has less by this process: its own, and its part of what it shares (Linux: PSS)."""
    return psutil.Process(pid).memory_full_info().pss / MB
