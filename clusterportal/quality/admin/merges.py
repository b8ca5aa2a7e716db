"""The list of merges, and taking one back."""

from django.contrib import admin, messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from actors.admin.merges import MergesAdmin
from actors.rules import can_merge
from clusterportal.quality.admin.base import FindingsAdmin
from clusterportal.quality.domain.merging import CannotTakeBack, take_back
from clusterportal.quality.models import Merge


@admin.register(Merge)
class MergeAdmin(MergesAdmin, FindingsAdmin):
    undo_template = "admin/quality/undo.html"
    refusal = CannotTakeBack
    list_display = ["merged_name", "kept", "at", "by", "state"]
    list_select_related = ["kept", "by", "undone_by"]
    search_fields = ["merged_name", "kept__name"]
    nothing = gettext_lazy("No actors were merged so far.")

    def may_take_back(self, user, merge):
        return can_merge(user, merge.kept)

    def take_back(self, merge, *, by):
        return take_back(merge=merge, by=by)

    def taken_back(self, request, merge, undone):
        messages.success(
            request, _("“%(actor)s” is an actor of its own again.") % {"actor": merge.merged_name}
        )
        if undone.kept_count:
            text = ngettext(
                "%(count)d record was edited since and stays as it is.",
                "%(count)d records were edited since and stay as they are.",
                undone.kept_count,
            )
            messages.warning(request, text % {"count": undone.kept_count})
        return redirect("admin:quality_merge_changelist")
