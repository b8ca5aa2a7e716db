"""The tables of the network page: its relations, its actors, and who is tied to whom by layer, cluster and region."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from actors.facets.index import FacetIndex
from actors.facets.selection import Selection
from actors.landscape.ties import Ties
from actors.models import Actor, ActorRelation
from clusterportal.core.web_hosts import host_of
from clusterportal.pages.presenters.active_filters import address_without
from clusterportal.pages.presenters.network_actors import keys_in_order, tied_actors
from clusterportal.pages.presenters.network_filters import NetworkFilters
from clusterportal.pages.presenters.network_matrix import (
    MOST_NAMED,
    by_actor,
    by_cluster,
    by_layer,
    by_region,
    layer_flows,
)

_NAMING = ("slug", "name", "short_name", "country")
_ENDS = ("source__sort_key", "kind", "target__sort_key", "pk")
_ORDERS: dict[str, tuple] = {
    "from": _ENDS,
    "-from": ("-source__sort_key", "kind", "target__sort_key", "pk"),
    "kind": ("kind", *_ENDS),
    "-kind": ("-kind", *_ENDS),
    "to": ("target__sort_key", *_ENDS),
    "-to": ("-target__sort_key", *_ENDS),
    "since": (F("since").asc(nulls_last=True), *_ENDS),
    "-since": (F("since").desc(nulls_last=True), *_ENDS),
}


@dataclass(frozen=True)
class Rows:
    """A table of which pages are read."""

    number: int
    read: Callable[[slice], list[Any]]

    def count(self) -> int:
        return self.number

    def __getitem__(self, wanted: slice) -> list[Any]:
        return self.read(wanted) if self.number else []


def rows_of(ties: Ties, index: FacetIndex, filters: NetworkFilters) -> Rows:
    """The relations, or the actors that they join, in the order asked for."""
    if filters.table == "relations":
        relations = _named(ties, index).order_by(*_ORDERS[filters.ordering])
        return Rows(len(ties), lambda wanted: [_with_host(one) for one in relations[wanted]])
    keys = keys_in_order(ties, index, filters.ordering)
    return Rows(len(keys), lambda wanted: tied_actors(keys[wanted], ties, index))


def _named(ties: Ties, index: FacetIndex):
    """The relations with what a row of the table shows."""
    relations = ActorRelation.objects.public()
    if len(ties) < len(Ties.of(index)):
        relations = relations.filter(pk__any_of=ties.keys.tolist())
    ends = [f"{end}__{column}" for end in ("source", "target") for column in _NAMING]
    return relations.select_related("source", "target").only("kind", "since", "until", "evidence", *ends)


def _with_host(relation: ActorRelation) -> ActorRelation:
    relation.evidence_host = host_of(relation.evidence)  # type: ignore[attr-defined]  # for the template alone
    return relation


def years() -> list[int]:
    """The years in which a public relation began or ended, the latest first."""
    pairs = ActorRelation.objects.public().order_by().values_list("since", "until").distinct()
    return sorted({year for pair in pairs for year in pair if year}, reverse=True)


def matrices(ties: Ties, filters: NetworkFilters, ends: Selection, center: Actor | None) -> dict:
    """Who is tied to whom, as tables whose numbers lead to exactly the relations that they count."""
    index, taxonomy, params = ends.index, filters.taxonomy, filters.params
    if center:
        return {}
    found: dict = {}
    if not filters.pair:
        kept = address_without(params, "pair").removeprefix("?")
        found["layer_table"] = by_layer(
            layer_flows(ties, index), taxonomy.layers, f"?{kept}{'&' if kept else ''}pair="
        )
    if not ends.masks and not filters.others:
        found["cluster_table"] = by_cluster(ties, index, taxonomy, params)
        found["region_table"] = by_region(ties, index, taxonomy, params)
    if len(set(ties.ends.ravel().tolist())) <= MOST_NAMED:
        found["actor_table"] = by_actor(ties, index)
    return found
