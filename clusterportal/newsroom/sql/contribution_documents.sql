-- The search document of a contribution. `actors/search/sql` says how words are spelt, and how the ends of German
-- compounds are kept; those of headlines weigh as much as the headlines.
CREATE OR REPLACE FUNCTION registry_contribution_vector(title text, lead text, place text, body text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT registry_vector(title, 'A') || registry_vector(lead, 'B') || registry_vector(place, 'C') || registry_vector(body, 'D')
    || setweight(registry_endings(tsvector_to_array(to_tsvector('simple', title))), 'A')
    || registry_endings(tsvector_to_array(to_tsvector('simple', concat_ws(' ', lead, place, body))))
FROM (
    SELECT registry_spelling(title), registry_spelling(lead), registry_spelling(place), registry_spelling(body)
) spelt (title, lead, place, body)
$$;

-- The contributions whose documents, or headlines alone, answer; beside headlines also those that name a public actor
-- which is called so. Reading every document would be the worst plan, which the
-- planner cannot know.
CREATE OR REPLACE FUNCTION registry_contributions_with(question tsquery, in_headlines boolean) RETURNS SETOF bigint
LANGUAGE sql STABLE STRICT ROWS 20 SET enable_seqscan = off AS $$
SELECT contribution_id FROM newsroom_contributiondocument
WHERE vector @@ question AND (NOT in_headlines OR ts_filter(vector, '{a}') @@ question)
UNION
SELECT named.contribution_id
FROM actors_searchnames names
JOIN actors_searchdocument document ON document.actor_id = names.actor_id AND document.is_public
JOIN (
    SELECT contribution_id, actor_id FROM newsroom_contribution_actors
    UNION SELECT id, organiser_id FROM newsroom_contribution WHERE organiser_id IS NOT NULL
) named ON named.actor_id = names.actor_id
WHERE NOT in_headlines AND names.vector @@ question
$$;
