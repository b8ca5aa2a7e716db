from importlib import import_module

import django.contrib.postgres.indexes
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# The words in use that somebody may have meant: one letter away, first those of which a letter is missing; where nobody
# uses the word, also those most alike. A word of two or three letters has up to a hundred such neighbours, and the right
# one is told by the other words of the question.
NEAR_WORDS = """
CREATE OR REPLACE FUNCTION registry_near_words(asked text, typed text) RETURNS SETOF text
LANGUAGE plpgsql STABLE STRICT
SET pg_trgm.similarity_threshold = 0.4 SET pg_trgm.word_similarity_threshold = 0.5 AS $$
DECLARE
    forms text[] := registry_deletions(asked) || CASE WHEN typed <> asked THEN registry_deletions(typed) END;
BEGIN
    RETURN QUERY SELECT word FROM actors_searchword WHERE deletions && forms
        GROUP BY word ORDER BY bool_or(asked = ANY(deletions)) DESC, similarity(word, asked) DESC, word LIMIT 100;
    IF length(asked) > 4 AND NOT EXISTS (SELECT FROM actors_searchword WHERE word = asked) THEN
        RETURN QUERY SELECT word FROM actors_searchword WHERE word % asked OR asked <% word
            GROUP BY word ORDER BY similarity(word, asked) DESC, word LIMIT 10;
    END IF;
END $$;
"""

# The question with the words that may have been meant, of those that have at least `shortest` letters: who is still
# typing has made no mistake by a short one, and a short one alone may mean anything. Words of up to three letters are
# given up where nothing holds them, unless there is nothing longer.
FORGIVING_QUERY = """
DROP FUNCTION registry_forgiving_query(text);
CREATE FUNCTION registry_forgiving_query(value text, shortest int DEFAULT 1) RETURNS tsquery
LANGUAGE plpgsql STABLE STRICT SET enable_seqscan = off AS $$
DECLARE
    exact tsquery;
    loose tsquery;
BEGIN
    SELECT string_agg(one, ' & ' ORDER BY place)::tsquery, string_agg(one, ' & ' ORDER BY place) FILTER (WHERE is_long)::tsquery
    INTO exact, loose
    FROM (
        SELECT place, length(word) > 3, '(' || concat_ws(' | ', registry_word_query(word, is_last)::text, (
            SELECT string_agg(DISTINCT quote_literal(near), ' | ') FROM registry_near_words(word, typed) near
            WHERE length(word) BETWEEN CASE WHEN tells THEN shortest ELSE 4 END AND 60
        )) || ')'
        FROM (
            SELECT *, bool_or(length(word) > 3) OVER () OR count(*) OVER () > 1 AND bool_or(
                ts_lexize('german_stem', word) <> '{}' AND ts_lexize('english_stem', word) <> '{}'
            ) OVER () AS tells
            FROM registry_asked(value)
        ) asked
    ) parts (place, is_long, one);
    IF exact IS DISTINCT FROM loose AND loose IS NOT NULL
        AND NOT EXISTS (SELECT FROM actors_searchdocument WHERE vector @@ exact)
    THEN
        RETURN loose;
    END IF;
    RETURN coalesce(exact, '');
END $$;
"""

_before = import_module("actors.migrations.0006_search_documents")
NEAR_WORDS_BEFORE = _before.NEAR_WORDS.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
FORGIVING_QUERY_BEFORE = f"""
DROP FUNCTION registry_forgiving_query(text, int);
{_before.FORGIVING_QUERY}
ALTER FUNCTION registry_forgiving_query(text) SET enable_seqscan = off;
"""

FILL = """
INSERT INTO actors_searchword (word, deletions)
SELECT lexeme, registry_deletions(lexeme) FROM (
    SELECT DISTINCT lexeme FROM actors_searchdocument, unnest(vector) AS part (lexeme, positions, weights)
    WHERE length(lexeme) <= 3 AND weights && '{A,B}' AND lexeme NOT LIKE '~%'
) short
"""
PENDING = """
ALTER INDEX document_words SET (gin_pending_list_limit = 256);
ALTER INDEX word_deletions SET (gin_pending_list_limit = 256);
ALTER INDEX word_trigrams SET (gin_pending_list_limit = 256);
SELECT gin_clean_pending_list(name::regclass) FROM unnest(ARRAY['document_words', 'word_deletions', 'word_trigrams']) name;
"""
USUAL = """
ALTER INDEX document_words RESET (gin_pending_list_limit);
ALTER INDEX word_deletions RESET (gin_pending_list_limit);
ALTER INDEX word_trigrams RESET (gin_pending_list_limit);
"""
EMPTY = "DELETE FROM actors_searchword WHERE length(word) <= 3"


