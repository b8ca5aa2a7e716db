"""What topics and application areas share in the admin: how many actors a term has, and merging two."""

from urllib.parse import urlencode

from django.contrib import admin, messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.models import Actor
from actors.rules import can_merge_terms
from clusterportal.terms.admin import TermAdmin


class CountsWithinReach(TermAdmin):
    """Counts the actors that the person works with: as many as the list behind the number shows."""

    actions = ["merge_two"]

    def counted_actors(self, request):
        return Actor.objects.curated_by(request.user)

    def has_merge_permission(self, request) -> bool:
        return can_merge_terms(request.user, self.model)

    @admin.action(description=gettext_lazy("Merge the two that are ticked"), permissions=["merge"])
    def merge_two(self, request, queryset):
        """To the page that shows what would move; the one with more actors is proposed to be kept."""
        both = list(queryset[:3])
        if len(both) != 2:
            messages.warning(request, _("Tick exactly two."))
            return None
        kept, merged = sorted(both, key=lambda term: -getattr(term, self.assignments).count())
        address = reverse("admin:actors_termmerge_merge", args=[self.noun, kept.pk])
        return redirect(f"{address}?{urlencode({'other': merged.slug})}")
