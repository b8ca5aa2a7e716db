"""A registry of N actors: the demo's taxonomy, real names from the world's research register, then made-up ones.

Rows come in by COPY and INSERT ... SELECT. What the database derives (search documents, publication date, revision) is
derived as ever; only the history of each row and the second touch of its actor are left out while it grows.
"""

import csv
import gzip
import os
import random
import uuid
from contextlib import contextmanager
from pathlib import Path

NAMES = Path(__file__).resolve().parents[3] / "shared" / "data" / "ror_world.csv.gz"
KINDS = {
    "company": "company", "education": "university", "healthcare": "service_provider", "nonprofit": "association",
    "government": "public_body", "facility": "research_institute",
}  # fmt: skip
CLUSTERS = 40
_TABLES = (
    "actors_actor", "actors_layerplacement", "actors_applicationfocus", "actors_membership", "actors_actortopic",
    "actors_actorrelation", "actors_actoralias", "actors_identifier",
)  # fmt: skip
_LEFT_OUT = ("pgtrigger_insert_insert%", "pgtrigger_touch_actor%")


def build(actors: int, *, say=print) -> None:
    """Fill the database of the settings up to `actors` published actors; what is there stays."""
    from django.core.management import call_command
    from django.db import connection, transaction

    from actors.models.search import documents_at_the_end

    call_command("migrate", verbosity=0)
    _demo()
    present = _number("SELECT count(*) FROM actors_actor")
    if present >= actors:
        return
    _add_clusters()
    say(f"{present} actors are there, {actors - present} are made …")
    with (
        transaction.atomic(),
        connection.cursor() as cursor,
        _without_history(cursor),
        documents_at_the_end(),
    ):
        _copy_seed(cursor, present, actors)
        for statement in _STATEMENTS:
            cursor.execute(statement)
        cursor.execute(f"ANALYZE {', '.join(_TABLES)}")
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_seed")
        cursor.execute("VACUUM ANALYZE")


