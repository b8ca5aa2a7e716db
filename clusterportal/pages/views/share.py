"""Pictures of pages for other sites that link to them: of the portal, an actor, a cluster."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.formats import number_format
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from actors.domain.taxonomy import Taxonomy
from actors.facets.index_loading import current_index
from actors.facets.selection import Selection
from actors.landscape.matrix import Spread, spread_by_cluster
from actors.models import Actor
from clusterportal.clusters.models import Cluster
from clusterportal.core.turns import costly
from clusterportal.pages.context_processors import portal
from clusterportal.pages.drawing.share import StairStep, share_picture
from clusterportal.pages.presenters.matrix_figures import layer_counts

NOTHING = "–"


@costly
@require_safe
def portal_picture(request):
    """The name of the portal over all five layers."""
    variables = portal(request)
    steps = [StairStep(True) for _layer in Taxonomy().layers]
    return _png(request, variables["SITE_NAME"], str(variables["REGION_NAMES"]), steps, site="")


@costly
@require_safe
def actor_picture(request, slug: str):
    """Name, kind and town of a published actor over the layers on which it stands."""
    actor = get_object_or_404(Actor.objects.published(), slug=slug)
    positions = actor.positions
    steps = [StairStep(layer.position in positions) for layer in Taxonomy().layers]
    line = ", ".join(part for part in (str(actor.get_kind_display()), actor.city) if part)
    return _png(request, actor.name, line, steps)


@costly
@require_safe
def cluster_picture(request, slug: str):
    """The name of a published cluster over the number of its actors on each layer."""
    cluster = get_object_or_404(Cluster.objects.published(), slug=slug)
    taxonomy = Taxonomy()
    spread = spread_by_cluster(Selection(current_index(taxonomy.version))).get(slug, Spread())
    steps = [
        StairStep(bool(one.count), number_format(one.count) if one.count else NOTHING)
        for one in layer_counts(taxonomy.layers, spread.layers)
    ]
    line = ngettext("%(shown)s actor", "%(shown)s actors", spread.total)
    return _png(request, cluster.name, line % {"shown": number_format(spread.total)}, steps)


def _png(request, title: str, line: str, steps: list[StairStep], site: str | None = None) -> HttpResponse:
    site = settings.SITE_NAME if site is None else site
    content = share_picture(site=site, title=title, line=line, steps=steps, language=request.LANGUAGE_CODE)
    return HttpResponse(content, content_type="image/png")
