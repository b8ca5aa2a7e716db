"""The representatives of actors."""

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from actors.models import Actor
from actors.rules import can_publish
from clusterportal.core.admin import ReadOnlyAdmin
from clusterportal.history.admin import RecordedAdmin
from clusterportal.review.domain import representatives
from clusterportal.review.models import Representation


@admin.register(Representation)
class RepresentationAdmin(ReadOnlyAdmin, RecordedAdmin):
    """A read-only list; a representation begins when a claim is accepted and ends by the action."""

    list_display = ["actor", "user", "state", "granted_by", "granted_at"]
    list_filter = ["state"]
    list_select_related = ["actor", "user", "granted_by"]
    search_fields = ["actor__sort_key", "user__email", "user__last_name"]
    fields = ["actor", "user", "state", "granted_by", "granted_at"]
    actions = ["end"]

    def get_queryset(self, request):
        actors = Actor.objects.curated_by(request.user).values("pk")
        return super().get_queryset(request).filter(actor__in=actors)

    def has_end_permission(self, request) -> bool:
        return can_publish(request.user)

    @admin.action(description=_("End the representation"), permissions=["end"])
    def end(self, request, queryset):
        ended = 0
        for representation in queryset.select_related("actor"):
            if can_publish(request.user, representation.actor):
                representatives.end(representation=representation, by=request.user)
                ended += 1
        text = ngettext("%(count)d representation has ended.", "%(count)d representations have ended.", ended)
        messages.success(request, text % {"count": ended})
