"""How published actors spread: over the layers of each cluster, over topics, over the details they give."""

from dataclasses import dataclass, field

from django.db.models import Count, F, IntegerField, Q, Value

from actors.models import Actor, LayerPlacement, Membership, Topic
from actors.querysets import HAVING


@dataclass
class Tally:
    """Actors of one cluster: on each layer (by its id) and in all; nobody is counted twice."""

    layers: dict[int, int] = field(default_factory=dict)
    total: int = 0


def cluster_tallies(actors) -> dict[int, Tally]:
    """A tally for each cluster (by its id) that has members among `actors`; one query."""
    ids = actors.order_by().values("pk")
    members = Membership.objects.public().filter(actor__in=ids).order_by()
    placed = (
        LayerPlacement.objects.filter(actor__in=ids, actor__memberships__in=members.values("pk"))
        .order_by()
        .values(within=F("actor__memberships__cluster_id"), on=F("layer_id"))
        .annotate(number=Count("actor", distinct=True))
    )
    whole = members.values(within=F("cluster_id"), on=Value(None, IntegerField())).annotate(
        number=Count("actor", distinct=True)
    )
    tallies: dict[int, Tally] = {}
    for row in placed.union(whole, all=True):
        tally = tallies.setdefault(row["within"], Tally())
        if row["on"] is None:
            tally.total = row["number"]
        else:
            tally.layers[row["on"]] = row["number"]
    return tallies


def top_topics(actors, *, limit: int):
    """The topics that most of `actors` work on."""
    used = Q(actor_topics__actor__in=actors.order_by().values("pk"))
    return (
        Topic.objects.filter(used)
        .annotate(number=Count("actor_topics__actor", distinct=True))
        .order_by("-number", "key", "pk")[:limit]
    )


def detail_counts(actors) -> tuple[dict[str, int], int]:
    """How many of `actors` give each detail (website, logo ...), and how many there are in all; one query."""
    known = Actor.objects.published()
    counts = {
        detail: Count("pk", filter=Q(pk__in=known.having(detail).values("pk")), distinct=True)
        for detail in HAVING
    }
    counted = actors.order_by().aggregate(total=Count("pk", distinct=True), **counts)
    return counted, counted.pop("total")
