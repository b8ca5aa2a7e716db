"""`manage.py up`: everything a portal needs, kept running until it is told to end. Ctrl-C stops all of it."""

import hashlib
import os
import secrets
import shutil
import signal
import socket
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
from django.db import connections

from clusterportal.core.clock_steps import FollowsTheClock
from clusterportal.core.data_dir_lock import IsHeld, held
from clusterportal.core.embedded import EmbeddedServerError, server_under
from clusterportal.core.private_files import FOLDER_OF_OWNER, close_to_others
from clusterportal.core.stored_files import COPIES
from clusterportal.core.supervision import CannotStart, Program, Supervisor, end_remains, stop
from clusterportal.core.turns import THREADS

_COLLECT = ["collectstatic", "--noinput", "--skip-checks", "--verbosity", "0"]
_EVERYWHERE = ("0.0.0.0", "::")
_REMAINS = 60  # seconds that a port may stay taken after a portal was killed
_LAST_WISHES = 3.0  # seconds that what a killed portal had started may take to end by itself
# Of glibc: its threads share two heaps, and what a large answer needed is given back, except for a few MB. By its own
# settings a worker takes 20 MB more; if it kept nothing, answers with facets would take a third longer (page faults).
_ALLOCATOR = {
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": str(2 * 1024**2),
    "MALLOC_TRIM_THRESHOLD_": str(8 * 1024**2),
}
# SIGHUP: the terminal was closed; `nohup` has it ignored, which stays so.
_WISHES = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Command(BaseCommand):
    help = "Start the portal: database, migrations, demo registry in an empty database, web server and job worker."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="processes of the web server")
        parser.add_argument("--no-demo", action="store_true", help="leave an empty registry empty")

    def handle(self, *args, host, port, workers, no_demo, **options):
        _listen(_interrupt)  # also where a script's background job ignores Ctrl-C
        try:
            with held(settings.PORTAL_DATA_DIR, f"process {os.getpid()}, port {port}") as was_killed:
                if was_killed:
                    for service in ("web", "jobs", "statics"):
                        end_remains(_note(service), within=_LAST_WISHES)
                self._check_port(host, port, patience=_REMAINS if was_killed else 0)
                self._run(host, port, workers, with_demo=not no_demo)
        except IsHeld as error:
            raise CommandError(
                f"A portal already runs with {settings.PORTAL_DATA_DIR} ({error.note}). Stop it first, or give this "
                "one a folder of its own: PORTAL_DATA_DIR=elsewhere manage.py up"
            ) from error
        except KeyboardInterrupt:
            self._say_stopping()

    def _run(self, host, port, workers, *, with_demo):
        environment = _ALLOCATOR | os.environ | {"SITE_URL": _site_url(host, port)} | _measurements()
        web = Program("web server", _web_server(host, port, workers), environment, note=_note("web"))
        jobs = FollowsTheClock("job worker", _job_worker(), environment, note=_note("jobs"))
        statics = Program("collecting of static files", [*_manage(), *_COLLECT], note=_note("statics"))
        try:
            password = self._prepare(statics, with_demo=with_demo)
            supervisor = Supervisor([*([_Database()] if settings.IS_EMBEDDED else []), web, jobs])
            _listen(supervisor.end)
            connections.close_all()  # from here on this process needs none
            web.start()
            self._wait_until_open(host, port, web, supervisor)
            jobs.start()  # who waits for a page needs the processors first
            if not supervisor.is_ending:
                self._say_hello(_address(host, port), password)
            supervisor.run()
            self._say_stopping()
        finally:
            _listen(signal.SIG_IGN)
            stop([statics, jobs, web])  # the database stops with the last process that used it

    def _prepare(self, statics: Program, *, with_demo: bool) -> str:
        """Static files beside the database and its content; returns a new administrator's password."""
        for folder in ("imports", "reports"):
            close_to_others(settings.PORTAL_DATA_DIR / folder)
        shutil.rmtree(settings.PORTAL_DATA_DIR / COPIES, ignore_errors=True)  # of processes that were killed
        fingerprint = _fingerprint_of_statics()
        if (
            is_collecting := not _fingerprint_file().exists()
            or _fingerprint_file().read_text() != fingerprint
        ):
            statics.start()
        self._start_database()
        call_command("migrate", verbosity=0)
        password = self._fill(with_demo=with_demo)
        if is_collecting and statics.process and statics.process.wait():
            raise CommandError("The static files could not be collected; see above.")
        _fingerprint_file().write_text(fingerprint)
        return password

    def _check_port(self, host, port, *, patience: float):
        """Whether the port is free. What a portal had started that was killed may hold it for `patience` seconds."""
        deadline = time.monotonic() + patience
        while error := _why_taken(host, port):
            if time.monotonic() > deadline:
                raise CommandError(
                    f"Port {port} on {host} cannot be used ({error.strerror}). "
                    "Choose another one: manage.py up --port 8001"
                )
            time.sleep(0.2)

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
            needed = ["layers", "application_areas", "criteria_sets", "criteria"]
            tables = [] if with_demo else ["--tables", *needed]
            call_command("load_registry", fixtures / "demo", *tables, stdout=StringIO())
            for code, _name in settings.LANGUAGES:
                if (further := fixtures / code).is_dir():  # names of the model in a further language
                    model = [] if with_demo else ["--tables", "layers", "application_areas"]
                    call_command("load_registry", further, *model, stdout=StringIO())
            call_command("load_texts", fixtures / "pages", stdout=StringIO())
        users = get_user_model().objects
        if not settings.IS_EMBEDDED or users.exists():
            return ""
        password = secrets.token_urlsafe(12)
        users.create_superuser("admin", password=password, role="administrator")
        return password

    def _wait_until_open(self, host, port, web: Program, supervisor: Supervisor):
        target = "127.0.0.1" if host in _EVERYWHERE else host
        while not supervisor.is_ending:
            if reason := web.why_ended():
                raise CommandError(f"The web server {reason} before it answered; see above.")
            try:
                socket.create_connection((target, port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.1)

    def _say_hello(self, address, password):
        self.stdout.write(
            f"\n{settings.SITE_NAME} is up.\n"
            f"  Pages  {address}/\n  Admin  {address}/admin/\n  API    {address}/api/v1/docs/"
        )
        if password:
            self.stdout.write(f"\nSign in as “admin” with the password  {password}  (shown only this once).")
        self.stdout.write("\nCtrl-C stops everything.")

    def _say_stopping(self):
        with suppress(OSError):  # the terminal may be gone
            self.stdout.write("\nStopping …")


class _Database:
    """The embedded server as a service: it belongs to all who use it, and is started again by this process."""

    name = "database"

    def start(self) -> None:
        try:
            server_under(settings.PORTAL_DATA_DIR).start_again(*settings.EMBEDDED_OPTIONS)
        except EmbeddedServerError as error:
            raise CannotStart(error) from error

    def why_ended(self) -> str | None:
        return None if server_under(settings.PORTAL_DATA_DIR).is_there() else "is gone"


def _measurements() -> dict[str, str]:
    """Where the processes write what they count, for all of them together; empty where nothing is measured.

    Counts begin anew with each start, as those who read them expect (prometheus-client, multiprocess mode).
    """
    if not (settings.METRICS_TOKEN or settings.METRICS_NETWORKS):
        return {}
    folder = settings.PORTAL_DATA_DIR / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=FOLDER_OF_OWNER)
    return {"PROMETHEUS_MULTIPROC_DIR": str(folder)}


