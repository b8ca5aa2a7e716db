"""The five layers: their words can be edited, their number cannot."""

from django.contrib import admin

from clusterportal.core.admin import side_by_side
from clusterportal.history.admin import RecordedAdmin
from layers.models import LAYER_COUNT, Layer


@admin.register(Layer)
class LayerAdmin(RecordedAdmin):
    list_display = ["position", *side_by_side("name"), "slug"]
    list_display_links = ["position", *side_by_side("name")]
    fieldsets = [
        (None, {"fields": [
            ("position", "slug"), side_by_side("name"), side_by_side("claim"), side_by_side("description"),
        ]}),
    ]  # fmt: skip

    def has_add_permission(self, request):
        return super().has_add_permission(request) and Layer.objects.count() < LAYER_COUNT

    def has_delete_permission(self, request, obj=None):
        return False
