-- Questions of which nobody holds every word: what people need, in their own words.

-- The two parts of a compound that are in use: its longest end that is a word, and its longest beginning with which words
-- begin, or all that stands before the end ("Strom|handel"), or a short word of names and topics.
CREATE OR REPLACE FUNCTION registry_parts(word text, OUT head tsquery, OUT tail tsquery)
LANGUAGE plpgsql STABLE STRICT AS $$
DECLARE
    rest text;
BEGIN
    SELECT own || quote_literal('~' || substr(word, start))::tsquery, left(word, start - 1) INTO tail, rest
    FROM generate_series(4, length(word) - 3) start, LATERAL (
        SELECT string_agg(quote_literal(one) || CASE WHEN length(one) > 6 THEN ':*' ELSE '' END, ' | ')::tsquery
        FROM unnest(ts_lexize('german_stem', substr(word, start)) || substr(word, start)) one
    ) ending (own)
    WHERE registry_is_answered(own) ORDER BY start LIMIT 1;
    SELECT beginning INTO head
    FROM generate_series(length(word) - 3, 6, -1) length,
        LATERAL (SELECT (quote_literal(left(word, length)) || ':*')::tsquery) begun (beginning)
    WHERE registry_is_answered(beginning) LIMIT 1;
    IF head IS NULL AND registry_is_answered(quote_literal(rest)::tsquery) THEN
        head := quote_literal(rest)::tsquery;
    ELSIF head IS NULL THEN
        SELECT quote_literal(known.word)::tsquery INTO head FROM actors_searchword known
        WHERE known.word IN (left(registry_parts.word, 5), left(registry_parts.word, 4))
            AND registry_is_answered(quote_literal(known.word)::tsquery)
        ORDER BY length(known.word) DESC LIMIT 1;
    END IF;
END $$;

-- Whether fewer than an eighth of the public documents answer: the end of "Lasermesstechnik" says something, that of
-- "Mondtechnik" nothing.
CREATE OR REPLACE FUNCTION registry_is_rare(question tsquery) RETURNS boolean
LANGUAGE sql STABLE STRICT SET enable_seqscan = off AS $$
SELECT 8 * (SELECT count(*) FROM actors_searchdocument WHERE vector @@ question AND is_public)
    < (SELECT count(*) FROM actors_searchdocument WHERE is_public)
$$;

-- The words of a question, each as a query that somebody answers, and how much of the word as typed that is. A word that
-- nobody uses is asked for by its stem; then by words one letter away; then a compound by its beginning and its end
-- ("Röntgenprüfung" by "röntgen" and "prüfung"), together where somebody holds both; an end alone counts where it is rare;
-- then by words most alike. A word that leads nowhere comes without a query.
CREATE OR REPLACE FUNCTION registry_needed(value text)
RETURNS TABLE (place int, typed text, query tsquery, share real) LANGUAGE plpgsql STABLE STRICT AS $$
DECLARE
    asked record;
    parts tsquery[];
BEGIN
    FOR asked IN SELECT * FROM registry_asked(value) every
        WHERE ts_lexize('german_stem', every.typed) <> '{}' AND ts_lexize('english_stem', every.typed) <> '{}'
        ORDER BY every.place
    LOOP
        place := asked.place;
        typed := asked.typed;
        parts := ARRAY[registry_used_query(asked.word, true)];
        share := 1;
        IF NOT registry_is_answered(parts[1]) THEN
            parts := ARRAY(SELECT string_agg(quote_literal(stem) || ':*', ' | ')::tsquery
                FROM unnest(ts_lexize('german_stem', asked.word) || ts_lexize('english_stem', asked.word)) stem
                WHERE length(stem) > 4);
        END IF;
        IF parts[1] IS NULL OR NOT registry_is_answered(parts[1]) THEN
            share := 0.8;
            parts := ARRAY(SELECT string_agg(quote_literal(word), ' | ')::tsquery FROM actors_searchword
                WHERE deletions && registry_deletions(asked.word) AND length(asked.word) > 5);
        END IF;
        IF parts[1] IS NULL OR NOT registry_is_answered(parts[1]) THEN
            parts := (SELECT ARRAY[head, tail] FROM registry_parts(asked.word));
            IF registry_is_answered(parts[1] && parts[2]) THEN
                parts := ARRAY[parts[1] && parts[2]];
            ELSE
                share := 0.6;
                IF parts[1] IS NULL AND registry_is_rare(parts[2]) IS NOT TRUE THEN
                    parts := ARRAY(SELECT string_agg(quote_literal(near), ' | ')::tsquery
                        FROM registry_near_words(asked.word, asked.typed) near
                        WHERE length(asked.word) > 3 AND similarity(near, asked.word) >= 0.5);
                END IF;
            END IF;
        END IF;
        parts := coalesce(nullif(array_remove(parts, NULL), '{}'), ARRAY[NULL::tsquery]);
        FOREACH query IN ARRAY parts LOOP
            RETURN NEXT;
        END LOOP;
    END LOOP;
END $$;

-- Public actors that answer most of a question, best first: a rare word tells more than a frequent one, and a word among
-- names and topics more than one in a description. Those with nearly half of the best score are enough.
CREATE OR REPLACE FUNCTION registry_most_words(value text)
RETURNS TABLE (actor_id bigint, score double precision, places int[])
LANGUAGE sql STABLE STRICT ROWS 20 SET enable_seqscan = off AS $$
WITH needed AS MATERIALIZED (
    SELECT row_number() OVER () AS part, * FROM registry_needed(value) WHERE query IS NOT NULL
), hit AS MATERIALIZED (
    SELECT part, place, document.actor_id, share * (0.6 + ts_rank(vector, query, 32)) AS weight
    FROM needed JOIN actors_searchdocument document ON vector @@ query WHERE is_public
), rare AS (
    SELECT part, ln(1 + (SELECT count(*) FROM actors_searchdocument WHERE is_public)::real / count(*)) AS rarity
    FROM hit GROUP BY part
), scored AS (
    SELECT actor_id, sum(rarity * weight) AS score, array_agg(DISTINCT place) AS places
    FROM hit JOIN rare USING (part) GROUP BY actor_id
)
SELECT actor_id, score, places FROM scored WHERE score >= 0.45 * (SELECT max(score) FROM scored) ORDER BY score DESC
$$;
