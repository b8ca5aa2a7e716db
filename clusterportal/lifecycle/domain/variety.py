"""How the knowledge of a cluster spreads over the cells of its matrix, layer by application area.

An actor stands in every cell of one of its layers and one of its areas. Two ways of counting, each said where it is
used: *namings*, one for each actor and cell, because a broad actor brings its knowledge to each of them
(heterogeneity); *masses*, 1/k for an actor with k cells, so that all actors weigh alike (variety).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from actors.domain.taxonomy import Taxonomy
from clusterportal.core import diversity
from clusterportal.core.indicator import Reason
from clusterportal.lifecycle.enums import Figure

Cell = tuple[int, int]  # primary keys: area (the group), layer (its class)

_CELLS = """
SELECT area_id, layer_id, count(*), sum(1.0 / cells)::double precision
FROM (
    SELECT focus.area_id, placement.layer_id, count(*) OVER (PARTITION BY placement.actor_id) AS cells
    FROM actors_layerplacement placement JOIN actors_applicationfocus focus USING (actor_id)
    WHERE placement.actor_id = ANY(%s) AND focus.area_id = ANY(%s)
) AS naming
GROUP BY area_id, layer_id ORDER BY area_id, layer_id
"""


@dataclass(frozen=True)
class Cells:
    """The filled cells of some actors, counted in both ways, and how many cells there are: layers x active areas."""

    namings: dict[Cell, int]
    masses: dict[Cell, float]
    cell_count: int


def cells_of(actors: Iterable[int], taxonomy: Taxonomy) -> Cells:
    """The cells of the actors with these primary keys; one query. Areas that are no longer active are left out."""
    areas = [area.pk for area in taxonomy.areas]
    with connection.cursor() as cursor:
        cursor.execute(_CELLS, [list(actors), areas])
        rows = cursor.fetchall()
    return Cells(
        namings={(area, layer): number for area, layer, number, _mass in rows},
        masses={(area, layer): mass for area, layer, _number, mass in rows},
        cell_count=len(taxonomy.layers) * len(areas),
    )


def variety_figures(cells: Cells) -> dict[Figure, float | Reason]:
    """Heterogeneity over the namings; variety, effective number and concentration over the masses."""
    even = diversity.evenness(cells.namings.values(), cell_count=cells.cell_count)
    parts = diversity.variety(cells.masses)
    if parts is None:
        return dict.fromkeys(_FIGURES, Reason.NOT_RECORDED)
    masses = cells.masses.values()
    values = (
        even.value if even else Reason.NOT_DEFINED,  # with a single cell in all
        diversity.effective_number(masses),
        parts.total,
        parts.unrelated,
        parts.related,
        diversity.herfindahl(masses),
        diversity.normalised_herfindahl(masses),
    )
    return {figure: value for figure, value in zip(_FIGURES, values, strict=True) if value is not None}


_FIGURES = (
    Figure.HETEROGENEITY,
    Figure.EFFECTIVE_CELLS,
    Figure.VARIETY,
    Figure.UNRELATED_VARIETY,
    Figure.RELATED_VARIETY,
    Figure.CONCENTRATION,
    Figure.CONCENTRATION_NORMALISED,
)
