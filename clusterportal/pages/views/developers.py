"""The page for partner sites: how to show the registry, mirror it and keep in step. Its examples are tested."""

import json

from django.http import QueryDict
from django.views.generic import TemplateView

from actors.domain.taxonomy import Taxonomy
from actors.filters import ActorFilterSet
from actors.models import Actor
from clusterportal.pages.presenters.embedding import embed_of
from clusterportal.pages.presenters.endpoints import endpoints, routes


class DevelopersView(TemplateView):
    template_name = "pages/developers.html"

    def get_context_data(self, **kwargs):
        chosen = _example()
        hits = ActorFilterSet(chosen)
        first = hits.among(list(hits.listing[:1])).first() if hits.is_valid() else None
        return super().get_context_data(**kwargs) | {
            "portal": self.request.build_absolute_uri("/").rstrip("/"),
            "endpoints": endpoints(),
            "has": routes(),
            "example": chosen,
            "hits": hits.selection.count(),
            "sample": _entry(first) if first else "",
            "embed": embed_of(self.request, "directory", chosen),
        }


def _example() -> QueryDict:
    """Filters that this registry knows: its second layer and its second area, or the first."""
    taxonomy, filters = Taxonomy(), QueryDict(mutable=True)
    for name, entries in (("layer", taxonomy.layers), ("area", taxonomy.areas)):
        if entries:
            filters[name] = entries[:2][-1].slug
    return filters


def _entry(actor: Actor) -> str:
    """A few fields of an entry, as the API writes them."""
    fields = {name: getattr(actor, name) for name in ("slug", "name", "kind", "website")}
    return json.dumps({"uid": str(actor.uid), **fields}, ensure_ascii=False, indent=2)
