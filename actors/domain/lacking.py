"""Single facts that an actor or a relation lacks: one condition for counts and for the lists behind them."""

from django.db.models import Exists, OuterRef, Q

from actors.models import Membership

NEEDS = {
    "email": Q(email=""),
    "size": Q(size=""),
    "founded": Q(founded__isnull=True),
    "address": Q(street="") | Q(postcode="") | Q(city=""),
}
WITHOUT_YEAR = Q(since__isnull=True)  # of relations


def uncommitted(cluster: str = "") -> Q:
    """Actors without a committed membership: in the cluster of this slug, or in any."""
    committed = Membership.objects.filter(actor=OuterRef("pk"), is_committed=True)
    return ~Q(Exists(committed.filter(cluster__slug=cluster) if cluster else committed))


def touching(cluster: str) -> Q:
    """Relations with an end in the cluster of this slug."""
    members = Membership.objects.filter(cluster__slug=cluster).values("actor")
    return Q(source__in=members) | Q(target__in=members)
