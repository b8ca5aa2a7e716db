"""The network: relations between actors as a picture and as a table of the same."""

from collections import Counter

from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from actors.domain.facets import facets
from actors.enums import DIRECTED_RELATIONS, RelationKind
from actors.models import Actor, ActorRelation, LayerPlacement
from actors.querysets import in_region_condition
from clusterportal.pages.drawing.lettering import wrapped
from clusterportal.pages.drawing.network import Column, Edge, Node, arcs, layered
from clusterportal.pages.presenters.active_filters import ActiveFilters, with_values
from clusterportal.pages.presenters.actor_rows import page_numbers, page_of
from clusterportal.pages.presenters.profile_relations import host_of

MOST_ACTORS = 150  # that a picture can hold and an eye can follow
MOST_RELATIONS = 300
PAGE_SIZE = 50
MARKET_SIDE = 4  # a chain that begins on this layer or later has no link to research
OWN_FILTERS = ("city", "relation", "area", "cluster")


class NetworkView(TemplateView):
    template_name = "pages/network.html"

    def get(self, request, *args, **kwargs):
        connected = Actor.objects.published().related()
        filters = ActiveFilters(request.GET, connected, own=OWN_FILTERS, axes=("ordering",))
        context = self.get_context_data(filters=filters, **kwargs)
        is_there = context.get("page_exists", True)
        return self.render_to_response(
            context, status=(200 if is_there else 404) if filters.is_valid else 400
        )

    def get_context_data(self, filters, **kwargs):
        context = super().get_context_data(selection=filters, **kwargs)
        if not filters.is_valid:
            return context
        relations = _relations(filters)
        page, page_exists = page_of(
            relations.select_related("source", "target"), self.request.GET.get("page"), per_page=PAGE_SIZE
        )
        for relation in page.object_list:
            relation.evidence_host = host_of(relation.evidence)
        choices = facets(filters.filterset, ["city", "area"])
        context |= {
            "page": page,
            "page_exists": page_exists,
            "page_numbers": page_numbers(page),
            "relation_count": page.paginator.count,
            "cities": sorted(choices["city"], key=lambda city: city.label),
            "areas": choices["area"],
            "clusters": filters.taxonomy.clusters,
            "kinds": RelationKind.choices,
            "chosen": {name: filters.chosen(name) for name in OWN_FILTERS},
        }
        return context | (_picture(relations, page.paginator.count, filters) if page.paginator.count else {})


def _relations(filters: ActiveFilters):
    """Relations of the kinds asked for, with at least one end that matches the filters."""
    relations = ActorRelation.objects.public()
    if set(filters.params) - {"relation"}:
        ends = filters.filterset.without("relation").values("pk")
        relations = relations.filter(Q(source__in=ends) | Q(target__in=ends))
    kinds = filters.chosen("relation")
    return relations.filter(kind__in=kinds) if kinds else relations


def _picture(relations, relation_count: int, filters: ActiveFilters) -> dict:
    """Both drawings of the network, what their lines mean, and what the picture leaves out."""
    rows = _drawn(relations, relation_count)
    keys = {key for source, target, _kind in rows for key in (source, target)}
    edges = [Edge(source, target, kind, kind in DIRECTED_RELATIONS) for source, target, kind in rows]
    nodes = _nodes(keys)
    columns = [Column(layer.position, str(layer.name)) for layer in filters.taxonomy.layers]
    outside = _("Outside the region")
    kinds = Counter(kind for _source, _target, kind in rows)
    actor_count = Actor.objects.filter(_at_an_end_of(relations)).count()
    wide = layered(nodes, edges, columns, outside=outside)
    return {
        "wide": wide,
        "narrow": arcs(nodes, edges, columns, outside=outside),
        "legend": [(kind, kind.label, kind in DIRECTED_RELATIONS) for kind in RelationKind if kinds[kind]],
        "actor_count": actor_count,
        "drawn_actor_count": len(nodes),
        "drawn_relation_count": len(rows),
        "is_partial": len(rows) < relation_count,
        "has_outside": any(node.is_external for node in nodes),
        **_unconnected(filters, width=wide.corner.width if wide.corner else 0),
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
    among = ends.filter(source__in=best, target__in=best)
    return list(among.values_list("source_id", "target_id", "kind")[:MOST_RELATIONS])


def _nodes(keys: set[int]) -> list[Node]:
    """The actors of the picture; those outside the region are marked as external."""
    placements = LayerPlacement.objects.select_related("layer").order_by("layer__position")
    actors = (
        Actor.objects.filter(pk__in=keys)
        .annotate(is_in_region=in_region_condition())
        .prefetch_related(Prefetch("placements", placements))
        .by_name()
    )
    return [
        Node(
            key=actor.pk,
            label=str(actor),
            url=actor.get_absolute_url(),
            positions=tuple(actor.positions),
            is_external=not actor.is_in_region,
        )
        for actor in actors
    ]


def _at_an_end_of(relations) -> Q:
    """The condition for actors that one of the relations starts from or leads to."""
    bare = relations.order_by()
    return Q(Exists(bare.filter(source=OuterRef("pk")))) | Q(Exists(bare.filter(target=OuterRef("pk"))))


def _unconnected(filters: ActiveFilters, *, width: float) -> dict:
    """How many actors that match the filters have no recorded relation, and what that says about the market side."""
    everybody = filters.of(Actor.objects.published())
    everybody.is_valid()
    related = Q(pk__in=Actor.objects.related().values("pk"))
    on_market_side = Q(first__gte=MARKET_SIDE)
    counts = (
        everybody.without("relation")
        .annotate(first=Min("placements__layer__position"))
        .aggregate(
            lonely=Count("pk", filter=~related),
            market=Count("pk", filter=on_market_side),
            lonely_market=Count("pk", filter=on_market_side & ~related),
        )
    )
    return {
        "lonely_count": counts["lonely"],
        "finding": _finding(counts, filters, width) if width else None,
    }


def _finding(counts: dict, filters: ActiveFilters, width: float) -> dict | None:
    if not counts["lonely_market"]:
        return None
    layers = [layer.slug for layer in filters.taxonomy.layers if layer.position >= MARKET_SIDE]
    text = ngettext(
        "actor whose chain begins only here has no recorded relation yet.",
        "actors whose chain begins only here have no recorded relation yet.",
        counts["market"],
    )
    numbers = {"number": number_format(counts["lonely_market"]), "all": number_format(counts["market"])}
    return {
        "url": f"{reverse('actors:actor-list')}?{with_values(filters.params, layer=layers)}",
        "headline": _("%(number)s of %(all)s") % numbers,
        "lines": wrapped(text, width),
    }
