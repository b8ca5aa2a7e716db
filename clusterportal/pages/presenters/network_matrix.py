"""Who is tied to whom as tables of counts, where a picture would be too full: by layer, by cluster, by actor."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.http import QueryDict

from actors.domain.taxonomy import Taxonomy
from actors.facets.index import FacetIndex
from actors.landscape.ties import Ties
from actors.models import Actor
from clusterportal.pages.presenters.active_filters import with_values
from clusterportal.pages.presenters.network_pictures import network_address
from clusterportal.pages.presenters.network_relations import main_layers
from layers.models import Layer

MOST_NAMED = 24  # actors with a row and a column each
MOST_GROUPS = 12


@dataclass(frozen=True)
class Label:
    """The head of a row and of a column. `position`: that of a layer, whose colour it has; `short`: for the column."""

    name: str
    short: str
    url: str = ""
    position: int = 0


@dataclass(frozen=True)
class Cell:
    """How many relations; without any there is no door."""

    count: int
    url: str = ""


@dataclass(frozen=True)
class TieTable:
    """Half of a symmetric table: each row begins in its own column (`lead` empty cells before it)."""

    labels: tuple[Label, ...]
    rows: tuple[tuple[Label, range, tuple[Cell, ...]], ...]
    left_out: int = 0  # rows


def by_layer(flows: Mapping[tuple[int, int], int], layers: Sequence[Layer], address: str) -> TieTable:
    """Relations by pair of main layers; `address` of the network page ends in "pair="."""
    labels = [Label(str(layer.name), str(layer.position), position=layer.position) for layer in layers]

    def cell(row: int, column: int) -> Cell:
        pair = (layers[row].position, layers[column].position)  # in their order
        count = flows.get(pair, 0)
        return Cell(count, f"{address}{pair[0]}-{pair[1]}" if count else "")

    return _half(labels, cell)


def layer_flows(ties: Ties, index: FacetIndex) -> dict[tuple[int, int], int]:
    """How many relations join each two main layers; actors without a layer are left out."""
    ends = np.sort(main_layers(index, ties)[ties.ends], axis=1)
    pairs = Counter(map(tuple, ends[(ends > 0).all(axis=1)].tolist()))
    return dict(pairs)


def by_cluster(ties: Ties, index: FacetIndex, taxonomy: Taxonomy, params: QueryDict) -> TieTable | None:
    """Relations within and between clusters, those of one region side by side; an actor in several counts in each.

    None where fewer than two clusters have any.
    """
    clusters = sorted(taxonomy.clusters, key=lambda one: (str(one.region), one.position, one.slug))
    groups = [(f"{cluster.name} ({cluster.region})", [cluster.slug]) for cluster in clusters]
    return _between(groups, ties, index, params)


def by_region(ties: Ties, index: FacetIndex, taxonomy: Taxonomy, params: QueryDict) -> TieTable | None:
    """The same of regions, which are the members of all clusters there."""
    slugs: dict[str, list[str]] = {}
    for cluster in taxonomy.clusters:
        slugs.setdefault(str(cluster.region), []).append(cluster.slug)
    return _between(sorted(slugs.items()), ties, index, params)


def _between(
    groups: Sequence[tuple[str, list[str]]], ties: Ties, index: FacetIndex, params: QueryDict
) -> TieTable | None:
    """Relations within and between groups, each a name and slugs of clusters; the MOST_GROUPS with the most of them."""
    masks = [index.having("cluster", slugs) for _name, slugs in groups]
    counts = [len(ties.touching(mask)) for mask in masks]
    tied = [number for number, count in enumerate(counts) if count]
    shown = sorted(sorted(tied, key=lambda number: -counts[number])[:MOST_GROUPS])
    if len(shown) < 2:
        return None
    one, other = ties.ends[:, 0], ties.ends[:, 1]

    def cell(row: int, column: int) -> Cell:
        (mine, theirs), slugs = (masks[shown[row]], masks[shown[column]]), groups[shown[row]][1]
        count = int(np.count_nonzero((mine[one] & theirs[other]) | (mine[other] & theirs[one])))
        own = {"border": "inside"} if row == column else {"other": groups[shown[column]][1]}
        return Cell(count, f"?{with_values(params, cluster=slugs, **own)}" if count else "")

    labels = [
        Label(groups[place][0], str(number), f"?{with_values(params, cluster=groups[place][1])}")
        for number, place in enumerate(shown, 1)
    ]
    return _half(labels, cell, left_out=len(tied) - len(shown))


def by_actor(ties: Ties, index: FacetIndex) -> TieTable:
    """Relations between at most MOST_NAMED actors, each with a row: those with the most relations first."""
    degrees = ties.degrees(len(index.keys))
    places = np.unique(ties.ends)
    places = places[np.argsort(-degrees[places], kind="stable")]
    actors = Actor.objects.with_keys(index.keys[places].tolist()).only("slug", "name", "short_name").in_bulk()
    shown = [place for place in places.tolist() if int(index.keys[place]) in actors][:MOST_NAMED]
    pairs = Counter(map(tuple, np.sort(ties.ends, axis=1).tolist()))
    labels = [
        Label(str(actor), str(number), network_address(actor))
        for number, place in enumerate(shown, 1)
        for actor in [actors[int(index.keys[place])]]
    ]

    def cell(row: int, column: int) -> Cell:
        return Cell(pairs[tuple(sorted((shown[row], shown[column])))])

    return _half(labels, cell, left_out=len(places) - len(shown))


def _half(labels: Sequence[Label], cell, *, left_out: int = 0) -> TieTable:
    size = len(labels)
    rows = tuple(
        (label, range(row), tuple(cell(row, column) for column in range(row, size)))
        for row, label in enumerate(labels)
    )
    return TieTable(tuple(labels), rows, left_out)
