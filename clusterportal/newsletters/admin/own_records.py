"""Lists and issues of a cluster are its team's; those of the portal, without a cluster, are the administrators'."""

from clusterportal.clusters.models import Cluster
from clusterportal.clusters.record_admin import ClusterRecordAdmin
from clusterportal.clusters.rules import reaches_all_clusters


class OwnRecordAdmin(ClusterRecordAdmin):
    """Teams choose one of their clusters; only administrators leave it empty."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        formfield = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if formfield and db_field.related_model is Cluster and not reaches_all_clusters(request.user):
            formfield.required = True
        return formfield
