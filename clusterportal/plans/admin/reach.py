"""Whose plans: a part of a plan is written by those who write the plan."""

from django.contrib.admin.options import InlineModelAdmin

from clusterportal.core.admin import PartBlockInline, PartInline
from clusterportal.plans.rules import can_write


class OfPlan(InlineModelAdmin):
    """Parts of a plan or of an action; `plan_of` says of which plan the page is."""

    hide_title = False

    def plan_of(self, record):
        return record

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and self._may(request, obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._may(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._may(request, obj)

    def _may(self, request, record) -> bool:
        return record is None or can_write(request.user, self.plan_of(record))


class PlanRows(OfPlan, PartInline):
    """Parts as the rows of a table."""

    hide_title = False


class PlanBlocks(OfPlan, PartBlockInline):
    """Parts with longer texts, one block each."""
