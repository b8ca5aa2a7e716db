"""The measurements. Each yields rows: what, figure, goal, verdict; ratios are of one run, taken in turns."""

import json
import os
import random
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

from django.db.models import Max, Min

from tests.bench import asked as most_asked
from tests.bench import datasette_rows, peers, sections, servers
from tests.bench import reconcile as names_of_a_list
from tests.bench.load import percentiles, rate, timings
from tests.bench.registry import NAMES
from tests.bench.relevance import GOALS
from tests.bench.suggest import texts

LIST, PAGE = "/api/v1/actors/", "/de/akteure/"
ALL = "facets=layer,area,kind,cluster,city,size,topic"
THREE = "layer=applied-research&area=health-medtech&kind=company"
FILTERS = [
    "", "cluster=cluster-9", "kind=company&city=Berlin", "topic=acceleration&size=small", "has=website&country=DE",
    "founded_min=1950&founded_max=2000", "q=fraunhofer", "layer=applied-research&area=health-medtech",
]  # fmt: skip
WORDS = 100  # that are searched for
TURNS = 3


def _row(what: str, figure: str, goal: str, met: bool | None) -> dict:
    return {
        "what": what,
        "figure": figure,
        "goal": goal,
        "verdict": {True: "met", False: "MISSED", None: ""}[met],
    }


def _get(url: str, **headers) -> tuple[bytes, str]:
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=600) as answer:
        return answer.read(), answer.headers.get("ETag", "")


def _ratio(
    what: str,
    url: str,
    floor: str,
    least: float,
    seconds: float,
    headers: dict | None = None,
    of="empty answer",
    clients: int = 8,
):
    """One row: the best of some turns of each, in turns; both asked by as many, with the same headers.

    By eight clients: of two, the system gives both to the same worker every other time.
    """
    own = other = 0.0
    for _turn in range(TURNS):
        own = max(own, rate(url, seconds=seconds, headers=headers, clients=clients))
        other = max(other, rate(floor, seconds=seconds, headers=headers, clients=clients))
    text = (
        f"{own:,.0f}/s against {other:,.0f}/s = {own / other:.0%}"
        if other
        else f"{own:,.0f}/s against nothing in {seconds} s"
    )
    return _row(what, text, f">= {least:.0%} of {of}", own >= least * other)


def warm(actors: int, seconds: float):
    """Kept answers."""
    with (
        servers.portal(kept_mb=32) as (portal, workers),
        servers.wsgi("tests.bench.floors:application") as floor,
    ):
        for what, path, least in (("API list of 50, warm", LIST, 0.6), ("directory page, warm", PAGE, 0.5)):
            body, _etag = _get(portal + path)
            yield _ratio(what, portal + path, f"{floor}/{len(body)}", least, seconds)
        _body, etag = _get(portal + LIST)
        known = {"If-None-Match": etag}
        yield _ratio("304", portal + LIST, f"{floor}/0", 0.8, seconds, known)
        _get(f"{portal}{LIST}?{THREE}&{ALL}")
        most, own = (max(map(mb, workers)) for mb in (servers.resident_mb, servers.own_mb))
        seen = f"{own:.0f} MB ({most:.0f} with all that it shares)"
        yield _row("memory of one worker", seen, "<= 200 MB at 100,000", own <= 200)


def facets(actors: int, seconds: float):
    """A list of 50 with three filters and all facets, cache off, against SQL by hand and against peers."""
    question = f"{LIST}?{THREE}&{ALL}"
    with servers.portal(kept_mb=0) as (portal, _workers):
        _get(portal + question)
        with servers.wsgi("tests.bench.floors:application", BENCH_DSN=_dsn()) as floor:
            what = "API list, 3 filters, all facets, cache off"
            yield _ratio(what, portal + question, f"{floor}/faceted", 0.5, seconds, of="one SQL statement")
            yield _ratio(
                "API list of 50, cache off",
                portal + LIST,
                f"{floor}/list",
                0.5,
                seconds,
                of="one SQL statement",
            )
        with servers.wsgi("tests.bench.tutorial:application") as peer:
            path = f"/actors/?{THREE}&facets=all"
            yield _ratio(
                "the same against DRF's tutorial", portal + question, peer + path, 10, seconds, of="peer"
            )
        path = datasette_rows.QUESTION + datasette_rows.FILTERS
        yield _beside("the same against Datasette", portal + question, "datasette", path, 50, seconds)
        path = "/api/v2/pages/?type=wagtail_pages.ActorPage&fields=*&limit=50&kind=company"
        yield _beside(
            "50 companies against Wagtail's pages",
            f"{portal}{LIST}?kind=company",
            "wagtail",
            path,
            1,
            seconds,
        )


