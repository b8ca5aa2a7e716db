"""Whom to look at next, in the region: actors like this one, and actors that complete it along the chain."""

from collections.abc import Iterable

from django.db.models import Count, QuerySet

from actors.models import Actor


def similar(actor: Actor, limit: int = 3) -> QuerySet[Actor]:
    """Published actors on a layer of `actor` and in an area of it; the more they share, the earlier."""
    return _sharing(actor, actor.positions, limit)


def complementary(actor: Actor, limit: int = 3, *, without: Iterable[Actor] = ()) -> QuerySet[Actor]:
    """Published actors in an area of `actor` one step before or after it, where it does not stand.

    `without` leaves out actors that are named already.
    """
    own = set(actor.positions)
    steps = {position + step for position in own for step in (-1, 1)} - own
    return _sharing(actor, steps, limit, without=without)


def _sharing(actor: Actor, positions, limit: int, *, without: Iterable[Actor] = ()) -> QuerySet[Actor]:
    """Actors with an area of `actor` and a layer at `positions`; reads the placements and foci of `actor`."""
    areas = [focus.area_id for focus in actor.foci.all()]
    if not areas or not positions:
        return Actor.objects.none()
    return (
        Actor.objects.published()
        .in_region()
        .exclude(pk__in=[actor.pk, *(other.pk for other in without)])
        .filter(foci__area__in=areas, placements__layer__position__in=list(positions))
        .annotate(
            shared_areas=Count("foci__area", distinct=True),
            shared_layers=Count("placements__layer", distinct=True),
        )
        .order_by("-shared_layers", "-shared_areas", "sort_key", "pk")[:limit]
    )
