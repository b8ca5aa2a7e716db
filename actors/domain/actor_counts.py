"""How many published actors each layer, area, topic, cluster and region has, by its primary key."""

import numpy as np

from actors.domain.roll_reading import current_roll
from clusterportal.clusters.models import Cluster


def by_layer() -> dict[int, int]:
    roll = current_roll()
    return roll.count_layers(roll.alive)


def by_area() -> dict[int, int]:
    return _by("area")


def by_topic() -> dict[int, int]:
    return _by("topic")


def by_cluster() -> dict[int, int]:
    """Actors by published cluster that has cleared them for its pages."""
    return _by("cluster")


def by_region() -> dict[int, int]:
    """Actors in the published clusters of each region; nobody is counted twice."""
    roll, clusters = current_roll(), {}
    for cluster, region in Cluster.objects.published().values_list("pk", "region"):
        clusters.setdefault(region, []).append(cluster)
    return {
        region: int(np.count_nonzero(roll.with_keys("cluster", keys) & roll.alive))
        for region, keys in clusters.items()
    }


def _by(name: str) -> dict[int, int]:
    roll = current_roll()
    return roll.count_keys(name, roll.alive)
