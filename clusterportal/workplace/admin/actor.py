"""The admin of actors as curators see it: what the rooms below add to its list and page stands here, a line each."""

from django.contrib import admin
from django.db.models import Q

from actors.admin.meanwhile import KeepsBoth
from actors.models import Actor
from clusterportal.bulk.admin import BulkActorAdmin, SelectionFilter
from clusterportal.history.changes import Source, may_see
from clusterportal.imports.filters import ImportFilter
from clusterportal.placing.admin import PlacesActors
from clusterportal.quality.admin.typed_actor_checks import WarnsWhileTyping
from clusterportal.review.admin import ReviewedActorAdmin
from clusterportal.review.domain.actor_columns import record_of
from clusterportal.review.domain.proposing import suggest
from clusterportal.review.domain.rehearsal import Rehearsed, rehearse
from clusterportal.teamwork.admin import WritesLetters
from clusterportal.teamwork.models import Attachment, Note


@admin.register(Actor)
class WorkplaceActorAdmin(
    KeepsBoth, WarnsWhileTyping, PlacesActors, WritesLetters, BulkActorAdmin, ReviewedActorAdmin
):
    list_filter = (*ReviewedActorAdmin.list_filter, ImportFilter, SelectionFilter)
    actions = ["change_selection", *ReviewedActorAdmin.actions, "write_to_contacts"]

    class Media:
        js = ["js/actor-form.js"]

    def wait_for_review(self, request, actor, save):
        """An editor's placing of a published actor is rehearsed, and becomes a proposal."""

        def saved():
            save()
            raise Rehearsed(record_of(actor))

        before = record_of(actor)
        after, _answer = rehearse(saved)
        return after is not None and bool(suggest(actor=actor, before=before, after=after, by=request.user))

    def history_sources(self, request, object_id):
        """Notes belong to the history of an actor, for those who may read them."""
        own = [Source(model, Q(actor=object_id)) for model in (Note, Attachment)]
        return [
            *super().history_sources(request, object_id),
            *(source for source in own if may_see(request.user, source.model)),
        ]
