"""The admin of actors as curators see it: what the rooms below add to its list and page stands here, a line each."""

from django.contrib import admin

from actors.models import Actor
from clusterportal.placing.admin import PlacesActors
from clusterportal.review.admin import ReviewedActorAdmin
from clusterportal.review.domain.proposing import suggest
from clusterportal.review.domain.records import record_of
from clusterportal.review.domain.rehearsal import Rehearsed, rehearse


@admin.register(Actor)
class WorkplaceActorAdmin(PlacesActors, ReviewedActorAdmin):
    def wait_for_review(self, request, actor, save):
        """An editor's placing of a published actor is rehearsed, and becomes a proposal."""

        def saved():
            save()
            raise Rehearsed(record_of(actor))

        before = record_of(actor)
        after, _answer = rehearse(saved)
        return after is not None and bool(suggest(actor=actor, before=before, after=after, by=request.user))
