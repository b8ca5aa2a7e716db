"""The central view of the Cluster Model: how many actors stand on each layer in each application area."""

from dataclasses import dataclass

import numpy as np

from actors.domain.taxonomy import Taxonomy
from actors.facets.selection import rows_of


@dataclass(frozen=True)
class Matrix:
    """Counts of actors. Totals count every actor once, so they are no sums of their cells."""

    layers: list
    areas: list
    counts: dict[tuple[int, int], int]  # (layer id, area id) -> actors; a missing pair is a gap
    layer_totals: dict[int, int]
    area_totals: dict[int, int]
    total: int
    unplaced: int = 0  # actors on no layer yet: in the total, in no column

    def count(self, layer, area) -> int:
        return self.counts.get((layer.pk, area.pk), 0)

    def gaps(self) -> list[tuple]:
        """(area, [layers without an actor]) for every area that lacks a link of the chain."""
        missing = [
            (area, [layer for layer in self.layers if not self.count(layer, area)]) for area in self.areas
        ]
        return [(area, layers) for area, layers in missing if layers]


def matrix(actors, *, taxonomy: Taxonomy | None = None) -> Matrix:
    """The matrix of a Selection or of a queryset of published actors, counted on the public roll."""
    taxonomy = taxonomy or Taxonomy()
    roll, rows = rows_of(actors)
    return Matrix(
        layers=taxonomy.layers,
        areas=taxonomy.areas,
        counts=roll.cross_layers("area", rows),
        layer_totals=roll.count_layers(rows),
        area_totals=roll.count_keys("area", rows),
        total=int(np.count_nonzero(rows)),
        unplaced=int(np.count_nonzero(rows & (roll.layers == 0))),
    )
