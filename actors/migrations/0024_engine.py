"""To be remade with the SQL files: functions of search and facets by their names of today."""

from django.db import migrations

SQL = """
CREATE FUNCTION registry_is_public(state text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT state = 'published' $$;

CREATE FUNCTION registry_matching_ids(question tsquery, public_only boolean DEFAULT true, most bigint DEFAULT NULL)
RETURNS SETOF bigint LANGUAGE sql STABLE ROWS 200 SET enable_seqscan = off AS $$
SELECT actor_id FROM actors_searchdocument WHERE vector @@ question AND (is_public OR NOT public_only) LIMIT most
$$;

CREATE FUNCTION registry_changes_since(seen pg_snapshot, OUT changed bigint[], OUT is_lost boolean)
LANGUAGE sql STABLE AS $$
WITH notes AS MATERIALIZED (
    SELECT actors FROM actors_actortouch
    WHERE transaction >= pg_snapshot_xmin(seen)::text::bigint
        AND NOT pg_visible_in_snapshot(transaction::text::xid8, seen)
), written AS MATERIALIZED (SELECT DISTINCT unnest(actors) AS id FROM notes)
SELECT ARRAY(
        SELECT id FROM written
        UNION SELECT target_id FROM actors_actorrelation WHERE source_id IN (SELECT id FROM written)
        UNION SELECT source_id FROM actors_actorrelation WHERE target_id IN (SELECT id FROM written)
    ),
    seen IS NULL OR EXISTS (SELECT FROM notes WHERE actors IS NULL)
    OR pg_snapshot_xmin(pg_current_snapshot())::text::bigint - pg_snapshot_xmin(seen)::text::bigint
        NOT BETWEEN 0 AND 50000
$$;

DROP FUNCTION registry_lease();
CREATE FUNCTION registry_lease(OUT version text, OUT is_lasting boolean) LANGUAGE plpgsql AS $$
BEGIN
  is_lasting := pg_try_advisory_xact_lock_shared(1919248233);
  -- A statement of its own, so that it sees what was committed before the lock.
  SELECT concat(number, '-', xmin) INTO version FROM history_revision WHERE id = 1;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("actors", "0023_triggers_of_new_columns"), ("history", "0005_public_changes")]
    operations = [migrations.RunSQL(SQL)]