def _note(service: str) -> Path:
    return settings.PORTAL_DATA_DIR / f"up.{service}"


def _listen(handler) -> None:
    for wish in _WISHES:
        if wish != signal.SIGHUP or signal.getsignal(wish) != signal.SIG_IGN:
            signal.signal(wish, handler)


def _interrupt(signum, frame):
    raise KeyboardInterrupt


def _address(host: str, port: int) -> str:
    """What a person on this machine opens."""
    shown = "127.0.0.1" if host in _EVERYWHERE else host.strip("[]")
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"


def _site_url(host: str, port: int) -> str:
    """What stands before the links in mails: what the operator says, else where the portal answers."""
    if os.environ.get("SITE_URL") or (settings.IS_HTTPS and settings.PUBLIC_NAMES):
        return settings.SITE_URL
    return _address((*settings.PUBLIC_NAMES, host)[0], port)


def _why_taken(host: str, port: int) -> OSError | None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error
    return None


def _fingerprint_file() -> Path:
    return settings.STATIC_ROOT / ".stamp"


def _fingerprint_of_statics() -> str:
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
        sys.executable,
        "-m",
        "clusterportal.web_server",
        "clusterportal.wsgi:application",
        "--interface",
        "wsgi",
        "--host",
        host,
        "--port",
        str(port),
        "--workers",
        str(workers),
        "--blocking-threads",
        str(THREADS),
        "--backpressure",
        str(THREADS),
        "--blocking-threads-idle-timeout",
        "600",
        "--respawn-failed-workers",
        "--workers-kill-timeout",
        "5",
        "--log-level",
        "error",  # a warning would say of each start that these are many threads; most of them only wait
        "--working-dir",
        str(settings.BASE_DIR),
    ]


def _job_worker() -> list[str]:
    return [*_manage(), "procrastinate", "worker"]
