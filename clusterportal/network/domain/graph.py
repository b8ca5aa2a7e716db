"""Relations and cooperation projects as one simple graph: the only way in which they become ties.

All measures and pictures take its output. Parallel ties collapse to one, self ties drop; what stands behind a tie
is kept.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import combinations, groupby
from operator import itemgetter
from typing import NamedTuple, Self

import igraph
import numpy as np
from django.db.models import Exists, OuterRef, Q, QuerySet

from actors.enums import DIRECTED_RELATIONS
from actors.models import Actor, ActorRelation, Membership
from clusterportal.history.data_version import current_version
from clusterportal.network.domain.choice import GraphChoice
from clusterportal.network.enums import PROJECT, Border
from clusterportal.network.models import CooperationProject, ProjectPartner


class Record(NamedTuple):
    """What stands behind a tie: a relation or a project by its primary key, and the half-open interval it stands."""

    kind: str  # a `RelationKind`, or PROJECT
    key: int
    since: date | None
    until: date | None

    def stands_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, eq=False)
class Network:
    """A simple graph. Actors without a tie belong to it. It is shared by requests and stays as it is."""

    choice: GraphChoice
    actors: np.ndarray  # primary keys, ascending
    is_inside: (
        np.ndarray
    )  # by actor: one of those that were asked for, not one at the end of a tie that leads out
    ties: np.ndarray  # two columns, places in `actors`; directed: from, to; else the lower place first
    behind: tuple[tuple[Record, ...], ...]  # by tie

    def __post_init__(self):
        for array in (self.actors, self.is_inside, self.ties):
            array.setflags(write=False)

    @property
    def size(self) -> int:
        return len(self.actors)

    @cached_property
    def graph(self) -> igraph.Graph:
        """The same as a graph of igraph: vertex and edge numbers are places in `actors` and `ties`."""
        return igraph.Graph(self.size, self.ties.tolist(), directed=self.choice.directed)

    @cached_property
    def undated(self) -> int:
        """How many of the relations and projects behind the ties have no known beginning."""
        return len(
            {(one.kind == PROJECT, one.key) for tie in self.behind for one in tie if one.since is None}
        )

    @property
    def description(self) -> str:
        """What the network is made of, as one or two sentences in the active language; every figure names it."""
        return self.choice.described(undated=self.undated)

    def places_of(self, keys) -> np.ndarray:
        """The places in `actors` of those among the primary keys that are in the network."""
        return np.flatnonzero(np.isin(self.actors, np.fromiter(keys, np.int64)))

    def on(self, day: date) -> Self:
        """The same actors with the ties that stand on that day; of a network whose ties are of any time."""
        standing = [tuple(one for one in tie if one.stands_on(day)) for tie in self.behind]
        is_kept = np.array([bool(tie) for tie in standing], bool)
        choice, behind = replace(self.choice, as_of=day), tuple(filter(None, standing))
        return type(self)(choice, self.actors, self.is_inside, self.ties[is_kept], behind)

    def around(self, key: int) -> Self:
        """The network of one actor: itself, its neighbours, and all ties among them."""
        place = self.places_of([key])
        near = self.ties[np.isin(self.ties, place).any(axis=1)]
        return self.among(np.union1d(near, place))

    def among(self, places: np.ndarray) -> Self:
        """The part of the network that these places in `actors` and the ties among them make."""
        kept = np.unique(places).astype(np.int64)
        is_kept = np.isin(self.ties, kept).all(axis=1)
        ties = np.searchsorted(kept, self.ties[is_kept])
        behind = tuple(self.behind[number] for number in np.flatnonzero(is_kept))
        return type(self)(self.choice, self.actors[kept], self.is_inside[kept], ties, behind)


class Tie(NamedTuple):
    """What one record says: two actors by primary key. They may be the same, and others may say it too."""

    source: int
    target: int
    is_directed: bool
    record: Record


_kept: dict[GraphChoice, tuple[str, Network]] = {}  # with the version of the data that each is of
_MOST_KEPT = 16


def network_of(choice: GraphChoice) -> Network:
    """The simple graph of what `choice` names, in at most three queries; in none if nothing was committed since."""
    version = current_version()  # None inside a transaction
    kept = _kept.get(choice)
    if kept and version and kept[0] == version:
        return kept[1]
    network = _read(choice)
    if version:
        _kept.pop(choice, None)
        for oldest in [*_kept][: len(_kept) + 1 - _MOST_KEPT]:
            _kept.pop(oldest, None)
        _kept[choice] = (version, network)
    return network


def _read(choice: GraphChoice) -> Network:
    inside = _inside(choice)
    found = _relation_ties(choice, inside) if choice.kinds else []
    if choice.with_projects:
        found += _project_ties(choice, inside)
    return simple_network(choice, inside, found)


def simple_network(choice: GraphChoice, inside: np.ndarray, found: list[Tie]) -> Network:
    """The simple graph of the actors `inside` and of what joins them: self ties drop, parallel ties become one."""
    found = [tie for tie in found if tie.source != tie.target]
    ends = np.array([tie[:2] for tie in found], np.int64).reshape(-1, 2)
    records = [tie.record for tie in found]
    actors = np.union1d(inside, ends)
    if choice.directed:
        mutual = [number for number, tie in enumerate(found) if not tie.is_directed]
        ends = np.concatenate([ends, ends[mutual][:, ::-1]])
        records += [records[number] for number in mutual]
    else:
        ends = np.sort(ends, axis=1)
    ties, numbers = np.unique(np.searchsorted(actors, ends), axis=0, return_inverse=True)
    behind: list[list[Record]] = [[] for _tie in ties]
    for number, record in zip(numbers.ravel().tolist(), records, strict=True):
        behind[number].append(record)
    return Network(choice, actors, np.isin(actors, inside), ties, tuple(map(tuple, behind)))


def _inside(choice: GraphChoice) -> np.ndarray:
    """The primary keys of the actors that the choice asks for, ascending."""
    actors = Actor.objects.published() if choice.public else Actor.objects.all()
    if choice.cluster is not None:
        members = Membership.objects.public() if choice.public else Membership.objects.all()
        if not choice.ever:
            members = members.standing_on(choice.as_of)
        actors = actors.filter(Exists(members.filter(cluster=choice.cluster, actor=OuterRef("pk"))))
    elif choice.actors is not None:
        actors = actors.with_keys(choice.actors)
    return np.array(sorted(actors.primary_keys()), np.int64)


def _relation_ties(choice: GraphChoice, inside: np.ndarray) -> list[Tie]:
    relations = ActorRelation.objects.filter(kind__in=choice.kinds)
    if choice.as_of:
        relations = relations.standing_on(choice.as_of)
    if choice.public:
        relations = relations.public()
    relations = _within(relations, choice, inside).order_by("pk")
    rows = relations.values_list("source_id", "target_id", "kind", "pk", "since", "until")
    return [
        Tie(source, target, kind in DIRECTED_RELATIONS, Record(kind, key, _begin_of(since), _end_of(until)))
        for source, target, kind, key, since, until in rows.iterator(chunk_size=10_000)
    ]


def _within(relations: QuerySet, choice: GraphChoice, inside: np.ndarray) -> QuerySet:
    if choice.cluster is None and choice.actors is None:
        return relations
    keys = inside.tolist()
    source, target = Q(source__pk__any_of=keys), Q(target__pk__any_of=keys)
    return relations.filter(source & target if choice.border == Border.INSIDE else source | target)


def _project_ties(choice: GraphChoice, inside: np.ndarray) -> list[Tie]:
    """Every pair of partners of a project, as far as the border lets it in."""
    partners = ProjectPartner.objects.public() if choice.public else ProjectPartner.objects.all()
    if choice.as_of:
        partners = partners.filter(project__in=CooperationProject.objects.standing_on(choice.as_of))
    keys = inside.tolist()
    has_border = choice.cluster is not None or choice.actors is not None
    if has_border and choice.border == Border.INSIDE:
        partners = partners.filter(actor__pk__any_of=keys)
    elif has_border:
        own = ProjectPartner.objects.filter(project=OuterRef("project"), actor__pk__any_of=keys)
        partners = partners.filter(Exists(own))
    rows = partners.order_by("project", "actor").values_list(
        "project_id", "actor_id", "project__starts_on", "project__ends_on"
    )
    asked = set(keys)
    return [
        Tie(one[1], other[1], False, Record(PROJECT, key, *one[2:]))
        for key, group in groupby(rows, itemgetter(0))
        for one, other in combinations(group, 2)
        if one[1] in asked or other[1] in asked
    ]


def _begin_of(year: int | None) -> date | None:
    return year and date(year, 1, 1)


def _end_of(year: int | None) -> date | None:
    return year and date(year + 1, 1, 1)
