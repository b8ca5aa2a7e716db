-- Words spelt nearly so, for questions with typing errors.

-- A word with each of its letters left out. Two words that are one letter apart share one of these: a letter dropped,
-- added, replaced, or two swapped.
CREATE OR REPLACE FUNCTION registry_deletions(word text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT word || array_agg(left(word, place - 1) || substr(word, place + 1)) FROM generate_series(1, length(word)) place
$$;

-- `asked` with each two neighbouring letters the other way round.
CREATE OR REPLACE FUNCTION registry_swaps(asked text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT ARRAY(SELECT overlay(asked PLACING reverse(substr(asked, place, 2)) FROM place FOR 2)
        FROM generate_series(1, length(asked) - 1) place)
$$;

-- Whether who typed `asked` may have meant `name` and missed a letter or swapped two: of all slips these say most about
-- what was meant, because only a few names are so near. Not STRICT, which would keep it from being inlined.
CREATE OR REPLACE FUNCTION registry_is_slip(asked text, name text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT length(name) = length(asked) AND name = ANY(registry_swaps(asked))
        OR length(name) = length(asked) + 1 AND asked = ANY(registry_deletions(name))
$$;

-- Patterns (LIKE) of `asked` with any letter in the place of one of its own; spellings hold neither % nor _.
CREATE OR REPLACE FUNCTION registry_replacements(asked text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT ARRAY(SELECT overlay(asked PLACING '_' FROM place FOR 1) FROM generate_series(1, length(asked)) place)
$$;

-- Whether `name` is one letter away from `asked`, by a slip or another letter in the place of one; of names of up to
-- four letters too many are. Inlined like a slip, so that names of another length cost no call.
CREATE OR REPLACE FUNCTION registry_is_one_letter_away(asked text, name text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT registry_is_slip(asked, name)
        OR length(asked) > 4 AND length(name) = length(asked) AND name LIKE ANY(registry_replacements(asked))
$$;

-- The words in use that somebody may have meant: one letter away, first those that a slip explains; where nobody uses
-- the word, also those most alike. A word of two or three letters has up to a hundred such neighbours, and the right
-- one is told by the other words of the question.
CREATE OR REPLACE FUNCTION registry_near_words(asked text, typed text) RETURNS SETOF text
LANGUAGE plpgsql STABLE STRICT
SET pg_trgm.similarity_threshold = 0.4 SET pg_trgm.word_similarity_threshold = 0.5 AS $$
DECLARE
    forms text[] := registry_deletions(asked) || CASE WHEN typed <> asked THEN registry_deletions(typed) END;
BEGIN
    RETURN QUERY SELECT word FROM actors_searchword WHERE deletions && forms
        GROUP BY word ORDER BY bool_or(registry_is_slip(asked, word)) DESC, similarity(word, asked) DESC, word LIMIT 100;
    IF length(asked) > 4 AND NOT EXISTS (SELECT FROM actors_searchword WHERE word = asked) THEN
        RETURN QUERY SELECT word FROM actors_searchword WHERE word % asked OR asked <% word
            GROUP BY word ORDER BY similarity(word, asked) DESC, word LIMIT 10;
    END IF;
END $$;

-- The question with the words that may have been meant, of those that have at least `shortest` letters: who is still
-- typing has made no mistake by a short one, and a short one alone may mean anything. Words of up to three letters are
-- given up where nothing holds them, unless there is nothing longer. Reading every document would be the worst plan,
-- which the planner cannot know.
CREATE OR REPLACE FUNCTION registry_forgiving_query(value text, shortest int DEFAULT 1) RETURNS tsquery
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
