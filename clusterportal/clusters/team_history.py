"""The history of a cluster's records is for its team, as the records are."""

from django.db import models
from django.db.models import Q

from clusterportal.clusters.rules import clusters_of, reaches_all_clusters
from clusterportal.history.changes import show_within
from clusterportal.history.net_changes import NetChange
from clusterportal.history.undo_rights import take_back_only_if


def keep_to_team(
    model: type[models.Model], *, path: str = "cluster_id", of: type[models.Model] | None = None
) -> None:
    """Show the history of `model` to the team of its cluster alone, and let them alone take changes back.

    `path` leads from a version to its cluster: `cluster_id`, or the column that names a record of `of`, which has a
    `cluster_id` itself. Called in `ready()` of the room.
    """

    def scope(user) -> Q:
        if reaches_all_clusters(user):
            return Q()
        own = clusters_of(user)
        if of is None:
            return Q(**{f"{path}__in": own})
        return Q(**{f"{path}__in": of._base_manager.filter(cluster__in=own).values("pk")})

    def rule(user, changes: list[NetChange]) -> set:
        opts = model._meta
        present = model._base_manager.filter(pk__in=[change.pk for change in changes])
        owners = dict(present.values_list("pk", path))
        owners |= {change.pk: change.before[path] for change in changes if change.before}
        reached = _reached(user, set(owners.values()), of)
        return {
            change.pk
            for change in changes
            if user.is_staff
            and user.has_perm(f"{opts.app_label}.{_verb(change)}_{opts.model_name}")
            and (change.pk not in owners or owners[change.pk] in reached)
        }

    show_within(model, scope)
    take_back_only_if(model, rule)


def _verb(change: NetChange) -> str:
    """What taking the change back would do to the record."""
    return "delete" if change.is_created else "add" if change.is_deleted else "change"


def _reached(user, keys: set, of: type[models.Model] | None) -> set:
    if reaches_all_clusters(user):
        return keys
    if of is None:
        return keys & clusters_of(user)
    return set(
        of._base_manager.filter(pk__in=keys, cluster__in=clusters_of(user)).values_list("pk", flat=True)
    )
