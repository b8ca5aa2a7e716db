"""How long networks take: the job of a cluster of 2,000 actors, and the figures of a page over 10,000.

    PORTAL_DATA_DIR=… python -m tests.bench.network

Builds a registry of 10,000 actors with 50,000 relations in a database of its own: one cluster of 2,000 members with
10,000 ties among them, one of all 10,000. Ties are drawn so that few actors have many, as in real networks (each end
by 1/rank to the power of 0.6). Seconds of this process stand beside those of the clock: where both differ, others
were at work.
"""

import argparse
import os
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
SKEW = 0.6
JOB_GOAL = 10  # seconds
DAY = date(2026, 1, 1)


def draw(actors: int, ties: int, *, seed: int = 17) -> np.ndarray:
    """Two columns of places, each pair once."""
    rng = np.random.default_rng(seed)
    chances = 1 / np.arange(1, actors + 1) ** SKEW
    chances /= chances.sum()
    found = np.empty((0, 2), np.int64)
    while len(found) < ties:
        more = np.sort(rng.choice(actors, (ties, 2), p=chances), axis=1)
        found = np.unique(np.concatenate([found, more[more[:, 0] < more[:, 1]]]), axis=0)
    return found[rng.permutation(len(found))[:ties]]


def timed(what: str, act: Callable, *, goal: float | None = None):
    """What `act` gives; says how long it took."""
    clock, own = time.perf_counter(), time.process_time()
    result = act()
    clock, own = time.perf_counter() - clock, time.process_time() - own
    print(f"  {what:<62} {own:7.2f} s, clock {clock:7.2f} s" + (f"  goal {goal} s" if goal else ""))
    return result


def build(actors: int, ties: int, *, members: int, member_ties: int) -> dict[str, object]:
    """The clusters `some` and `all`, by slug."""
    from django.db import connection

    from actors.models import Actor, ActorRelation, Membership
    from clusterportal.clusters.models import Cluster, Region
    from tests.bench import registry

    registry.build(actors)
    region = Region.objects.first()
    found = {}
    for slug in ("some", "all"):
        fields = {"name_de": slug, "region": region, "state": "published"}
        found[slug], is_new = Cluster.objects.get_or_create(slug=f"bench-{slug}", defaults=fields)
        if not is_new:
            return {slug: Cluster.objects.get(slug=f"bench-{slug}") for slug in ("some", "all")}
    keys = np.array(Actor.objects.published().primary_keys()[:actors])
    for slug, number in (("some", members), ("all", actors)):
        Membership.objects.bulk_create(
            [Membership(cluster=found[slug], actor_id=key) for key in keys[:number].tolist()], 5000
        )
    pairs = np.concatenate([draw(members, member_ties), draw(actors, ties - member_ties)])
    pairs = np.unique(pairs, axis=0)
    ActorRelation.objects.all().delete()
    ActorRelation.objects.bulk_create(
        [ActorRelation(source_id=a, target_id=b, kind="cooperation") for a, b in keys[pairs].tolist()], 5000
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return found


def measure(slug: str, cluster) -> None:
    from clusterportal.network.domain import measures
    from clusterportal.network.domain.broker_sentences import broker_sentences
    from clusterportal.network.domain.choice import GraphChoice
    from clusterportal.network.domain.graph import network_of
    from clusterportal.network.domain.groups import by_main_layer
    from clusterportal.network.domain.indicators import indicators_of, measured_of

    network = timed(f"{slug}: read", lambda: network_of(GraphChoice(as_of=DAY, cluster=cluster)))
    print(f"  = {network.size} actors, {len(network.ties)} ties")
    timed(f"{slug}: what follows from the network alone", lambda: measured_of(network))
    timed(f"{slug}: all indicators, networks read as well", lambda: indicators_of(cluster, as_of=DAY))
    timed(f"{slug}: all indicators, networks known", lambda: indicators_of(cluster, as_of=DAY))
    groups = timed(f"{slug}: main layers", lambda: by_main_layer(network))
    timed(f"{slug}: sentences of brokers", lambda: broker_sentences(network, groups))
    if slug == "some":
        timed(f"{slug}: betweenness", lambda: measures.betweenness(network), goal=JOB_GOAL)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.network", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--actors", type=int, default=10_000)
    parser.add_argument("--ties", type=int, default=50_000)
    given = parser.parse_args()
    os.environ.setdefault("PORTAL_DATA_DIR", str(ROOT / ".portal" / "network"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterportal.settings")

    import django

    django.setup()

    parts = {"members": given.actors // 5, "member_ties": given.ties // 5}
    for slug, cluster in build(given.actors, given.ties, **parts).items():
        measure(slug, cluster)


if __name__ == "__main__":
    main()
