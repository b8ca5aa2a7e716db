-- The actors that answer a question.

-- `most` of them, or all; the public ones, or drafts as well. Reading every document is the worst plan, which the planner
-- cannot know: it counts rows and not what it takes to compare each vector.
CREATE OR REPLACE FUNCTION registry_matching_ids(question tsquery, public_only boolean DEFAULT true, most bigint DEFAULT NULL)
RETURNS SETOF bigint LANGUAGE sql STABLE ROWS 200 SET enable_seqscan = off AS $$
SELECT actor_id FROM actors_searchdocument WHERE vector @@ question AND (is_public OR NOT public_only) LIMIT most
$$;
