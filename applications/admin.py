"""Application areas: the dimension across the layers. The admin of actors registers this, with the number of actors."""

from django.utils.text import capfirst

from applications.models import AreaSynonym
from applications.resources import ApplicationAreaResource
from clusterportal.core.admin import fieldset, side_by_side
from clusterportal.terms.admin import SynonymInline, TermAdmin


class AreaSynonymInline(SynonymInline):
    model = AreaSynonym


class ApplicationAreaAdmin(TermAdmin):
    noun = "area"
    resource = ApplicationAreaResource
    list_display = [*side_by_side("name"), "other_words", "counted", "position", "is_active", "owner"]
    list_editable = ["position", "is_active"]
    list_filter = ["is_active"]
    list_select_related = ["owner"]
    search_fields = ["slug", *side_by_side("name")]
    inlines = [AreaSynonymInline]
    fieldsets = [
        fieldset(
            None,
            side_by_side("name"),
            side_by_side("description"),
            ("slug", "position"),
            ("owner", "is_active"),
        ),
    ]

    def get_changelist_formset(self, request, **kwargs):
        """The head of a column is no label to a screen reader."""
        formset = super().get_changelist_formset(request, **kwargs)
        for field in formset.form.base_fields.values():
            field.widget.attrs["aria-label"] = capfirst(str(field.label))
        return formset
