"""What the parts of an actor share."""

import pgtrigger
from django.db import models

from clusterportal.core.models import columns_change
from clusterportal.history.models import Recorded


def touches(*columns: str, public: str = "true") -> pgtrigger.Trigger:
    """A trigger that moves the `updated_at` of the actors named by `columns` when a row of theirs changes.

    Their `public_updated_at` moves too where `public` holds: SQL about OLD and NEW, whether anybody sees the row.
    """
    ends = ", ".join(f"OLD.{column}, NEW.{column}" for column in columns)
    return _touching(
        f"SELECT unnest(ARRAY[{ends}])", public, pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
    )


def touches_through(actors: str) -> pgtrigger.Trigger:
    """The same for a row that does not name its actor: `actors` selects it."""
    return _touching(actors, "true", pgtrigger.Insert | pgtrigger.Delete)


def _touching(actors: str, public: str, operation) -> pgtrigger.Trigger:
    is_older = f"id IN ({actors}) AND (updated_at < now() OR is_public AND public_updated_at < now())"
    # Asked first: an update of no row has the table's triggers run all the same, which an import pays for every part.
    return pgtrigger.Trigger(
        name="touch_actor",
        operation=operation,
        when=pgtrigger.After,
        declare=[("is_public", "boolean")],
        func=f"""IF TG_OP = 'UPDATE' AND OLD.* IS NOT DISTINCT FROM NEW.* THEN
  RETURN NULL;
END IF;
is_public := COALESCE({public}, false);
IF EXISTS (SELECT FROM actors_actor WHERE {is_older}) THEN
  UPDATE actors_actor
    SET updated_at = now(), public_updated_at = CASE WHEN is_public THEN now() ELSE public_updated_at END
    WHERE {is_older};
END IF;
RETURN NULL;""",
    )


class DatePublicChange(pgtrigger.Trigger):
    """Keeps `public_updated_at` of an actor; a later moment is the wish of a part to have it moved."""

    name = "date_public_change"
    operation = pgtrigger.Insert | pgtrigger.Update
    when = pgtrigger.Before

    def get_func(self, model):
        change = columns_change(model, besides={"created_at", "updated_at", "public_updated_at"})
        return f"""IF TG_OP = 'INSERT' OR NEW.public_updated_at > OLD.public_updated_at OR {change} THEN
  NEW.public_updated_at = now();
ELSE
  NEW.public_updated_at = OLD.public_updated_at;
END IF;
RETURN NEW;"""


# An actor that is or was published and has been changed in this transaction, itself or a part of it, is news.
TELLS_THE_PUBLIC = [
    pgtrigger.Trigger(
        name="tell_public",
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.After,
        func="""IF (registry_is_public(OLD.state) OR registry_is_public(NEW.state))
  AND (TG_OP = 'DELETE' OR NEW.public_updated_at = now())
THEN
  PERFORM registry_mark_public();
END IF;
RETURN NULL;""",
    ),
    pgtrigger.Trigger(
        name="tell_public_of_all",
        level=pgtrigger.Statement,
        operation=pgtrigger.Truncate,
        when=pgtrigger.After,
        func="PERFORM registry_mark_public(true); RETURN NULL;",
    ),
]


def feeds_search(actors: str = "SELECT actor_id FROM changed") -> list[pgtrigger.Trigger]:
    """Triggers that have documents written anew when rows change; `actors` selects whose, from the rows `changed`."""
    return [
        pgtrigger.Trigger(
            name=f"feed_search_on_{name}",
            level=pgtrigger.Statement,
            operation=operation,
            when=pgtrigger.After,
            referencing=pgtrigger.Referencing(**{table: "changed"}),
            func=_writes_documents(actors),
        )
        for name, operation, table in (
            ("insert", pgtrigger.Insert, "new"),
            ("update", pgtrigger.Update, "new"),
            ("delete", pgtrigger.Delete, "old"),
        )
    ]


def renaming_feeds_search(actors: str, *columns: str) -> pgtrigger.Trigger:
    """A trigger that has documents written anew when one of `columns` changes; `actors` selects whose, from `NEW`."""
    return pgtrigger.Trigger(
        name="feed_search_on_rename",
        operation=pgtrigger.UpdateOf(*columns),
        when=pgtrigger.After,
        condition=pgtrigger.AnyChange(*columns),
        func=_writes_documents(actors),
    )


def _writes_documents(actors: str) -> str:
    return f"INSERT INTO actors_reindexqueue (actor_id) SELECT DISTINCT actor_id FROM ({actors}) fed; RETURN NULL;"


class ActorPart(Recorded):
    """A record that belongs to one actor, named by its field `actor`.

    Where the public does not see every row, the class puts a trigger of its own in place of the one that touches.
    """

    actor: models.ForeignKey  # each part declares its own, with the name that the actor knows it by

    class Meta(Recorded.Meta):
        abstract = True
        triggers = [*Recorded.Meta.triggers, touches("actor_id")]
