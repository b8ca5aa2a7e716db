"""The pages that are asked for most, none of them kept, and what each may take in a registry of 2,000 actors."""

import random
from collections.abc import Iterator

from actors.models import Actor
from clusterportal.clusters.models import Cluster

ACTORS = 2_000  # for which the goals are
EACH = 60  # requests of a kind that are timed


def questions() -> Iterator[tuple[str, int, list[str]]]:
    """(what, goal of p50 in milliseconds, addresses), of actors and clusters drawn at random, always the same."""
    actors = list(Actor.objects.published().order_by("pk").values_list("slug", flat=True))
    clusters = list(Cluster.objects.published().order_by("pk").values_list("slug", flat=True))
    drawn = random.Random(1).choices(actors, k=EACH)
    yield "home", 25, ["/de/"]
    yield "directory", 25, ["/de/akteure/"]
    yield "profile", 40, [f"/de/akteure/{slug}/" for slug in drawn]
    yield "cluster", 35, [f"/de/cluster/{slug}/" for slug in clusters]
    yield "network", 100, ["/de/netzwerk/"]
    yield "API detail", 10, [f"/api/v1/actors/{slug}/" for slug in drawn]
