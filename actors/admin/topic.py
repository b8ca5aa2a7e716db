"""Topics: the words by which actors are told apart; and how many actors topics and application areas have."""

from urllib.parse import urlencode

from django.contrib import admin, messages
from django.db.models import Q
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.list_resources import TopicResource
from actors.models import Actor, Topic, TopicLink, TopicSynonym
from actors.rules import can_merge_terms
from applications.admin import ApplicationAreaAdmin
from applications.models import ApplicationArea
from clusterportal.core.admin import PartInline, fieldset, side_by_side
from clusterportal.history.changes import Source, may_see
from clusterportal.terms.admin import SynonymInline, TermAdmin


class TopicSynonymInline(SynonymInline):
    model = TopicSynonym


class BroaderInline(PartInline):
    model = TopicLink
    fk_name = "topic"
    fields = ["broader"]
    autocomplete_fields = ["broader"]


class NarrowerInline(PartInline):
    model = TopicLink
    fk_name = "broader"
    fields = ["topic"]
    autocomplete_fields = ["topic"]
    verbose_name = gettext_lazy("narrower topic")
    verbose_name_plural = gettext_lazy("narrower topics")


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


@admin.register(Topic)
class TopicAdmin(CountsWithinReach):
    noun, assignments = "topic", "actor_topics"
    resource, prefetched_for_export = TopicResource, ("broader",)
    list_display = [*side_by_side("name"), "other_words", "counted"]
    search_fields = ["key"]
    ordering = ["key", "pk"]
    inlines = [TopicSynonymInline, BroaderInline, NarrowerInline]
    fieldsets = [
        fieldset(None, side_by_side("name"), "slug"),
    ]

    def history_sources(self, request, object_id):
        sources = super().history_sources(request, object_id)
        if may_see(request.user, TopicLink):
            sources.append(Source(TopicLink, Q(topic=object_id) | Q(broader=object_id)))
        return sources


@admin.register(ApplicationArea)
class CountedAreaAdmin(CountsWithinReach, ApplicationAreaAdmin):
    assignments = "foci"
