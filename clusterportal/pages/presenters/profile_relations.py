"""The relations of one actor: as a table with evidence, and as a picture."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.enums import RelationKind
from actors.models import Actor, ActorRelation, LayerPlacement
from clusterportal.pages.drawing.ego import Edge, EgoPicture, Node, ego

MOST_ROWS = 40
MOST_NAMES = 12  # in the sentence that says what the picture shows
_OUT, _IN = "out", "in"
_WORDS = {
    (RelationKind.PARENT, _OUT): gettext_lazy("Parent body of"),
    (RelationKind.PARENT, _IN): gettext_lazy("Parent body, part of"),
    (RelationKind.SPIN_OFF, _OUT): gettext_lazy("Spin-off, origin of"),
    (RelationKind.SPIN_OFF, _IN): gettext_lazy("Spin-off from"),
    (RelationKind.SUPPLY, _OUT): gettext_lazy("Supplies"),
    (RelationKind.SUPPLY, _IN): gettext_lazy("Supplied by"),
    RelationKind.COOPERATION: gettext_lazy("Cooperation with"),
    RelationKind.RESEARCH: gettext_lazy("Research cooperation with"),
    RelationKind.COMPETITION: gettext_lazy("Competition with"),
}


@dataclass(frozen=True)
class RelationRow:
    """A row of the table, seen from the actor of the page."""

    words: str
    other: Actor
    since: int | None
    note: str
    evidence: str
    host: str


@dataclass(frozen=True)
class Relations:
    """`more_rows` relations are neither in the table nor in the picture, `more_drawn` not in the picture."""

    ties: list[RelationRow]
    parents: list[Actor]
    picture: EgoPicture | None
    sentence: str
    total: int

    @property
    def more_rows(self) -> int:
        return self.total - len(self.ties)

    @property
    def more_drawn(self) -> int:
        return (self.picture.more if self.picture else 0) + self.more_rows


def relations_of(actor: Actor) -> Relations:
    """Public relations of an actor whose placements are prefetched; always three queries."""
    known = ActorRelation.objects.public().of(actor)
    total = known.count()
    found = list(
        known.select_related("source", "target").order_by("kind", "source__sort_key", "target__sort_key")[
            :MOST_ROWS
        ]
    )
    others = list({other.pk: other for other in (_other(one, actor) for one in found)}.values())
    prefetch_related_objects(
        others,
        Prefetch("placements", LayerPlacement.objects.select_related("layer").order_by("layer__position")),
    )
    by_id = {other.pk: other for other in others}
    ties = [_row(one, actor, by_id) for one in found]
    return Relations(
        ties=ties,
        parents=[
            by_id[one.source_id]
            for one in found
            if one.kind == RelationKind.PARENT and one.target_id == actor.pk
        ],
        picture=_picture(actor, others, found) if found else None,
        sentence=_sentence(actor, others),
        total=total,
    )


def host_of(address: str) -> str:
    """The host of a web address without www, as the text of a link."""
    return (urlsplit(address).hostname or address).removeprefix("www.")


def _other(relation: ActorRelation, actor: Actor) -> Actor:
    return relation.target if relation.source_id == actor.pk else relation.source


def _row(relation: ActorRelation, actor: Actor, by_id: dict[int, Actor]) -> RelationRow:
    direction = _OUT if relation.source_id == actor.pk else _IN
    words = _WORDS.get(relation.kind) or _WORDS[(relation.kind, direction)]
    return RelationRow(
        words=str(words),
        other=by_id[_other(relation, actor).pk],
        since=relation.since,
        note=relation.note,
        evidence=relation.evidence,
        host=host_of(relation.evidence),
    )


def _picture(actor: Actor, others: list[Actor], found: list[ActorRelation]) -> EgoPicture:
    center, *nodes = [
        Node(one.pk, str(one), one.get_absolute_url(), tuple(one.positions)) for one in (actor, *others)
    ]
    edges = [Edge(one.source_id, one.target_id, one.kind, one.is_directed) for one in found]
    return ego(center, nodes, edges, {code: str(label) for code, label in RelationKind.choices})


def _sentence(actor: Actor, others: list[Actor]) -> str:
    names = ", ".join(str(other) for other in others[:MOST_NAMES])
    return _("Relations of %(actor)s with %(others)s. The table below says the same.") % {
        "actor": actor,
        "others": names,
    }
