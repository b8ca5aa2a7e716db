"""The central view of the Cluster Model: how many actors stand on each layer in each application area."""

from dataclasses import dataclass

from django.db.models import Count, F, IntegerField, Value

from actors.domain.taxonomy import Taxonomy
from actors.models import ApplicationFocus, LayerPlacement


@dataclass(frozen=True)
class Matrix:
    """Counts of actors. Totals count every actor once, so they are no sums of their cells."""

    layers: list
    areas: list
    counts: dict[tuple[int, int], int]  # (layer id, area id) -> actors; a missing pair is a gap
    layer_totals: dict[int, int]
    area_totals: dict[int, int]
    total: int

    def count(self, layer, area) -> int:
        return self.counts.get((layer.pk, area.pk), 0)

    def gaps(self) -> list[tuple]:
        """(area, [layers without an actor]) for every area that lacks a link of the chain."""
        missing = [
            (area, [layer for layer in self.layers if not self.count(layer, area)]) for area in self.areas
        ]
        return [(area, layers) for area, layers in missing if layers]


def matrix(actors, *, taxonomy: Taxonomy | None = None) -> Matrix:
    """The matrix of a queryset of actors: one query for all counts, one for the total."""
    taxonomy = taxonomy or Taxonomy()
    ids = actors.order_by().values("pk")
    nothing = Value(None, IntegerField())
    placements = LayerPlacement.objects.filter(actor__in=ids).order_by()
    foci = ApplicationFocus.objects.filter(actor__in=ids).order_by()
    cells = (
        placements.filter(actor__foci__isnull=False)
        .values(on=F("layer_id"), within=F("actor__foci__area_id"))
        .annotate(number=Count("pk"))
    )
    rows = cells.union(
        placements.values(on=F("layer_id"), within=nothing).annotate(number=Count("pk")),
        foci.values(on=nothing, within=F("area_id")).annotate(number=Count("pk")),
        all=True,
    )
    counts = {(row["on"], row["within"]): row["number"] for row in rows}
    return Matrix(
        layers=taxonomy.layers,
        areas=taxonomy.areas,
        counts={key: number for key, number in counts.items() if None not in key},
        layer_totals={on: number for (on, within), number in counts.items() if within is None},
        area_totals={within: number for (on, within), number in counts.items() if on is None},
        total=actors.count(),
    )
