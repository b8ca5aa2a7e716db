"""Relations between actors as a list of their own."""

from django.contrib import admin
from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from actors.models import ActorRelation
from clusterportal.core.admin import side_by_side
from clusterportal.core.functions import Fold
from clusterportal.history.admin import RecordedAdmin


@admin.register(ActorRelation)
class ActorRelationAdmin(RecordedAdmin):
    list_display = ["source", "kind", "target", "since", "updated_at"]
    list_display_links = ["source", "kind", "target"]
    list_filter = [("kind", ChoicesDropdownFilter)]
    list_select_related = ["source", "target"]
    search_fields = ["source__sort_key"]
    search_help_text = _("Name or short name of either actor")
    autocomplete_fields = ["source", "target"]
    fieldsets = [
        (None, {"fields": [("source", "kind", "target"), side_by_side("note"), ("since", "evidence")]}),
    ]  # fmt: skip

    def get_search_results(self, request, queryset, search_term):
        for word in search_term.split()[:12]:
            folded = Fold(Value(word))
            ends = Q()
            for key in ("sort_key", "name_key"):
                ends |= Q(**{f"source__{key}__contains": folded}) | Q(**{f"target__{key}__contains": folded})
            queryset = queryset.filter(ends)
        return queryset, False
