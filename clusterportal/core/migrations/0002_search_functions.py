"""What search is made of: spelling, words, endings of compounds, and the question as a text search query."""

from django.db import migrations

# Folded and without punctuation, which is named by range: the result is the same under every locale.
PLAIN = r"""
CREATE FUNCTION registry_plain(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $body$
SELECT btrim(regexp_replace(registry_fold(value), '[\x01-/:-@[-`{-\u00bf\u2000-\u206f]+', ' ', 'g'))
$body$;
"""

# One spelling for all: umlauts as base letters however they were written (Müller, Mueller, Muller).
# A beginning of a text is spelt as the beginning of its spelling.
SPELLING = """
CREATE FUNCTION registry_spelling(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT replace(replace(replace(registry_plain(value), 'ae', 'a'), 'oe', 'o'), 'ue', 'u')
$$;
"""

# The words of a text that is spelt so, as they stand and as stems of both languages.
VECTOR = """
CREATE FUNCTION registry_vector(spelling text, weight "char") RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT setweight(
    to_tsvector('simple', spelling) || to_tsvector('german', spelling) || to_tsvector('english', spelling), weight
)
$$;
"""

# German puts words together: "Medizintechnikhersteller" is found by each of its ends ("~technikhersteller"),
# for a question for "technik" asks for ends that begin so.
ENDINGS = """
CREATE FUNCTION registry_endings(words text[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT array_to_tsvector(ARRAY(
    SELECT DISTINCT '~' || substr(word, start)
    FROM unnest(words) word, generate_series(4, length(word) - 4) start
    WHERE length(word) BETWEEN 9 AND 60
))
$$;
"""

# Everything that is one letter away shares one of these: a letter dropped, added, replaced, or two swapped.
DELETIONS = """
CREATE FUNCTION registry_deletions(word text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT word || array_agg(left(word, place - 1) || substr(word, place + 1)) FROM generate_series(1, length(word)) place
$$;
"""

# A word as somebody typed it: its beginning, its stems, and from five letters on the end of a compound.
WORD_QUERY = """
CREATE FUNCTION registry_word_query(word text, is_last boolean) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT string_agg(one, ' | ')::tsquery FROM (
    SELECT quote_literal(word) || CASE WHEN is_last OR length(word) > 2 THEN ':*' ELSE '' END
    UNION ALL
    SELECT DISTINCT quote_literal(stem)
    FROM unnest(ts_lexize('german_stem', word) || ts_lexize('english_stem', word)) stem
    WHERE stem <> word AND length(stem) > 2
    UNION ALL
    SELECT quote_literal('~' || word) || ':*' WHERE length(word) BETWEEN 5 AND 56
) alternatives (one)
$$;
"""

# The words of a question in their order, spelt and as they were typed; words that every sentence has count only
# where there is nothing else.
ASKED = """
CREATE FUNCTION registry_asked(value text) RETURNS TABLE (word text, typed text, place int, is_last boolean)
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 5 AS $$
SELECT registry_spelling(typed), typed, place, place = max(place) OVER () FROM (
    SELECT lexeme, positions[1]::int, bool_and(is_stop) OVER () OR NOT is_stop
    FROM unnest(to_tsvector('simple', registry_plain(value))),
    LATERAL (
        SELECT ts_lexize('german_stem', lexeme) = '{}' OR ts_lexize('english_stem', lexeme) = '{}'
            OR lexeme IN ('fur', 'uber')
    ) sentence (is_stop)
) every (typed, place, counts)
WHERE counts
$$;
"""

QUERY = """
CREATE FUNCTION registry_query(value text) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT coalesce(string_agg('(' || registry_word_query(word, is_last)::text || ')', ' & ' ORDER BY place), '')::tsquery
FROM registry_asked(value)
$$;
"""

# What must stand as it is, and what must not stand at all.
PHRASE_QUERY = """
CREATE FUNCTION registry_phrases(phrases text[], unwanted text[]) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    found tsquery := '';
    part text;
BEGIN
    FOREACH part IN ARRAY phrases LOOP
        found := found && phraseto_tsquery('simple', registry_spelling(part));
    END LOOP;
    FOREACH part IN ARRAY unwanted LOOP
        part := registry_spelling(part);
        IF strpos(part, ' ') > 0 THEN
            found := found && !!phraseto_tsquery('simple', part);
        ELSIF numnode(plainto_tsquery('simple', part)) > 0 THEN
            found := found && !!(plainto_tsquery('simple', part) || plainto_tsquery('german', part)
                || plainto_tsquery('english', part));
        END IF;
    END LOOP;
    RETURN found;
END $$;
"""

FUNCTIONS = [
    (PLAIN, "registry_plain(text)"),
    (SPELLING, "registry_spelling(text)"),
    (VECTOR, 'registry_vector(text, "char")'),
    (ENDINGS, "registry_endings(text[])"),
    (DELETIONS, "registry_deletions(text)"),
    (WORD_QUERY, "registry_word_query(text, boolean)"),
    (ASKED, "registry_asked(text)"),
    (QUERY, "registry_query(text)"),
    (PHRASE_QUERY, "registry_phrases(text[], text[])"),
]


class Migration(migrations.Migration):
    dependencies = [("core", "0001_text_functions")]
    operations = [migrations.RunSQL(sql, f"DROP FUNCTION {signature}") for sql, signature in FUNCTIONS]
