"""What the database keeps of an actor by itself, whoever writes."""

import pgtrigger

_KEEP_OLD_SLUG = """
DELETE FROM actors_formerslug WHERE slug = NEW.slug;
INSERT INTO actors_formerslug (slug, actor_id) VALUES (OLD.slug, NEW.id)
    ON CONFLICT (slug) DO UPDATE SET actor_id = EXCLUDED.actor_id;
RETURN NULL;
"""
KEEPS_ACTORS = [
    pgtrigger.Trigger(
        name="drop_document",
        operation=pgtrigger.Delete,
        when=pgtrigger.After,
        func="DELETE FROM actors_searchdocument WHERE actor_id = OLD.id;"
        " DELETE FROM actors_searchnames WHERE actor_id = OLD.id; RETURN NULL;",
    ),
    pgtrigger.Trigger(
        name="keep_old_slug",
        operation=pgtrigger.UpdateOf("slug"),
        when=pgtrigger.After,
        condition=pgtrigger.Condition("OLD.slug IS DISTINCT FROM NEW.slug"),
        func=_KEEP_OLD_SLUG,
    ),
    pgtrigger.Trigger(
        name="date_publication",
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("state"),
        when=pgtrigger.Before,
        func="""IF registry_is_public(NEW.state) AND NEW.published_at IS NULL THEN
  NEW.published_at = now();
END IF;
RETURN NEW;""",
    ),
]
