"""What a person wants of a selection, put into steps."""

from collections.abc import Iterable
from dataclasses import dataclass

from actors.enums import ActorKind, MembershipKind, PlacementBasis
from actors.models import ActorTopic, ApplicationFocus, LayerPlacement, Membership, Topic
from actors.rules import can_clear, reaches_all
from applications.models import ApplicationArea
from clusterportal.bulk.domain.steps import Add, BulkStep, Drop, Leave, SetBasis, SetField, SetMain
from clusterportal.clusters.models import Cluster
from clusterportal.clusters.rules import clusters_of
from layers.models import Layer


@dataclass(frozen=True)
class Wishes:
    """What is given is set or taken away; the rest stays as it is."""

    add_layers: Iterable[Layer] = ()
    basis: str = PlacementBasis.TOPIC  # of new placements, and with `rebase` of those that are there
    rebase: bool = False
    drop_layers: Iterable[Layer] = ()
    main: Layer | None = None
    no_main: bool = False
    add_areas: Iterable[ApplicationArea] = ()
    drop_areas: Iterable[ApplicationArea] = ()
    add_topics: Iterable[Topic] = ()
    drop_topics: Iterable[Topic] = ()
    join: Cluster | None = None
    join_kind: str = MembershipKind.MEMBER
    leave: Cluster | None = None
    leave_kind: str = ""  # empty: of every kind
    kind: str = ""
    source: str = ""
    clear_source: bool = False


def steps_of(wishes: Wishes, *, by) -> list[BulkStep]:
    """The steps in the order in which they are written."""
    return [*_layers(wishes), *_areas_and_topics(wishes), *_clusters(wishes, by), *_facts(wishes)]


def _layers(wishes: Wishes) -> list[BulkStep]:
    added = list(wishes.add_layers)
    basis = PlacementBasis(wishes.basis)
    steps: list[BulkStep] = []
    if wishes.rebase:  # before new ones stand there, which have it anyway
        steps += [SetBasis(layer, basis.value, basis.label) for layer in added]
    if wishes.no_main or wishes.main is not None:  # takes the mark away where a new placement shall have it
        steps.append(SetMain(None if wishes.no_main else wishes.main, is_added=wishes.main in added))
    for layer in added:
        values = (("basis", basis.value), ("is_primary", layer == wishes.main and not wishes.no_main))
        steps.append(Add(LayerPlacement, "layer", layer, values=values))
    return [*steps, *(Drop(LayerPlacement, "layer", layer) for layer in wishes.drop_layers)]


def _areas_and_topics(wishes: Wishes) -> list[BulkStep]:
    return [
        *(Add(ApplicationFocus, "area", area) for area in wishes.add_areas),
        *(Drop(ApplicationFocus, "area", area) for area in wishes.drop_areas),
        *(Add(ActorTopic, "topic", topic) for topic in wishes.add_topics),
        *(Drop(ActorTopic, "topic", topic) for topic in wishes.drop_topics),
    ]


def _clusters(wishes: Wishes, by) -> list[BulkStep]:
    steps: list[BulkStep] = []
    own = None if reaches_all(by) else clusters_of(by)
    if wishes.join is not None:
        cleared = (("is_cleared", can_clear(by, wishes.join)),)
        kind = (("kind", wishes.join_kind),)
        steps.append(Add(Membership, "cluster", wishes.join, key=kind, values=cleared))
        if own is not None and wishes.join.pk in own:
            own = None  # whoever joins a cluster of theirs stays within reach
    if wishes.leave is not None:
        only = (("kind", wishes.leave_kind),) if wishes.leave_kind else ()
        steps.append(Leave(Membership, "cluster", wishes.leave, key=only, own=own))
    return steps


def _facts(wishes: Wishes) -> list[BulkStep]:
    steps: list[BulkStep] = []
    if wishes.kind:
        steps.append(SetField("kind", wishes.kind, ActorKind(wishes.kind).label))
    if wishes.source or wishes.clear_source:
        steps.append(SetField("source", wishes.source))
    return steps
