"""Step 1 of an action plan as a table: clusters down, layers across, every number a link to the directory."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from actors.landscape.strength import heat, heat_step
from clusterportal.clusters.models import Cluster
from clusterportal.pages.presenters.active_filters import with_values
from clusterportal.pages.presenters.matrix_figures import LayerColumn, TableCell
from clusterportal.plans.domain.competences import Competences


@dataclass(frozen=True)
class ClusterRow:
    cluster: Cluster
    cells: list[TableCell]
    total: int
    query: str


def competence_table(found: Competences) -> dict:
    """Context of `_plan_matrix.html`: columns, rows, areas, total, says."""
    params = QueryDict(mutable=True)
    params.setlist("area", [area.slug for area in found.areas])
    begins = heat([count for row in found.rows for count in row.layers.values()])
    rows = []
    for row in found.rows:
        own = QueryDict(with_values(params, cluster=row.cluster.slug))
        cells = [
            TableCell(
                layer,
                row.cluster,
                row.layers.get(layer.slug, 0),
                heat_step(row.layers.get(layer.slug, 0), begins),
                with_values(own, layer=layer.slug),
            )
            for layer in found.layers
        ]
        rows.append(ClusterRow(row.cluster, cells, row.total, own.urlencode()))
    columns = [LayerColumn(layer, 0, with_values(params, layer=layer.slug)) for layer in found.layers]
    return {
        "columns": columns,
        "rows": rows,
        "areas": found.areas,
        "total": found.total,
        "says": _finding(found),
    }


def _finding(found: Competences) -> str:
    """What the table shows, in one sentence; it names the weakness where there is one."""
    if not found.areas:
        return _("The plan names no application areas yet.")
    if not found.total:
        return _("No cluster of the plan has actors in its areas yet.")
    lacking = [layer for layer in found.layers if layer.slug not in found.covered]
    if lacking:
        numbers = ", ".join(str(layer.position) for layer in lacking)
        return _("The chain has a hole: nobody stands on layer %(layers)s.") % {"layers": numbers}
    gaps = [row for row in found.rows if len(row.layers) < len(found.layers)]
    if not gaps:
        return _("Every cluster covers all five layers of the chain.")
    return _("Together the chain stands: what one cluster lacks, another one has.")
