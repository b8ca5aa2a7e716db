"""Groups of the actors of a network, one for each actor: by main layer, or by cluster."""

from dataclasses import dataclass

import numpy as np
from django.db.models import Case, When

from actors.models import Membership
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
    return _grouped(network, list(Layer.objects.order_by("position")), network.main_layers)


def by_cluster(network: Network) -> Groups:
    """A cluster of each actor: the one that the network is of, else the first by the order of the portal."""
    choice = network.choice
    members = Membership.objects.public() if choice.public else Membership.objects.all()
    if choice.as_of and not choice.ever:
        members = members.standing_on(choice.as_of)
    own = Case(When(cluster=choice.cluster, then=0), default=1)
    of_network = members.filter(actor__pk__any_of=set(network.actors.tolist()))
    first = of_network.order_by("actor_id", own, "cluster__position", "cluster__slug").distinct("actor_id")
    clusters = list(Cluster.objects.order_by("position", "slug"))
    clusters.sort(key=lambda one: one != choice.cluster)
    return _grouped(network, clusters, network.by_actor(first.values_list("actor_id", "cluster_id")))


def _grouped(network: Network, records: list, keys: np.ndarray) -> Groups:
    """`keys`: by actor the primary key of one of the records, or 0."""
    place = {0: NONE, **{record.pk: number for number, record in enumerate(records)}}
    return Groups(
        tuple(record.name for record in records),
        tuple(record.slug for record in records),
        np.array([place[key] for key in keys.tolist()], np.int64),
    )
