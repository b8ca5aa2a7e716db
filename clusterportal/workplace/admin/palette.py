"""What Ctrl-K finds beside the lists of the admin: the actors that the person works with."""

from django.urls import reverse
from unfold.dataclasses import SearchResult

from actors.models import Actor
from actors.search.engine import search
from actors.search.ranking import best_first

MOST = 12  # actors


def found(request, text: str) -> list[SearchResult]:
    """The actors that answer `text` best, within reach of the person."""
    if "\x00" in text or not request.user.has_perm("actors.view_actor"):
        return []
    result = search(text, among=Actor.objects.curated_by(request.user))
    keys = best_first(result, result.keys, slice(MOST)) if result.keys else []
    return [
        SearchResult(
            title=actor.full_label,
            description=", ".join(filter(None, [actor.get_kind_display(), str(actor.get_state_display())])),
            link=reverse("admin:actors_actor_change", args=[actor.pk]),
            icon="apartment",
        )
        for actor in Actor.objects.all().listed(list(keys))
    ]
