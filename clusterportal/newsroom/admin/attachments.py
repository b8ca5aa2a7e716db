"""Links and files of a contribution in its form."""

from clusterportal.core.admin import PartInline, side_by_side
from clusterportal.newsroom.forms import FileForm
from clusterportal.newsroom.models import File, Link
from clusterportal.newsroom.rules import can_edit


class _Part(PartInline):
    """Rows that are changed by whoever may edit the contribution."""

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and can_edit(request.user, obj)  # type: ignore[call-arg]  # as inlines have it

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and can_edit(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and can_edit(request.user, obj)


class LinkInline(_Part):
    model = Link
    fields = [*side_by_side("label"), "url", "language", "position"]
    hide_title = False


class FileInline(_Part):
    model = File
    form = FileForm
    fields = ["file", *side_by_side("label"), "language", "pages", "position"]
    hide_title = False
