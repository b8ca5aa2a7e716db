"""A network as it is told to others: actors and ties by their names, with everything that stands behind them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from actors.models import Actor, ActorRelation
from clusterportal.network.domain.graph import Network
from clusterportal.network.domain.groups import NONE, by_main_layer
from clusterportal.network.enums import PROJECT
from clusterportal.network.models import CooperationProject


@dataclass(frozen=True)
class NetworkActor:
    """An actor; `main_layer` is a slug."""

    uid: UUID
    slug: str
    name: str
    kind: str
    main_layer: str | None


@dataclass(frozen=True)
class NetworkRecord:
    """A relation by its permanent id or a project by its slug, with the half-open interval in which it stands."""

    kind: str
    relation: UUID | None
    project: str | None
    since: date | None
    until: date | None


@dataclass(frozen=True)
class NetworkTie:
    source: NetworkActor
    target: NetworkActor
    records: list[NetworkRecord]

    @property
    def kinds(self) -> list[str]:
        return sorted({one.kind for one in self.records})


@dataclass(frozen=True)
class NetworkRecords:
    nodes: list[NetworkActor]
    ties: list[NetworkTie]


def records_of(network: Network) -> NetworkRecords:
    """The network by names, actors in dictionary order; in five queries. An actor that has gone is left out."""
    groups = by_main_layer(network)
    found = Actor.objects.with_keys(network.actors.tolist()).by_name()
    place = {key: number for number, key in enumerate(network.actors.tolist())}
    actors = {}
    for key, uid, slug, name, kind in found.values_list("pk", "uid", "slug", "name", "kind"):
        group = groups.numbers[place[key]]
        actors[place[key]] = NetworkActor(
            uid, slug, name, kind, None if group == NONE else groups.slugs[group]
        )
    records = _records(network)
    ties = [
        NetworkTie(actors[source], actors[target], [records[one.kind == PROJECT, one.key] for one in behind])
        for (source, target), behind in zip(network.ties.tolist(), network.behind, strict=True)
        if source in actors and target in actors
    ]
    return NetworkRecords(list(actors.values()), ties)


def _records(network: Network) -> dict[tuple[bool, int], NetworkRecord]:
    """What stands behind the ties, each once, by whether it is a project and by primary key."""
    known = {(one.kind == PROJECT, one.key): one for tie in network.behind for one in tie}
    relations, projects = ([key for is_project, key in known if is_project == kind] for kind in (False, True))
    uids = dict(ActorRelation.objects.filter(pk__any_of=relations).values_list("pk", "uid"))
    slugs = dict(CooperationProject.objects.filter(pk__any_of=projects).values_list("pk", "slug"))
    return {
        (is_project, key): NetworkRecord(
            one.kind,
            None if is_project else uids.get(key),
            slugs.get(key) if is_project else None,
            one.since,
            one.until,
        )
        for (is_project, key), one in known.items()
    }
