"""How long the monitor of a cluster takes when nothing of it is kept.

    PORTAL_DATA_DIR=… python -m tests.bench.monitor [--actors 10000] [--relations 50000] [--members 2000] [--rounds 40]

Fills the bench's registry up to so many relations between actors, gives one cluster so many members, releases every
part, and lets the nightly jobs compute what pages do not. Then it asks for the page of that cluster and of an ordinary
one, each time after a commit, so that nothing computed before counts, and again without one. Goal: p95 of 500 ms.
"""

import argparse
import os
import time
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parents[2]
GOAL = 0.5  # seconds, p95
BIG = "cluster-39"
ORDINARY = "cluster-30"

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
            wanted = {"first": first, "last": first + 2 * (relations - present), "actors": actors}
            cursor.execute(_RELATIONS, wanted)
            cursor.execute("SELECT count(*) FROM actors_actorrelation")
            present, step = cursor.fetchone()[0], step + 1
        cursor.execute(_MEMBERS, {"slug": BIG, "number": members})
        cursor.execute("ANALYZE actors_actorrelation, actors_membership")
    for cluster in Cluster.objects.all():
        for section in Section.values:
            Release.objects.get_or_create(cluster=cluster, section=section)


def measure(slug: str, rounds: int, *, is_changed: bool) -> list[tuple[float, float]]:
    """Seconds that each of the pages took, and those of them that this process computed.

    `is_changed`: something was committed before each page.
    """
    from django.test import Client

    from actors.models import Topic

    client, path, took = Client(), f"/de/cluster/{slug}/monitor/", []
    for number in range(rounds):
        if is_changed:
            Topic.objects.filter(pk=Topic.objects.earliest("pk").pk).update(slug=f"bench-{number}")
        begun, computed = time.perf_counter(), time.process_time()
        answer = client.get(path)
        took.append((time.perf_counter() - begun, time.process_time() - computed))
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

    settings.ALLOWED_HOSTS = ["*"]
    fill(actors=given.actors, relations=given.relations, members=given.members)
    print(f"{given.actors} actors, {ActorRelation.objects.count()} relations")
    for slug in (BIG, ORDINARY):
        begun = time.perf_counter()
        keep_years(Cluster.objects.with_region().get(slug=slug), today=timezone.localdate())
        count = Membership.objects.filter(cluster__slug=slug).count()
        print(f"{slug}: {count} members, six years of figures in {time.perf_counter() - begun:.1f} s")
    for slug in (BIG, ORDINARY):
        for is_changed in (True, False):
            took = measure(slug, given.rounds, is_changed=is_changed)
            waited, computed = zip(*took, strict=True)
            p95 = quantiles(waited, n=20)[-1]
            said = "after a commit" if is_changed else "without one"
            verdict = "met" if p95 <= GOAL else "MISSED"
            print(
                f"{slug}, {said}: median {median(waited):.3f} s, p95 {p95:.3f} s, goal {GOAL} s: {verdict}; "
                f"computed here {median(computed):.3f} s"
            )


if __name__ == "__main__":
    main()
