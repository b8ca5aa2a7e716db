"""The list of merges, and taking one back."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.decorators import display

from actors.rules import can_merge
from clusterportal.history.undo import edited_since
from clusterportal.quality.admin.base import FindingsAdmin
from clusterportal.quality.domain.merging import CannotTakeBack, take_back
from clusterportal.quality.models import Merge


@admin.register(Merge)
class MergeAdmin(FindingsAdmin):
    list_display = ["merged_name", "kept", "at", "by", "state"]
    list_display_links = ["merged_name"]
    list_select_related = ["kept", "by", "undone_by"]
    search_fields = ["merged_name", "kept__name"]
    ordering = ["-at", "-pk"]
    nothing = gettext_lazy("No actors were merged so far.")

    def get_urls(self):
        view = self.admin_site.admin_view
        return [path("<int:pk>/undo/", view(self.undo_view), name="quality_merge_undo"), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if self.get_object(request, object_id) is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return redirect("admin:quality_merge_undo", object_id)

    @display(description=gettext_lazy("State"))
    def state(self, merge):
        return render_to_string("admin/quality/_merge_state.html", {"merge": merge})

    def undo_view(self, request, pk: int):
        """Say what would stay as it is now; take the merge back when that was confirmed."""
        merge = self.get_queryset(request).select_related("kept", "by", "undone_by").filter(pk=pk).first()
        if merge is None:
            raise Http404
        if not can_merge(request.user, merge.kept):
            raise PermissionDenied
        if request.method == "POST":
            return self._take_back(request, merge)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Take back a merge"),
            "opts": self.opts,
            "merge": merge,
            "outcome": None if merge.undone_at else edited_since(merge.act),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/quality/undo.html", context)

    def _take_back(self, request, merge: Merge):
        try:
            undone = take_back(merge=merge, by=request.user)
        except CannotTakeBack as error:
            messages.error(request, str(error))
            return redirect("admin:quality_merge_undo", merge.pk)
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
