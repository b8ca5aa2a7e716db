"""The central view of the Cluster Model: how many actors stand on each layer in each application area."""

from dataclasses import dataclass, field

from actors.domain.taxonomy import Taxonomy
from actors.facets.selection import Selection


@dataclass(frozen=True)
class Matrix:
    """Counts of actors by the slugs of layers and areas.

    Totals count every actor once, so they are no sums of their cells.
    """

    layers: list
    areas: list
    counts: dict[tuple[str, str], int]  # (layer, area) -> actors; a missing pair is an empty cell
    layer_totals: dict[str, int]
    area_totals: dict[str, int]
    total: int
    unplaced: int = 0  # actors on no layer yet: in the total, in no column

    def count(self, layer, area) -> int:
        return self.counts.get((layer.slug, area.slug), 0)

    def empty_cells(self) -> list[tuple]:
        """(area, [layers without an actor]) for every area that lacks a link of the chain."""
        missing = [
            (area, [layer for layer in self.layers if not self.count(layer, area)]) for area in self.areas
        ]
        return [(area, layers) for area, layers in missing if layers]


def matrix(selection: Selection, taxonomy: Taxonomy) -> Matrix:
    """The matrix of the selected actors."""
    index, mask = selection.index, selection.mask
    layer_totals = index.counts("layer", mask)
    return Matrix(
        layers=taxonomy.layers,
        areas=taxonomy.areas,
        counts=index.cross_counts("layer", "area", mask),
        layer_totals=layer_totals,
        area_totals=index.counts("area", mask),
        total=selection.count(),
        unplaced=int((mask & ~index.having("layer", layer_totals)).sum()),
    )


@dataclass
class Spread:
    """Actors of one cluster: on each layer (by its slug) and in all; nobody is counted twice."""

    layers: dict[str, int] = field(default_factory=dict)
    total: int = 0


def spread_by_cluster(selection: Selection) -> dict[str, Spread]:
    """How the selected actors spread over the layers, for each cluster (by its slug) that has members among them."""
    found = {cluster: Spread(total=count) for cluster, count in selection.counts("cluster").items()}
    for (layer, cluster), count in selection.index.cross_counts("layer", "cluster", selection.mask).items():
        found[cluster].layers[layer] = count
    return found
