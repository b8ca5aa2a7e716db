"""What a portal stands on and may lose: its disk, its clock, its shared cache. Each says why it cannot be had here."""

import ctypes
import os
import shutil
import signal
import struct
import subprocess
import sys
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from tests.faults.portal import free_port

ROOM = 1024**3  # bytes of the small disk: a database without content, its log of changes, and some work
_CLONE_NEWNS, _MS_REC, _MS_PRIVATE = 0x20000, 0x4000, 0x40000  # linux/sched.h, linux/mount.h


class Disk:
    """A file system of `ROOM` bytes over a folder, seen by this process and what it starts."""

    def __init__(self, folder: Path):
        self.ballast = folder / "ballast"
        libc = ctypes.CDLL(None, use_errno=True)
        for done in (
            libc.unshare(_CLONE_NEWNS),
            libc.mount(b"none", b"/", None, _MS_REC | _MS_PRIVATE, None),
            libc.mount(b"tmpfs", bytes(folder), b"tmpfs", 0, f"size={ROOM},mode=711".encode()),
        ):
            if done:
                raise OSError(ctypes.get_errno(), "mounting is not allowed here")

    def fill(self) -> None:
        """Until nothing fits any more."""
        with open(self.ballast, "ab") as file:
            for step in (1024**2, 4096):
                with suppress(OSError):
                    while True:
                        os.posix_fallocate(file.fileno(), file.tell(), step)
                        file.seek(step, os.SEEK_CUR)

    def clear(self) -> None:
        self.ballast.unlink(missing_ok=True)


class Clock:
    """The time of the day of the portal's processes, set by `clock.c`."""

    def __init__(self, folder: Path):
        if (compiler := shutil.which("cc")) is None:
            raise OSError("there is no C compiler (cc) for a clock that can be set")
        self._file, library = folder / "clock", folder / "clock.so"
        self._file.write_bytes(bytes(8))
        self._file.chmod(0o644)
        subprocess.run(
            [compiler, "-shared", "-fPIC", "-O2", "-o", library, Path(__file__).with_name("clock.c")],
            check=True,
        )
        library.chmod(0o755)
        self.environment = {"LD_PRELOAD": str(library), "CLOCK_FILE": str(self._file)}
        self.moved_by = self.furthest = 0  # seconds

    def step(self, seconds: int) -> None:
        self.moved_by += seconds
        self.furthest = max(self.furthest, self.moved_by)
        with open(self._file, "r+b") as file:
            file.write(struct.pack("@l", self.moved_by))

    def now(self) -> float:
        """Unix seconds as the portal sees them."""
        return time.time() + self.moved_by


class CacheServer:
    """A real Redis that can be killed, hung, filled and made to lie."""

    def __init__(self):
        if (program := shutil.which("redis-server")) is None or find_spec("redis") is None:
            raise OSError(
                "there is no redis-server (Debian: redis-server), or the extra redis is not installed"
            )
        import redis  # an extra of its own

        self.port = free_port()
        self._command = [program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", "/"]
        self._client = redis.Redis(port=self.port, socket_timeout=5)
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def hang(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def fill(self) -> None:
        """Refuses every write from now on."""
        self._client.config_set("maxmemory", "1")

    def empty(self) -> None:
        self._client.config_set("maxmemory", "0")

    def lie(self) -> None:
        """Each key holds garbage from now on: noise, half of what it held, what another key held."""
        before = b""
        for number, key in enumerate(self._client.scan_iter()):
            held = self._client.get(key) or b""
            self._client.set(key, (os.urandom(200), held[: len(held) // 2], before or b"5", b"")[number % 4])
            before = held


def available(kind: type, *words) -> object | None:
    """One of these, or None with a sentence why it cannot be had on this machine."""
    try:
        return kind(*words)
    except OSError as error:
        print(f"{kind.__name__}: left out, {error.strerror or error}", file=sys.stderr, flush=True)
        return None
