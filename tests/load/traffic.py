"""An ordinary day, a little crowded: visitors, partners, curators, imports and a newsletter at the same time."""

import csv
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.faults import load
from tests.faults.mirror import StreamClient
from tests.faults.portal import ROOT, Portal
from tests.load.asking import Pace, Question, Remembering, clients
from tests.load.tally import Tally

CLUSTER = "it-cluster-kaiserslautern"
WORDS = [
    "Software",
    "Medizin",
    "Technik",
    "Energie",
    "Institut",
    "Forschung",
    "Werkstoff",
    "Sensor",
    "Roboter",
    "Daten",
    "Bildung",
    "Labor",
    "Fraunhofer",
    "Landtechnik",
    "Logistik",
    "Kaiserslautern",
    "Leipzig",
    "Optik",
    "Verein",
]
PAGES = [
    "/de/",
    "/en/",
    "/de/ebenen/",
    "/de/anwendungsfelder/",
    "/de/matrix/",
    "/de/cluster/",
    f"/de/cluster/{CLUSTER}/",
    "/de/aktuelles/",
    "/de/termine/",
    "/de/partnersuche/",
    "/de/glossar/",
    "/de/mitmachen/",
    "/de/kompetenzatlas/",
    "/de/clustermodell/",
    "/en/actors/",
    "/sitemap.xml",
    f"/de/cluster/{CLUSTER}/monitor/",
]
IMPORTED = 300  # rows of each table
SAVES = 0.25  # a second, of each curator


def traffic(portal: Portal, tally: Tally, *, slugs: list[str], key: str) -> list[Pace]:
    """Everybody but the imports and the newsletter, ready to be started."""
    partner = {"Authorization": f"Bearer {key}"}
    dice = random.Random(1)

    def any_of(*made: Callable[[], str], headers: dict | None = None) -> Callable[[], Iterator[Question]]:
        def questions():
            while True:
                yield dice.choice(made)(), headers or {}

        return questions

    def word() -> str:
        return dice.choice(WORDS)

    kinds = {
        "page": (3.0, any_of(lambda: dice.choice(PAGES))),
        "profile": (3.0, any_of(lambda: f"/de/akteure/{dice.choice(slugs)}/")),
        "search": (2.0, any_of(fresh_search)),
        "facets": (1.0, any_of(lambda: f"/de/akteure/?layer={dice.choice(LAYERS)}&kind=company&q={word()}")),
        "suggestions": (3.0, any_of(lambda: f"/api/v1/suggest/?q={word()[: dice.randint(2, 6)]}")),
        "map": (1.0, any_of(lambda: f"/api/v1/map/?bbox={box(dice)}&zoom={dice.randint(6, 12)}")),
        "network": (
            0.3,
            any_of(lambda: "/de/netzwerk/", lambda: f"/de/netzwerk/?actor={dice.choice(slugs)}"),
        ),
        "static file": (3.0, any_of(lambda: "/static/css/tokens.css", lambda: "/robots.txt")),
        "health": (0.5, any_of(lambda: "/health/")),
        "partner: list": (
            1.0,
            any_of(lambda: f"/api/v1/actors/?q={word()}&facets=layer,area", headers=partner),
        ),
        "partner: one": (1.0, any_of(lambda: f"/api/v1/actors/{dice.choice(slugs)}/", headers=partner)),
        "partner: changes": (1.0, any_of(lambda: "/api/v1/changes/?latest=1", headers=partner)),
        "partner: snapshot": (0.02, any_of(lambda: "/api/v1/snapshot/", headers=partner)),
        "partner: export": (0.05, any_of(lambda: "/api/v1/actors/?format=ndjson", headers=partner)),
        "partner: dumps": (0.1, any_of(lambda: "/api/v1/dumps/", headers=partner)),
        "document": (0.05, any_of(lambda: f"/de/akteure/{dice.choice(slugs)}/profil.pdf")),
        "picture": (0.1, any_of(lambda: f"/de/akteure/{dice.choice(slugs)}/bild.png")),
    }
    all_of_them = [
        one
        for kind, (rate, questions) in kinds.items()
        for one in clients(portal.address, tally, kind, rate, questions)
    ]
    known = [Remembering(portal.address, tally, "still the same?", PAGES[:5]) for _one in range(2)]
    return all_of_them + [Pace(1.0, one) for one in known]


LAYERS = ["basic-research", "applied-research", "technology-development", "integration-services"]


def fresh_search() -> str:
    """A question that nobody has asked before, so that nothing kept answers it."""
    return f"/de/akteure/?q={random.choice(WORDS)}+{random.choice(WORDS)}+-x{random.randrange(10**9)}"


def box(dice: random.Random) -> str:
    """A section of the map of Germany."""
    west, south = dice.uniform(6, 13), dice.uniform(47.5, 53)
    return f"{west:.2f},{south:.2f},{west + 2:.2f},{south + 1:.2f}"


class Curator(load.Curator):
    """Saves at the pace of somebody who is quick, and counts what it took."""

    def __init__(self, address: str, password: str, tally: Tally):
        super().__init__(address, password)
        self._tally = tally

    def run(self) -> None:
        while not self.is_ending.wait(1 / SAVES):
            begun, known = time.monotonic(), bool(self._form)
            try:
                is_saved = self._save(f"{random.getrandbits(128):032x}")
            except (OSError, load.HTTPException, LookupError) as error:
                self._forget()
                self._tally.failed("curator: save", f"{type(error).__name__} {error}")
            else:
                if is_saved and known:
                    self._tally.answered("curator: save", 302, time.monotonic() - begun)

    def end(self) -> None:
        self.is_ending.set()


class Stream(StreamClient):
    """Follows the stream, as a partner's mirror does."""

    def end(self) -> None:
        self.is_ending.set()


class Imports(Pace):
    """A table every `pause` seconds by the command; each time some rows are new, and others changed."""

    def __init__(self, portal: Portal, tally: Tally, *, pause: float):
        super().__init__(1 / pause, self.once)
        self._portal, self._tally, self._number = portal, tally, 0

    def once(self) -> None:
        self._number += 1
        table = self._portal.data_dir / "load.csv"
        _write(table, self._number)
        begun = time.monotonic()
        words = [sys.executable, "manage.py", "import_actors", str(table), "--state", "published"]
        done = subprocess.run(
            words, cwd=ROOT, env=self._portal.environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            self._tally.failed("import", f"status {done.returncode}: {(done.stdout + done.stderr)[-300:]}")
        else:
            self._tally.answered("import", 200, time.monotonic() - begun)


def _write(table: Path, number: int) -> None:
    with open(table, "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["slug", "name", "kind", "summary_de", "city", "website"])
        for row in range(IMPORTED):
            mark = row if row < IMPORTED // 2 else f"{number}-{row}"
            rows.writerow(
                [
                    f"last-{mark}",
                    f"Last {mark} Werkstoffe",
                    "company",
                    f"Prüft zum {number}. Mal.",
                    "Leipzig",
                    f"https://last-{mark}.example/",
                ]
            )
