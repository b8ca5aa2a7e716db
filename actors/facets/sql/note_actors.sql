-- Which actors a transaction has written (`ActorTouch`): the facet index follows commits by these notes. Every statement
-- that writes an actor or a part of it notes which, at a few microseconds a statement.

-- Notes the actors that a statement has written; NULL for all. Where it names more than 20,000, a reader reads
-- everything. Notes of the last 100,000 transactions are kept; readers that are further behind read everything.
CREATE OR REPLACE FUNCTION registry_note_actors(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    own bigint := pg_current_xact_id()::text::bigint;
BEGIN
    INSERT INTO actors_actortouch (transaction, actors) VALUES (own, CASE WHEN cardinality(ids) <= 20000 THEN ids END);
    IF own % 64 = 0 THEN
        DELETE FROM actors_actortouch WHERE id IN (
            SELECT id FROM actors_actortouch
            WHERE transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 100000
            LIMIT 1000 FOR UPDATE SKIP LOCKED
        );
    END IF;
END $$;

-- Which actors have become visible otherwise since a snapshot, with those related to them, whose relations become public
-- or cease to be; and whether that can no longer be told: of the 100,000 transactions whose notes are kept, half are
-- trusted.
CREATE OR REPLACE FUNCTION registry_changes_since(seen pg_snapshot, OUT changed bigint[], OUT is_lost boolean)
LANGUAGE sql STABLE AS $$
WITH notes AS MATERIALIZED (
    SELECT actors FROM actors_actortouch
    WHERE transaction >= pg_snapshot_xmin(seen)::text::bigint
        AND NOT pg_visible_in_snapshot(transaction::text::xid8, seen)
), written AS MATERIALIZED (SELECT DISTINCT unnest(actors) AS id FROM notes)
SELECT ARRAY(
        SELECT id FROM written
        UNION SELECT target_id FROM actors_actorrelation JOIN written ON written.id = source_id
        UNION SELECT source_id FROM actors_actorrelation JOIN written ON written.id = target_id
    ),
    seen IS NULL OR EXISTS (SELECT FROM notes WHERE actors IS NULL)
    OR pg_snapshot_xmin(pg_current_snapshot())::text::bigint - pg_snapshot_xmin(seen)::text::bigint
        NOT BETWEEN 0 AND 50000
$$;

-- Notes the actors that the rows written (`fresh`, `gone`) name in the columns of the trigger's argument.
CREATE OR REPLACE FUNCTION registry_note_written() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ids bigint[];
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        PERFORM registry_note_actors(NULL);
        RETURN NULL;
    END IF;
    EXECUTE format('SELECT array_agg(DISTINCT id) FROM (SELECT unnest(ARRAY[%s]) FROM %s) written (id)', TG_ARGV[0],
        CASE TG_OP WHEN 'INSERT' THEN 'fresh' WHEN 'DELETE' THEN 'gone'
            ELSE '(SELECT * FROM fresh UNION ALL SELECT * FROM gone) every' END) INTO ids;
    IF ids IS NOT NULL THEN
        PERFORM registry_note_actors(ids);
    END IF;
    RETURN NULL;
END $$;

-- Notes all actors: a value that many have has another slug.
CREATE OR REPLACE FUNCTION registry_note_all() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM registry_note_actors(NULL);
    RETURN NULL;
END $$;

DO $$
DECLARE
    tables text[] := '{{actors_actor,id}, {actors_layerplacement,actor_id}, {actors_applicationfocus,actor_id},
        {actors_membership,actor_id}, {actors_actortopic,actor_id}, {actors_actorrelation,"source_id, target_id"}}';
    one text[];
    named text;
BEGIN
    FOREACH one SLICE 1 IN ARRAY tables LOOP
        EXECUTE format(
            'CREATE OR REPLACE TRIGGER note_actors_insert AFTER INSERT ON %1$s
                REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION registry_note_written(%2$L);
            CREATE OR REPLACE TRIGGER note_actors_update AFTER UPDATE ON %1$s REFERENCING OLD TABLE AS gone
                NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION registry_note_written(%2$L);
            CREATE OR REPLACE TRIGGER note_actors_delete AFTER DELETE ON %1$s
                REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION registry_note_written(%2$L);
            CREATE OR REPLACE TRIGGER note_actors_truncate AFTER TRUNCATE ON %1$s
                FOR EACH STATEMENT EXECUTE FUNCTION registry_note_written(%2$L)', one[1], one[2]);
    END LOOP;
    FOREACH named IN ARRAY '{layers_layer, applications_applicationarea, clusters_cluster, actors_topic}'::text[] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER note_all_actors AFTER UPDATE OF slug ON %s
            FOR EACH ROW WHEN (OLD.slug IS DISTINCT FROM NEW.slug) EXECUTE FUNCTION registry_note_all()', named);
    END LOOP;
END $$;
