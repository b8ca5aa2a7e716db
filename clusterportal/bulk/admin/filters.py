"""A filter of the actor list that needs this room: what the person has selected."""

from django.utils.translation import gettext_lazy as _

from actors.admin.filters import OneOfFilter
from clusterportal.bulk.domain.selections import selection_of


class SelectionFilter(OneOfFilter):
    title = _("selection")
    parameter_name = "chosen"

    def lookups(self, request, model_admin):
        self.user = request.user
        return [("yes", _("Only what is selected"))]

    def narrow(self, queryset, value):
        selection = selection_of(self.user)
        return queryset.with_keys(selection.keys if selection else [])
