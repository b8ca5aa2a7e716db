"""The history of a cluster's records is for its team, as the records are."""

from typing import cast

from django.db import models
from django.db.models import Q

from clusterportal.clusters.querysets import ClusterRecordQuerySet
from clusterportal.clusters.rules import clusters_of, reaches_all_clusters
from clusterportal.history.changes import show_within, versions_of
from clusterportal.history.net_changes import NetChange
from clusterportal.history.restore import restore_record_only_if
from clusterportal.history.undo_rights import take_back_only_if

# What was kept to teams: the column that leads on, and to which records; None: to clusters.
_kept: dict[type[models.Model], tuple[str, type[models.Model] | None]] = {}


def keep_to_team(
    model: type[models.Model], *, path: str = "cluster_id", of: type[models.Model] | None = None
) -> None:
    """Show the history of `model` to the team of its cluster alone; they alone take changes back or restore versions.

    `path` leads from a version to its cluster: `cluster_id`, or the column that names a record of `of`, whose queryset
    says by `curated_by` and `written_by` who reaches it. What went from one cluster to another is taken back or
    restored only by who reaches both. Called in `ready()` of the room.
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
        owners: dict[object, set] = {change.pk: set() for change in changes}
        for pk, owner in present.values_list("pk", path):
            owners.setdefault(pk, set()).add(owner)
        for change in changes:
            owners[change.pk] |= {change.before[path]} if change.before else set()
        reached = _reached(user, set().union(*owners.values()), of)
        return {
            change.pk
            for change in changes
            if user.is_staff
            and user.has_perm(f"{opts.app_label}.{_verb(change)}_{opts.model_name}")
            and owners[change.pk] <= reached
        }

    def may_restore(user, row: dict, current: models.Model | None) -> bool:
        owners = {row[path]} | ({getattr(current, path)} if current else set())
        return owners <= _reached(user, owners, of)

    _kept[model] = path, of
    show_within(model, scope)
    take_back_only_if(model, rule)
    restore_record_only_if(model, may_restore)


def _verb(change: NetChange) -> str:
    """What taking the change back would do to the record."""
    return "delete" if change.is_created else "add" if change.is_deleted else "change"


def _reached(user, keys: set, of: type[models.Model] | None) -> set:
    if reaches_all_clusters(user):
        return keys
    if of is None:
        return keys & clusters_of(user)
    written = set(_records_of(of).written_by(user).filter(pk__in=keys).values_list("pk", flat=True))
    present = set(of._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
    return written | _reached_before(user, keys - present, of)


def _reached_before(user, keys: set, of: type[models.Model]) -> set:
    """Of records that are gone, those that the person reached: a plan comes back with its parts, or not at all."""
    if not keys or of not in _kept:
        return set()
    path, above = _kept[of]
    versions = versions_of(of).filter(pgh_obj__in=keys).order_by("pgh_id")
    owners = dict(versions.values_list("pgh_obj", path))  # the last version counts
    reached = _reached(user, set(owners.values()), above)
    return {key for key, owner in owners.items() if owner in reached}


def _records_of(model: type[models.Model]) -> ClusterRecordQuerySet:
    return cast(ClusterRecordQuerySet, model._default_manager.all())
