-- Texts as they are compared: folded, without punctuation, in one spelling.

-- Lower case without accents, umlauts as base letters, sharp s as ss. unaccent() itself is only STABLE, because its
-- dictionary could be swapped; naming the dictionary makes the result depend on the argument alone, so that this
-- function may be IMMUTABLE and stand in indexes and generated columns.
CREATE OR REPLACE FUNCTION registry_fold(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, value)) $$;

-- Folded and without punctuation, which is named by range so that the result is the same under every locale.
CREATE OR REPLACE FUNCTION registry_plain(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT btrim(regexp_replace(registry_fold(value), '[\x01-/:-@[-`{-\u00bf\u2000-\u206f]+', ' ', 'g'))
$$;

-- One spelling for all: umlauts as base letters however they were written (Müller, Mueller, Muller).
-- The spelling of the beginning of a text is the beginning of its spelling.
CREATE OR REPLACE FUNCTION registry_spelling(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT replace(replace(replace(registry_plain(value), 'ae', 'a'), 'oe', 'o'), 'ue', 'u')
$$;
