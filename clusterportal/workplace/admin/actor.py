"""The admin of actors as curators see it: what the rooms below add to its list and page stands here, a line each."""

from django.contrib import admin

from actors.admin.meanwhile import KeepsBoth
from actors.models import Actor
from clusterportal.quality.admin.typing import WarnsWhileTyping
from clusterportal.review.admin import ReviewedActorAdmin


@admin.register(Actor)
class WorkplaceActorAdmin(KeepsBoth, WarnsWhileTyping, ReviewedActorAdmin):
    class Media:
        js = ["js/actor-form.js"]
