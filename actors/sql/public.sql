-- What "public" means of an actor, for everything that is written in SQL; `ActorQuerySet.published()` says it in Python.

-- Inlined by the planner, so that indexes of published actors serve it.
CREATE OR REPLACE FUNCTION registry_is_public(state text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT state = 'published'
$$;
