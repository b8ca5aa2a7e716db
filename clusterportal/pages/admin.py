"""Texts of the portal."""

from django.contrib import admin

from clusterportal.core.admin import fieldset, side_by_side
from clusterportal.history.admin import RecordedAdmin
from clusterportal.pages.models import TextPage


@admin.register(TextPage)
class TextPageAdmin(RecordedAdmin):
    list_display = ["slug", *side_by_side("title"), "updated_at"]
    search_fields = ["slug", *side_by_side("title")]
    fieldsets = [
        fieldset(None, "slug", side_by_side("title"), side_by_side("body")),
    ]

    def get_readonly_fields(self, request, obj=None):
        # The portal links to a text by its name: it is chosen once.
        return ["slug"] if obj else []
