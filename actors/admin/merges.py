"""Lists of merges: each leads to a page on which the merge is taken back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from clusterportal.core.admin import PortalAdmin, ReadOnlyAdmin
from clusterportal.core.admin_page import admin_page
from clusterportal.history.undo import Undone, edited_since


class MergesAdmin(ReadOnlyAdmin, PortalAdmin):
    """Merges, the newest first; each can be taken back on a page of its own.

    A record has `act`, `merged_name`, `by`, `at`, `undone_by`, `undone_at`; `refusal` is what `take_back` raises.
    """

    undo_template: str
    refusal: type[Exception]
    list_display_links: list[str] | None = ["merged_name"]
    list_select_related: list[str] = ["by", "undone_by"]
    ordering = ["-at", "-pk"]

    def may_take_back(self, user, merge) -> bool:
        raise NotImplementedError  # each kind of merge has its own rule

    def take_back(self, merge, *, by) -> Undone:
        raise NotImplementedError  # each kind parts its own records

    def taken_back(self, request, merge, undone: Undone):
        """Says what was done, and where to go from there."""
        raise NotImplementedError  # each kind has its own words, and its own page to go to

    def undo_context(self, merge) -> dict:
        """What the page of this kind of merge shows beside the others."""
        return {}

    def get_urls(self):
        view = self.admin_site.admin_view(self.undo_view)
        return [path("<int:pk>/undo/", view, name=self._undo_name), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if self.get_object(request, object_id) is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return redirect(f"admin:{self._undo_name}", object_id)

    @display(description=gettext_lazy("State"))
    def state(self, merge):
        context = {"merge": merge, "undo_url": reverse(f"admin:{self._undo_name}", args=[merge.pk])}
        return render_to_string("admin/actors/_merge_state.html", context)

    def undo_view(self, request, pk: int):
        """Say what would stay as it is now; take the merge back when that was confirmed."""
        found = self.get_queryset(request).select_related(*self.list_select_related)
        merge = found.filter(pk=pk).first()
        if merge is None:
            raise Http404
        if not self.may_take_back(request.user, merge):
            raise PermissionDenied
        if request.method == "POST":
            try:
                undone = self.take_back(merge, by=request.user)
            except self.refusal as error:
                messages.error(request, str(error))
                return redirect(f"admin:{self._undo_name}", merge.pk)
            return self.taken_back(request, merge, undone)
        context = {
            "title": _("Take back a merge"),
            "opts": self.opts,
            "merge": merge,
            "outcome": None if merge.undone_at else edited_since(merge.act),
            **self.undo_context(merge),
        }
        return admin_page(request, self.undo_template, context)

    @property
    def _undo_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_undo"
