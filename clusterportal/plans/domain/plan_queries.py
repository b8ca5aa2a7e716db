"""Plans read with all that their figures need, in a fixed number of queries."""

from django.db.models import Prefetch, QuerySet

from actors.models import Actor
from clusterportal.clusters.models import Cluster
from clusterportal.plans.models import Action, ActionPlan, GapDecision, Participant, PlanOwner
from clusterportal.plans.querysets import ActionPlanQuerySet

MOST_PLANS = 20  # of one cluster, the first by their addresses


def with_parts(plans: ActionPlanQuerySet, *, public: bool = False) -> QuerySet[ActionPlan]:
    """The plans with clusters, areas, findings, actions and decisions; `public`: without clusters that nobody sees."""
    owners = PlanOwner.objects.select_related("cluster")
    if public:
        owners = owners.filter(cluster__in=Cluster.objects.published().values("pk"))
    return plans.select_related("cluster").prefetch_related(
        "areas",
        "findings",
        Prefetch("owners", owners),
        Prefetch("actions", with_everybody()),
        Prefetch(
            "decisions", GapDecision.objects.select_related("actor", "action", "layer", "area", "cluster")
        ),
    )


def with_everybody() -> QuerySet[Action]:
    """Actions with milestones, layers, areas, responsible and participants."""
    participants = Participant.objects.select_related("actor")
    return Action.objects.select_related("responsible", "carrying_layer").prefetch_related(
        "milestones", "layers", "areas", Prefetch("participants", participants)
    )


def plans_of(cluster: Cluster, *, public: bool) -> list[ActionPlan]:
    """The plans that the cluster leads or agreed to take part in; the public ones alone, or all."""
    plans = ActionPlan.objects.of_cluster(cluster)
    return list(with_parts(plans.public() if public else plans, public=public)[:MOST_PLANS])


def shown(actor: Actor | None) -> Actor | None:
    """The actor, if everybody may read its name."""
    return actor if actor is not None and actor.is_published else None
