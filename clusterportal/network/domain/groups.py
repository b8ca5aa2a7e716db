"""Groups of the actors of a network, one for each actor: by main layer, or by cluster."""

from dataclasses import dataclass

import numpy as np

from actors.models import LayerPlacement, Membership
from clusterportal.clusters.models import Cluster
from clusterportal.network.domain.graph import Network
from layers.models import Layer

NONE = -1  # the number of an actor that is in no group


@dataclass(frozen=True, eq=False)
class Groups:
    """`numbers`: by actor of the network the place of its group in `names`, or NONE."""

    names: tuple[str, ...]  # in the active language
    slugs: tuple[str, ...]
    numbers: np.ndarray


def by_main_layer(network: Network) -> Groups:
    """The main layer of each actor; where none is marked, the first one that it stands on."""
    layers = list(Layer.objects.order_by("position"))
    placements = LayerPlacement.objects.filter(actor__pk__any_of=network.actors.tolist())
    return _grouped(network, layers, placements.order_by("-is_primary", "layer__position"), "layer_id")


def by_cluster(network: Network) -> Groups:
    """A cluster of each actor: the one that the network is of, else the first by the order of the portal."""
    choice = network.choice
    members = Membership.objects.public() if choice.public else Membership.objects.all()
    if choice.as_of and not choice.ever:
        members = members.standing_on(choice.as_of)
    clusters = list(Cluster.objects.order_by("position", "slug"))
    if choice.cluster:
        clusters.sort(key=lambda one: one.pk != choice.cluster.pk)
    place = {cluster.pk: number for number, cluster in enumerate(clusters)}
    members = members.filter(actor__pk__any_of=network.actors.tolist())
    return _grouped(network, clusters, members, "cluster_id", order=place.__getitem__)


def _grouped(network: Network, records: list, rows, column: str, *, order=None) -> Groups:
    """The first of the rows of each actor counts, in the order of `order` where it is given."""
    pairs = rows.values_list("actor_id", column)
    if order:
        pairs = sorted(pairs, key=lambda pair: order(pair[1]))
    first: dict[int, int] = {}
    for actor, key in pairs:
        first.setdefault(actor, key)
    place = {record.pk: number for number, record in enumerate(records)}
    numbers = [place[first[actor]] if actor in first else NONE for actor in network.actors.tolist()]
    return Groups(
        tuple(record.name for record in records),
        tuple(record.slug for record in records),
        np.array(numbers, np.int64),
    )
