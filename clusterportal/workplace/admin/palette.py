"""What Ctrl-K finds: the lists of the admin by their names, and the actors that the person works with."""

from django.contrib import admin
from django.template.response import TemplateResponse
from django.urls import reverse
from unfold.dataclasses import SearchResult

from actors.models import Actor
from actors.search.engine import search
from actors.search.query import LONGEST_QUESTION
from actors.search.ranking import best_first

MOST_ACTORS = 12  # actors


def palette(request):
    """The answer to what was typed so far, a part of the page."""
    text = " ".join(request.GET.get("s", "").replace("\x00", "").split())[:LONGEST_QUESTION]
    results = [*_lists(request, text), *_actors(request, text)] if text else []
    request.current_app = admin.site.name
    return TemplateResponse(request, "admin/workplace/palette.html", {"results": results})


def _lists(request, text: str) -> list[SearchResult]:
    return [
        SearchResult(str(model["name"]), str(app["name"]), model["admin_url"], "list")
        for app in admin.site.get_app_list(request)
        for model in app["models"]
        if model["admin_url"] and text.casefold() in str(model["name"]).casefold()
    ]


def _actors(request, text: str) -> list[SearchResult]:
    """The actors within reach that answer best."""
    if not request.user.has_perm("actors.view_actor"):
        return []
    result = search(text, among=Actor.objects.curated_by(request.user), in_part=True)
    keys = best_first(result, result.keys, slice(MOST_ACTORS)) if result.keys else []
    return [
        SearchResult(
            actor.full_label,
            f"{actor.get_kind_display()}, {actor.get_state_display()}",
            reverse("admin:actors_actor_change", args=[actor.pk]),
            "apartment",
        )
        for actor in Actor.objects.all().listed(list(keys))
    ]
