"""What the management of a cluster keeps: for each address of the admin one record here and one there."""

from clusterportal.clusters.models import Cluster
from clusterportal.lifecycle.domain.measuring import keep_measurement
from clusterportal.lifecycle.models import Assessment
from clusterportal.network.models import CooperationProject


def managed_records(clusters: list[Cluster]) -> dict[str, list]:
    """Records by the beginning of their addresses, in the order of the clusters."""
    return {
        "lifecycle_assessment": [
            Assessment.objects.create(cluster=cluster, stage="growth", reason_de="-") for cluster in clusters
        ],
        "lifecycle_measurement": [keep_measurement(cluster=cluster) for cluster in clusters],
        "network_cooperationproject": [
            CooperationProject.objects.create(cluster=cluster, slug=cluster.slug, title_de="-")
            for cluster in clusters
        ],
    }
