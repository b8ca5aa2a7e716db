"""The admin of actors as curators see it: what the rooms below add to its list and page stands here, a line each."""

from django.contrib import admin
from django.db.models import Q

from actors.models import Actor
from clusterportal.history.changes import Source, may_see
from clusterportal.review.admin import ReviewedActorAdmin
from clusterportal.teamwork.admin import WritesLetters
from clusterportal.teamwork.models import Attachment, Note


@admin.register(Actor)
class WorkplaceActorAdmin(WritesLetters, ReviewedActorAdmin):
    def history_sources(self, request, object_id):
        """Notes belong to the history of an actor, for those who may read them."""
        own = [Source(model, Q(actor=object_id)) for model in (Note, Attachment)]
        return [
            *super().history_sources(request, object_id),
            *(source for source in own if may_see(request.user, source.model)),
        ]
