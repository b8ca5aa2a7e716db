"""A small network of network namespaces: a switch, and hosts with an address each that nobody else can reach."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

NETWORK = "10.250.7"  # inside these namespaces alone
_libc = ctypes.CDLL(None, use_errno=True)


class NotAllowed(Exception):
    """This machine lets nobody make network namespaces; the message says why."""


class Network:
    """Hosts by name, in the order of their addresses; gone with the end of the block, and all their processes too."""

    def __init__(self, *hosts: str):
        self.hosts = {name: f"{NETWORK}.{number}" for number, name in enumerate(hosts, 10)}
        self._prefix = f"scale-{os.getpid()}"
        self._switch = f"{self._prefix}-switch"

    def __enter__(self):
        if sys.platform != "linux" or os.geteuid():
            raise NotAllowed("Network namespaces are Linux's, and for root alone.")
        try:
            self._make()
        except (OSError, subprocess.CalledProcessError) as error:
            self._remove()
            said = getattr(error, "stderr", b"") or str(error).encode()
            raise NotAllowed(said.decode(errors="replace").strip()) from error
        return self

    def __exit__(self, *error):
        for wish in (signal.SIGINT, signal.SIGTERM):  # whoever asks twice still finds nothing left
            signal.signal(wish, signal.SIG_IGN)
        self._remove()

    def namespace(self, host: str) -> str:
        return f"{self._prefix}-{host}"

    def on(self, host: str, *command: str) -> list[str]:
        """The command as a process of this host."""
        return ["ip", "netns", "exec", self.namespace(host), *command]

    def move_in(self, host: str) -> None:
        """This process, whose threads and children begin afterwards, becomes one of `host`."""
        with open(f"/run/netns/{self.namespace(host)}") as place:
            if _libc.setns(place.fileno(), 0):
                raise OSError(ctypes.get_errno(), "setns")

    def pids(self, host: str) -> list[int]:
        listed = subprocess.run(["ip", "netns", "pids", self.namespace(host)], capture_output=True, text=True)
        return [pid for pid in map(int, listed.stdout.split()) if pid != os.getpid()]

    def kill(self, host: str) -> None:
        """As if its power had gone: every process, by SIGKILL, until none is left."""
        deadline = time.monotonic() + 20
        while (pids := self.pids(host)) and time.monotonic() < deadline:
            for pid in pids:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.05)

    def _make(self) -> None:
        _ip("netns", "add", self._switch)
        _ip("-n", self._switch, "link", "add", "bridge", "type", "bridge")
        _ip("-n", self._switch, "link", "set", "bridge", "up")
        for host, address in self.hosts.items():
            own = self.namespace(host)
            _ip("netns", "add", own)
            _ip(
                "link",
                "add",
                "eth0",
                "netns",
                own,
                "type",
                "veth",
                "peer",
                "name",
                host,
                "netns",
                self._switch,
            )
            _ip("-n", self._switch, "link", "set", "dev", host, "master", "bridge", "up")
            _ip("-n", own, "address", "add", f"{address}/24", "dev", "eth0")
            for device in ("eth0", "lo"):
                _ip("-n", own, "link", "set", "dev", device, "up")

    def _remove(self) -> None:
        for host in self.hosts:
            self.kill(host)
        for name in [*map(self.namespace, self.hosts), self._switch]:
            subprocess.run(["ip", "netns", "delete", name], stderr=subprocess.DEVNULL)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
