"""What the database keeps of a contribution by itself, whoever writes."""

import pgtrigger
from django.conf import settings

from clusterportal.core.languages import LANGUAGE_CODES, column_names

# By their moments everybody saw it; what disappears is seen until that is written down.
_SEEN = "({0}.state = 'published' AND ({0}.publish_at IS NULL OR {0}.publish_at <= now()))"
_LONGEST_SEARCHED_TEXT = 20_000 // len(LANGUAGE_CODES)  # characters: a document has its bounds


def _columns(*names: str, form: str = "NEW.{}") -> str:
    """The texts in all languages, a blank between them."""
    return f"concat_ws(' ', {_names(*names, form=form)})"


def _names(*names: str, form: str = "{}") -> str:
    return ", ".join(form.format(column) for name in names for column in column_names(name))


KEEPS_CONTRIBUTIONS = [
    pgtrigger.Trigger(
        name="keep_dates",
        operation=pgtrigger.Insert | pgtrigger.Update,
        when=pgtrigger.Before,
        func=f"""
-- A day that came from a planned moment goes with that moment.
IF TG_OP = 'UPDATE' AND OLD.publish_at IS DISTINCT FROM NEW.publish_at AND OLD.date = NEW.date
    AND OLD.date = (OLD.publish_at AT TIME ZONE '{settings.TIME_ZONE}')::date THEN
  NEW.date = NULL;
  NEW.year = NULL;
END IF;
IF NEW.kind = 'event' AND NEW.starts_at IS NOT NULL THEN
  NEW.date = (NEW.starts_at AT TIME ZONE '{settings.TIME_ZONE}')::date;
END IF;
IF NEW.state = 'published' AND NEW.publish_at IS NULL THEN
  NEW.published_at = coalesce(NEW.published_at, now());
  NEW.announced_at = coalesce(NEW.announced_at, NEW.published_at);
END IF;
-- Also what still waits: pages show it from its moment on, whether or not that is written down by then.
IF NEW.state = 'published' AND NEW.date IS NULL AND NEW.year IS NULL THEN
  NEW.date = (coalesce(NEW.publish_at, NEW.published_at) AT TIME ZONE '{settings.TIME_ZONE}')::date;
END IF;
IF NEW.date IS NOT NULL THEN
  NEW.year = extract(year FROM NEW.date);
END IF;
RETURN NEW;""",
    ),
    pgtrigger.Trigger(  # after `keep_dates`, as names go
        name="number_stories",
        operation=pgtrigger.Insert | pgtrigger.Update,
        when=pgtrigger.Before,
        func="""
IF NEW.kind <> 'success_story' THEN
  NEW.number = NULL;
ELSIF TG_OP = 'UPDATE' AND OLD.number IS NOT NULL THEN
  NEW.number = OLD.number;  -- readers know the story by it
ELSIF NEW.number IS NULL AND NEW.published_at IS NOT NULL THEN
  PERFORM pg_advisory_xact_lock(hashtext('newsroom: number of a success story'));
  SELECT coalesce(max(number), 0) + 1 INTO NEW.number FROM newsroom_contribution;
END IF;
RETURN NEW;""",
    ),
    pgtrigger.Trigger(
        name="raise_sequence",
        operation=pgtrigger.Update,
        when=pgtrigger.Before,
        func=f"""
NEW.sequence = OLD.sequence;  -- is never wound back, so that calendars take what is new
IF {_SEEN.format("OLD")} AND NEW.state <> 'published'
    OR OLD.published_at IS NOT NULL AND OLD.state <> 'published' AND NEW.state = 'published'
    OR ROW(OLD.starts_at, OLD.ends_at, OLD.is_all_day, OLD.place, OLD.online_url, OLD.cancelled_at IS NULL)
    IS DISTINCT FROM
   ROW(NEW.starts_at, NEW.ends_at, NEW.is_all_day, NEW.place, NEW.online_url, NEW.cancelled_at IS NULL) THEN
  NEW.sequence = OLD.sequence + 1;
END IF;
RETURN NEW;""",
    ),
    pgtrigger.Trigger(
        name="tell_calendars",
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.After,
        func=f"""
IF TG_OP <> 'DELETE' AND {_SEEN.format("NEW")} THEN
  DELETE FROM newsroom_withdrawnevent WHERE uid = NEW.uid;
ELSIF TG_OP <> 'INSERT' AND {_SEEN.format("OLD")}
    AND OLD.kind = 'event' AND coalesce(OLD.ends_at, OLD.starts_at) > now() THEN
  INSERT INTO newsroom_withdrawnevent (
    uid, slug, sequence, {_names("title")}, starts_at, ends_at, is_all_day, withdrawn_at, event_kind,
    clusters, areas, actors
  ) VALUES (
    OLD.uid, OLD.slug, OLD.sequence + 1, {_names("title", form="OLD.{}")}, OLD.starts_at, OLD.ends_at,
    OLD.is_all_day, now(), OLD.event_kind,
    ARRAY(SELECT cluster_id FROM newsroom_contribution_clusters WHERE contribution_id = OLD.id),
    ARRAY(SELECT applicationarea_id FROM newsroom_contribution_areas WHERE contribution_id = OLD.id),
    ARRAY(SELECT actor_id FROM newsroom_contribution_actors WHERE contribution_id = OLD.id)
  ) ON CONFLICT (uid) DO NOTHING;
END IF;
RETURN NULL;""",
    ),
    pgtrigger.Trigger(
        name="write_document",
        operation=pgtrigger.Insert | pgtrigger.Update,
        when=pgtrigger.After,
        func=f"""
INSERT INTO newsroom_contributiondocument AS document (contribution_id, vector)
VALUES (NEW.id, registry_contribution_vector(
    {_columns("title")},
    {_columns("subtitle", "lead")},
    concat_ws(' ', NEW.place, NEW.organiser_words),
    {_columns("body", form=f"left(NEW.{{}}, {_LONGEST_SEARCHED_TEXT})")}
))
ON CONFLICT (contribution_id) DO UPDATE SET vector = EXCLUDED.vector WHERE document.vector <> EXCLUDED.vector;
RETURN NULL;""",
    ),
    pgtrigger.Trigger(
        name="delete_document",
        operation=pgtrigger.Delete,
        when=pgtrigger.After,
        func="DELETE FROM newsroom_contributiondocument WHERE contribution_id = OLD.id; RETURN NULL;",
    ),
    # The uid is a promise to everybody who has stored it.
    pgtrigger.ReadOnly(name="keep_uid", fields=["uid"]),
]
