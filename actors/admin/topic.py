"""Topics: the words by which actors are told apart."""

from django.contrib import admin
from django.db.models import Count, F, Value
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from actors.models import Topic
from clusterportal.core.admin import NamedForm, fieldset, side_by_side
from clusterportal.core.functions import Fold
from clusterportal.history.admin import RecordedAdmin


@admin.register(Topic)
class TopicAdmin(RecordedAdmin):
    form = NamedForm
    list_display = [*side_by_side("name"), "actor_count"]
    search_fields = ["key"]
    ordering = ["key", "pk"]
    fieldsets = [
        fieldset(None, side_by_side("name"), "slug"),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(actor_count=Count("actor_topics"))

    def get_search_results(self, request, queryset, search_term):
        for word in search_term.split()[:12]:
            queryset = queryset.filter(key__contains=Fold(Value(word)))
        return queryset, False

    @display(description=_("Actors"), ordering=F("actor_count").desc())
    def actor_count(self, topic):
        return topic.actor_count
