"""Topics: the words by which actors are told apart; and how many actors topics and application areas have."""

from django.contrib import admin
from django.db.models import Q

from actors.list_resources import TopicResource
from actors.models import Actor, Topic, TopicLink, TopicSynonym
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


class CountsWithinReach(TermAdmin):
    """Counts the actors that the person works with: as many as the list behind the number shows."""

    def counted_actors(self, request):
        return Actor.objects.curated_by(request.user)


@admin.register(Topic)
class TopicAdmin(CountsWithinReach):
    noun, assignments = "topic", "actor_topics"
    resource, prefetched_for_export = TopicResource, ("broader",)
    list_display = [*side_by_side("name"), "other_words", "counted"]
    search_fields = ["key"]
    ordering = ["key", "pk"]
    inlines = [TopicSynonymInline, BroaderInline]
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
