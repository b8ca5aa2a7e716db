"""The documented path of a cluster."""

from django.contrib import admin

from clusterportal.clusters.record_admin import ClusterRecordAdmin
from clusterportal.core.admin import fieldset
from clusterportal.finance.models import PathPoint


@admin.register(PathPoint)
class PathPointAdmin(ClusterRecordAdmin):
    list_display = ["position", "own_share", "cluster", "evidence", "is_example"]
    list_select_related = ["cluster"]
    fieldsets = [fieldset(None, "cluster", ("position", "own_share"), "evidence", "is_example")]
