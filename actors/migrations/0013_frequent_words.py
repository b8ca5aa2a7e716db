import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# Which actors have become visible otherwise since a snapshot, and whether that can no longer be told: notes are kept
# for 100,000 transactions (migration `touched_actors`), half of which are trusted here.
NEWS = """
CREATE FUNCTION registry_news(seen pg_snapshot, OUT changed bigint[], OUT is_lost boolean)
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
"""
# The holders of each word of a question where all of its words are frequent ones, and who has to be looked up anew:
# that takes 10 microseconds each, for 1,000 as long as reading the holders of a word that 20,000 hold.
FREQUENT = """
CREATE FUNCTION registry_frequent(words text, OUT holders bytea[], OUT changed bigint[])
LANGUAGE plpgsql STABLE AS $$
DECLARE
    wanted text[] := ARRAY(SELECT DISTINCT registry_word_query(word, is_last)::text FROM registry_asked(words));
    seen pg_snapshot;
    is_lost boolean;
BEGIN
    SELECT array_agg(known.holders), min(snapshot)::pg_snapshot INTO holders, seen
        FROM actors_frequentword known WHERE query = ANY(wanted);
    IF cardinality(holders) = cardinality(wanted) THEN
        SELECT * INTO changed, is_lost FROM registry_news(seen);
        IF NOT is_lost AND cardinality(changed) <= 1000 THEN
            RETURN;
        END IF;
    END IF;
    holders := NULL;
    changed := NULL;
END $$;
"""
# Those of some actors that answer a question, as `registry_holders_keys(tsquery)` gives those of all.
KEYS_AMONG = """
CREATE FUNCTION registry_holders_keys(question tsquery, among bigint[]) RETURNS bytea
LANGUAGE sql STABLE SET enable_seqscan = off AS $$
SELECT string_agg(int8send(actor_id), ''::bytea) FROM actors_searchdocument
WHERE actor_id = ANY(among) AND vector @@ question AND is_public
$$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('actors', '0012_names_apart'),
    ]

    operations = [
        migrations.CreateModel(
            name='FrequentWord',
            fields=[
                ('query', models.TextField(db_collation='C', primary_key=True, serialize=False)),
                ('snapshot', models.TextField()),
                ('holders', models.BinaryField()),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='staledocument',
            name='write_documents',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='staledocument',
            trigger=pgtrigger.compiler.Trigger(name='write_documents', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE actors BIGINT[];', func='\nIF current_setting(\'registry.documents\', true) = \'later\' THEN\n    RETURN NULL;\nEND IF;\nactors := ARRAY(SELECT DISTINCT actor_id FROM stale);\nPERFORM 1 FROM actors_actor WHERE id = ANY(actors) ORDER BY id FOR NO KEY UPDATE;\nWITH texts AS MATERIALIZED (\n    SELECT actor.id, actor.state = \'published\' AS is_public,\n        ARRAY(\n            SELECT DISTINCT registry_spelling(name) COLLATE "C" FROM (\n                SELECT actor.name UNION ALL SELECT actor.short_name WHERE actor.short_name <> \'\'\n                UNION ALL SELECT name FROM actors_actoralias part WHERE part.actor_id = actor.id\n            ) called ORDER BY 1\n        ) AS names, registry_spelling(actor.name) AS usual,\n        registry_spelling(concat_ws(\' \', (SELECT string_agg(concat_ws(\' \', topic.name_de, topic.name_en), \' \' ORDER BY part.id) FROM actors_actortopic part JOIN actors_topic topic ON topic.id = topic_id WHERE part.actor_id = actor.id), (SELECT string_agg(concat_ws(\' \', part.title_de, part.title_en), \' \' ORDER BY part.id) FROM actors_service part WHERE part.actor_id = actor.id), (SELECT string_agg(concat_ws(\' \', area.name_de, area.name_en), \' \' ORDER BY part.id) FROM actors_applicationfocus part JOIN applications_applicationarea area ON area.id = area_id AND is_active WHERE part.actor_id = actor.id), (SELECT string_agg(concat_ws(\' \', layer.name_de, layer.name_en), \' \' ORDER BY part.id) FROM actors_layerplacement part JOIN layers_layer layer ON layer.id = layer_id WHERE part.actor_id = actor.id))) AS work,\n        registry_spelling(concat_ws(\' \', actor.city, actor.postcode, actor.state_name)) AS place,\n        registry_spelling(concat_ws(\' \', actor.summary_de, actor.summary_en)) AS summary,\n        registry_spelling(left(concat_ws(\' \', actor.description_de, actor.description_en,\n            (SELECT string_agg(concat_ws(\' \', part.description_de, part.description_en), \' \' ORDER BY part.id) FROM actors_service part WHERE part.actor_id = actor.id)), 20000)) AS description\n    FROM actors_actor actor WHERE actor.id = ANY(actors)\n), vectors AS MATERIALIZED (\n    SELECT id, is_public, registry_vector(array_to_string(names, \' \'), \'A\') || registry_vector(work, \'B\')\n        || registry_vector(place, \'C\') || registry_vector(summary, \'C\') || registry_vector(description, \'D\') AS vector,\n        tsvector_to_array(to_tsvector(\n            \'simple\', concat_ws(\' \', array_to_string(names, \' \'), work, place, summary, description)\n        )) AS words\n    FROM texts\n), written AS (\n    INSERT INTO actors_searchdocument AS document (actor_id, is_public, vector)\n    SELECT id, is_public, vector || registry_endings(words) FROM vectors\n    ON CONFLICT (actor_id) DO UPDATE SET is_public = EXCLUDED.is_public, vector = EXCLUDED.vector\n    WHERE (document.is_public, document.vector) IS DISTINCT FROM (EXCLUDED.is_public, EXCLUDED.vector)\n), called AS (\n    INSERT INTO actors_searchnames AS known (actor_id, names)\n    SELECT id, usual || array_remove(names, usual) FROM texts\n    ON CONFLICT (actor_id) DO UPDATE SET names = EXCLUDED.names WHERE known.names <> EXCLUDED.names\n)\nINSERT INTO actors_searchword (word, deletions)\nSELECT word, registry_deletions(word) FROM (\n    SELECT DISTINCT unnest(tsvector_to_array(to_tsvector(\n        \'simple\', concat_ws(\' \', array_to_string(names, \' \'), work, place)\n    ))) FROM texts\n) used (word)\nWHERE length(word) <= 60 AND NOT EXISTS (SELECT FROM actors_searchword known WHERE known.word = used.word);\nDELETE FROM actors_staledocument;\nPERFORM registry_note_actors(actors);\nRETURN NULL;\n', hash='b764c290c2ffc6befd6248179445a902cfe50cb2', level='STATEMENT', operation='INSERT', pgid='pgtrigger_write_documents_b0acd', referencing='REFERENCING NEW TABLE AS stale ', table='actors_staledocument', when='AFTER')),
        ),
        migrations.RunSQL(NEWS, "DROP FUNCTION registry_news(pg_snapshot)"),
        migrations.RunSQL(FREQUENT, "DROP FUNCTION registry_frequent(text)"),
        migrations.RunSQL(KEYS_AMONG, "DROP FUNCTION registry_holders_keys(tsquery, bigint[])"),
    ]
