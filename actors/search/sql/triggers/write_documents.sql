-- Writes the search documents of the actors in `stale` anew: the body of a trigger of `ReindexQueue`, which fills in the
-- columns of all languages. Who writes much at once keeps the actors until the end (`documents_at_the_end`). The actors'
-- rows are locked first: two who write parts of one actor at once must not overwrite each other's words.
IF current_setting('registry.documents', true) = 'later' THEN
    RETURN NULL;
END IF;
actors := ARRAY(SELECT DISTINCT actor_id FROM stale);
PERFORM 1 FROM actors_actor WHERE id = ANY(actors) ORDER BY id FOR NO KEY UPDATE;
WITH texts AS MATERIALIZED (
    SELECT actor.id, registry_is_public(actor.state) AS is_public,
        ARRAY(
            SELECT DISTINCT registry_spelling(name) COLLATE "C" FROM (
                SELECT actor.name UNION ALL SELECT actor.short_name WHERE actor.short_name <> ''
                UNION ALL SELECT name FROM actors_actoralias part WHERE part.actor_id = actor.id
            ) called ORDER BY 1
        ) AS names, registry_spelling(actor.name) AS usual,
        registry_spelling(concat_ws(' ', {work})) AS work,
        registry_spelling(concat_ws(' ', actor.city, actor.postcode, actor.state_name)) AS place,
        registry_spelling(concat_ws(' ', {summary})) AS summary,
        registry_spelling({layers}) AS layers,
        registry_spelling(left(concat_ws(' ', {description},
            {services}), {longest})) AS description
    FROM actors_actor actor WHERE actor.id = ANY(actors)
), vectors AS MATERIALIZED (
    SELECT id, is_public, registry_vector(array_to_string(names, ' '), 'A') || registry_vector(work, 'B')
        || registry_vector(place, 'C') || registry_vector(summary, 'C')
        || registry_vector(concat_ws(' ', layers, description), 'D') AS vector,
        tsvector_to_array(to_tsvector(
            'simple', concat_ws(' ', array_to_string(names, ' '), work, place, layers, summary, description)
        )) AS words
    FROM texts
), written AS (
    INSERT INTO actors_searchdocument AS document (actor_id, is_public, vector)
    SELECT id, is_public, vector || registry_endings(words) FROM vectors
    ON CONFLICT (actor_id) DO UPDATE SET is_public = EXCLUDED.is_public, vector = EXCLUDED.vector
    WHERE (document.is_public, document.vector) IS DISTINCT FROM (EXCLUDED.is_public, EXCLUDED.vector)
), called AS (
    INSERT INTO actors_searchnames AS known (actor_id, names, vector)
    SELECT id, usual || array_remove(names, usual), registry_vector(array_to_string(names, ' '), 'A')
        || registry_endings(tsvector_to_array(to_tsvector('simple', array_to_string(names, ' '))))
    FROM texts
    ON CONFLICT (actor_id) DO UPDATE SET names = EXCLUDED.names, vector = EXCLUDED.vector
    WHERE known.names <> EXCLUDED.names
)
INSERT INTO actors_searchword (word, deletions)
SELECT word, registry_deletions(word) FROM (
    SELECT DISTINCT unnest(tsvector_to_array(to_tsvector(
        'simple', concat_ws(' ', array_to_string(names, ' '), work, place, layers)
    ))) FROM texts
) used (word)
WHERE length(word) <= 60 AND NOT EXISTS (SELECT FROM actors_searchword known WHERE known.word = used.word);
DELETE FROM actors_reindexqueue;
PERFORM registry_note_actors(actors);
RETURN NULL;
