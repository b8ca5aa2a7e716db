-- Which public records a statement may have changed (`FeedNote`): every one that shows what was written, also where it
-- only names it. Each statement leaves a note and wakes the sequencer,
-- which reads the records themselves and sees what is different.

-- Leaves a note for each pair of the trigger's arguments: a kind of record, and a query for keys over the rows `written`.
CREATE OR REPLACE FUNCTION registry_note_for_feed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    rows text := CASE TG_OP WHEN 'INSERT' THEN 'SELECT * FROM fresh' WHEN 'DELETE' THEN 'SELECT * FROM gone'
        ELSE 'SELECT * FROM fresh UNION ALL SELECT * FROM gone' END;
    keys bigint[];
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        INSERT INTO partners_feednote (transaction, object) VALUES (pg_current_xact_id()::text::bigint, '');
        PERFORM pg_notify('partners_noted', 'look');
        RETURN NULL;
    END IF;
    FOR place IN 0 .. TG_NARGS - 2 BY 2 LOOP
        EXECUTE format('WITH written AS MATERIALIZED (%s) SELECT array_agg(DISTINCT key) FROM (%s) named (key)',
            rows, TG_ARGV[place + 1]) INTO keys;
        IF keys IS NOT NULL THEN
            INSERT INTO partners_feednote (transaction, object, keys)
                VALUES (pg_current_xact_id()::text::bigint, TG_ARGV[place], keys);
            PERFORM pg_notify('partners_noted', 'look');  -- once a transaction, at its commit
        END IF;
    END LOOP;
    RETURN NULL;
END $$;

-- Has each statement on the table leave notes: `arguments` are those of registry_note_for_feed(), as SQL.
CREATE OR REPLACE FUNCTION registry_watch_for_feed(watched text, arguments text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER note_for_feed_insert AFTER INSERT ON %1$s
            REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION registry_note_for_feed(%2$s);
        CREATE OR REPLACE TRIGGER note_for_feed_update AFTER UPDATE ON %1$s REFERENCING OLD TABLE AS gone
            NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION registry_note_for_feed(%2$s);
        CREATE OR REPLACE TRIGGER note_for_feed_delete AFTER DELETE ON %1$s
            REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION registry_note_for_feed(%2$s);
        CREATE OR REPLACE TRIGGER note_for_feed_truncate AFTER TRUNCATE ON %1$s
            FOR EACH STATEMENT EXECUTE FUNCTION registry_note_for_feed()', watched, arguments);
END $$;

DO $$
DECLARE
    of_actor text := '''actor'', ''SELECT actor_id FROM written''';
    watched text[] := ARRAY[
        ['actors_actor', '''actor'', ''SELECT id FROM written'',
            ''topic'', ''SELECT topic_id FROM actors_actortopic WHERE actor_id IN (SELECT id FROM written)'''],
        ['actors_layerplacement', of_actor],
        ['actors_applicationfocus', of_actor],
        ['actors_membership', of_actor],
        ['actors_actortopic', of_actor || ', ''topic'', ''SELECT topic_id FROM written'''],
        ['actors_service', of_actor],
        ['actors_service_areas', '''actor'', ''SELECT actor_id FROM actors_service
            WHERE id IN (SELECT service_id FROM written)'''],
        ['actors_identifier', of_actor],
        ['actors_actoralias', of_actor],
        ['actors_contactperson', of_actor],
        ['actors_actorrelation', '''relation'', ''SELECT id FROM written'',
            ''actor'', ''SELECT unnest(ARRAY[source_id, target_id]) FROM written'''],
        ['actors_topic', '''topic'', ''SELECT id FROM written
            UNION SELECT broader_id FROM actors_topiclink WHERE topic_id IN (SELECT id FROM written)
            UNION SELECT topic_id FROM actors_topiclink WHERE broader_id IN (SELECT id FROM written)'',
            ''actor'', ''SELECT actor_id FROM actors_actortopic WHERE topic_id IN (SELECT id FROM written)'''],
        ['actors_topicsynonym', '''topic'', ''SELECT topic_id FROM written'''],
        ['actors_topiclink', '''topic'', ''SELECT unnest(ARRAY[topic_id, broader_id]) FROM written'''],
        ['layers_layer', '''layer'', ''SELECT id FROM written'',
            ''actor'', ''SELECT actor_id FROM actors_layerplacement WHERE layer_id IN (SELECT id FROM written)
            UNION SELECT actor_id FROM actors_service WHERE layer_id IN (SELECT id FROM written)'''],
        ['applications_applicationarea', '''area'', ''SELECT id FROM written'',
            ''actor'', ''SELECT actor_id FROM actors_applicationfocus WHERE area_id IN (SELECT id FROM written)
            UNION SELECT actor_id FROM actors_service JOIN actors_service_areas ON service_id = actors_service.id
                WHERE applicationarea_id IN (SELECT id FROM written)'''],
        ['applications_areasynonym', '''area'', ''SELECT area_id FROM written'''],
        ['clusters_cluster', '''cluster'', ''SELECT id FROM written'',
            ''actor'', ''SELECT actor_id FROM actors_membership WHERE cluster_id IN (SELECT id FROM written)'''],
        ['clusters_region', '''cluster'', ''SELECT id FROM clusters_cluster
            WHERE region_id IN (SELECT id FROM written)''']
    ];
    one text[];
BEGIN
    FOREACH one SLICE 1 IN ARRAY watched LOOP
        PERFORM registry_watch_for_feed(one[1], one[2]);
    END LOOP;
END $$;
