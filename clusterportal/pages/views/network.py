"""The network: relations between actors as a picture and as tables of the same."""

import numpy as np
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from actors.enums import RelationKind
from actors.facets.selection import Selection
from actors.landscape.region import in_region
from actors.landscape.ties import Ties
from actors.models import Actor
from clusterportal.core.turns import costly
from clusterportal.pages.drawing.lettering import wrapped
from clusterportal.pages.presenters.active_filters import ActiveFilters, with_values
from clusterportal.pages.presenters.actor_rows import page_numbers, page_of
from clusterportal.pages.presenters.network_choice import chosen_ties
from clusterportal.pages.presenters.network_filters import FIELDS, NetworkFilters
from clusterportal.pages.presenters.network_pictures import Drawn, network_address, of_actor, of_region
from clusterportal.pages.presenters.network_projects import exports_of, one_cluster, projects_of
from clusterportal.pages.presenters.network_relations import Meant, meant
from clusterportal.pages.presenters.network_tables import matrices, rows_of, years

MOST_CHOICES = 200  # actors to choose from whose own network can be shown
MOST_HUBS = 5  # named where a picture leaves everybody out
PAGE_SIZE = 50
MARKET_SIDE = 4  # a chain that begins on this layer or later has no link to research


@costly
class NetworkView(TemplateView):
    """All relations, or with `actor` those of one actor: whose network this is."""

    template_name = "pages/network.html"

    def get(self, request, *args, **kwargs):
        filters = NetworkFilters(request.GET)
        if not filters.is_valid:
            return self.render_to_response(self.get_context_data(selection=filters), status=400)
        network = _network(filters, request.GET.get("page"))
        context = self.get_context_data(selection=filters, **network)
        return self.render_to_response(context, status=200 if network["page_exists"] else 404)


def _network(filters: NetworkFilters, number: str | None) -> dict:
    """The relations under the filters: one page of a table, the picture, and what they can be narrowed by."""
    center = None
    if slug := filters.params.get("actor"):
        if "\x00" in slug:  # PostgreSQL holds none, and would not look for it
            raise Http404
        center = get_object_or_404(Actor.objects.published(), slug=slug)
    ends = _under_other_filters(filters)
    found = meant(filters, ends, center)
    page, page_exists = page_of(rows_of(found.ties, ends.index, filters), number, per_page=PAGE_SIZE)
    choices = filters.filterset.facets(
        ["city", "area"], selection=filters.filterset.selection.having("has", ["relations"])
    )
    return {
        "center": center,
        "page": page,
        "page_exists": page_exists,
        "page_numbers": page_numbers(page),
        "relation_count": len(found.ties),
        "undated_count": found.undated,
        "egos": _actors_to_choose(filters, center),
        "cities": sorted(choices["city"], key=lambda city: city.label),
        "areas": choices["area"],
        "clusters": filters.taxonomy.clusters,
        "kinds": RelationKind.choices,
        "years": years(),
        "projects": projects_of(filters, center),
        "exports": exports_of(one_cluster(filters)),
        "chosen": {name: filters.chosen(name) for name in FIELDS},
        **(_shown(found, filters, ends, center) if len(found.ties) else {}),
    }


def _under_other_filters(filters: ActiveFilters) -> Selection:
    """The actors under all filters but that for kinds of relations, which chooses the relations themselves."""
    return filters.filterset.selection.without("relation")


def _actors_to_choose(filters: ActiveFilters, center: Actor | None) -> list[Actor]:
    """The best connected actors of the region, by name, and the one that is chosen."""
    index = filters.filterset.index
    degrees = Ties.of(index).degrees(len(index.keys)) * in_region(index, filters.taxonomy)
    best = np.argsort(-degrees, kind="stable")[:MOST_CHOICES]
    keys = index.keys[best[degrees[best] > 0]].tolist() + ([center.pk] if center else [])
    return list(Actor.objects.with_keys(keys).by_name().only("slug", "name", "short_name"))


