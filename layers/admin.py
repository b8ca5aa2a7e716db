"""The five layers: their words can be edited, their number cannot."""

from django.contrib import admin
from django.utils.translation import gettext as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from clusterportal.core.admin import fieldset, side_by_side
from clusterportal.core.admin_page import admin_page
from clusterportal.history.admin import RecordedAdmin
from layers.models import EXACTLY_FIVE, LAYER_COUNT, Layer


class LayerBoxes(RecordedAdmin):
    """Admin of a model with `layers`: the five stand beside boxes to tick."""

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "layers":
            kwargs["widget"] = UnfoldAdminCheckboxSelectMultipleWidget()
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Layer)
class LayerAdmin(RecordedAdmin):
    list_before_template = "admin/layers/list_tools.html"
    list_display = ["position", *side_by_side("name"), "slug"]
    list_display_links = ["position", *side_by_side("name")]
    fieldsets = [
        fieldset(
            None,
            ("position", "slug"),
            side_by_side("name"),
            side_by_side("claim"),
            side_by_side("description"),
        ),
    ]

    def has_add_permission(self, request):
        return super().has_add_permission(request) and Layer.objects.count() < LAYER_COUNT

    def has_delete_permission(self, request, obj=None):
        return False

    def add_view(self, request, form_url="", extra_context=None):
        return self._exactly_five(request) or super().add_view(request, form_url, extra_context)

    def delete_view(self, request, object_id, extra_context=None):
        return self._exactly_five(request) or super().delete_view(request, object_id, extra_context)

    def _exactly_five(self, request):
        """Explains to people who may edit layers why none can be added or deleted; None while some are missing."""
        if not self.has_change_permission(request) or Layer.objects.count() < LAYER_COUNT:
            return None
        context = {
            "title": _("There are exactly five layers"),
            "text": EXACTLY_FIVE,
            "layers": Layer.objects.all(),
        }
        return admin_page(request, "admin/layers/five.html", context, status=403)
