"""The network: relations between actors as a picture and as a table of the same."""

from collections import Counter

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from actors.enums import DIRECTED_RELATIONS, RelationKind
from actors.facets.region import in_region
from actors.facets.selection import Selection
from actors.models import Actor, ActorRelation
from clusterportal.pages.drawing.lettering import wrapped
from clusterportal.pages.drawing.network import Column, Edge, Node, network_picture
from clusterportal.pages.presenters.active_filters import ActiveFilters, with_values
from clusterportal.pages.presenters.actor_rows import as_rows, narrow, page_numbers, page_of
from clusterportal.pages.presenters.profile_relations import host_of

MOST_ACTORS = 150  # that a picture can hold and an eye can follow
MOST_RELATIONS = 300
PAGE_SIZE = 50
MARKET_SIDE = 4  # a chain that begins on this layer or later has no link to research
OWN_FILTERS = ("city", "relation", "area", "cluster")


class NetworkView(TemplateView):
    template_name = "pages/network.html"

    def get(self, request, *args, **kwargs):
        filters = ActiveFilters(request.GET, own=OWN_FILTERS, axes=("ordering",))
        if not filters.is_valid:
            return self.render_to_response(self.get_context_data(selection=filters), status=400)
        network = _network(filters, request.GET.get("page"))
        context = self.get_context_data(selection=filters, **network)
        return self.render_to_response(context, status=200 if network["page_exists"] else 404)


def _network(filters: ActiveFilters, number: str | None) -> dict:
    """The relations under the filters: one page of the table, the picture, and what they can be narrowed by."""
    relations = _relations(filters)
    page, page_exists = page_of(_named(relations), number, per_page=PAGE_SIZE)
    for relation in page.object_list:
        relation.evidence_host = host_of(relation.evidence)
    choices = filters.filterset.facets(
        ["city", "area"], selection=filters.filterset.selection.having("has", ["relations"])
    )
    return {
        "page": page,
        "page_exists": page_exists,
        "page_numbers": page_numbers(page),
        "relation_count": page.paginator.count,
        "cities": sorted(choices["city"], key=lambda city: city.label),
        "areas": choices["area"],
        "clusters": filters.taxonomy.clusters,
        "kinds": RelationKind.choices,
        "chosen": {name: filters.chosen(name) for name in OWN_FILTERS},
        **(_picture(relations, page.paginator.count, filters) if page.paginator.count else {}),
    }


def _relations(filters: ActiveFilters):
    """Relations with at least one end under the filters, and of the kinds asked for."""
    relations = ActorRelation.objects.public()
    if (ends := _under_other_filters(filters)).masks:
        keys = ends.keys.tolist()
        relations = relations.filter(Q(source__pk__any_of=keys) | Q(target__pk__any_of=keys))
    kinds = filters.chosen("relation")
    return relations.filter(kind__in=kinds) if kinds else relations


_NAMING = ("slug", "name", "short_name", "country")


def _named(relations):
    """`relations` with what a row of the table shows."""
    ends = [f"{end}__{column}" for end in ("source", "target") for column in _NAMING]
    return relations.select_related("source", "target").only("kind", "since", "evidence", *ends)


def _under_other_filters(filters: ActiveFilters) -> Selection:
    """The actors under all filters but that for kinds of relations, which chooses the relations themselves."""
    return filters.filterset.selection.without("relation")


def _picture(relations, relation_count: int, filters: ActiveFilters) -> dict:
    """Both drawings of the network, what their lines mean, and what the picture leaves out."""
    rows = _drawn(relations, relation_count)
    keys = {key for source, target, _kind in rows for key in (source, target)}
    edges = [Edge(source, target, kind, kind in DIRECTED_RELATIONS) for source, target, kind in rows]
    nodes = _nodes(keys, filters)
    columns = [Column(layer.position, str(layer.name)) for layer in filters.taxonomy.layers]
    kinds = Counter(kind for _source, _target, kind in rows)
    picture = network_picture(nodes, edges, columns, outside=_("Outside the region"))
    corner = picture.wide.corner
    return {
        "wide": picture.wide,
        "narrow": picture.narrow,
        "legend": [(kind, kind.label, kind in DIRECTED_RELATIONS) for kind in RelationKind if kinds[kind]],
        "actor_count": _actor_count(relations),
        "drawn_actor_count": len(nodes),
        "drawn_relation_count": len(rows),
        "is_partial": len(rows) < relation_count,
        "has_outside": any(node.is_external for node in nodes),
        **_unconnected(filters, width=corner.width if corner else 0),
    }


def _drawn(relations, relation_count: int) -> list[tuple[int, int, str]]:
    """(source, target, kind) of the relations to draw: all, or those among the best connected actors."""
    ends = relations.order_by("source__sort_key", "kind", "target__sort_key", "pk")
    rows = list(ends.values_list("source_id", "target_id", "kind")[: MOST_RELATIONS + 1])
    actors = {key for row in rows for key in row[:2]}
    if len(rows) <= MOST_RELATIONS and len(actors) <= MOST_ACTORS:
        return rows
    degree: Counter[int] = Counter()
    for end in ("source_id", "target_id"):
        busiest = relations.order_by().values(end).annotate(number=Count("pk")).order_by("-number", end)
        degree.update({row[end]: row["number"] for row in busiest[: MOST_ACTORS * 2]})
    best = [
        key for key, _number in sorted(degree.items(), key=lambda item: (-item[1], item[0]))[:MOST_ACTORS]
    ]
    among = ends.filter(source__pk__any_of=best, target__pk__any_of=best)
    return list(among.values_list("source_id", "target_id", "kind")[:MOST_RELATIONS])


def _nodes(keys: set[int], filters: ActiveFilters) -> list[Node]:
    """The actors of the picture; those outside the region have a place of their own."""
    index = filters.filterset.index
    inside = set(index.keys[in_region(index, filters.taxonomy) & index.among(list(keys))].tolist())
    rows = as_rows(narrow(Actor.objects.with_keys(keys)).by_name(), filters.taxonomy)
    return [
        Node(
            key=row.actor.pk,
            label=str(row.actor),
            url=row.actor.get_absolute_url(),
            positions=tuple(row.positions),
            is_external=row.actor.pk not in inside,
        )
        for row in rows
    ]


def _actor_count(relations) -> int:
    """How many actors one of the relations starts from or leads to."""
    bare = relations.order_by()
    return bare.values_list("source_id").union(bare.values_list("target_id")).count()


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
