"""The home page: the model as a figure, with links into the registry."""

from django.views.generic import TemplateView

from actors.domain.taxonomy import Taxonomy
from actors.enums import ActorKind
from actors.facets.counts import top_topics
from actors.facets.index_loading import current_index
from actors.facets.selection import Selection
from actors.landscape.matrix import Spread, matrix, spread_by_cluster
from actors.landscape.region import divided
from clusterportal.newsroom.models import Contribution
from clusterportal.pages.presenters.actor_rows import as_rows, narrow
from clusterportal.pages.presenters.contribution_rows import newest_and_next
from clusterportal.pages.presenters.matrix_figures import area_threads, layer_counts, region_context
from clusterportal.pages.presenters.schema_org import website

NEWEST = 5
EXAMPLES = 3
CLUSTERS = 12  # the first ones; the list has all
OFFERING = {
    ActorKind.COMPANY,
    ActorKind.STARTUP,
    ActorKind.SERVICE_PROVIDER,
    ActorKind.SUPPLIER,
    ActorKind.MANUFACTURER,
    ActorKind.RESEARCH_INSTITUTE,
}


class HomeView(TemplateView):
    template_name = "pages/home.html"

    def get_context_data(self, **kwargs):
        taxonomy = Taxonomy()
        region, outside = divided(Selection(current_index(taxonomy.version)), taxonomy)
        whole = matrix(region, taxonomy)
        spreads = spread_by_cluster(region)
        clusters = [
            (cluster, spreads.get(cluster.slug, Spread())) for cluster in taxonomy.clusters[:CLUSTERS]
        ]
        return super().get_context_data(
            **kwargs,
            linked_data=website(self.request),
            matrix=whole,
            **region_context(outside),
            steps=layer_counts(whole.layers, whole.layer_totals),
            threads=area_threads(whole),
            cluster_count=len(taxonomy.clusters),
            clusters=[
                (cluster, spread.total, layer_counts(whole.layers, spread.layers))
                for cluster, spread in clusters
            ],
            # Topics of actors that partners look for make good examples of a search.
            examples=taxonomy.once(
                "examples", lambda: top_topics(region.having("kind", OFFERING), limit=EXAMPLES)
            ),
            relation_count=len(region.counts("relation_id")),
            newest=as_rows(narrow(region.actors.order_by("-created_at", "-pk"))[:NEWEST], taxonomy),
            **newest_and_next(Contribution.objects.all(), taxonomy),
        )
