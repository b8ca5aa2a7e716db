"""The admin of records that belong to one cluster: its team alone sees and changes them."""

from typing import cast

from django.contrib import admin
from django.db.models import Model, QuerySet
from unfold.contrib.filters.admin import DropdownFilter, RelatedDropdownFilter

from clusterportal.clusters.models import Cluster
from clusterportal.clusters.querysets import ClusterRecordQuerySet
from clusterportal.clusters.rules import can_manage, reaches_all_clusters, reaches_cluster
from clusterportal.core.admin import PartInline
from clusterportal.history.admin import RecordedAdmin


class OwnDropdownFilter(RelatedDropdownFilter, admin.RelatedOnlyFieldListFilter):
    """Offers what the records of the list name: plans, events and clusters of others are not told."""


class OwnClusterFilter(DropdownFilter):
    """Base of filters by one of the clusters that the person works with; there is always one, so a link can name it."""

    def lookups(self, request, model_admin):
        self.clusters = {str(cluster.pk): cluster for cluster in Cluster.objects.curated_by(request.user)}
        return [(key, str(cluster)) for key, cluster in self.clusters.items()]

    def queryset(self, request, queryset):
        cluster = self.clusters.get(self.value() or "")
        return self.of_cluster(queryset, cluster) if cluster else queryset

    def of_cluster(self, queryset: QuerySet, cluster: Cluster) -> QuerySet:
        raise NotImplementedError  # each list says which of its records are a cluster's


class ClusterRecordAdmin(RecordedAdmin):
    """Base for models made of `ClusterRecord`: lists, pages and the choice of clusters hold the own ones alone.

    Who is on the team of one cluster finds it chosen. A record of another cluster is not found, as in the list.
    """

    def get_queryset(self, request):
        return cast(ClusterRecordQuerySet, super().get_queryset(request)).curated_by(request.user)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.related_model is Cluster:
            kwargs["queryset"] = Cluster.objects.curated_by(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        own = list(Cluster.objects.curated_by(request.user)[:2])
        only = {"cluster": own[0].pk} if len(own) == 1 else {}
        return only | super().get_changeform_initial_data(request)

    def has_view_permission(self, request, obj: Model | None = None):
        return super().has_view_permission(request, obj) and _is_reached(request.user, obj, "view")

    def has_change_permission(self, request, obj: Model | None = None):
        return super().has_change_permission(request, obj) and _is_reached(request.user, obj, "change")

    def has_delete_permission(self, request, obj: Model | None = None):
        return super().has_delete_permission(request, obj) and _is_reached(request.user, obj, "delete")


def _is_reached(user, record: Model | None, verb: str) -> bool:
    return record is None or can_manage(user, record, verb)


class OwnClusterInline(PartInline):
    """Parts of a record of a cluster, for the team of that cluster; of one without cluster, for administrators."""

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and _reaches_parts(request.user, obj)

    def has_add_permission(self, request, obj=None):
        # Of an inline, which is asked about its parent.
        return super().has_add_permission(request, obj) and _reaches_parts(request.user, obj)  # type: ignore[call-arg]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and _reaches_parts(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and _reaches_parts(request.user, obj)


def _reaches_parts(user, record) -> bool:
    if record is None or record.pk is None:
        return True
    return (
        reaches_all_clusters(user) if record.cluster_id is None else reaches_cluster(user, record.cluster_id)
    )