class Migration(migrations.Migration):

    dependencies = [
        ('actors', '0009_narrow_documents'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='staledocument',
            name='write_documents',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='staledocument',
            trigger=pgtrigger.compiler.Trigger(name='write_documents', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE actors BIGINT[];', func='\nIF current_setting(\'registry.documents\', true) = \'later\' THEN\n    RETURN NULL;\nEND IF;\nactors := ARRAY(SELECT DISTINCT actor_id FROM stale);\nPERFORM 1 FROM actors_actor WHERE id = ANY(actors) ORDER BY id FOR NO KEY UPDATE;\nWITH texts AS MATERIALIZED (\n    SELECT actor.id, actor.state = \'published\' AS is_public,\n        ARRAY(\n            SELECT DISTINCT registry_spelling(name) COLLATE "C" FROM (\n                SELECT actor.name UNION ALL SELECT actor.short_name WHERE actor.short_name <> \'\'\n                UNION ALL SELECT name FROM actors_actoralias part WHERE part.actor_id = actor.id\n            ) called ORDER BY 1\n        ) AS names,\n        registry_spelling(concat_ws(\' \', (SELECT string_agg(concat_ws(\' \', topic.name_de, topic.name_en), \' \' ORDER BY part.id) FROM actors_actortopic part JOIN actors_topic topic ON topic.id = topic_id WHERE part.actor_id = actor.id), (SELECT string_agg(concat_ws(\' \', part.title_de, part.title_en), \' \' ORDER BY part.id) FROM actors_service part WHERE part.actor_id = actor.id), (SELECT string_agg(concat_ws(\' \', area.name_de, area.name_en), \' \' ORDER BY part.id) FROM actors_applicationfocus part JOIN applications_applicationarea area ON area.id = area_id AND is_active WHERE part.actor_id = actor.id), (SELECT string_agg(concat_ws(\' \', layer.name_de, layer.name_en), \' \' ORDER BY part.id) FROM actors_layerplacement part JOIN layers_layer layer ON layer.id = layer_id WHERE part.actor_id = actor.id))) AS work,\n        registry_spelling(concat_ws(\' \', actor.city, actor.postcode, actor.state_name)) AS place,\n        registry_spelling(concat_ws(\' \', actor.summary_de, actor.summary_en)) AS summary,\n        registry_spelling(left(concat_ws(\' \', actor.description_de, actor.description_en,\n            (SELECT string_agg(concat_ws(\' \', part.description_de, part.description_en), \' \' ORDER BY part.id) FROM actors_service part WHERE part.actor_id = actor.id)), 20000)) AS description\n    FROM actors_actor actor WHERE actor.id = ANY(actors)\n), vectors AS MATERIALIZED (\n    SELECT id, is_public, names, registry_vector(array_to_string(names, \' \'), \'A\') || registry_vector(work, \'B\')\n        || registry_vector(place, \'C\') || registry_vector(summary, \'C\') || registry_vector(description, \'D\') AS vector,\n        tsvector_to_array(to_tsvector(\n            \'simple\', concat_ws(\' \', array_to_string(names, \' \'), work, place, summary, description)\n        )) AS words\n    FROM texts\n), written AS (\n    INSERT INTO actors_searchdocument AS document (actor_id, is_public, names, vector)\n    SELECT id, is_public, names, vector || registry_endings(words) FROM vectors\n    ON CONFLICT (actor_id) DO UPDATE\n    SET is_public = EXCLUDED.is_public, names = EXCLUDED.names, vector = EXCLUDED.vector\n    WHERE (document.is_public, document.names, document.vector)\n        IS DISTINCT FROM (EXCLUDED.is_public, EXCLUDED.names, EXCLUDED.vector)\n)\nINSERT INTO actors_searchword (word, deletions)\nSELECT word, registry_deletions(word) FROM (\n    SELECT DISTINCT unnest(tsvector_to_array(to_tsvector(\n        \'simple\', concat_ws(\' \', array_to_string(names, \' \'), work, place)\n    ))) FROM texts\n) used (word)\nWHERE length(word) <= 60 AND NOT EXISTS (SELECT FROM actors_searchword known WHERE known.word = used.word);\nDELETE FROM actors_staledocument;\nRETURN NULL;\n', hash='749304bcd91c53ac748ed153121e2e36607a9de1', level='STATEMENT', operation='INSERT', pgid='pgtrigger_write_documents_b0acd', referencing='REFERENCING NEW TABLE AS stale ', table='actors_staledocument', when='AFTER')),
        ),
        migrations.RunSQL(NEAR_WORDS, NEAR_WORDS_BEFORE),
        migrations.RunSQL(FORGIVING_QUERY, FORGIVING_QUERY_BEFORE),
        migrations.RunSQL(FILL, EMPTY),
        migrations.RunSQL(
            PENDING,
            USUAL,
            state_operations=[
                migrations.RemoveIndex(model_name='searchdocument', name='document_words'),
                migrations.RemoveIndex(model_name='searchword', name='word_deletions'),
                migrations.RemoveIndex(model_name='searchword', name='word_trigrams'),
                migrations.AddIndex(
                    model_name='searchdocument',
                    index=django.contrib.postgres.indexes.GinIndex(
                        models.F('vector'), gin_pending_list_limit=256, name='document_words'
                    ),
                ),
                migrations.AddIndex(
                    model_name='searchword',
                    index=django.contrib.postgres.indexes.GinIndex(
                        models.F('deletions'), gin_pending_list_limit=256, name='word_deletions'
                    ),
                ),
                migrations.AddIndex(
                    model_name='searchword',
                    index=django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass('word', 'gin_trgm_ops'),
                        gin_pending_list_limit=256,
                        name='word_trigrams',
                    ),
                ),
            ],
        ),
    ]
