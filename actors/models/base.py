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


class ActorPart(Recorded):
    """A record that belongs to one actor, named by its field `actor`."""

    class Meta(Recorded.Meta):
        abstract = True
        triggers = [*Recorded.Meta.triggers, touches("actor_id")]
