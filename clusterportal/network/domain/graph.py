"""Relations and cooperation projects as one simple graph: the only way in which they become ties.

All measures and pictures take its output. Parallel ties collapse to one, self ties drop; what stands behind a tie
is kept. What a cluster ever was is read once: every day and every border is cut out of it.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, groupby
from operator import itemgetter
from typing import Self

import igraph
import numpy as np
from django.db.models import Exists, OuterRef, Q

from actors.enums import DIRECTED_RELATIONS
from actors.models import Actor, ActorRelation, LayerPlacement, Membership
from clusterportal.history.data_version import current_version
from clusterportal.network.domain.choice import GraphChoice
from clusterportal.network.domain.tie_records import (
    KIND_NUMBERS,
    NEVER,
    UNKNOWN,
    Record,
    Records,
    Spans,
    days_of,
    days_of_years,
)
from clusterportal.network.enums import PROJECT, Border
from clusterportal.network.models import ProjectPartner

Row = tuple[
    int, int, int, int, int, int
]  # what one record says: two actors, number of the kind, key, begin, end


@dataclass(frozen=True, eq=False)
class Network:
    """A simple graph. Actors without a tie belong to it. It is shared by requests and stays as it is."""

    choice: GraphChoice
    actors: np.ndarray  # primary keys, ascending
    members: Spans  # of those that were asked for, by their places in `actors`: how long they belong to it
    ties: np.ndarray  # two columns, places in `actors`; directed: from, to; else the lower place first
    records: Records

    def __post_init__(self):
        for array in (self.actors, self.ties):
            array.setflags(write=False)

    @property
    def size(self) -> int:
        return len(self.actors)

    @cached_property
    def is_inside(self) -> np.ndarray:
        """By actor: is it one of those that were asked for, and not one at the end of a tie that leads out?"""
        return _marked(self.members.place, self.size)

    @cached_property
    def graph(self) -> igraph.Graph:
        """The same as a graph of igraph: vertex and edge numbers are places in `actors` and `ties`."""
        return igraph.Graph(self.size, self.ties.tolist(), directed=self.choice.directed)

    @cached_property
    def main_layers(self) -> np.ndarray:
        """By actor the primary key of its main layer, where none is marked of the first it stands on; 0 without one."""
        placements = LayerPlacement.objects.filter(actor__pk__any_of=set(self.actors.tolist()))
        order = placements.order_by("actor_id", "-is_primary", "layer__position").distinct("actor_id")
        return self.by_actor(order.values_list("actor_id", "layer_id"))

    @cached_property
    def behind(self) -> tuple[tuple[Record, ...], ...]:
        """By tie what stands behind it."""
        return self.records.by_place(len(self.ties))

    @property
    def description(self) -> str:
        """What the network is made of, as one or two sentences in the active language; every figure names it."""
        return self.choice.described(undated=self.records.undated)

    @cached_property
    def inside(self) -> Self:
        """The same without the ties that lead out, and without those at their ends."""
        choice = replace(self.choice, border=Border.INSIDE)
        return self.part(choice, self.members, np.ones(len(self.records), bool))

    def on(self, choice: GraphChoice) -> Self:
        """What a choice of a day names of this network, which is the same choice of any time."""
        assert choice.as_of
        members = self.members if choice.ever else self.members.where(self.members.stand_on(choice.as_of))
        return self.part(choice, members, self.records.stand_on(choice.as_of))

    def part(self, choice: GraphChoice, members: Spans, is_kept: np.ndarray) -> Self:
        """These of the members with the ties behind which any of the records that are kept stands.

        By the border of the choice the ties among them, or also those that lead out.
        """
        stays = _marked(members.place, self.size)
        ends = stays[self.ties]
        is_in = ends.all(axis=1) if choice.border == Border.INSIDE else ends.any(axis=1)
        records = self.records.where(is_kept & is_in[self.records.place])
        holds = _marked(records.place, len(self.ties))
        stays[self.ties[holds]] = True
        place, number = _renumbered(stays), _renumbered(holds)
        return type(self)(
            choice,
            self.actors[stays],
            members.at(place[members.place]),
            place[self.ties[holds]],
            records.at(number[records.place]),
        )

    def numbered_ties(self, actors: np.ndarray) -> np.ndarray:
        """Each tie as one number, the same in every network that is asked with the same `actors`.

        These are ascending primary keys with all of this network among them; of the number, `divmod` by how many they
        are gives the places of both ends.
        """
        ends = np.searchsorted(actors, self.actors)[self.ties]
        return ends[:, 0] * len(actors) + ends[:, 1]

    def by_actor(self, rows) -> np.ndarray:
        """By actor the second value of its row, 0 without one; an actor has at most one row."""
        pairs = np.array(list(rows), np.int64).reshape(-1, 2)
        found = np.zeros(self.size, np.int64)
        found[np.searchsorted(self.actors, pairs[:, 0])] = pairs[:, 1]
        return found


_kept: dict[GraphChoice, tuple[str, Network]] = {}  # with the version of the data that each is of
_MOST_KEPT = 16


def network_of(choice: GraphChoice) -> Network:
    """The simple graph of what `choice` names, in at most three queries; in none if nothing was committed since."""
    if choice.border == Border.INSIDE:
        return network_of(replace(choice, border=Border.TOUCHING)).inside
    version = current_version()  # None inside a transaction
    kept = _kept.get(choice)
    if kept and version and kept[0] == version:
        return kept[1]
    network = _made(choice)
    if version:
        _kept.pop(choice, None)
        for oldest in [*_kept][: len(_kept) + 1 - _MOST_KEPT]:
            _kept.pop(oldest, None)
        _kept[choice] = (version, network)
    return network


def _made(choice: GraphChoice) -> Network:
    if choice.as_of:
        return network_of(replace(choice, as_of=None, ever=True)).on(choice)
    members = _members(choice)
    keys = {actor for actor, _begin, _end in members}
    rows = _relations(choice, keys) if choice.kinds else []
    if choice.with_projects:
        rows += _pairs_of_partners(choice, keys)
    return simple_network(choice, members, rows)


def simple_network(choice: GraphChoice, members: list[tuple[int, int, int]], rows: list[Row]) -> Network:
    """The simple graph of members (primary key, begin, end) and of what joins them or leads out.

    Self ties drop, parallel ties become one.
    """
    spans = Spans(*np.array(members, np.int64).reshape(-1, 3).T)
    found = np.array(rows, np.int64).reshape(-1, 6)
    found = found[found[:, 0] != found[:, 1]]
    actors = np.union1d(spans.place, found[:, :2])
    ends = np.searchsorted(actors, found[:, :2])
    if choice.directed:  # what has no direction holds both ways
        is_mutual = ~np.isin(found[:, 2], [KIND_NUMBERS[kind] for kind in DIRECTED_RELATIONS])
        ends = np.concatenate([ends, ends[is_mutual, ::-1]])
        found = np.concatenate([found, found[is_mutual]])
    else:
        ends = np.sort(ends, axis=1)
    pairs, place = np.unique(ends[:, 0] * len(actors) + ends[:, 1], return_inverse=True)
    ties = np.column_stack(np.divmod(pairs, max(len(actors), 1)))
    _ends, _others, kind, key, begin, end = found.T
    records = Records(place, begin, end, kind, key).where(np.argsort(place, kind="stable"))
    return Network(choice, actors, spans.at(np.searchsorted(actors, spans.place)), ties, records)


def _members(choice: GraphChoice) -> list[tuple[int, int, int]]:
    """The primary keys of the actors that the choice asks for, and how long each belongs to it."""
    actors = Actor.objects.published() if choice.public else Actor.objects.all()
    if choice.cluster is not None:
        memberships = Membership.objects.public() if choice.public else Membership.objects.all()
        found = memberships.filter(cluster=choice.cluster, actor__in=actors).order_by()
        rows = found.values_list("actor_id", "since", "until")
        return [(actor, *days_of(since, until)) for actor, since, until in rows]
    if choice.actors is not None:
        actors = actors.with_keys(choice.actors)
    return [(key, UNKNOWN, NEVER) for key in actors.primary_keys()]


def _relations(choice: GraphChoice, keys: set[int]) -> list[Row]:
    relations = ActorRelation.objects.filter(kind__in=choice.kinds)
    if choice.public:
        relations = relations.public()
    if choice.has_border:
        relations = relations.filter(Q(source__pk__any_of=keys) | Q(target__pk__any_of=keys))
    rows = relations.order_by("pk").values_list("source_id", "target_id", "kind", "pk", "since", "until")
    return [
        (source, target, KIND_NUMBERS[kind], key, *days_of_years(since, until))
        for source, target, kind, key, since, until in rows
    ]


def _pairs_of_partners(choice: GraphChoice, keys: set[int]) -> list[Row]:
    """Every pair of partners of a project of whom one is asked for at least; examples tie nobody."""
    partners = ProjectPartner.objects.public() if choice.public else ProjectPartner.objects.all()
    partners = partners.filter(project__is_example=False)
    if choice.has_border:
        own = ProjectPartner.objects.filter(project=OuterRef("project"), actor__pk__any_of=keys)
        partners = partners.filter(Exists(own))
    rows = partners.order_by("project_id", "actor_id").values_list(
        "project_id", "project__starts_on", "project__ends_on", "actor_id"
    )
    return [
        (one, other, KIND_NUMBERS[PROJECT], key, *days_of(since, until))
        for (key, since, until), group in groupby(rows, itemgetter(0, 1, 2))
        for one, other in combinations(map(itemgetter(3), group), 2)
        if one in keys or other in keys
    ]


def _marked(places: np.ndarray, size: int) -> np.ndarray:
    """A mask of this size that is set at these places."""
    mask = np.zeros(size, bool)
    mask[places] = True
    return mask


def _renumbered(mask: np.ndarray) -> np.ndarray:
    """By place under the mask its place among those that are set."""
    return np.cumsum(mask) - 1
