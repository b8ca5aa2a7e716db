"""How published actors spread: over the layers of each cluster, over topics, over the details they give."""

from dataclasses import dataclass, field

import numpy as np

from actors.facets.counts import most_frequent
from actors.facets.index import COORDINATES, LOGO, WEBSITE
from actors.facets.selection import rows_of
from actors.models import Topic
from actors.querysets import HAVING

_FLAGS = {"website": WEBSITE, "coordinates": COORDINATES, "logo": LOGO}


@dataclass
class Tally:
    """Actors of one cluster: on each layer (by its id) and in all; nobody is counted twice."""

    layers: dict[int, int] = field(default_factory=dict)
    total: int = 0


def cluster_tallies(actors) -> dict[int, Tally]:
    """A tally for each cluster (by its id) that has cleared members among `actors`, a queryset or a Selection."""
    roll, rows = rows_of(actors)
    tallies = {cluster: Tally(total=number) for cluster, number in roll.count_keys("cluster", rows).items()}
    for (layer, cluster), number in roll.cross_layers("cluster", rows).items():
        tallies[cluster].layers[layer] = number
    return tallies


def top_topics(actors, *, limit: int) -> list[Topic]:
    """The topics that most of `actors` work on, each with its `number` of actors."""
    roll, rows = rows_of(actors)
    numbers = roll.count_keys("topic", rows)
    topics = list(Topic.objects.filter(pk__in=most_frequent(numbers, limit)))
    for topic in topics:
        topic.number = numbers[topic.pk]
    return sorted(topics, key=lambda topic: (-topic.number, topic.key, topic.pk))[:limit]


def detail_counts(actors) -> tuple[dict[str, int], int]:
    """How many of `actors` give each detail (website, logo ...), and how many there are in all."""
    roll, rows = rows_of(actors)
    giving = {
        detail: roll.related() if detail == "relations" else roll.with_flag(_FLAGS[detail])
        for detail in HAVING
    }
    counts = {detail: int(np.count_nonzero(rows & found)) for detail, found in giving.items()}
    return counts, int(np.count_nonzero(rows))
