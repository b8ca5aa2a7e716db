"""Plans read with all that their figures need, in a fixed number of queries."""

from django.db.models import Prefetch, QuerySet

from actors.models import Actor
from clusterportal.clusters.models import Cluster
from clusterportal.plans.models import Action, ActionPlan, GapDecision, Participant, PlanOwner
from clusterportal.plans.querysets import ActionPlanQuerySet

MOST_PLANS = 20  # of one cluster, the first by their addresses


def with_parts(plans: ActionPlanQuerySet) -> QuerySet[ActionPlan]:
    """The plans with clusters, areas, findings, actions and decisions."""
    return plans.select_related("cluster").prefetch_related(
        "areas",
        "findings",
        Prefetch("owners", PlanOwner.objects.select_related("cluster")),
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
    return list(with_parts(plans.public() if public else plans)[:MOST_PLANS])


def is_shown(actor: Actor | None) -> bool:
    """May everybody read the actor's name?"""
    return actor is not None and actor.is_published
