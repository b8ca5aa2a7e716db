"""Application areas: the dimension across the layers."""

from django.contrib import admin

from applications.models import ApplicationArea
from clusterportal.core.admin import NamedForm, fieldset, side_by_side
from clusterportal.history.admin import RecordedAdmin


@admin.register(ApplicationArea)
class ApplicationAreaAdmin(RecordedAdmin):
    form = NamedForm
    list_display = [*side_by_side("name"), "position", "is_active", "owner"]
    list_editable = ["position", "is_active"]
    list_filter = ["is_active"]
    list_select_related = ["owner"]
    search_fields = ["slug", *side_by_side("name")]
    fieldsets = [
        fieldset(
            None,
            side_by_side("name"),
            side_by_side("description"),
            ("slug", "position"),
            ("owner", "is_active"),
        ),
    ]
