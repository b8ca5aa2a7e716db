"""Who uses the portal meanwhile: readers behind a proxy, a curator, and a witness who looks for what is stale."""

import itertools
import json
import random
import threading
import time
import urllib.error
import urllib.request
from http.client import HTTPException

import psycopg

from tests.faults.load import Curator

_PAGES = ("/de/", "/de/akteure/", "/de/matrix/", "/api/v1/actors/", "/api/v1/layers/")
NAME = "portal.example"
_PASSED_ON = (502, 503, 504)  # a proxy asks the next host


class Proxy:
    """What a reverse proxy does: hosts by turns; one that does not answer is passed over."""

    def __init__(self, addresses: list[str]):
        self.addresses, self._turn = addresses, itertools.count()

    def get(self, path: str) -> bytes:
        """Raises OSError, HTTPException when no host answers well."""
        first, error = next(self._turn), None
        for number in range(len(self.addresses)):
            try:
                return get(self.addresses[(first + number) % len(self.addresses)] + path)
            except (OSError, HTTPException) as failed:
                if getattr(failed, "code", 503) not in _PASSED_ON:
                    raise
                error = failed
        raise error or OSError("no host")


def get(address: str) -> bytes:
    """Under the portal's name, whichever host it is: what one keeps the other may give."""
    with urllib.request.urlopen(
        urllib.request.Request(address, headers={"Host": NAME}), timeout=60
    ) as answer:
        return answer.read()


class Reader(threading.Thread):
    """Opens pages and lists, every second time with a word nobody asked for yet, so that nothing kept will do."""

    def __init__(self, proxy: Proxy):
        super().__init__(daemon=True)
        self.proxy, self.is_ending = proxy, threading.Event()
        self.seconds: list[float] = []
        self.failed: list[str] = []

    def run(self) -> None:
        for number in itertools.count():
            if self.is_ending.wait(0.02):
                return
            new = f"/de/akteure/?q={random.choice(['technik', 'institut', 'software'])}+{random.random()}"
            path = random.choice(_PAGES) if number % 2 else new
            begun = time.monotonic()
            try:
                self.proxy.get(path)
            except (OSError, HTTPException) as error:
                self.failed.append(f"{path} {error}")
            self.seconds.append(time.monotonic() - begun)


class ProxiedCurator(Curator):
    """Saves through one host, and through the next one as soon as that fails."""

    def __init__(self, addresses: list[str], password: str):
        self._addresses = itertools.cycle(addresses)
        super().__init__("", password)

    def _forget(self) -> None:
        super()._forget()
        self.address = next(self._addresses)


class Witness(threading.Thread):
    """Changes a public actor, and looks at every host for what the database acknowledged; older is stale."""

    def __init__(self, conninfo: str, addresses: list[str], slug: str):
        super().__init__(daemon=True)
        self.conninfo, self.addresses, self.slug = conninfo, addresses, slug
        self.is_ending = threading.Event()
        self.acknowledged, self.looked = 0, 0
        self.stale: list[str] = []

    def run(self) -> None:
        for number in itertools.count(1):
            if self.is_ending.wait(0.2):
                return
            try:
                with psycopg.connect(self.conninfo, connect_timeout=5) as session:
                    session.execute(
                        "UPDATE actors_actor SET short_name = %s WHERE slug = %s", [str(number), self.slug]
                    )
            except psycopg.Error:
                continue
            self.acknowledged = number
            for address in self.addresses:
                self._look(address, number)

    def _look(self, address: str, number: int) -> None:
        """Asked twice: what is kept must be no older either."""
        for _time in range(2):
            try:
                said = json.loads(get(f"{address}/api/v1/actors/{self.slug}/"))
            except (OSError, HTTPException, ValueError):
                return  # readers count what does not answer
            self.looked += 1
            if int(said["short_name"]) < number:
                self.stale.append(f"{address}: {said['short_name']} after {number}")
