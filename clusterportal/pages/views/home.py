"""The first page: the model as a figure, and the doors into it."""

from django.views.generic import TemplateView

from actors.domain.taxonomy import Taxonomy
from actors.enums import ActorKind
from actors.facets.counts import top_topics
from actors.facets.following import current_index
from actors.facets.matrix import Spread, matrix, spread_by_cluster
from actors.facets.region import divided
from actors.facets.selection import Selection
from clusterportal.pages.presenters.linked_data import website
from clusterportal.pages.presenters.region import region_context
from clusterportal.pages.presenters.rows import as_rows, narrow
from clusterportal.pages.presenters.weave import Cell, strip, weave

NEWEST = 5
EXAMPLES = 3
OFFERING = {
    ActorKind.COMPANY, ActorKind.STARTUP, ActorKind.SERVICE_PROVIDER, ActorKind.SUPPLIER, ActorKind.MANUFACTURER,
    ActorKind.RESEARCH_INSTITUTE,
}  # fmt: skip


class HomeView(TemplateView):
    template_name = "pages/home.html"

    def get_context_data(self, **kwargs):
        taxonomy = Taxonomy()
        region, outside = divided(Selection(current_index(taxonomy.version)), taxonomy)
        whole = matrix(region, taxonomy)
        spreads = spread_by_cluster(region)
        clusters = [(cluster, spreads.get(cluster.slug, Spread())) for cluster in taxonomy.clusters]
        return super().get_context_data(
            **kwargs,
            linked_data=website(self.request),
            matrix=whole,
            **region_context(outside),
            steps=[Cell(layer, whole.layer_totals.get(layer.slug, 0)) for layer in whole.layers],
            threads=weave(whole),
            clusters=[
                (cluster, spread.total, strip(whole.layers, spread.layers)) for cluster, spread in clusters
            ],
            # Of those whom people look for as a partner: their topics are the better examples of a search.
            examples=top_topics(region.having("kind", OFFERING), limit=EXAMPLES),
            relation_count=len(region.counts("relation_id")),
            newest=as_rows(narrow(region.actors.order_by("-created_at", "-pk"))[:NEWEST], taxonomy),
        )
