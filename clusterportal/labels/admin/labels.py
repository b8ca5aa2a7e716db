"""The register of labels, with a timeline of each cluster."""

from datetime import date

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from clusterportal.clusters.models import Cluster
from clusterportal.clusters.record_admin import ClusterRecordAdmin, OwnDropdownFilter
from clusterportal.core.admin import fieldset
from clusterportal.labels.domain.label_status import needs_silver, standings, status_of
from clusterportal.labels.domain.timeline import said_of, timeline
from clusterportal.labels.forms import LabelForm
from clusterportal.labels.models import Label

MOST_TIMELINES = 12  # of clusters; the list below holds all labels


@admin.register(Label)
class LabelAdmin(ClusterRecordAdmin):
    form = LabelForm
    list_before_template = "admin/labels/timelines.html"
    list_display = ["kind", "cluster", "term", "status", "renews"]
    list_filter = [("kind", ChoicesDropdownFilter), ("cluster", OwnDropdownFilter)]
    list_select_related = ["cluster", "renews__cluster"]
    search_fields = ["certificate"]
    fieldsets = [
        fieldset(
            None,
            ("cluster", "kind"),
            ("assessed_on", "renews"),
            ("valid_from", "valid_until"),
            "certificate",
            "is_example",
        )
    ]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "renews":
            own = Label.objects.curated_by(request.user).select_related("cluster")
            kwargs["queryset"] = own
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @display(description=_("validity"), ordering="valid_from")
    def term(self, label):
        return said_of(label)

    @display(description=_("status"))
    def status(self, label):
        return status_of(label, as_of=timezone.localdate()).label

    def changelist_view(self, request, extra_context=None):
        more = {"timelines": self._timelines(request, timezone.localdate())}
        return super().changelist_view(request, more | (extra_context or {}))

    def _timelines(self, request, today: date) -> list[dict]:
        """One a cluster: of its labels, and whether go-cluster still asks for Silver."""
        own = Label.objects.curated_by(request.user).values("cluster")
        clusters = Cluster.objects.filter(pk__in=own).order_by("position", "slug")[:MOST_TIMELINES]
        shown = []
        for cluster in clusters:
            found = standings(cluster, as_of=today)
            drawn = timeline(found, today=today)
            shown.append({"cluster": cluster, "timeline": drawn, "needs_silver": needs_silver(found)})
        return shown
