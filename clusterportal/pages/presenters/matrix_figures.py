"""A matrix as the table that pages draw: heat, gaps, and for every number its door into the directory."""

from dataclasses import dataclass

from django.http import QueryDict

from actors.domain.matrix import Matrix
from clusterportal.pages.presenters.selection import with_values

SMALL_STEPS = (2, 4, 7)  # where the second, third and fourth step of heat begin
SMALL_UP_TO = 24  # a larger cell, and fixed steps would paint nearly everything alike


@dataclass(frozen=True)
class Step:
    """A step of heat: how many actors it means. The last one has no upper end."""

    number: int
    low: int
    high: int | None


@dataclass(frozen=True)
class Cell:
    layer: object
    count: int
    step: int  # 0 is a gap
    query: str


@dataclass(frozen=True)
class Row:
    area: object
    cells: list[Cell]
    total: int
    query: str


@dataclass(frozen=True)
class Column:
    layer: object
    total: int
    query: str


@dataclass(frozen=True)
class MatrixTable:
    columns: list[Column]
    rows: list[Row]
    total: int
    steps: list[Step]

    @property
    def cell_count(self) -> int:
        return len(self.columns) * len(self.rows)

    @property
    def gap_count(self) -> int:
        return sum(not cell.count for row in self.rows for cell in row.cells)


def matrix_table(matrix: Matrix, params: QueryDict, *, strongest_first: bool = False) -> MatrixTable:
    """The table of a matrix whose actors were filtered by `params`.

    `strongest_first` leaves out areas without an actor and sorts the others by their total.
    """
    areas = matrix.areas
    begins = heat([matrix.count(layer, area) for area in areas for layer in matrix.layers])
    if strongest_first:
        areas = [area for area in areas if matrix.area_totals.get(area.pk)]
        areas.sort(key=lambda area: -matrix.area_totals[area.pk])
    rows = [
        Row(
            area=area,
            cells=[
                Cell(
                    layer=layer,
                    count=matrix.count(layer, area),
                    step=_step(matrix.count(layer, area), begins),
                    query=with_values(params, layer=layer.slug, area=area.slug),
                )
                for layer in matrix.layers
            ],
            total=matrix.area_totals.get(area.pk, 0),
            query=with_values(params, area=area.slug),
        )
        for area in areas
    ]
    columns = [
        Column(layer, matrix.layer_totals.get(layer.pk, 0), with_values(params, layer=layer.slug))
        for layer in matrix.layers
    ]
    return MatrixTable(columns, rows, matrix.total, _steps(begins))


def heat(counts: list[int]) -> tuple[int, int, int]:
    """Where the upper three of four steps begin: fixed for a small registry, quartiles for a large."""
    filled = sorted(count for count in counts if count)
    if not filled or filled[-1] <= SMALL_UP_TO:
        return SMALL_STEPS
    second = max(filled[len(filled) // 4], 2)
    third = max(filled[len(filled) // 2], second + 1)
    return second, third, max(filled[len(filled) * 3 // 4], third + 1)


def _step(count: int, begins: tuple[int, int, int]) -> int:
    return 1 + sum(count >= begin for begin in begins) if count else 0


def _steps(begins: tuple[int, int, int]) -> list[Step]:
    lows, highs = (1, *begins), (*(begin - 1 for begin in begins), None)
    return [
        Step(number, low, high) for number, (low, high) in enumerate(zip(lows, highs, strict=True), start=1)
    ]
