"""`manage.py up`: everything a portal needs, in one process group. Ctrl-C stops all of it."""

import ctypes
import hashlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from io import StringIO
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from clusterportal.core.embedded import EmbeddedServerError, server_under

_COLLECT = ["collectstatic", "--noinput", "--skip-checks", "--verbosity", "0"]
PR_SET_PDEATHSIG = 1  # linux/prctl.h
PATIENCE = 15  # seconds that a child may take to end before it is killed


class Command(BaseCommand):
    help = "Start the portal: database, migrations, demo registry in an empty database, web server and job worker."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="processes of the web server")
        parser.add_argument("--no-demo", action="store_true", help="leave an empty registry empty")

    def handle(self, *args, host, port, workers, no_demo, **options):
        for wish in (signal.SIGINT, signal.SIGTERM):  # also where a script's background job ignores Ctrl-C
            signal.signal(wish, _interrupt)
        self._check_port(host, port)
        children = []
        try:
            password = self._prepare(children, with_demo=not no_demo)
            children.append(_start(_web_server(host, port, workers)))
            children.append(_start(_job_worker(), stderr=subprocess.DEVNULL))
            self._wait_until_open(host, port, children[0])
            self._say_hello(host, port, password)
            self._watch(children)
        except KeyboardInterrupt:
            self.stdout.write("\nStopping …")
        finally:
            _stop(children)

    def _prepare(self, children, *, with_demo: bool) -> str:
        """Static files beside the database and its content; returns a new administrator's password."""
        stamp = _static_stamp()
        if not _stamp_file().exists() or _stamp_file().read_text() != stamp:
            children.append(_start([*_manage(), *_COLLECT]))
        self._start_database()
        call_command("migrate", verbosity=0)
        password = self._fill(with_demo=with_demo)
        if children and children.pop().wait():
            raise CommandError("The static files could not be collected; see above.")
        _stamp_file().write_text(stamp)
        return password

    def _check_port(self, host, port):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise CommandError(
                    f"Port {port} on {host} cannot be used ({error.strerror}). "
                    "Choose another one: manage.py up --port 8001"
                ) from error

    def _start_database(self):
        if not settings.IS_EMBEDDED:
            return
        try:
            server_under(settings.PORTAL_DATA_DIR).start(*settings.EMBEDDED_OPTIONS)
        except EmbeddedServerError as error:
            raise CommandError(str(error)) from error

    def _fill(self, *, with_demo: bool) -> str:
        """Fill an empty database; returns the new administrator's password, if there is a new one."""
        fixtures = settings.BASE_DIR / "fixtures"
        if not apps.get_model("layers", "Layer").objects.exists():
            tables = [] if with_demo else ["--tables", "layers", "application_areas"]
            call_command("load_registry", fixtures / "demo", *tables, stdout=StringIO())
            call_command("load_texts", fixtures / "pages", stdout=StringIO())
        users = get_user_model().objects
        if not settings.IS_EMBEDDED or users.exists():
            return ""
        password = secrets.token_urlsafe(12)
        users.create_superuser("admin", password=password, role="administrator")
        return password

    def _wait_until_open(self, host, port, server):
        target = "127.0.0.1" if host in ("0.0.0.0", "::") else host
        while server.poll() is None:
            try:
                socket.create_connection((target, port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise CommandError("The web server ended at once; see above.")

    def _say_hello(self, host, port, password):
        shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host
        address = f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"
        self.stdout.write(
            f"\n{settings.SITE_NAME} is up.\n"
            f"  Pages  {address}/\n  Admin  {address}/admin/\n  API    {address}/api/v1/docs/"
        )
        if password:
            self.stdout.write(f"\nSign in as “admin” with the password  {password}  (shown only this once).")
        self.stdout.write("\nCtrl-C stops everything.")

    def _watch(self, children):
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
        ended = next(child for child in children if child.poll() is not None)
        raise CommandError(
            f"“{' '.join(map(str, ended.args))}” ended with status {ended.returncode}; the portal stops."
        )


def _stamp_file() -> Path:
    return settings.STATIC_ROOT / ".stamp"


def _static_stamp() -> str:
    """A digest of all static sources: collecting takes seconds, and is needed only when one of them changed."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(None):
            status = os.stat(storage.path(name))
            digest.update(f"{storage.path(name)} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _manage() -> list[str]:
    return [sys.executable, str(settings.BASE_DIR / "manage.py")]


def _web_server(host: str, port: int, workers: int) -> list[str]:
    return [
        sys.executable, "-m", "granian", "clusterportal.wsgi:application", "--interface", "wsgi",
        "--host", host, "--port", str(port), "--workers", str(workers), "--blocking-threads", "4",
        "--blocking-threads-idle-timeout", "600", "--respawn-failed-workers", "--log-level", "warning",
        "--working-dir", str(settings.BASE_DIR),
    ]  # fmt: skip


def _job_worker() -> list[str]:
    return [*_manage(), "procrastinate", "worker"]


def _interrupt(signum, frame):
    raise KeyboardInterrupt


def _start(command: list[str], **options) -> subprocess.Popen:
    """A child with a process group of its own, which ends with this process even when that is killed."""
    return subprocess.Popen(command, start_new_session=True, preexec_fn=_die_with_parent, **options)


def _die_with_parent() -> None:
    """Linux: ask for SIGTERM at the parent's death, so that nothing goes on holding the port (prctl(2))."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _stop(children) -> None:
    """End the children politely, then their groups firmly; the database stops with the last process that used it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(PATIENCE)
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
