"""The history of a cluster's records is for its team, as the records are."""

from typing import cast

from django.db import models
from django.db.models import Q

from clusterportal.clusters.querysets import ClusterRecordQuerySet
from clusterportal.clusters.rules import clusters_of, reaches_all_clusters
from clusterportal.history.changes import show_within
from clusterportal.history.net_changes import NetChange
from clusterportal.history.undo_rights import take_back_only_if


def keep_to_team(
    model: type[models.Model], *, path: str = "cluster_id", of: type[models.Model] | None = None
) -> None:
    """Show the history of `model` to the team of its cluster alone, and let them alone take changes back.

    `path` leads from a version to its cluster: `cluster_id`, or the column that names a record of `of`, whose queryset
    says by `curated_by` and `written_by` who reaches it. Called in `ready()` of the room.
    """

    def scope(user) -> Q:
        if reaches_all_clusters(user):
            return Q()
        if of is None:
            return Q(**{f"{path}__in": clusters_of(user)})
        return Q(**{f"{path}__in": _records_of(of).curated_by(user).values("pk")})

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
    return set(_records_of(of).written_by(user).filter(pk__in=keys).values_list("pk", flat=True))


def _records_of(model: type[models.Model]) -> ClusterRecordQuerySet:
    return cast(ClusterRecordQuerySet, model._default_manager.all())
