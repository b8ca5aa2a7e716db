"""The two dimensions of the model: layers as a chain, application areas across them."""

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from actors.domain.taxonomy import Taxonomy
from actors.domain.term_nouns import address_today
from actors.enums import TermNoun
from actors.facets.index_loading import current_index
from actors.facets.selection import Selection
from actors.landscape.matrix import matrix
from actors.landscape.region import divided
from actors.models import Actor, LayerPlacement
from clusterportal.history.former_addresses import slug_today
from clusterportal.pages.presenters.actor_rows import ActorRow, as_rows, narrow, page_numbers, page_of
from clusterportal.pages.presenters.matrix_figures import area_threads, layer_counts, region_context
from clusterportal.pages.views.data_links import LinksRecord
from clusterportal.pages.views.former_addresses import LeadsToToday
from layers.models import Layer

PER_LAYER = 5


def _region(taxonomy: Taxonomy) -> tuple[Selection, Selection]:
    """The published actors of the region, and those outside of it."""
    return divided(Selection(current_index(taxonomy.version)), taxonomy)


class LayerListView(TemplateView):
    template_name = "pages/layer_list.html"

    def get_context_data(self, **kwargs):
        taxonomy = Taxonomy()
        region, outside = _region(taxonomy)
        whole = matrix(region, taxonomy)
        return super().get_context_data(
            **kwargs,
            steps=layer_counts(whole.layers, whole.layer_totals),
            unplaced=whole.unplaced,
            **region_context(outside),
        )


class LayerDetailView(LeadsToToday, LinksRecord, TemplateView):
    template_name = "pages/layer_detail.html"
    endpoint = "api:layer-detail"

    def address_today(self, slug):
        return slug_today(Layer, slug)

    def get_context_data(self, **kwargs):
        layer, taxonomy = get_object_or_404(Layer, slug=kwargs["slug"]), Taxonomy()
        region, outside = _region(taxonomy)
        whole = matrix(region, taxonomy)
        actors = region.having("layer", [layer.slug]).actors.by_name()
        page, page_exists = page_of(
            narrow(actors), self.request.GET.get("page"), count=whole.layer_totals.get(layer.slug, 0)
        )
        if not page_exists:
            raise Http404(_("This list has fewer pages."))
        page.object_list = as_rows(page.object_list, taxonomy)
        steps = layer_counts(whole.layers, whole.layer_totals)
        place = next(index for index, step in enumerate(steps) if step.layer.pk == layer.pk)
        counts = [(area, whole.count(layer, area)) for area in whole.areas]
        return super().get_context_data(
            **kwargs,
            layer=layer,
            steps=steps,
            before=steps[place - 1] if place else None,
            after=steps[place + 1] if place + 1 < len(steps) else None,
            areas=counts,
            most=max((count for _area, count in counts), default=0),
            **region_context(outside.having("layer", [layer.slug])),
            page=page,
            page_numbers=page_numbers(page),
        )


class AreaListView(TemplateView):
    template_name = "pages/area_list.html"

    def get_context_data(self, **kwargs):
        taxonomy = Taxonomy()
        region, outside = _region(taxonomy)
        threads = area_threads(matrix(region, taxonomy))
        return super().get_context_data(**kwargs, threads=threads, **region_context(outside))


class AreaDetailView(LeadsToToday, LinksRecord, TemplateView):
    """The address of an area that became part of another leads there."""

    template_name = "pages/area_detail.html"
    endpoint = "api:application-area-detail"

    def address_today(self, slug):
        return address_today(TermNoun.AREA, slug)

    def get_context_data(self, **kwargs):
        taxonomy = Taxonomy()
        area = next((one for one in taxonomy.areas if one.slug == kwargs["slug"]), None)
        if area is None:
            raise Http404(_("There is no such application area."))
        region, outside = (side.having("area", [area.slug]) for side in _region(taxonomy))
        whole = matrix(region, taxonomy)
        cells = layer_counts(whole.layers, {layer.slug: whole.count(layer, area) for layer in whole.layers})
        first = _first_on_each_layer(region.actors, taxonomy)
        return super().get_context_data(
            **kwargs,
            area=area,
            total=whole.total,
            **region_context(outside),
            sections=[(cell, first.get(cell.layer.pk, [])) for cell in cells],
            gaps=[cell.layer for cell in cells if not cell.count],
        )


def _first_on_each_layer(actors, taxonomy) -> dict[int, list[ActorRow]]:
    """The first actors by name on each layer (by primary key): one query for their keys, one for their rows."""
    ranked = (
        LayerPlacement.objects.filter(actor__in=actors.values("pk"))
        .annotate(
            rank=Window(RowNumber(), partition_by="layer", order_by=[F("actor__sort_key"), F("actor_id")])
        )
        .filter(rank__lte=PER_LAYER)
        .order_by("layer", "rank")
        .values_list("layer", "actor")
    )
    pairs = list(ranked)
    named = narrow(Actor.objects.filter(pk__in={actor for _layer, actor in pairs}))
    rows = {row.actor.pk: row for row in as_rows(named, taxonomy)}
    first: dict[int, list[ActorRow]] = {}
    for layer, actor in pairs:
        first.setdefault(layer, []).append(rows[actor])
    return first
