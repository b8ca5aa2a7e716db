"""What the parts of an actor share."""

import pgtrigger

from clusterportal.history.models import Recorded


def touches(*columns: str) -> pgtrigger.Trigger:
    """A trigger that moves the `updated_at` of the actors named by `columns` when a row of theirs changes."""
    ends = ", ".join(f"OLD.{column}, NEW.{column}" for column in columns)
    return pgtrigger.Trigger(
        name="touch_actor",
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.After,
        func=f"UPDATE actors_actor SET updated_at = now() WHERE id IN ({ends}) AND updated_at < now(); RETURN NULL;",
    )


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
    return f"INSERT INTO actors_staledocument (actor_id) SELECT DISTINCT actor_id FROM ({actors}) fed; RETURN NULL;"


class ActorPart(Recorded):
    """A record that belongs to one actor, named by its field `actor`."""

    class Meta(Recorded.Meta):
        abstract = True
        triggers = [*Recorded.Meta.triggers, touches("actor_id")]
