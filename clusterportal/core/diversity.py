"""How evenly things spread over the cells of a table: pure formulas, each with its source.

Masses are what lies in a cell: any numbers from nought up. Where a measure is not defined the answer is None, never
nought and never nan. Entropies are in bit.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from math import fsum, log2
from typing import TypeVar

Cell = TypeVar("Cell", bound=Hashable)
Group = TypeVar("Group", bound=Hashable)


@dataclass(frozen=True)
class Variety:
    """Entropy of the cells in bit, and its two parts: between the groups and inside them."""

    total: float
    unrelated: float
    related: float


@dataclass(frozen=True)
class Evenness:
    """How near a spread is to the most even one, 0 to 1, with the number of cells that it was measured against."""

    value: float
    cell_count: int


def shares_of(masses: Iterable[float]) -> list[float]:
    """Shares of the whole, without the empty cells; an empty list where there is nothing."""
    filled = [mass for mass in masses if mass]
    if any(mass < 0 for mass in filled):
        raise ValueError("a mass is at least nought")
    whole = fsum(filled)
    return [mass / whole for mass in filled]


def entropy(masses: Iterable[float]) -> float | None:
    """Shannon's entropy H = sum of p log2(1/p), in bit: 0 for one cell, None where all are empty.

    Shannon (1948): A mathematical theory of communication. An empty cell adds nothing (0 log 0 = 0).
    """
    shares = shares_of(masses)
    return fsum(share * log2(1 / share) for share in shares) if shares else None


def variety(cells: Mapping[tuple[Group, Cell], float]) -> Variety | None:
    """Unrelated and related variety of masses by (group, class), in bit; None where all are empty.

    Frenken, Van Oort & Verburg (2007): Related variety, unrelated variety and regional economic growth, Regional
    Studies 41(5). UV = sum over groups of P log2(1/P); RV = sum over groups of P times the entropy inside the group;
    UV + RV = entropy of the cells. Their classes lie inside the groups (industries of five digits in those of two);
    layers and areas cross. Here the group is the area and the class the cell: RV is what layers add to areas.
    """
    total = entropy(cells.values())
    if total is None:
        return None
    groups: dict[Group, list[float]] = {}
    for (group, _), mass in cells.items():
        groups.setdefault(group, []).append(mass)
    unrelated = entropy(fsum(masses) for masses in groups.values()) or 0.0
    return Variety(total=total, unrelated=unrelated, related=max(total - unrelated, 0.0))


def effective_number(masses: Iterable[float]) -> float:
    """How many equally filled cells would be as varied: 2 to the power of H; 0 where all are empty, 1 for one cell.

    Hill (1973): Diversity and evenness, Ecology 54(2), the number of order 1.
    """
    bits = entropy(masses)
    return 0.0 if bits is None else float(2**bits)


def evenness(masses: Iterable[float], *, cell_count: int) -> Evenness | None:
    """Pielou's evenness H / log2 K over all K cells there are, also the empty ones.

    None where all are empty or K is 1. K changes when a layer or an area is added, so it goes with the value.
    Pielou (1966): The measurement of diversity in different types of biological collections.
    ValueError where more cells are filled than there are.
    """
    filled = [mass for mass in masses if mass]
    if len(filled) > cell_count:
        raise ValueError(f"{len(filled)} filled cells of {cell_count}")
    bits = entropy(filled)
    if bits is None or cell_count < 2:
        return None
    return Evenness(min(bits / log2(cell_count), 1.0), cell_count)


def herfindahl(masses: Iterable[float]) -> float | None:
    """Herfindahl-Hirschman index, the sum of squared shares: 1 for one cell, None where all are empty."""
    shares = shares_of(masses)
    return fsum(share * share for share in shares) if shares else None


def normalised_herfindahl(masses: Iterable[float]) -> float | None:
    """(HHI - 1/N) / (1 - 1/N) over the N filled cells: 0 for equal shares, 1 for one cell, None where all are empty."""
    shares = shares_of(masses)
    index = herfindahl(shares)
    if index is None:
        return None
    if len(shares) == 1:
        return 1.0
    least = 1 / len(shares)
    return max((index - least) / (1 - least), 0.0)


def location_quotient(*, part: float, whole: float, region_part: float, region_whole: float) -> float | None:
    """(part / whole) / (region_part / region_whole): above 1, the part weighs more here than in the region.

    None where a denominator is nought. As in the European Cluster Observatory's method; counted in actors it says
    nothing of employment, and the region includes the cluster: both are said where it is shown.
    """
    if not (whole and region_part and region_whole):
        return None
    return (part / whole) / (region_part / region_whole)
