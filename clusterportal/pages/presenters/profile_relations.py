"""The relations of one actor: as a table with evidence, and as a picture."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from actors.domain.relations import words_of
from actors.domain.taxonomy import Taxonomy
from actors.enums import RelationKind
from actors.models import Actor, ActorRelation
from clusterportal.core.languages import language_shown
from clusterportal.core.web_hosts import host_of
from clusterportal.pages.drawing.ego import Edge, EgoPicture, Node, ego
from clusterportal.pages.presenters.actor_rows import ActorRow, as_rows, narrow

MOST_ROWS = 40
MOST_NAMES = 12  # in the sentence that says what the picture shows


@dataclass(frozen=True)
class RelationRow:
    """A row of the table, seen from the actor of the page."""

    words: str
    other: Actor
    since: int | None
    until: int | None
    note: str
    note_language: str
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


def relations_of(actor: Actor, taxonomy: Taxonomy) -> Relations:
    """Relations that visitors see, of an actor with its placements; two queries, and a third where they are cut."""
    known = ActorRelation.objects.shown_with(actor).order_by("kind", "source__sort_key", "target__sort_key")
    found = list(known[: MOST_ROWS + 1])
    total = len(found) if len(found) <= MOST_ROWS else known.count()
    keys = dict.fromkeys(_other(one, actor) for one in found[:MOST_ROWS])
    rows = {
        row.actor.pk: row for row in as_rows(narrow(Actor.objects.published()).listed(list(keys)), taxonomy)
    }
    shown = [one for one in found[:MOST_ROWS] if _other(one, actor) in rows]
    return Relations(
        ties=[_row(one, actor, rows) for one in shown],
        parents=[
            rows[one.source_id].actor
            for one in shown
            if one.kind == RelationKind.PARENT and one.target_id == actor.pk
        ],
        picture=_picture(actor, rows.values(), shown) if shown else None,
        sentence=_sentence(actor, rows.values()),
        total=total,
    )


def _other(relation: ActorRelation, actor: Actor) -> int:
    """The key of the actor at the other end."""
    return relation.target_id if relation.source_id == actor.pk else relation.source_id


def _row(relation: ActorRelation, actor: Actor, rows: dict[int, ActorRow]) -> RelationRow:
    return RelationRow(
        words=words_of(relation, actor.pk),
        other=rows[_other(relation, actor)].actor,
        since=relation.since,
        until=relation.until,
        note=relation.note,
        note_language=language_shown(relation, "note"),
        evidence=relation.evidence,
        host=host_of(relation.evidence),
    )


def _picture(actor: Actor, others: Iterable[ActorRow], shown: list[ActorRelation]) -> EgoPicture:
    center = _node(actor, actor.positions)
    nodes = [_node(row.actor, row.positions) for row in others]
    edges = [Edge(one.source_id, one.target_id, one.kind, one.is_directed) for one in shown]
    return ego(center, nodes, edges, {code: str(label) for code, label in RelationKind.choices})


def _node(actor: Actor, positions: list[int]) -> Node:
    return Node(actor.pk, str(actor), actor.get_absolute_url(), tuple(positions))


def _sentence(actor: Actor, others: Iterable[ActorRow]) -> str:
    names = ", ".join(str(row.actor) for row in islice(others, MOST_NAMES))
    return _("Relations of %(actor)s with %(others)s. The table below says the same.") % {
        "actor": actor,
        "others": names,
    }