def _beside(what: str, url: str, peer: str, path: str, least: float, seconds: float) -> dict:
    if not peers.installed(peer):
        return _row(
            what, "not installed: set BENCH_PEERS to its environment", f">= {least:.0%} of peer", None
        )
    with getattr(peers, peer)() as address:
        # Two clients: eight would wait for more than a turn for their first answer of a peer that gives one a second.
        return _ratio(what, url, address + path, least, seconds, of="peer", clients=2)


def pages(actors: int, seconds: float):
    """New searches are other words than those asked before; known ones a worker has answered in this state."""
    asked = [f"{PAGE}?{THREE}&q={urllib.parse.quote(word)}" for word in words(2 * WORDS)]
    with servers.portal(kept_mb=0) as (portal, _workers):
        goal = _goal(90, actors)
        _meet(portal, asked[WORDS:])
        yield _page("directory: new search, 3 filters, facets", portal, asked[:WORDS], goal=goal)
        _meet(portal, asked[:WORDS] * 2)
        yield _page("directory: known search, 3 filters, facets", portal, asked[:WORDS], goal=goal)
        for what, address in (
            ("matrix, any filter", "/de/matrix/"),
            ("matrix by API, any filter", "/api/v1/matrix/"),
        ):
            questions = [f"{address}?{filters}" for filters in FILTERS] * 12
            _meet(portal, questions[: 4 * len(FILTERS)])
            yield _page(what, portal, questions, goal=_goal(60, actors))


def felt(actors: int, seconds: float):
    """What one visitor waits for, where nothing was kept."""
    with servers.portal(kept_mb=0) as (portal, _workers):
        for what, goal, addresses in most_asked.questions():
            _meet(portal, (addresses * most_asked.EACH)[: most_asked.EACH])
            urls = [portal + address for address in addresses]
            found = percentiles(list(timings(urls, number=most_asked.EACH)))
            text, is_for = f"p50 {found['p50']} ms", actors <= most_asked.ACTORS
            yield _row(
                f"{what}, one client, cache off",
                text,
                f"p50 <= {goal} ms" if is_for else "",
                found["p50"] <= goal if is_for else None,
            )


def suggest(actors: int, seconds: float):
    """Typeahead over the API: what people have typed so far, and names with a wrong letter."""
    with servers.portal(kept_mb=0) as (portal, _workers):
        for kind, some in texts(300).items():
            asked = [f"/api/v1/suggest/?q={urllib.parse.quote(text)}" for text in some]
            _meet(portal, asked[200:])
            yield _page(
                f"suggest, {kind}", portal, asked[:200], goal=_goal(80 if kind == "misspelt" else 40, actors)
            )


def _goal(milliseconds: int, actors: int) -> int | None:
    """Goals are for registries of up to 100,000 actors."""
    return milliseconds if actors <= 100_000 else None


def _meet(portal: str, addresses: list[str]) -> None:
    """Each over a connection of its own, so that every worker has its tables in memory."""
    for address in addresses:
        list(timings([portal + address], number=1))


def _page(what: str, portal: str, addresses: list[str], *, goal: int | None) -> dict:
    found = percentiles(list(timings([portal + address for address in addresses], number=len(addresses))))
    text = ", ".join(f"{name} {value} ms" for name, value in found.items())
    if goal is None:
        return _row(f"{what}, cache off", text, "", None)
    return _row(f"{what}, cache off", text, f"p95 <= {goal} ms", found["p95"] <= goal)


