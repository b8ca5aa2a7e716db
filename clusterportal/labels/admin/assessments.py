"""Assessments: the list, and for each cluster the page on which it is compared with its lists of criteria."""

from collections.abc import Callable

from django.contrib import admin
from django.urls import path
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RelatedDropdownFilter
from unfold.decorators import display

from clusterportal.clusters.record_admin import ClusterRecordAdmin, OwnDropdownFilter
from clusterportal.core.admin import ReadOnlyAdmin
from clusterportal.labels.admin import pages
from clusterportal.labels.enums import Verdict
from clusterportal.labels.models import CriteriaAssessment


@admin.register(CriteriaAssessment)
class CriteriaAssessmentAdmin(ReadOnlyAdmin, ClusterRecordAdmin):
    list_before_template = "admin/labels/clusters.html"
    list_display = ["assessed_on", "cluster", "criteria_set", "met", "by"]
    list_filter = [("cluster", OwnDropdownFilter), ("criteria_set", RelatedDropdownFilter)]
    list_select_related = ["cluster", "criteria_set", "by"]
    search_fields = ["remark"]

    def get_urls(self):
        own: dict[str, tuple[str, Callable]] = {  # route: name and view
            "of/<int:pk>/": ("live", pages.live),
            "of/<int:pk>/<int:set_pk>/": ("assess", pages.assess),
            "<int:pk>/report/": ("report", pages.report),
            "proof/<int:pk>/": ("proof", pages.proof),
        }
        return [
            path(route, self.admin_site.admin_view(view), name=f"labels_criteriaassessment_{name}")
            for route, (name, view) in own.items()
        ] + super().get_urls()

    def has_delete_permission(self, request, obj=None):
        """An assessment stays as it was made; administrators alone remove one that never should have been."""
        return request.user.is_superuser

    def has_export_permission(self, request) -> bool:
        return False  # the report holds one

    @display(description=_("met"))
    def met(self, assessment):
        met = sum(one["verdict"] == Verdict.FULFILLED for one in assessment.findings)
        judged = sum(bool(one["verdict"]) for one in assessment.findings)
        return _("%(number)s of %(all)s") % {"number": met, "all": judged} if judged else "–"

    def changelist_view(self, request, extra_context=None):
        more = {"own_clusters": pages.own_clusters(request.user)}
        return super().changelist_view(request, more | (extra_context or {}))

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        return pages.frozen(request, object_id)
