"""The clusters of the portal, and one cluster."""

from urllib.parse import urlsplit

from django.db.models import Avg, Count, Exists, OuterRef, Prefetch, QuerySet, prefetch_related_objects
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from actors.domain.criteria import criteria
from actors.domain.matrix import matrix
from actors.domain.selection import Chosen, in_cluster
from actors.domain.tallies import Tally, cluster_tallies
from actors.domain.taxonomy import Taxonomy
from actors.enums import ActorKind, MembershipKind
from actors.models import Actor, LayerPlacement, Membership
from clusterportal.clusters.enums import LifeCycle
from clusterportal.clusters.models import Cluster
from clusterportal.pages.drawing.cycle import cycle
from clusterportal.pages.drawing.place import RING_CHOICES_KM, PlacePicture, place_picture
from clusterportal.pages.presenters.linked_data import cluster_data, cluster_list
from clusterportal.pages.presenters.matrix_table import matrix_table
from clusterportal.pages.presenters.weave import strip
from clusterportal.places.distances import degrees_around

MOST_MEMBERS = 60  # shown on the page; the directory has all
MOST_TOWNS = 60


class ClusterListView(TemplateView):
    template_name = "pages/cluster_list.html"

    def get_context_data(self, **kwargs):
        taxonomy = Taxonomy()
        tallies = cluster_tallies(Actor.objects.published())
        found = [(cluster, tallies.get(cluster.pk, Tally())) for cluster in taxonomy.clusters]
        return super().get_context_data(
            **kwargs,
            linked_data=cluster_list(self.request, taxonomy.clusters),
            clusters=[
                (cluster, tally.total, strip(taxonomy.layers, tally.layers)) for cluster, tally in found
            ],
        )


class ClusterDetailView(TemplateView):
    template_name = "pages/cluster_detail.html"

    def get_context_data(self, slug, **kwargs):
        cluster = get_object_or_404(Cluster.objects.published().select_related("region"), slug=slug)
        members = _members(cluster)
        taxonomy = Taxonomy()
        chosen = in_cluster(cluster, taxonomy=taxonomy)
        counted = matrix(chosen, taxonomy=taxonomy)
        table = matrix_table(counted, QueryDict(f"cluster={cluster.slug}"), strongest_first=True)
        return super().get_context_data(
            **kwargs,
            cluster=cluster,
            linked_data=cluster_data(self.request, cluster),
            region=cluster.region,
            query=f"cluster={cluster.slug}",
            total=counted.total,
            layer_count=len(counted.layer_totals),
            table=table,
            kinds=_kinds(chosen),
            managers=_managers(cluster),
            criteria=criteria(cluster),
            place=_place(cluster, members),
            stages=LifeCycle.choices,
            cycle=cycle(LifeCycle.values.index(cluster.life_cycle) + 1) if cluster.life_cycle else None,
            homepage_host=urlsplit(cluster.homepage).hostname,
            programmes=[line for line in cluster.programmes.splitlines() if line.strip()],
            **_listed(members),
        )


def _listed(members) -> dict[str, list[Actor]]:
    """The first networks and the first members by name, with the layers that their glyphs show."""
    networks = list(members.filter(kind=ActorKind.ASSOCIATION).by_name()[:MOST_MEMBERS])
    first = list(members.by_name()[:MOST_MEMBERS])
    placements = LayerPlacement.objects.select_related("layer").order_by("layer__position")
    prefetch_related_objects([*networks, *first], Prefetch("placements", placements))
    return {"networks": networks, "members": first}


def _members(cluster: Cluster) -> QuerySet[Actor]:
    """Published actors in the cluster: the same that the directory finds."""
    return Actor.objects.published().filter(
        Exists(Membership.objects.public().filter(actor=OuterRef("pk"), cluster=cluster))
    )


def _managers(cluster: Cluster) -> list[Actor]:
    managing = Membership.objects.public().filter(cluster=cluster, kind=MembershipKind.MANAGEMENT)
    return list(Actor.objects.published().filter(pk__in=managing.values("actor")).by_name())


def _kinds(chosen: Chosen) -> list[dict]:
    """How many members are of each kind, most frequent first, with the length of the bar out of 12."""
    counts = sorted(chosen.roll.count_words("kind", chosen.rows).items(), key=lambda one: (-one[1], one[0]))
    labels = dict(ActorKind.choices)
    return [
        {
            "code": kind,
            "label": labels[kind],
            "count": number,
            "length": max(round(12 * number / counts[0][1], 2), 0.2),
        }
        for kind, number in counts
    ]


def _place(cluster: Cluster, members) -> PlacePicture | None:
    """A pin at the middle of the members: in the outline of the region, or with the towns around."""
    middle = members.located().aggregate(latitude=Avg("latitude"), longitude=Avg("longitude"))
    if middle["latitude"] is None:
        return None
    here = (middle["latitude"], middle["longitude"])
    towns = [] if cluster.region.outline else _towns(*here)
    return place_picture(*here, towns, cluster.region.outline)


def _towns(latitude: float, longitude: float) -> list[tuple[str, float, float]]:
    """Towns with most published actors within reach of the largest ring."""
    high, wide = degrees_around(latitude, RING_CHOICES_KM[-1])
    wide = min(wide, 179)
    rows = (
        Actor.objects.published()
        .within(longitude - wide, latitude - high, longitude + wide, latitude + high)
        .exclude(city="")
        .order_by()
        .values("city")
        .annotate(number=Count("pk"), latitude_mean=Avg("latitude"), longitude_mean=Avg("longitude"))
        .order_by("-number", "city")[:MOST_TOWNS]
    )
    return [(row["city"], row["latitude_mean"], row["longitude_mean"]) for row in rows]
