"""Moving actors between publication states."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from actors.models import Actor
from actors.rules import can_move
from clusterportal.core.publication import PublicationState


@transaction.atomic
def move(*, actors, to: str, by) -> tuple[list[Actor], list[Actor]]:
    """Move a queryset of actors to the state `to`.

    Returns (moved, kept): kept are those that have no such move or are there already.
    Raises PermissionDenied when `by` may not make a move that exists.
    """
    moved, kept = [], []
    for actor in actors.select_for_update(of=("self",)):
        if can_move(by, actor, to):
            actor.state = to
            actor.save(update_fields=["state"])
            moved.append(actor)
        else:
            kept.append(actor)
    if kept and not moved and any(actor.state != to for actor in kept):
        label = PublicationState(to).label
        raise PermissionDenied(
            _("None of these actors can be moved to “%(state)s” by you.") % {"state": label}
        )
    return moved, kept
