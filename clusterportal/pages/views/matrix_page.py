"""The matrix: layers across, application areas down."""

from django.views.generic import TemplateView

from actors.enums import RegionSide
from actors.landscape.matrix import matrix
from actors.landscape.region import divided
from clusterportal.pages.presenters.active_filters import ActiveFilters, with_values
from clusterportal.pages.presenters.embedding import embed_of
from clusterportal.pages.presenters.matrix_figures import matrix_table, region_context

# As filters they would make the cells differ from the directory that they link to.
AXES = ("layer", "area", "ordering")


class MatrixView(TemplateView):
    template_name = "pages/matrix.html"

    def get(self, request, *args, **kwargs):
        filters = ActiveFilters(request.GET, own=("cluster", "kind"), axes=AXES)
        counted = _matrix(filters) if filters.is_valid else {"params": filters.params}
        context = self.get_context_data(selection=filters) | counted
        context["embed"] = embed_of(request, "matrix", context.pop("params"))
        return self.render_to_response(context, status=200 if filters.is_valid else 400)


def _matrix(filters: ActiveFilters) -> dict:
    """The table under the filters, what it leaves out, and what it can be narrowed by."""
    chosen = filters.filterset.selection
    inside, outside = divided(chosen, filters.taxonomy)
    params, is_whole = filters.params, bool(filters.chosen("region"))
    scope = region_context(outside)
    if not is_whole and scope["outside_count"]:
        params = params.copy()
        params["region"] = RegionSide.INSIDE
    counted = matrix(chosen if is_whole else inside, filters.taxonomy)
    return {
        "table": matrix_table(counted, params),
        "params": params,
        "query": params.urlencode(),
        "unplaced": counted.unplaced,
        "is_whole": is_whole,
        "outside_count": scope["outside_count"],
        "outside_query": with_values(params, region=RegionSide.OUTSIDE),
        "whole_query": with_values(params, region=RegionSide.values),
        "gaps": [_gap(area, layers) for area, layers in counted.empty_cells()],
        "clusters": filters.taxonomy.clusters,
        "kinds": filters.filterset.facets(["kind"])["kind"],
        "chosen_clusters": filters.chosen("cluster"),
        "chosen_kinds": filters.chosen("kind"),
    }


def _gap(area, layers) -> dict:
    missing = [layer.position for layer in layers]
    return {
        "area": area,
        "layers": layers,
        "missing": missing,
        "present": [position for position in range(1, 6) if position not in missing],
    }
