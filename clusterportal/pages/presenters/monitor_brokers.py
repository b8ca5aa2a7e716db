"""Who holds the network of a cluster together on the monitor: brokers, bridges, and who is not tied at all."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.models import Actor
from clusterportal.clusters.models import Cluster
from clusterportal.network.domain import measures
from clusterportal.network.domain.broker_sentences import broker_sentences
from clusterportal.network.domain.choice import GraphChoice
from clusterportal.network.domain.graph import Network, network_of
from clusterportal.network.domain.groups import by_cluster, by_main_layer
from clusterportal.network.enums import Border
from clusterportal.network.models import Betweenness
from clusterportal.pages.presenters.methods import Method

MOST_BARS = 8
MOST_NAMED = 12
MOST_SENTENCES = 6
SCALE = 0.3  # where the bars end, unless a value is greater


@dataclass(frozen=True)
class Bar:
    """A broker. `length` is that of its bar, of 100; `value` is written out."""

    actor: Actor
    value: str
    length: float


@dataclass(frozen=True)
class Named:
    """Actors by name, at most MOST_NAMED of them, and how many there are in all."""

    actors: list[Actor]
    number: int

    @property
    def more(self) -> int:
        return self.number - len(self.actors)


def brokers(cluster: Cluster, *, today: date) -> dict:
    """Template context: finding, bars, scale, computed_at, is_outdated, holders and loners (Named), bridges (pairs),

    bridge_count, parts (sentence), by_layer and by_cluster (BrokerSentence), member_count, description.
    """
    network = network_of(GraphChoice(as_of=today, cluster=cluster))
    across = network_of(GraphChoice(as_of=today, cluster=cluster, border=Border.TOUCHING))
    stored = Betweenness.objects.filter(cluster=cluster).first()
    holders = network.actors[measures.articulation_points(network)].tolist()
    bridges = network.actors[network.ties[measures.bridges(network)]].tolist()
    tied = np.unique(network.ties)
    loners = np.delete(network.actors, tied).tolist()
    values = _strongest(stored, network)
    known = _actors(
        [
            *values,
            *holders,
            *loners[: MOST_NAMED * 4],
            *(key for pair in bridges[:MOST_NAMED] for key in pair),
        ]
    )
    return {
        "finding": _finding(holders, known, network),
        "bars": _bars(values, known),
        "scale": number_format(_scale(values.values()), decimal_pos=1),
        "stored": stored,
        "is_outdated": bool(stored and stored.as_of != today),
        "holders": _named(holders, known),
        "bridges": [(known[one], known[other]) for one, other in bridges[:MOST_NAMED]],
        "bridge_count": len(bridges),
        "loners": _named(loners, known),
        "parts": _parts(network),
        "by_layer": broker_sentences(network, by_main_layer(network), most=MOST_SENTENCES),
        "by_cluster": broker_sentences(across, by_cluster(across), most=MOST_SENTENCES),
        "member_count": network.size,
        "description": network.description,
        "methods": [_method(stored)],
    }
