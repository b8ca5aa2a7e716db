"""What the database keeps of a contribution by itself, whoever writes."""

import pgtrigger
from django.conf import settings

from clusterportal.core.languages import LANGUAGE_CODES, column_names

_LONGEST = 20_000 // len(LANGUAGE_CODES)  # characters of a text that are searched: a document has its bounds


def _columns(*names: str, form: str = "NEW.{}") -> str:
    """The texts in all languages, a blank between them."""
    columns = [form.format(column) for name in names for column in column_names(name)]
    return f"concat_ws(' ', {', '.join(columns)})"


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
        func="""
NEW.sequence = OLD.sequence;  -- is never wound back, so that calendars take what is new
IF ROW(OLD.starts_at, OLD.ends_at, OLD.is_all_day, OLD.place, OLD.online_url, OLD.cancelled_at IS NULL)
    IS DISTINCT FROM
   ROW(NEW.starts_at, NEW.ends_at, NEW.is_all_day, NEW.place, NEW.online_url, NEW.cancelled_at IS NULL) THEN
  NEW.sequence = OLD.sequence + 1;
END IF;
RETURN NEW;""",
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
    {_columns("body", form=f"left(NEW.{{}}, {_LONGEST})")}
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
