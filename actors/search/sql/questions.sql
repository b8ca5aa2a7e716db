-- A question as somebody typed it, as a text search query.

-- The words of a question in their order, spelt and as they were typed; words that every sentence has count only
-- where there is nothing else.
CREATE OR REPLACE FUNCTION registry_asked(value text)
RETURNS TABLE (word text, typed text, place int, is_last boolean)
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 5 AS $$
SELECT registry_spelling(typed), typed, place, place = max(place) OVER () FROM (
    SELECT lexeme, positions[1]::int, bool_and(is_stop) OVER () OR NOT is_stop
    FROM unnest(to_tsvector('simple', registry_plain(value))),
    LATERAL (
        SELECT ts_lexize('german_stem', lexeme) = '{}' OR ts_lexize('english_stem', lexeme) = '{}'
            OR lexeme = ANY('{fur,uber,wer,wo,wie,macht,machen,bietet,bieten,hilft,helfen,hilfe,gibt,sucht,suche,suchen,gesucht,
                finde,finden,lassen,brauche,brauchen,braucht,benotige,benotigen,benotigt,jemand,jemanden,bitte,losung,losungen,
                mochte,mochten,make,makes,offer,offers,provide,provides,help,helps,need,needs,want,looking,seeking,find,someone,somebody,
                anyone,please,solution,solutions}'::text[])
    ) sentence (is_stop)
) every (typed, place, counts)
WHERE counts
$$;

-- German says "prüfen lassen", an entry "Prüft Papier": verbs as infinitive, in the third person and as a noun on -ung.
-- Most of these forms are no words, and nobody holds them.
CREATE OR REPLACE FUNCTION registry_verb_forms(word text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT DISTINCT base || ending
FROM regexp_replace(word, '(en|n|t|ung)$', '') bare,
    unnest(ARRAY[bare, regexp_replace(bare, '([^aeiou])l$', '\1el'), regexp_replace(bare, 'el$', 'l')]) base,
    unnest('{en,n,t,ung}'::text[]) ending
WHERE word ~ '.(en|[lr]n|t|ung)$' AND length(word) BETWEEN 5 AND 56
$$;

-- A word as somebody typed it: its beginning, its stems, other forms of a verb, and from four letters on the end of a
-- compound.
CREATE OR REPLACE FUNCTION registry_word_query(word text, is_last boolean) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT string_agg(one, ' | ')::tsquery FROM (
    SELECT quote_literal(word) || CASE WHEN is_last OR length(word) > 2 THEN ':*' ELSE '' END
    UNION ALL
    SELECT DISTINCT quote_literal(stem)
    FROM unnest(ts_lexize('german_stem', word) || ts_lexize('english_stem', word)) stem
    WHERE stem <> word AND length(stem) > 2
    UNION ALL
    SELECT quote_literal(form) FROM registry_verb_forms(word) form WHERE form <> word
    UNION ALL
    SELECT quote_literal('~' || word) || ':*' WHERE length(word) BETWEEN 4 AND 56
) alternatives (one)
$$;

-- Whether some public document answers. Reading every document would be the worst plan, which the planner cannot know.
CREATE OR REPLACE FUNCTION registry_is_answered(question tsquery) RETURNS boolean
LANGUAGE sql STABLE STRICT SET enable_seqscan = off AS $$
SELECT EXISTS (SELECT FROM actors_searchdocument WHERE vector @@ question AND is_public)
$$;

-- The same, but of up to three letters the whole word where somebody uses it: "ERP" does not mean "erprobt".
CREATE OR REPLACE FUNCTION registry_used_query(word text, is_last boolean) RETURNS tsquery
LANGUAGE sql STABLE STRICT AS $$
SELECT CASE WHEN length(word) <= 3 AND registry_is_answered(quote_literal(word)::tsquery)
    THEN quote_literal(word)::tsquery ELSE registry_word_query(word, is_last) END
$$;

-- All words of a question, each as `registry_used_query` has it.
CREATE OR REPLACE FUNCTION registry_query(value text) RETURNS tsquery
LANGUAGE sql STABLE STRICT AS $$
SELECT coalesce(string_agg('(' || registry_used_query(word, is_last)::text || ')', ' & ' ORDER BY place), '')::tsquery
FROM registry_asked(value)
$$;

-- What must stand as it is ("in quotation marks"), and what must not stand at all (-unwanted).
CREATE OR REPLACE FUNCTION registry_phrases(phrases text[], unwanted text[]) RETURNS tsquery
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
