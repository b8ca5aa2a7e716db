"""What lists of plans and actions can be narrowed to: where the lines of the cockpit lead that stand for many."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter

from clusterportal.clusters.models import Cluster
from clusterportal.clusters.record_admin import OwnClusterFilter
from clusterportal.plans.domain.lacks import Lack, lacking
from clusterportal.plans.models import ActionPlan


class AsksFilter(OwnClusterFilter):
    """Plans of others that one of the person's clusters has not answered yet."""

    title = _("wait for the answer of")
    parameter_name = "asks"

    def of_cluster(self, queryset, cluster: Cluster):
        return queryset.asking(cluster)


class TakesPartFilter(OwnClusterFilter):
    """Actions of the plans that one of the person's clusters leads or takes part in."""

    title = _("cluster")
    parameter_name = "cluster"

    def of_cluster(self, queryset, cluster: Cluster):
        return queryset.filter(plan__in=ActionPlan.objects.of_cluster(cluster).values("pk"))


class LackFilter(DropdownFilter):
    title = _("open")
    parameter_name = "open"

    def lookups(self, request, model_admin):
        return Lack.choices

    def queryset(self, request, queryset):
        if self.value() not in Lack.values:
            return queryset
        return lacking(queryset, self.value(), today=timezone.localdate())
