"""How long the monitor of a cluster takes when nothing of it is kept.

    PORTAL_DATA_DIR=… python -m tests.bench.monitor [--actors 10000] [--relations 50000] [--members 2000] [--rounds 40]

Fills the bench's registry up to so many relations between actors, gives one cluster so many members, releases every
part, and lets the nightly jobs compute what pages do not. Then it asks for the page of that cluster and of an ordinary
one, each time after a member was changed, as curators do all day, so that nothing computed before counts; of a worker
that has just begun; and again without a change. Goal: p95 of 500 ms. Beside the seconds that pass stand those that
this process and the database compute: where others are at work, they tell more.
"""

import argparse
import gc
import os
import time
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parents[2]
GOAL = 0.5  # seconds, p95
BIG = "cluster-39"
ORDINARY = "cluster-30"
CASES = {
    "after a change of a member": {"is_changed": True},
    "in a worker that has just begun": {"is_changed": True, "is_new": True},
    "nothing was changed": {"is_changed": False},
}

_RELATIONS = """
INSERT INTO actors_actorrelation (source_id, target_id, kind, since, note_de, note_en, evidence)
SELECT a.id, b.id, (ARRAY['supply', 'cooperation', 'research', 'spin_off'])[1 + n %% 4],
  CASE WHEN n %% 5 = 0 THEN NULL ELSE 2000 + n %% 26 END, '', '', ''
FROM generate_series(%(first)s, %(last)s) n
  JOIN bench_places a ON a.place = (n::bigint * 7919) %% %(actors)s
  JOIN bench_places b ON b.place = (n::bigint * 7919 + 1 + (n::bigint * n %% 97) * (n %% 3 + 1)) %% %(actors)s
WHERE a.id < b.id ON CONFLICT DO NOTHING
"""
_PLACES = """
CREATE TEMP TABLE bench_places AS SELECT id, row_number() OVER (ORDER BY member, id) - 1 AS place FROM (
  SELECT a.id, (SELECT min(cluster_id) FROM actors_membership m WHERE m.actor_id = a.id) AS member
  FROM actors_actor a WHERE a.state = 'published') x
"""
_MEMBERS = """
INSERT INTO actors_membership (actor_id, cluster_id, kind, since, is_committed)
SELECT p.id, c.id, 'member', date '2000-01-01' + (p.place %% 9000)::int, false
FROM bench_places p JOIN clusters_cluster c ON c.slug = %(slug)s
WHERE p.place %% 4 = 1 ORDER BY p.place LIMIT %(number)s ON CONFLICT DO NOTHING
"""


def fill(*, actors: int, relations: int, members: int) -> None:
    """The registry as the goal names it; what is there stays."""
    from django.db import connection, transaction

    from clusterportal.clusters.enums import Section
    from clusterportal.clusters.models import Cluster, Release
    from tests.bench import registry

    registry.build(actors)
    with transaction.atomic(), connection.cursor() as cursor, registry._without_history(cursor):
        cursor.execute(_PLACES)
        cursor.execute("SELECT count(*) FROM actors_actorrelation")
        present, step = cursor.fetchone()[0], 0
        while present < relations:
            first = step * relations + 1
            wanted = {"first": first, "last": first + (relations - present), "actors": actors}
            cursor.execute(_RELATIONS, wanted)
            cursor.execute("SELECT count(*) FROM actors_actorrelation")
            present, step = cursor.fetchone()[0], step + 1
        cursor.execute(_MEMBERS, {"slug": BIG, "number": members})
        cursor.execute("ANALYZE actors_actorrelation, actors_membership")
    for cluster in Cluster.objects.all():
        for section in Section.values:
            Release.objects.get_or_create(cluster=cluster, section=section)


def spent() -> float:
    """Seconds of computing of this process and of the process of the database that answers it."""
    from django.db import connection

    connection.ensure_connection()
    stat = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text()
    of_database = sum(map(int, stat.rpartition(")")[2].split()[11:13])) / os.sysconf("SC_CLK_TCK")
    return time.process_time() + of_database


def forget() -> None:
    """What a worker keeps, as if it had just been started: the facet index alone, which it reads before it answers."""
    from actors.facets.index_loading import read_ahead
    from clusterportal.clusters import kept_figures
    from clusterportal.core.sized_cache import SizedCache
    from clusterportal.network.domain import graph

    read_ahead()
    kept_figures._kept = SizedCache(kept_figures._kept.room)
    graph._kept.clear()


def measure(slug: str, rounds: int, *, is_changed: bool, is_new: bool = False) -> list[tuple[float, float]]:
    """Seconds that each of the pages took, and those of them that were computed.

    `is_changed`: a member of the cluster was changed before each page; `is_new`: the worker has just begun.
    """
    from django.test import Client

    from actors.models import Actor

    client, path, took = Client(), f"/de/cluster/{slug}/monitor/", []
    member = Actor.objects.filter(memberships__cluster__slug=slug).earliest("pk")
    for number in range(rounds):
        if is_changed:
            member.summary_de = f"{slug} {number} {time.time()}"
            member.save()
        if is_new:
            forget()
        begun, computed = time.perf_counter(), spent()
        answer = client.get(path)
        took.append((time.perf_counter() - begun, spent() - computed))
        assert answer.status_code == 200, answer.status_code
    return took


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.monitor", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--actors", type=int, default=10_000)
    parser.add_argument("--relations", type=int, default=50_000)
    parser.add_argument("--members", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=40)
    given = parser.parse_args()
    os.environ.setdefault("PORTAL_DATA_DIR", str(ROOT / ".portal" / f"bench-monitor-{given.actors}"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterportal.settings")

    import django

    django.setup()

    from django.conf import settings
    from django.utils import timezone

    from actors.models import ActorRelation, Membership
    from clusterportal.clusters.models import Cluster
    from clusterportal.management.domain.years import keep_years
    from clusterportal.network.domain.betweenness import keep_betweenness

    settings.ALLOWED_HOSTS = ["*"]
    fill(actors=given.actors, relations=given.relations, members=given.members)
    print(f"{given.actors} actors, {ActorRelation.objects.count()} relations")
    for slug in (BIG, ORDINARY):
        begun = time.perf_counter()
        keep_years(Cluster.objects.with_region().get(slug=slug), today=timezone.localdate())
        keep_betweenness(today=timezone.localdate())
        count = Membership.objects.filter(cluster__slug=slug).count()
        print(
            f"{slug}: {count} members, six years of figures and betweenness in {time.perf_counter() - begun:.1f} s"
        )
    for slug in (BIG, ORDINARY):
        measure(slug, 2, is_changed=True)
        gc.collect()
        gc.freeze()  # as the web server does
        for said, case in CASES.items():
            took = measure(slug, given.rounds, **case)
            line = f"{slug}, {said}"
            for name, some in zip(("waited", "computed"), zip(*took, strict=True), strict=True):
                p95 = quantiles(some, n=20)[-1]
                line += f"; {name}: median {median(some):.3f} s, p95 {p95:.3f} s ({verdict(p95)})"
            print(line, flush=True)


def verdict(seconds: float) -> str:
    return "met" if seconds <= GOAL else "MISSED"


if __name__ == "__main__":
    main()
