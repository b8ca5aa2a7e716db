-- What the search document of an actor is made of (`triggers/write_documents.sql`).

-- The words of a text in one spelling, as they stand and as stems of both languages.
CREATE OR REPLACE FUNCTION registry_vector(spelling text, weight "char") RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT setweight(
    to_tsvector('simple', spelling) || to_tsvector('german', spelling) || to_tsvector('english', spelling), weight
)
$$;

-- German puts words together: "Medizintechnikhersteller" is found by each of its ends ("~technikhersteller"),
-- for a question for "technik" asks for ends that begin so.
CREATE OR REPLACE FUNCTION registry_endings(words text[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT array_to_tsvector(ARRAY(
    SELECT DISTINCT '~' || substr(word, start)
    FROM unnest(words) word, generate_series(4, length(word) - 4) start
    WHERE length(word) BETWEEN 9 AND 60
))
$$;
