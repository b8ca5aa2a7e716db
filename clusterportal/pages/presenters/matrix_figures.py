"""Counts of the matrix as pages draw them: a table with heat and gaps, threads of areas, strips of five layers."""

from dataclasses import dataclass

from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.enums import RegionSide
from actors.facets.selection import Selection
from actors.landscape.matrix import Matrix
from actors.landscape.strength import heat, heat_step, knot_size
from applications.models import ApplicationArea
from clusterportal.clusters.models import Cluster
from clusterportal.pages.presenters.active_filters import with_values
from layers.models import Layer

_INSIDE = f"region={RegionSide.INSIDE}"


@dataclass(frozen=True)
class Step:
    """A step of heat: how many actors it means. The last one has no upper end."""

    number: int
    low: int
    high: int | None


@dataclass(frozen=True)
class TableCell:
    """Actors of a group on a layer; `query` finds them in the directory."""

    layer: Layer
    group: ApplicationArea | Cluster
    count: int
    step: int  # 0 is a gap
    query: str

    @property
    def shown(self) -> str:
        return intcomma(self.count)

    @property
    def meaning(self) -> str:
        """What the ear hears: "3 actors: layer 2, Mobility"."""
        text = ngettext(
            "%(shown)s actor: layer %(layer)s, %(group)s",
            "%(shown)s actors: layer %(layer)s, %(group)s",
            self.count,
        )
        return text % {"shown": self.shown, "layer": self.layer.position, "group": self.group.name}


@dataclass(frozen=True)
class AreaRow:
    area: ApplicationArea
    cells: list[TableCell]
    total: int
    query: str


@dataclass(frozen=True)
class LayerColumn:
    layer: Layer
    total: int
    query: str


@dataclass(frozen=True)
class MatrixTable:
    columns: list[LayerColumn]
    rows: list[AreaRow]
    total: int
    steps: list[Step]

    @property
    def cell_count(self) -> int:
        return len(self.columns) * len(self.rows)

    @property
    def empty_cell_count(self) -> int:
        return sum(not cell.count for row in self.rows for cell in row.cells)


def matrix_table(matrix: Matrix, params: QueryDict, *, strongest_first: bool = False) -> MatrixTable:
    """The table of a matrix whose actors were filtered by `params`.

    `strongest_first` leaves out areas without an actor and sorts the others by their total.
    """
    areas = matrix.areas
    begins = heat([matrix.count(layer, area) for area in areas for layer in matrix.layers])
    if strongest_first:
        areas = [area for area in areas if matrix.area_totals.get(area.slug)]
        areas.sort(key=lambda area: -matrix.area_totals[area.slug])
    rows = [
        AreaRow(
            area=area,
            cells=[
                TableCell(
                    layer=layer,
                    group=area,
                    count=matrix.count(layer, area),
                    step=heat_step(matrix.count(layer, area), begins),
                    query=with_values(params, layer=layer.slug, area=area.slug),
                )
                for layer in matrix.layers
            ],
            total=matrix.area_totals.get(area.slug, 0),
            query=with_values(params, area=area.slug),
        )
        for area in areas
    ]
    columns = [
        LayerColumn(layer, matrix.layer_totals.get(layer.slug, 0), with_values(params, layer=layer.slug))
        for layer in matrix.layers
    ]
    return MatrixTable(columns, rows, matrix.total, _steps(begins))


def _steps(begins: tuple[int, int, int]) -> list[Step]:
    lows, highs = (1, *begins), (*(begin - 1 for begin in begins), None)
    return [
        Step(number, low, high) for number, (low, high) in enumerate(zip(lows, highs, strict=True), start=1)
    ]


@dataclass(frozen=True)
class LayerCount:
    """The actors of a group on one layer."""

    layer: Layer
    count: int

    @property
    def words(self) -> str:
        """What the ear hears before the number, or instead of it."""
        text = _("Layer %(number)s:") if self.count else _("Layer %(number)s: gap")
        return text % {"number": self.layer.position}


@dataclass(frozen=True)
class Knot(LayerCount):
    """A circle on the thread of an area; its `size` is 0 where there is a gap. `query` finds its actors."""

    area: ApplicationArea
    size: int

    @property
    def query(self) -> str:
        return f"layer={self.layer.slug}&area={self.area.slug}"

    @property
    def meaning(self) -> str:
        """What the ear hears after the number: "actors, layer 2, Mobility"."""
        text = ngettext("actor, layer %(layer)s, %(area)s", "actors, layer %(layer)s, %(area)s", self.count)
        return text % {"layer": self.layer.position, "area": self.area.name}


@dataclass(frozen=True)
class Thread:
    """An area across the five layers."""

    group: ApplicationArea
    cells: list[Knot]
    total: int


def area_threads(matrix: Matrix) -> list[Thread]:
    """A thread for every area; the sizes of the knots follow the quantiles of all counts."""
    ranked = sorted(set(matrix.counts.values()))
    return [
        Thread(
            area,
            [_knot(layer, area, matrix.count(layer, area), ranked) for layer in matrix.layers],
            matrix.area_totals.get(area.slug, 0),
        )
        for area in matrix.areas
    ]


def _knot(layer: Layer, area: ApplicationArea, count: int, ranked: list[int]) -> Knot:
    return Knot(layer, count, area, knot_size(count, ranked))


def layer_counts(layers, counts: dict[str, int]) -> list[LayerCount]:
    """Counts by the slug of the layer, for all five layers."""
    return [LayerCount(layer, counts.get(layer.slug, 0)) for layer in layers]


def region_context(outside: Selection) -> dict:
    """Template context: how many actors lie outside the region, and the filter for links from counts.

    Without actors outside, the filter is empty: the directory has the same count without it.
    """
    number = outside.count()
    return {"outside_count": number, "region": _INSIDE if number else ""}
