"""The history of a plan and its parts is for the teams of its clusters."""

from django.db.models import Q

from clusterportal.clusters.rules import clusters_of, reaches_all_clusters, reaches_cluster
from clusterportal.clusters.team_history import keep_to_team
from clusterportal.history.changes import show_within
from clusterportal.history.restore import restore_record_only_if
from clusterportal.plans.models import (
    Action,
    ActionArea,
    ActionLayer,
    ActionPlan,
    GapDecision,
    Milestone,
    Participant,
    PlanArea,
    PlanOwner,
    SwotEntry,
)
from clusterportal.plans.rules import can_write


def keep_history_to_teams() -> None:
    keep_to_team(ActionPlan)
    show_within(ActionPlan, _seen_by)
    restore_record_only_if(ActionPlan, _may_restore)
    keep_to_team(PlanArea, path="actionplan_id", of=ActionPlan)
    for part in (PlanOwner, SwotEntry, Action, GapDecision):
        keep_to_team(part, path="plan_id", of=ActionPlan)
    for part_of_action in (Participant, Milestone, ActionLayer, ActionArea):
        keep_to_team(part_of_action, path="action_id", of=Action)


def _seen_by(user) -> Q:
    """Versions of the plans that the person sees, and of those that were led by a cluster of theirs and are gone."""
    if reaches_all_clusters(user):
        return Q()
    plans = ActionPlan.objects.curated_by(user)
    return Q(cluster_id__in=clusters_of(user)) | Q(id__in=plans.values("pk"))


def _may_restore(user, row: dict, plan: ActionPlan | None) -> bool:
    """Whoever writes the plan; another leading cluster comes back only by who works with both."""
    if plan is None or plan.cluster_id != row["cluster_id"]:
        leading = {row["cluster_id"], plan.cluster_id if plan else row["cluster_id"]}
        return all(reaches_cluster(user, cluster) for cluster in leading)
    return can_write(user, plan)
