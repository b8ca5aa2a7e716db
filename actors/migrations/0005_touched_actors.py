"""Every statement that writes an actor or a part of it notes which, at a few microseconds a statement."""

import django.contrib.postgres.fields
from django.db import migrations, models

MOST = 20_000  # actors named by one statement; beyond that a reader reads everything
KEPT = 100_000  # transactions whose notes are kept; readers that are further behind read everything

NOTE = f"""
CREATE FUNCTION registry_note_actors(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  own bigint := pg_current_xact_id()::text::bigint;
BEGIN
  INSERT INTO actors_actortouch (transaction, actors)
    VALUES (own, CASE WHEN cardinality(ids) <= {MOST} THEN ids END);
  IF own % 64 = 0 THEN
    DELETE FROM actors_actortouch WHERE id IN (
      SELECT id FROM actors_actortouch
        WHERE transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint - {KEPT}
        LIMIT 1000 FOR UPDATE SKIP LOCKED);
  END IF;
END $$;
"""
FUNCTION = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ids bigint[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(DISTINCT id) INTO ids FROM (SELECT unnest(ARRAY[{columns}]) FROM fresh) AS found (id);
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(DISTINCT id) INTO ids FROM (SELECT unnest(ARRAY[{columns}]) FROM gone) AS found (id);
  ELSIF TG_OP = 'UPDATE' THEN
    SELECT array_agg(DISTINCT id) INTO ids FROM (
      SELECT unnest(ARRAY[{columns}]) FROM fresh UNION ALL SELECT unnest(ARRAY[{columns}]) FROM gone) AS found (id);
  END IF;
  IF ids IS NOT NULL OR TG_OP = 'TRUNCATE' THEN
    PERFORM registry_note_actors(ids);
  END IF;
  RETURN NULL;
END $$;
"""
FUNCTIONS = {
    "registry_note_actor": "id",
    "registry_note_part": "actor_id",
    "registry_note_relation": "source_id, target_id",
}
TABLES = {
    "actors_actor": "registry_note_actor",
    "actors_layerplacement": "registry_note_part",
    "actors_applicationfocus": "registry_note_part",
    "actors_membership": "registry_note_part",
    "actors_actortopic": "registry_note_part",
    "actors_actorrelation": "registry_note_relation",
}
SEEN = {
    "insert": "REFERENCING NEW TABLE AS fresh",
    "update": "REFERENCING OLD TABLE AS gone NEW TABLE AS fresh",
    "delete": "REFERENCING OLD TABLE AS gone",
    "truncate": "",
}


def triggers():
    for table, function in TABLES.items():
        for act, tables in SEEN.items():
            yield (
                f"CREATE TRIGGER note_actors_{act} AFTER {act} ON {table} {tables} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {function}();",
                f"DROP TRIGGER note_actors_{act} ON {table};",
            )


class Migration(migrations.Migration):
    dependencies = [("actors", "0004_former_uids_and_clearance"), ("history", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="ActorTouch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("transaction", models.BigIntegerField(db_index=True)),
                ("actors", django.contrib.postgres.fields.ArrayField(
                    base_field=models.BigIntegerField(), null=True, size=None)),
            ],
        ),
        migrations.RunSQL(NOTE, "DROP FUNCTION registry_note_actors(bigint[]);"),
        *(
            migrations.RunSQL(FUNCTION.format(name=name, columns=columns), f"DROP FUNCTION {name}();")
            for name, columns in FUNCTIONS.items()
        ),
        *(migrations.RunSQL(make, drop) for make, drop in triggers()),
    ]
