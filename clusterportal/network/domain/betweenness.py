"""Betweenness, exact, for each cluster by itself: computed by a job, shown with its age.

Of the whole portal it is not computed: 10,000 actors with 50,000 ties take minutes.
"""

import hashlib
import time
from datetime import date

from django.utils import timezone

from clusterportal.clusters.models import Cluster
from clusterportal.history.models import current_revision
from clusterportal.network.domain import measures
from clusterportal.network.domain.choice import GraphChoice
from clusterportal.network.domain.graph import Network, network_of
from clusterportal.network.models import Betweenness


def keep_betweenness(*, today: date) -> int:
    """Compute anew what is not of `today` and of the present revision, of all active clusters; returns how many."""
    revision = current_revision()  # before what is read: a later commit is looked at again
    clusters = Cluster.objects.filter(is_active=True).exclude(
        betweenness__as_of=today, betweenness__revision=revision
    )
    return sum(compute(cluster=cluster, today=today, revision=revision) for cluster in clusters)


def compute(*, cluster: Cluster, today: date, revision: int) -> bool:
    """Compute and store the values of a cluster; False where the stored ones are of the same network."""
    network = network_of(GraphChoice(as_of=today, cluster=cluster))
    digest = _digest(network)
    stored = Betweenness.objects.filter(cluster=cluster)
    if stored.filter(digest=digest, as_of=today).update(revision=revision):
        return False
    if stored.filter(digest=digest).update(revision=revision, as_of=today):
        return False
    begun = time.perf_counter()
    values = measures.betweenness(network).tolist()
    Betweenness.objects.update_or_create(
        cluster=cluster,
        defaults={
            "actors": network.actors.tolist(),
            "values": values,
            "tie_count": len(network.ties),
            "as_of": today,
            "computed_at": timezone.now(),
            "seconds": time.perf_counter() - begun,
            "revision": revision,
            "digest": digest,
        },
    )
    return True


def _digest(network: Network) -> str:
    digest = hashlib.blake2b(digest_size=20)
    for part in (network.actors, network.ties):
        digest.update(part.tobytes())
    return digest.hexdigest()
