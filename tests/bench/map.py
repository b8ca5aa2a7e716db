"""The map: `python -m tests.bench.map --actors 100000`. Clusters of a section, by section and filter.

Beside each figure stands its floor: reading the places of the same section once, with nothing made of them. The
figures are those of the question put to the database and of what is made of it; the registry is built as in `bench`.
"""

import argparse
import os
from pathlib import Path
from statistics import quantiles
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
SECTIONS = {  # name: zoom, west, south, east, north
    "world": (2, -180, -85, 180, 85),
    "Europe": (4, -12, 35, 32, 62),
    "Germany": (6, 5, 47, 16, 55),
    "Palatinate": (9, 7, 49, 8.5, 50),
    "town": (13, 7.68, 49.41, 7.83, 49.48),
}
FILTERS = ["", "kind=company", "layer=applied-research&area=health-medtech", "near=49.44,7.77&radius=100"]
GOAL_MS = 50


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.map", description=__doc__.splitlines()[0])
    parser.add_argument("--actors", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=30)
    given = parser.parse_args()
    os.environ.setdefault("PORTAL_DATA_DIR", str(ROOT / ".portal" / f"bench-{given.actors}"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterportal.settings")

    import django

    django.setup()

    from tests.bench import registry

    registry.build(given.actors)
    print(f"{'section':<12}{'filter':<44}{'spots':>6}{'p50':>8}{'p95':>8}{'p99':>8}{'floor p50':>11}  ms")
    for section in SECTIONS:
        for query in FILTERS:
            print(_line(section, query, given.times), flush=True)


def _line(section: str, query: str, times: int) -> str:
    """One section under one filter; map and floor take turns, so that both meet the same machine."""
    found, took, floor = 0, [], []
    for _ in range(times):
        spent, found = _timed(_spots, section, query)
        took.append(spent)
        floor.append(_timed(_places, section, query)[0])
    cuts, least = quantiles(took, n=100), quantiles(floor, n=100)
    verdict = "" if cuts[94] <= GOAL_MS else f"over {GOAL_MS}"
    figures = "".join(f"{value:8.1f}" for value in (cuts[49], cuts[94], cuts[98]))
    return f"{section:<12}{query or '-':<44}{found:>6}{figures}{least[49]:11.1f}  {verdict}"


def _timed(work, section: str, query: str) -> tuple[float, int]:
    """Milliseconds that `work` takes, and what it counts."""
    begin = perf_counter()
    counted = work(section, query)
    return (perf_counter() - begin) * 1000, counted


def _spots(section: str, query: str) -> int:
    from actors.domain.clustering import Box, spots

    zoom, *sides = SECTIONS[section]
    return len(spots(_actors(section, query), box=Box(*sides), zoom=zoom))


def _places(section: str, query: str) -> int:
    from django.db.models import Count, Max

    return _actors(section, query).located().aggregate(number=Count("pk"), last=Max("longitude"))["number"]


def _actors(section: str, query: str):
    from django.http import QueryDict

    from actors.filters import ActorFilterSet
    from actors.models import Actor

    sides = ",".join(str(side) for side in SECTIONS[section][1:])
    chosen = ActorFilterSet(QueryDict(f"{query}&bbox={sides}"), queryset=Actor.objects.published())
    assert chosen.is_valid(), chosen.errors
    return chosen.actors


if __name__ == "__main__":
    main()
