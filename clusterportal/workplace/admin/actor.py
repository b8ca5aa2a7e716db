"""The admin of actors as curators see it: what the rooms below add to its list and page stands here, a line each."""

from django.contrib import admin

from actors.models import Actor
from clusterportal.bulk.admin import BulkActorAdmin, SelectionFilter
from clusterportal.review.admin import ReviewedActorAdmin


@admin.register(Actor)
class WorkplaceActorAdmin(BulkActorAdmin, ReviewedActorAdmin):
    list_filter = (*ReviewedActorAdmin.list_filter, SelectionFilter)
    actions = ["change_selection", *ReviewedActorAdmin.actions]
