"""Topics: the words by which actors are told apart."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy

from actors.admin.terms import CountsWithinReach
from actors.list_resources import TopicResource
from actors.models import Topic, TopicLink, TopicSynonym
from clusterportal.core.admin import PartInline, fieldset, side_by_side
from clusterportal.history.changes import Source, may_see
from clusterportal.terms.admin import SynonymInline


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
