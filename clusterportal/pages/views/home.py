"""The first page: the model as a figure, and the doors into it."""

from django.views.generic import TemplateView

from actors.domain.matrix import matrix
from actors.domain.selection import divided
from actors.domain.tallies import Tally, cluster_tallies, top_topics
from actors.domain.taxonomy import Taxonomy
from actors.models import Actor, ActorRelation
from clusterportal.pages.presenters.linked_data import website
from clusterportal.pages.presenters.region import region_context
from clusterportal.pages.presenters.rows import as_rows, narrow
from clusterportal.pages.presenters.weave import Cell, strip, weave

NEWEST = 5
EXAMPLES = 3


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
            steps=[Cell(layer, whole.layer_totals.get(layer.pk, 0)) for layer in whole.layers],
            threads=weave(whole),
            clusters=[
                (cluster, tally.total, strip(whole.layers, tally.layers)) for cluster, tally in clusters
            ],
            examples=top_topics(chosen, limit=EXAMPLES),
            relation_count=ActorRelation.objects.public().count(),
            newest=as_rows(narrow(actors.in_region().order_by("-created_at", "-pk"))[:NEWEST], taxonomy),
        )
