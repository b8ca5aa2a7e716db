"""The home page: the model as a figure, with links into the registry."""

from django.views.generic import TemplateView

from actors.domain.matrix import matrix
from actors.domain.selection import Chosen, divided
from actors.domain.tallies import Tally, cluster_tallies, top_topics
from actors.domain.taxonomy import Taxonomy
from actors.enums import ActorKind
from actors.models import Actor
from clusterportal.pages.presenters.actor_rows import as_rows, narrow
from clusterportal.pages.presenters.matrix_figures import area_threads, layer_counts, region_context
from clusterportal.pages.presenters.schema_org import website

NEWEST = 5
EXAMPLES = 3
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
        actors = Actor.objects.published()
        chosen, outside = divided(actors, taxonomy=taxonomy)
        whole = matrix(chosen, taxonomy=taxonomy)
        tallies = cluster_tallies(chosen)
        clusters = [(cluster, tallies.get(cluster.pk, Tally())) for cluster in taxonomy.clusters]
        return super().get_context_data(
            **kwargs,
            linked_data=website(self.request),
            matrix=whole,
            **region_context(outside),
            steps=layer_counts(whole.layers, whole.layer_totals),
            threads=area_threads(whole),
            clusters=[
                (cluster, tally.total, layer_counts(whole.layers, tally.layers))
                for cluster, tally in clusters
            ],
            examples=top_topics(_offering(chosen), limit=EXAMPLES),
            relation_count=chosen.roll.count_relations(chosen.rows),
            newest=as_rows(narrow(actors.in_region().order_by("-created_at", "-pk"))[:NEWEST], taxonomy),
        )


def _offering(chosen: Chosen) -> Chosen:
    """Actors that partners look for: their topics make good examples of a search."""
    return Chosen(chosen.roll, chosen.rows & chosen.roll.with_words("kind", OFFERING.__contains__))
