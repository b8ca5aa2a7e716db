"""What the lists of this room share: they show what was found, and nobody types anything into them."""

from typing import cast

from django.utils.functional import Promise

from clusterportal.core.admin import PortalAdmin, ReadOnlyAdmin
from clusterportal.quality.querysets import MergeQuerySet, OfActorQuerySet, PairQuerySet


class FindingsAdmin(ReadOnlyAdmin, PortalAdmin):
    """A list of what the person curates; `nothing` is said where there is nothing to do."""

    change_list_template = "admin/quality/findings.html"
    list_display_links: list[str] | None = None
    nothing: str | Promise = ""

    def get_queryset(self, request):
        found = cast(PairQuerySet | OfActorQuerySet | MergeQuerySet, super().get_queryset(request))
        return found.curated_by(request.user)

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"nothing": self.nothing, **(extra_context or {})})
