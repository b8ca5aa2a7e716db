"""What a curator does to many actors at once. Every function is one transaction and returns how many rows it made.

Actors out of the curator's reach are passed over; PermissionDenied is for people who may not edit at all.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from actors.enums import MembershipKind, PlacementBasis
from actors.models import ApplicationFocus, LayerPlacement, Membership
from actors.rules import can_clear, can_edit


def _within_reach(actors, by):
    if not can_edit(by):
        raise PermissionDenied
    return actors.curated_by(by)


@transaction.atomic
def assign_layer(*, actors, layer, by, basis: str = PlacementBasis.TOPIC) -> int:
    """Place the actors on `layer`; those who stand there already stay as they are."""
    actors = _within_reach(actors, by)
    standing = set(
        LayerPlacement.objects.filter(layer=layer, actor__in=actors).values_list("actor_id", flat=True)
    )
    fresh = [
        LayerPlacement(actor_id=pk, layer=layer, basis=basis)
        for pk in actors.values_list("pk", flat=True)
        if pk not in standing
    ]
    return len(LayerPlacement.objects.bulk_create(fresh))


@transaction.atomic
def assign_area(*, actors, area, by) -> int:
    """Give the actors a focus on `area`."""
    actors = _within_reach(actors, by)
    present = set(
        ApplicationFocus.objects.filter(area=area, actor__in=actors).values_list("actor_id", flat=True)
    )
    fresh = [
        ApplicationFocus(actor_id=pk, area=area)
        for pk in actors.values_list("pk", flat=True)
        if pk not in present
    ]
    return len(ApplicationFocus.objects.bulk_create(fresh))


@transaction.atomic
def assign_cluster(*, actors, cluster, by, kind: str = MembershipKind.MEMBER) -> int:
    """Make the actors members of `cluster`; it shows them when `by` speaks for it, else after clearance."""
    actors, is_cleared = _within_reach(actors, by), can_clear(by, cluster)
    present = set(
        Membership.objects.filter(cluster=cluster, kind=kind, actor__in=actors).values_list(
            "actor_id", flat=True
        )
    )
    fresh = [
        Membership(actor_id=pk, cluster=cluster, kind=kind, is_cleared=is_cleared)
        for pk in actors.values_list("pk", flat=True)
        if pk not in present
    ]
    return len(Membership.objects.bulk_create(fresh))


@transaction.atomic
def mark_verified(*, actors, by) -> int:
    """Say of the actors that somebody checked them today."""
    return _within_reach(actors, by).update(verified_on=timezone.localdate())
