"""What the management of a cluster keeps: for each address of the admin one record here and one there."""

from clusterportal.clusters.models import Cluster
from clusterportal.lifecycle.domain.measuring import keep_measurement
from clusterportal.lifecycle.models import Assessment
from clusterportal.network.models import CooperationProject
from tests.factories import make_action, make_plan


def management_records(clusters: list[Cluster]) -> dict[str, list]:
    """Records by the beginning of their addresses, in the order of the clusters."""
    plans = [make_plan(cluster) for cluster in clusters]
    return {
        "plans_actionplan": plans,
        "plans_action": [make_action(plan) for plan in plans],
        "lifecycle_assessment": [
            Assessment.objects.create(cluster=cluster, stage="growth", reason_de="-") for cluster in clusters
        ],
        "lifecycle_measurement": [keep_measurement(cluster=cluster) for cluster in clusters],
        "network_cooperationproject": [
            CooperationProject.objects.create(cluster=one, slug=one.slug, title_de="Probe")
            for one in clusters
        ],
    }
