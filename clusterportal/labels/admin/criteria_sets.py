"""Lists of criteria: data of the portal, which administrators keep and everybody on a team reads."""

from django.contrib import admin

from clusterportal.core.admin import PartBlockInline, fieldset, side_by_side
from clusterportal.history.admin import RecordedAdmin
from clusterportal.labels.forms import CriterionForm
from clusterportal.labels.models import CriteriaSet, Criterion


class CriterionInline(PartBlockInline):
    model = Criterion
    form = CriterionForm
    fields = [
        ("code", "position", "kind"),
        ("rule", "threshold"),
        side_by_side("group"),
        side_by_side("text"),
    ]


@admin.register(CriteriaSet)
class CriteriaSetAdmin(RecordedAdmin):
    list_display = ["abbreviation", *side_by_side("name"), "issuer", "version", "position"]
    list_display_links = ["abbreviation"]
    search_fields = ["abbreviation", "slug", *side_by_side("name")]
    inlines = [CriterionInline]
    fieldsets = [
        fieldset(
            None,
            side_by_side("name"),
            ("abbreviation", "slug", "position"),
            ("issuer", "source"),
            ("version", "valid_from"),
            side_by_side("note"),
        )
    ]
