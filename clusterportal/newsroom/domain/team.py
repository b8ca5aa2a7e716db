"""The history of a contribution is for the team that curates it."""

from clusterportal.clusters.rules import clusters_of, reaches_all_clusters
from clusterportal.clusters.team_history import keep_to_team
from clusterportal.core.publication import PublicationState
from clusterportal.history.net_changes import NetChange
from clusterportal.history.undo_rights import take_back_only_if
from clusterportal.newsroom import models


def keep_history_to_teams() -> None:
    keep_to_team(models.Contribution, path="owner_cluster_id")
    take_back_only_if(models.Contribution, _may_take_back)
    for part in (
        models.Link,
        models.File,
        models.ContributionActor,
        models.ContributionCluster,
        models.ContributionArea,
    ):
        keep_to_team(part, path="contribution_id", of=models.Contribution)


def _may_take_back(user, changes: list[NetChange]) -> set:
    """What the person could do by hand: within their clusters, and what everybody sees only who may publish."""
    if not (user.is_staff and user.has_perm("newsroom.change_contribution")):
        return set()
    may_publish = user.has_perm("newsroom.publish_contribution")
    reached = clusters_of(user)
    allowed = set()
    for change in changes:
        versions = [version for version in (change.before, change.after) if version]
        owners = {version["owner_cluster_id"] for version in versions}
        is_public = any(version["state"] == PublicationState.PUBLISHED for version in versions)
        if (reaches_all_clusters(user) or owners <= reached) and (may_publish or not is_public):
            allowed.add(change.pk)
    return allowed
