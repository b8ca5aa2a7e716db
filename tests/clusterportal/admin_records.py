"""What the management of a cluster keeps: for each address of the admin one record here and one there."""

from datetime import date

from django.utils import timezone

from clusterportal.clusters.models import Cluster
from clusterportal.finance.models import Budget, PathPoint
from clusterportal.kpis.models import Kpi
from clusterportal.lifecycle.domain.measuring import keep_measurement
from clusterportal.lifecycle.models import Assessment
from clusterportal.matchmaking.models import Event, Programme
from clusterportal.network.models import CooperationProject
from clusterportal.newsletters.models import Suppression
from tests.clusterportal.labels.makers import label_arguments, label_records
from tests.clusterportal.newsletters.makers import make_issue, make_list, make_reader
from tests.clusterportal.partnering.conftest import make_search
from tests.factories import make_action, make_contribution, make_person, make_plan


def management_records(clusters: list[Cluster]) -> dict[str, list]:
    """Records by the beginning of their addresses, in the order of the clusters."""
    lists = [make_list(cluster) for cluster in clusters]
    plans = [make_plan(cluster) for cluster in clusters]
    events = [
        Event.objects.create(cluster=cluster, slug=cluster.slug, title_de="-", day=date(2026, 1, 1))
        for cluster in clusters
    ]
    return {
        "finance_budget": [Budget.objects.create(cluster=cluster, year=2026) for cluster in clusters],
        "finance_pathpoint": [
            PathPoint.objects.create(cluster=cluster, position=1, own_share=20, evidence="-")
            for cluster in clusters
        ],
        "kpis_kpi": [
            Kpi.objects.create(cluster=cluster, code="probe", name_de="Probe", stage="output")
            for cluster in clusters
        ],
        **label_records(clusters, by=make_person("administrator")),
        "lifecycle_assessment": [
            Assessment.objects.create(cluster=cluster, stage="growth", reason_de="-") for cluster in clusters
        ],
        "lifecycle_measurement": [keep_measurement(cluster=cluster) for cluster in clusters],
        "matchmaking_event": events,
        "matchmaking_participation": [
            event.participations.create(organisation="-", confirmed_at=timezone.now()) for event in events
        ],
        "matchmaking_programme": [
            Programme.objects.create(cluster=cluster, slug=cluster.slug, name_de="-") for cluster in clusters
        ],
        "newsroom_contribution": [
            make_contribution(owner_cluster=cluster, state="draft") for cluster in clusters
        ],
        "network_cooperationproject": [
            CooperationProject.objects.create(cluster=cluster, slug=cluster.slug, title_de="-")
            for cluster in clusters
        ],
        "newsletters_issue": [make_issue(cluster) for cluster in clusters],
        "newsletters_mailinglist": lists,
        "newsletters_subscription": [make_reader(one) for one in lists],
        "newsletters_suppression": [
            Suppression.objects.create(email=f"{cluster.slug}@leser.example", reason="asked")
            for cluster in clusters
        ],
        "partnering_partnersearch": [
            make_search(cluster.memberships.earliest("pk").actor, state="draft", position=1)
            for cluster in clusters
        ],
        "plans_actionplan": plans,
        "plans_action": [make_action(plan) for plan in plans],
    }


def management_arguments(name: str, wanted: list[str], record) -> dict:
    """What an address is made of: the key of `record`, unless its page is not about the record itself."""
    if name == "newsletters_issue_preview":
        return {"pk": record.pk, "language": "de", "kind": "html"}
    if name.startswith("labels_criteriaassessment_"):
        return label_arguments(name, wanted, record)
    return dict.fromkeys(wanted, getattr(record, "pk", 1))
