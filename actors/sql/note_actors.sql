-- Which actors a transaction has written (`ActorTouch`): what is held in memory follows commits by these notes. Every
-- statement that writes an actor or a part of it notes which, at a few microseconds a statement.

-- Notes the actors that a statement has written; NULL for all. Where it names more than 20,000, a reader reads
-- everything. Notes of the last 100,000 transactions are kept; readers that are further behind read everything.
CREATE OR REPLACE FUNCTION registry_note_actors(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  own bigint := pg_current_xact_id()::text::bigint;
BEGIN
  INSERT INTO actors_actortouch (transaction, actors)
    VALUES (own, CASE WHEN cardinality(ids) <= 20000 THEN ids END);
  IF own % 64 = 0 THEN
    DELETE FROM actors_actortouch WHERE id IN (
      SELECT id FROM actors_actortouch
        WHERE transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 100000
        LIMIT 1000 FOR UPDATE SKIP LOCKED);
  END IF;
END $$;

-- Which actors have become visible otherwise since a snapshot, and whether that can no longer be told: of the 100,000
-- transactions whose notes are kept, half are trusted.
CREATE OR REPLACE FUNCTION registry_news(seen pg_snapshot, OUT changed bigint[], OUT is_lost boolean)
LANGUAGE sql STABLE AS $$
WITH notes AS (
    SELECT actors FROM actors_actortouch
    WHERE transaction >= pg_snapshot_xmin(seen)::text::bigint
        AND NOT pg_visible_in_snapshot(transaction::text::xid8, seen)
)
SELECT ARRAY(SELECT DISTINCT unnest(actors) FROM notes),
    EXISTS (SELECT FROM notes WHERE actors IS NULL)
    OR pg_snapshot_xmin(pg_current_snapshot())::text::bigint - pg_snapshot_xmin(seen)::text::bigint
        NOT BETWEEN 0 AND 50000
$$;

-- Actors themselves.
CREATE OR REPLACE FUNCTION registry_note_actor() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ids bigint[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(DISTINCT id) INTO ids FROM (SELECT unnest(ARRAY[id]) FROM fresh) AS found (id);
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(DISTINCT id) INTO ids FROM (SELECT unnest(ARRAY[id]) FROM gone) AS found (id);
  ELSIF TG_OP = 'UPDATE' THEN
    SELECT array_agg(DISTINCT id) INTO ids FROM (
      SELECT unnest(ARRAY[id]) FROM fresh UNION ALL SELECT unnest(ARRAY[id]) FROM gone) AS found (id);
  END IF;
  IF ids IS NOT NULL OR TG_OP = 'TRUNCATE' THEN
    PERFORM registry_note_actors(ids);
  END IF;
  RETURN NULL;
END $$;

-- Parts of an actor.
CREATE OR REPLACE FUNCTION registry_note_part() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ids bigint[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(DISTINCT id) INTO ids FROM (SELECT unnest(ARRAY[actor_id]) FROM fresh) AS found (id);
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(DISTINCT id) INTO ids FROM (SELECT unnest(ARRAY[actor_id]) FROM gone) AS found (id);
  ELSIF TG_OP = 'UPDATE' THEN
    SELECT array_agg(DISTINCT id) INTO ids FROM (
      SELECT unnest(ARRAY[actor_id]) FROM fresh UNION ALL SELECT unnest(ARRAY[actor_id]) FROM gone) AS found (id);
  END IF;
  IF ids IS NOT NULL OR TG_OP = 'TRUNCATE' THEN
    PERFORM registry_note_actors(ids);
  END IF;
  RETURN NULL;
END $$;

-- Relations: both ends.
CREATE OR REPLACE FUNCTION registry_note_relation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ids bigint[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(DISTINCT id) INTO ids FROM (SELECT unnest(ARRAY[source_id, target_id]) FROM fresh) AS found (id);
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(DISTINCT id) INTO ids FROM (SELECT unnest(ARRAY[source_id, target_id]) FROM gone) AS found (id);
  ELSIF TG_OP = 'UPDATE' THEN
    SELECT array_agg(DISTINCT id) INTO ids FROM (
      SELECT unnest(ARRAY[source_id, target_id]) FROM fresh UNION ALL SELECT unnest(ARRAY[source_id, target_id]) FROM gone) AS found (id);
  END IF;
  IF ids IS NOT NULL OR TG_OP = 'TRUNCATE' THEN
    PERFORM registry_note_actors(ids);
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER note_actors_insert AFTER INSERT ON actors_actor
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION registry_note_actor();
CREATE OR REPLACE TRIGGER note_actors_update AFTER UPDATE ON actors_actor
  REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION registry_note_actor();
CREATE OR REPLACE TRIGGER note_actors_delete AFTER DELETE ON actors_actor
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION registry_note_actor();
CREATE OR REPLACE TRIGGER note_actors_truncate AFTER TRUNCATE ON actors_actor
  FOR EACH STATEMENT EXECUTE FUNCTION registry_note_actor();

CREATE OR REPLACE TRIGGER note_actors_insert AFTER INSERT ON actors_layerplacement
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();
CREATE OR REPLACE TRIGGER note_actors_update AFTER UPDATE ON actors_layerplacement
  REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();
CREATE OR REPLACE TRIGGER note_actors_delete AFTER DELETE ON actors_layerplacement
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();
CREATE OR REPLACE TRIGGER note_actors_truncate AFTER TRUNCATE ON actors_layerplacement
  FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();

CREATE OR REPLACE TRIGGER note_actors_insert AFTER INSERT ON actors_applicationfocus
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();
CREATE OR REPLACE TRIGGER note_actors_update AFTER UPDATE ON actors_applicationfocus
  REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();
CREATE OR REPLACE TRIGGER note_actors_delete AFTER DELETE ON actors_applicationfocus
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();
CREATE OR REPLACE TRIGGER note_actors_truncate AFTER TRUNCATE ON actors_applicationfocus
  FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();

CREATE OR REPLACE TRIGGER note_actors_insert AFTER INSERT ON actors_membership
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();
CREATE OR REPLACE TRIGGER note_actors_update AFTER UPDATE ON actors_membership
  REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();
CREATE OR REPLACE TRIGGER note_actors_delete AFTER DELETE ON actors_membership
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();
CREATE OR REPLACE TRIGGER note_actors_truncate AFTER TRUNCATE ON actors_membership
  FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();

CREATE OR REPLACE TRIGGER note_actors_insert AFTER INSERT ON actors_actortopic
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();
CREATE OR REPLACE TRIGGER note_actors_update AFTER UPDATE ON actors_actortopic
  REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();
CREATE OR REPLACE TRIGGER note_actors_delete AFTER DELETE ON actors_actortopic
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();
CREATE OR REPLACE TRIGGER note_actors_truncate AFTER TRUNCATE ON actors_actortopic
  FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();

CREATE OR REPLACE TRIGGER note_actors_insert AFTER INSERT ON actors_actorrelation
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION registry_note_relation();
CREATE OR REPLACE TRIGGER note_actors_update AFTER UPDATE ON actors_actorrelation
  REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION registry_note_relation();
CREATE OR REPLACE TRIGGER note_actors_delete AFTER DELETE ON actors_actorrelation
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION registry_note_relation();
CREATE OR REPLACE TRIGGER note_actors_truncate AFTER TRUNCATE ON actors_actorrelation
  FOR EACH STATEMENT EXECUTE FUNCTION registry_note_relation();
