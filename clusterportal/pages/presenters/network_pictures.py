"""The pictures of a network: those of the region in its layers, or one actor with its neighbours."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.domain.taxonomy import Taxonomy
from actors.enums import DIRECTED_RELATIONS, RelationKind
from actors.facets.index import FacetIndex
from actors.landscape.region import in_region
from actors.landscape.ties import Ties
from actors.models import Actor, ActorRelation
from clusterportal.pages.drawing.ego import EgoPicture, ego
from clusterportal.pages.drawing.network import NetworkPicture, network_picture
from clusterportal.pages.drawing.shapes import Column, Edge, Key, Node
from clusterportal.pages.presenters.actor_rows import as_rows, narrow

MOST_NEIGHBOURS = 24  # of one actor


@dataclass(frozen=True)
class Drawn:
    """A picture, the kinds of its lines in the order of the legend, and how much it holds."""

    picture: NetworkPicture | EgoPicture
    kinds: list[tuple[RelationKind, str, bool]]  # kind, name, whether it has a direction
    actor_count: int
    relation_count: int
    has_outside: bool
    has_more: bool  # whether a label counts relations that are not drawn

    @property
    def corner_width(self) -> float:
        """Width of the free corner of a picture in layers, 0 without one."""
        corner = self.picture.wide.corner if isinstance(self.picture, NetworkPicture) else None
        return corner.width if corner else 0


def of_region(drawn: Ties, ties: Ties, index: FacetIndex, taxonomy: Taxonomy) -> Drawn:
    """The relations `drawn` of the relations `ties`, in the columns of the layers."""
    edges = _edges(drawn)
    nodes = _nodes(edges, _undrawn(ties, drawn, index), index, taxonomy)
    columns = [Column(layer.position, str(layer.name)) for layer in taxonomy.layers]
    return _counted(network_picture(nodes, edges, columns, outside=_("Outside the region")), nodes, edges)


def of_actor(actor: Actor, ties: Ties, index: FacetIndex, taxonomy: Taxonomy) -> Drawn:
    """The relations of one actor; those with neighbours in the region first, then with well connected ones."""
    own = ties.touching(index.among([actor.pk]))
    degrees, inside = ties.degrees(len(index.keys)), in_region(index, taxonomy)
    places = np.unique(own.ends)
    places = places[index.keys[places] != actor.pk]
    ranked = places[np.lexsort((places, -degrees[places], ~inside[places]))][:MOST_NEIGHBOURS]
    keys = [actor.pk, *index.keys[ranked].tolist()]
    drawn = own.where(index.among(keys)[own.ends].all(axis=1))
    edges = _edges(drawn)
    nodes = {node.key: node for node in _nodes(edges, _undrawn(ties, drawn, index), index, taxonomy)}
    center = Node(actor.pk, str(actor), actor.get_absolute_url(), tuple(actor.positions))
    others = [nodes[key] for key in keys[1:] if key in nodes]
    labels = {code: str(label) for code, label in RelationKind.choices}
    return _counted(ego(center, others, edges, labels, most=MOST_NEIGHBOURS), [center, *others], edges)


def network_address(actor: Actor) -> str:
    """The page of the network of one actor."""
    query = QueryDict(mutable=True)
    query["actor"] = actor.slug
    return f"{reverse('pages:network')}?{query.urlencode()}"


def _counted(picture: NetworkPicture | EgoPicture, nodes: list[Node], edges: list[Edge]) -> Drawn:
    kinds = Counter(edge.kind for edge in edges)
    return Drawn(
        picture=picture,
        kinds=[(kind, str(kind.label), kind in DIRECTED_RELATIONS) for kind in RelationKind if kinds[kind]],
        actor_count=len(nodes),
        relation_count=len(edges),
        has_outside=any(node.is_external for node in nodes),
        has_more=any(node.more for node in nodes),
    )


def _edges(drawn: Ties) -> list[Edge]:
    relations = ActorRelation.objects.public().filter(pk__in=drawn.keys.tolist())
    rows = relations.order_by("source__sort_key", "kind", "target__sort_key", "pk")
    return [
        Edge(source, target, kind, kind in DIRECTED_RELATIONS)
        for source, target, kind in rows.values_list("source_id", "target_id", "kind")
    ]


def _undrawn(ties: Ties, drawn: Ties, index: FacetIndex) -> dict[int, int]:
    """How many relations of each actor, by its key, are not drawn."""
    left = ties.degrees(len(index.keys)) - drawn.degrees(len(index.keys))
    places = np.unique(drawn.ends)
    return dict(zip(index.keys[places].tolist(), left[places].tolist(), strict=True))


def _nodes(
    edges: Iterable[Edge], undrawn: dict[int, int], index: FacetIndex, taxonomy: Taxonomy
) -> list[Node]:
    """The actors of the picture; those outside the region have a place of their own.

    Who has further relations leads to the network of its own, everybody else to its page.
    """
    keys: set[Key] = {key for edge in edges for key in (edge.source, edge.target)}
    inside = set(index.keys[in_region(index, taxonomy) & index.among([int(key) for key in keys])].tolist())
    nodes = []
    for row in as_rows(narrow(Actor.objects.with_keys(keys)).by_name(), taxonomy):
        actor, more = row.actor, undrawn.get(row.actor.pk, 0)
        nodes.append(
            Node(
                key=actor.pk,
                label=str(actor),
                url=network_address(actor) if more else actor.get_absolute_url(),
                positions=tuple(row.positions),
                is_external=actor.pk not in inside,
                more=f"+{number_format(more)}" if more else "",
                aside=ngettext("further relation", "further relations", more) if more else "",
            )
        )
    return nodes
