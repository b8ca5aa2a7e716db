"""How much memory each process of a portal holds, measured while it works."""

import threading
import time
from contextlib import suppress

import psutil

from tests.faults.portal import Portal
from tests.load.tally import Growth, growth

PAUSE = 5.0  # seconds between two looks
MB = 1024**2


class Watch(threading.Thread):
    """Looks at all processes again and again: by web worker and job worker, and at the database's as a whole.

    Of the database that which is its processes' own counts (USS), as all of them show the shared buffers as theirs.
    """

    def __init__(self, portal: Portal):
        super().__init__(daemon=True)
        self._portal, self._begun = portal, time.monotonic()
        self.samples: dict[str, list[tuple[float, float]]] = {}
        self.is_ending = threading.Event()

    def run(self) -> None:
        while not self.is_ending.wait(PAUSE):
            self.look()

    def look(self) -> None:
        moment = time.monotonic() - self._begun
        for name, value in self._measured().items():
            self.samples.setdefault(name, []).append((moment, value))

    def after(self, seconds: float) -> list[Growth]:
        """What became of each from then on. A process that has not lived since then is missing."""
        late = {name: [one for one in samples if one[0] >= seconds] for name, samples in self.samples.items()}
        most = max(map(len, late.values()), default=0)
        return [growth(name, ones) for name, ones in sorted(late.items()) if len(ones) >= max(4, most - 2)]

    def _measured(self) -> dict[str, float]:
        with suppress(psutil.Error, RuntimeError):
            granian, jobs = self._portal.child("web_server"), self._portal.child("procrastinate")
            workers = sorted(_of_weight(granian.children()), key=lambda one: one.pid)
            measured = {f"web worker {one.pid}": one.memory_info().rss / MB for one in workers}
            measured |= {
                "job worker": jobs.memory_info().rss / MB,
                "up": self._portal.up.memory_info().rss / MB,
            }
            server = self._portal.postmaster()
            own = 0.0
            for one in [server, *server.children()]:
                with suppress(psutil.Error):
                    own += one.memory_full_info().uss / MB
            return measured | {"database, own": own}
        return {}


def _of_weight(processes: list[psutil.Process]) -> list[psutil.Process]:
    """The workers; the web server has a small process beside them that only watches."""
    return [one for one in processes if one.memory_info().rss > 50 * MB]