def read_into_memory() -> None:
    """A server that has been up for a while has its data in memory; one that has just started reads them from disk."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_prewarm")
        cursor.execute(
            "SELECT sum(pg_prewarm(oid, 'read')) FROM pg_class WHERE relkind IN ('r', 'i', 't') AND relpages > 0"
        )


def _demo() -> None:
    from django.conf import settings
    from django.core.management import call_command

    from layers.models import Layer

    if not Layer.objects.exists():
        fixtures = settings.BASE_DIR / "fixtures"
        with open(os.devnull, "w") as nowhere:
            call_command("load_registry", fixtures / "demo", stdout=nowhere)
            call_command("load_texts", fixtures / "pages", stdout=nowhere)


def _number(sql: str) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def _add_clusters() -> None:
    from clusterportal.clusters.models import Cluster

    pattern = Cluster.objects.first()
    for number in range(Cluster.objects.count(), CLUSTERS):
        pattern.pk, pattern._state.adding, pattern.slug = None, True, f"cluster-{number}"
        pattern.uid = uuid.uuid4()
        pattern.position, pattern.name_de, pattern.name_en = number, f"Cluster {number}", f"Cluster {number}"
        pattern.save()


@contextmanager
def _without_history(cursor):
    """History and touching off while the registry grows, on again afterwards; within a transaction."""
    cursor.execute(
        "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgrelid::regclass::text = ANY(%s) "
        "AND tgname LIKE ANY(%s)", [list(_TABLES), list(_LEFT_OUT)],
    )  # fmt: skip
    found = cursor.fetchall()
    for table, trigger in found:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
    yield
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still to come cannot be altered
    for table, trigger in found:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")


def _copy_seed(cursor, first: int, last: int) -> None:
    cursor.execute(
        "CREATE UNLOGGED TABLE IF NOT EXISTS bench_seed (n bigint, name text, short_name text, kind text, city text, "
        "country text, latitude float8, longitude float8, website text, founded smallint)"
    )
    cursor.execute("TRUNCATE bench_seed")
    with cursor.copy("COPY bench_seed FROM STDIN") as copy:
        for number, row in enumerate(seeds(last - first), start=first + 1):
            copy.write_row((number, *row))


def seeds(number: int):
    """(name, short name, kind, city, country, latitude, longitude, website, founded): the same ones each time."""
    real = list(_real())
    chance = random.Random(1)
    for index in range(number):
        if index < len(real):
            yield real[index]
            continue
        one, other = chance.choice(real), chance.choice(real)
        words, more = one[0].split(), other[0].split()
        name = " ".join([*words[: max(1, len(words) // 2)], *more[len(more) // 2 :]])[:280]
        yield (name, "", one[2], *other[3:5], other[5] + chance.uniform(-0.2, 0.2),
               other[6] + chance.uniform(-0.2, 0.2), other[7], 1850 + chance.randrange(175))  # fmt: skip


def _real():
    with gzip.open(NAMES, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kind = next((KINDS[one] for one in row["types"].split("|") if one in KINDS), "other")
            latitude, longitude = float(row["lat"] or 0), float(row["lng"] or 0)
            founded = int(row["established"] or 0)
            yield (
                row["name"][:280], row["acronym"].split("|")[0][:100], kind, row["city"][:110],
                row["country_code"] or "DE", latitude, longitude, row["website"][:400],
                founded if 1000 <= founded <= 2026 else None,
            )  # fmt: skip


_STATEMENTS = (
    """INSERT INTO actors_actor (uid, name, short_name, slug, kind, legal_form, size, founded, logo,
         summary_de, summary_en, description_de, description_en, website, email, phone, street, postcode, city,
         state_name, country, latitude, longitude, location_accuracy, contact_by, state, source)
       SELECT gen_random_uuid(), s.name, s.short_name, 'bench-' || s.n, s.kind, '',
         (ARRAY['', '', 'micro', 'small', 'medium', 'large'])[1 + s.n % 6], s.founded, '',
         t.name_de || ' in ' || s.city, t.name_en || ' in ' || s.city, '', '',
         CASE WHEN s.n % 7 = 0 THEN '' ELSE s.website END, '', '', 'Hauptstraße ' || s.n % 200,
         lpad((s.n * 37 % 99999)::text, 5, '0'), s.city, '', s.country, s.latitude, s.longitude, '', '', 'published', ''
       FROM bench_seed s JOIN (SELECT row_number() OVER (ORDER BY id) - 1 k, count(*) OVER () m, * FROM actors_topic) t
         ON t.k = s.n % t.m""",
    "CREATE TEMP TABLE bench_new AS SELECT a.id, s.n FROM bench_seed s JOIN actors_actor a ON a.slug = 'bench-' || s.n",
    """INSERT INTO actors_layerplacement (actor_id, layer_id, basis, note_de, note_en, is_primary)
       SELECT b.id, l.id, 'topic', '', '', b.n % 5 = l.position - 1 FROM bench_new b JOIN layers_layer l
         ON b.n % 5 = l.position - 1 OR (b.n % 3 = 0 AND b.n * 3 % 5 = l.position - 1)""",
    """INSERT INTO actors_applicationfocus (actor_id, area_id)
       SELECT b.id, a.id FROM bench_new b JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 k,
         count(*) OVER () m FROM applications_applicationarea) a ON a.k IN (b.n * 7 % a.m, b.n / 11 % a.m)""",
    """INSERT INTO actors_membership (actor_id, cluster_id, kind, is_committed)
       SELECT b.id, c.id, 'member', b.n % 3 = 0 FROM bench_new b JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 k,
         count(*) OVER () m FROM clusters_cluster) c ON c.k = b.n * 13 % c.m WHERE b.n % 4 < 3""",
    """INSERT INTO actors_actortopic (actor_id, topic_id)
       SELECT b.id, t.id FROM bench_new b JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 k,
         count(*) OVER () m FROM actors_topic) t ON t.k IN (b.n % t.m, b.n * 31 % t.m, b.n / 7 % t.m)""",
    """INSERT INTO actors_actorrelation (source_id, target_id, kind, note_de, note_en, evidence)
       SELECT b.id, c.id, 'parent', '', '', '' FROM bench_new b JOIN bench_new c ON c.n = b.n + 17
         WHERE b.n % 20 = 0""",
    "DROP TABLE bench_new",
)
