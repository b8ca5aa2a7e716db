"""Moving actors between publication states, and clearing them for the pages of a cluster."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from actors.domain.completeness import MissingField, missing_fields
from actors.models import Actor, Membership
from actors.rules import can_publish, may_move, reaches_all
from clusterportal.clusters.rules import clusters_of
from clusterportal.core.publication import PublicationState, is_published

READ_AT_ONCE = 1000  # actors


@transaction.atomic
def move(*, actors, to: str, by) -> tuple[list[Actor], list[Actor]]:
    """Move a queryset of actors to the state `to`; who publishes, clears them for the own clusters as well.

    Returns (moved, kept): kept are those that have no such move, are there already, or are out of reach.
    Raises PermissionDenied when `by` may not make a move that exists.
    """
    moved, kept = [], []
    within_reach = set(actors.curated_by(by).values_list("pk", flat=True))
    for actor in actors.select_for_update(of=("self",)):
        if actor.pk in within_reach and may_move(by, actor.state, to):
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
    if to == PublicationState.PUBLISHED:
        clear(actors=Actor.objects.filter(pk__in=[actor.pk for actor in moved]), by=by)
    return moved, kept


def lacking(*, actors, by) -> list[tuple[Actor, list[MissingField]]]:
    """The actors that `by` would publish with `move`, of which something is missing, each with what that is."""
    others = actors.exclude(is_published()).curated_by(by)
    whole = others.prefetch_related("placements", "foci").order_by("sort_key", "pk")
    return [
        (actor, missing)
        for actor in whole.iterator(chunk_size=READ_AT_ONCE)
        if may_move(by, actor.state, PublicationState.PUBLISHED) and (missing := missing_fields(actor))
    ]


@transaction.atomic
def clear(*, actors, by) -> int:
    """Let the clusters for which `by` speaks show the actors on their own pages; returns how many now do."""
    if not can_publish(by):
        raise PermissionDenied
    waiting = Membership.objects.filter(actor__in=actors.values("pk"), is_cleared=False)
    if not reaches_all(by):
        waiting = waiting.filter(cluster__in=clusters_of(by))
    return waiting.update(is_cleared=True)
