"""The clusters of the portal, and one cluster."""

from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils.formats import number_format
from django.views.generic import TemplateView

from actors.domain.taxonomy import Taxonomy
from actors.enums import ActorKind, MembershipKind
from actors.facets.index_loading import current_index
from actors.facets.selection import Selection
from actors.landscape.matrix import Spread, matrix, spread_by_cluster
from actors.models import Actor, Membership
from clusterportal.clusters.enums import LifeCycle, Section
from clusterportal.clusters.models import Cluster
from clusterportal.core.web_hosts import host_of
from clusterportal.history.former_addresses import slug_today
from clusterportal.labels.domain.checking import criteria
from clusterportal.newsroom.models import Contribution
from clusterportal.pages.drawing.cycle import cycle
from clusterportal.pages.presenters.actor_rows import ActorRow, as_rows, narrow
from clusterportal.pages.presenters.contribution_rows import newest_and_next
from clusterportal.pages.presenters.matrix_figures import layer_counts, matrix_table
from clusterportal.pages.presenters.places import place_of_cluster
from clusterportal.pages.presenters.projects import projects_led_by
from clusterportal.pages.presenters.schema_org import cluster_data, cluster_list
from clusterportal.pages.views.data_links import LinksRecord
from clusterportal.pages.views.former_addresses import LeadsToToday
from clusterportal.pages.views.released import pages_of, released_sections

MOST_MEMBERS = 60  # shown on the page; the directory has all


class ClusterListView(TemplateView):
    template_name = "pages/cluster_list.html"

    def get_context_data(self, **kwargs):
        taxonomy = Taxonomy()
        spreads = spread_by_cluster(Selection(current_index(taxonomy.version)))
        found = [(cluster, spreads.get(cluster.slug, Spread())) for cluster in taxonomy.clusters]
        return super().get_context_data(
            **kwargs,
            linked_data=cluster_list(self.request, taxonomy.clusters),
            clusters=[
                (cluster, spread.total, layer_counts(taxonomy.layers, spread.layers))
                for cluster, spread in found
            ],
        )


class ClusterDetailView(LeadsToToday, LinksRecord, TemplateView):
    template_name = "pages/cluster_detail.html"
    endpoint = "api:cluster-detail"

    def address_today(self, slug):
        today = slug_today(Cluster, slug)
        return today if Cluster.objects.published().filter(slug=today).exists() else slug

    def get_context_data(self, **kwargs):
        published = Cluster.objects.published().select_related("region")
        cluster = get_object_or_404(published, slug=kwargs["slug"])
        members = _members(cluster)
        taxonomy = Taxonomy()
        chosen = Selection(current_index(taxonomy.version)).having("cluster", [cluster.slug])
        counted = matrix(chosen, taxonomy)
        table = matrix_table(counted, QueryDict(f"cluster={cluster.slug}"), strongest_first=True)
        listed = _listed(members, taxonomy)
        released = released_sections(cluster)
        return super().get_context_data(
            **kwargs,
            cluster=cluster,
            linked_data=cluster_data(self.request, cluster, [row.actor for row in listed["members"]]),
            region=cluster.region,
            query=f"cluster={cluster.slug}",
            total=counted.total,
            layer_count=len(counted.layer_totals),
            table=table,
            kinds=_kinds(chosen),
            managers=_managers(cluster),
            criteria=criteria(cluster),
            place=place_of_cluster(cluster, members),
            stages=LifeCycle.choices,
            cycle=cycle(LifeCycle.values.index(cluster.life_cycle) + 1) if cluster.life_cycle else None,
            homepage_host=host_of(cluster.homepage),
            programmes=[line for line in cluster.programmes.splitlines() if line.strip()],
            pages=pages_of(cluster, released, current="clusters:cluster-detail"),
            projects=projects_led_by(cluster) if Section.PROJECTS in released else None,
            staff=number_format(cluster.staff_fte.normalize()) if cluster.staff_fte else "",
            **newest_and_next(Contribution.objects.concerning(cluster=cluster), taxonomy),
            **_committed(cluster),
            **listed,
        )


def _listed(members, taxonomy: Taxonomy) -> dict[str, list[ActorRow]]:
    """The first members by name, and the first networks among all."""
    by_name = narrow(members, also=("uid",)).by_name()
    first = as_rows(by_name[:MOST_MEMBERS], taxonomy)
    networks = [row for row in first if row.actor.kind == ActorKind.ASSOCIATION]
    if len(first) == MOST_MEMBERS:  # there may be more
        networks = as_rows(by_name.filter(kind=ActorKind.ASSOCIATION)[:MOST_MEMBERS], taxonomy)
    return {"networks": networks, "members": first}


def _members(cluster: Cluster) -> QuerySet[Actor]:
    """Published actors in the cluster: the same that the directory finds."""
    return Actor.objects.published().filter(
        Exists(Membership.objects.public().filter(actor=OuterRef("pk"), cluster=cluster))
    )


def _committed(cluster: Cluster) -> dict:
    """The keys of the members that are committed to the cluster, and how many they are."""
    committed = Membership.objects.public().filter(cluster=cluster, is_committed=True)
    keys = set(
        Actor.objects.published().filter(pk__in=committed.values("actor")).values_list("pk", flat=True)
    )
    return {"committed": keys, "committed_count": len(keys)}


def _managers(cluster: Cluster) -> list[Actor]:
    managing = Membership.objects.public().filter(cluster=cluster, kind=MembershipKind.MANAGEMENT)
    known = Actor.objects.published().filter(pk__in=managing.values("actor"))
    return list(known.only("slug", "name", "short_name", "email", "phone", "country", "website").by_name())


def _kinds(chosen: Selection) -> list[dict]:
    """How many members are of each kind, most frequent first, with the length of the bar out of 12."""
    counts = sorted(chosen.counts("kind").items(), key=lambda one: (-one[1], one[0]))
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