def words(number: int) -> list[str]:
    """Words of names, the frequent ones as often as names have them."""
    from actors.models import Actor

    chance, every = random.Random(1), Actor.objects.published().order_by("pk")
    keys = chance.sample(range(*every.aggregate(first=Min("pk"), last=Max("pk")).values()), 3 * number)
    names = every.filter(pk__in=keys).values_list("name", flat=True)
    found = [chance.choice(some) for name in names if (some := [one for one in name.split() if len(one) > 2])]
    return list(dict.fromkeys(found))[:number]


def sections_of_the_map(actors: int, seconds: float):
    """The map: clusters and single actors of a section, under several filters."""
    with servers.portal(kept_mb=0) as (portal, _workers):
        for section in sections.SECTIONS:
            asked = sections.questions(section)
            _meet(portal, asked * 2)
            yield _page(f"map, {section}", portal, asked * 15, goal=None)


def export(actors: int, seconds: float):
    with servers.portal(kept_mb=0) as (portal, workers):
        for _worker in range(8):
            _get(f"{portal}{LIST}?{ALL}")
        before = {worker: servers.resident_mb(worker) for worker in workers}
        begun, rows, most = time.perf_counter(), 0, 0.0
        with urllib.request.urlopen(f"{portal}{LIST}?format=ndjson", timeout=600) as answer:
            while block := answer.read(1 << 20):
                rows += block.count(b"\n")
                most = max(most, *(servers.resident_mb(worker) - before[worker] for worker in workers))
        speed = rows / (time.perf_counter() - begun)
        yield _row(
            "export as ndjson", f"{rows:,} rows, {speed:,.0f} rows/s", ">= 20,000 rows/s", speed >= 20_000
        )
        yield _row("memory while exporting", f"+{most:.0f} MB", "<= 50 MB more", most <= 50)


def relevance(actors: int, seconds: float):
    """In a registry of its own: the real names alone, as they were imported."""
    if not NAMES.exists():
        yield _row("relevance", f"{NAMES.name} is not here", "", None)
        return
    for kind, one in _in_a_registry_of_its_own("relevance").items():
        first, in_five = GOALS[kind]
        yield _row(
            f"relevance, {kind}",
            f"first {one['first']:.2%}, in five {one['in_five']:.2%} of {one['cases']}",
            f">= {first:.0%} and {in_five:.1%}",
            one["first"] >= first and one["in_five"] >= in_five,
        )


def reconcile(actors: int, seconds: float):
    """Ten names a request, as OpenRefine asks; and in a registry of its own, whether the right actors are matched."""
    if not NAMES.exists():
        yield _row("reconcile", f"{NAMES.name} is not here", "", None)
        return
    with servers.portal(kept_mb=0) as (portal, _workers):
        asked = [f"/api/v1/reconcile/?{query}" for query in names_of_a_list.requests(250)]
        _meet(portal, asked[200:])
        yield _page("reconcile, 10 names", portal, asked[:200], goal=_goal(50, actors))
    found = _in_a_registry_of_its_own("reconcile")
    for what, goal in names_of_a_list.GOALS.items():
        figure = f"{found[what]:.2%} of {found['cases']} names"
        yield _row(f"reconcile, {what}", figure, f">= {goal:.0%}", found[what] >= goal)


def _in_a_registry_of_its_own(module: str) -> dict:
    """What a measurement saves that fills its own database beside that of the run."""
    folder = Path(os.environ["PORTAL_DATA_DIR"]) / module
    folder.mkdir(exist_ok=True)
    own = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    file = folder / f"{module}.json"
    subprocess.run(
        [sys.executable, "-m", f"tests.bench.{module}", "--save", file],
        env={**own, "PORTAL_DATA_DIR": str(folder)},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return json.loads(file.read_text())


def _dsn() -> str:
    from django.db import connection

    settings = connection.settings_dict
    parts = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    return " ".join(f"{name}='{settings[key]}'" for name, key in parts.items() if settings.get(key))


MEASUREMENTS = {
    "warm": warm, "facets": facets, "pages": pages, "felt": felt, "suggest": suggest, "map": sections_of_the_map,
    "export": export, "relevance": relevance, "reconcile": reconcile,
}  # fmt: skip