def _shown(found: Meant, filters: NetworkFilters, ends: Selection, center: Actor | None) -> dict:
    """The drawings of the network, what they leave out, and the tables of who is tied to whom."""
    index, taxonomy = ends.index, filters.taxonomy
    ties = found.ties
    counts = {
        "actor_count": len(np.unique(ties.ends)),
        "outside_count": len(ties) - len(ties.touching(in_region(index, taxonomy))),
        **matrices(ties, filters, ends, center),
    }
    if center:
        return counts | _drawing(of_actor(center, found.among, index, taxonomy), len(ties))
    drawn_ties = chosen_ties(ties, index, taxonomy)
    if not len(drawn_ties):
        return counts | {"hubs": _hubs(ties, ends)}
    drawn = of_region(drawn_ties, found.among, index, taxonomy)
    shown = _drawing(drawn, len(ties))
    if shown["is_partial"]:
        shown["hubs"] = _hubs(ties, ends)
        if not filters.chosen("cluster"):
            shown["groups"] = _groups(filters, ties)
    return counts | shown | _unconnected(filters, width=drawn.corner_width)


def _drawing(drawn: Drawn, relation_count: int) -> dict:
    return {"drawn": drawn, "is_partial": drawn.relation_count < relation_count}


def _groups(filters: ActiveFilters, wanted: Ties) -> list[tuple]:
    """(cluster, its network, number of relations) for the clusters that have any of the relations."""
    index = filters.filterset.index
    counts = [
        (cluster, len(wanted.touching(index.having("cluster", [cluster.slug]))))
        for cluster in filters.taxonomy.clusters
    ]
    return [
        (cluster, f"?{with_values(filters.params, cluster=cluster.slug)}", count)
        for cluster, count in counts
        if count
    ]


def _hubs(wanted: Ties, ends: Selection) -> list[tuple]:
    """(actor, its own network, number of relations) for the best connected ends of relations."""
    degrees = wanted.degrees(len(ends.index.keys))
    best = np.argsort(-degrees, kind="stable")[:MOST_HUBS]
    counts = dict(zip(ends.index.keys[best].tolist(), degrees[best].tolist(), strict=True))
    actors = Actor.objects.with_keys([key for key, count in counts.items() if count])
    found = [(actor, network_address(actor), counts[actor.pk]) for actor in actors.by_name()]
    return sorted(found, key=lambda hub: -hub[2])


def _unconnected(filters: ActiveFilters, *, width: float) -> dict:
    """How many actors under the filters have no recorded relation, and what that says of the market side."""
    everybody, layers = _under_other_filters(filters), filters.taxonomy.layers
    index = everybody.index
    before = index.having("layer", [layer.slug for layer in layers if layer.position < MARKET_SIDE])
    market = everybody.having("layer", _market_side(layers)).narrowed("first layer", ~before)
    is_lonely = ~index.having("has", ["relations"])
    counts = {"market": market.count(), "lonely_market": market.narrowed("lonely", is_lonely).count()}
    return {
        "lonely_count": everybody.narrowed("lonely", is_lonely).count(),
        "finding": _finding(counts, filters, width) if width else None,
    }


def _market_side(layers) -> list[str]:
    return [layer.slug for layer in layers if layer.position >= MARKET_SIDE]


def _finding(counts: dict, filters: ActiveFilters, width: float) -> dict | None:
    if not counts["lonely_market"]:
        return None
    text = ngettext(
        "actor whose chain begins only here has no recorded relation yet.",
        "actors whose chain begins only here have no recorded relation yet.",
        counts["market"],
    )
    numbers = {"number": number_format(counts["lonely_market"]), "all": number_format(counts["market"])}
    query = with_values(filters.params, layer=_market_side(filters.taxonomy.layers))
    return {
        "url": f"{reverse('actors:actor-list')}?{query}",
        "headline": _("%(number)s of %(all)s") % numbers,
        "lines": wrapped(text, width),
    }
