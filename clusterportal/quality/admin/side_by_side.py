"""Two actors beside each other, as the page of a merge shows them."""

from dataclasses import dataclass, field

from actors.models import Actor
from actors.rules import can_see_contacts
from clusterportal.core.labels import language_of
from clusterportal.history.wording import in_words
from clusterportal.quality.domain import field_choices as choosing
from clusterportal.quality.domain import relations
from clusterportal.quality.domain.merged_parts import MERGED_PARTS

LEFT, RIGHT, BOTH = "left", "right", "both"


@dataclass
class Row:
    """One choice: what each side says, and which is taken."""

    code: str
    label: str
    language: str
    left: str
    right: str
    taken: str


@dataclass
class Group:
    """Parts of one kind; of each, its text and which side has it."""

    label: str
    items: list[tuple[str, str]] = field(default_factory=list)


def keeps_by_rule(left: Actor, right: Actor) -> str:
    """The side that is kept where nobody chooses: published, verified later, longer in the registry."""
    left_merits, right_merits = (
        (actor.is_published, actor.verified_on.toordinal() if actor.verified_on else 0)
        for actor in (left, right)
    )
    if left_merits != right_merits:
        return LEFT if left_merits > right_merits else RIGHT
    return LEFT if left.pk < right.pk else RIGHT


def rows(left: Actor, right: Actor, *, keeps: str, asked: dict[str, str]) -> list[Row]:
    """What differs, with what was `asked` for, or what the rule takes."""
    kept, merged = (left, right) if keeps == LEFT else (right, left)
    other = RIGHT if keeps == LEFT else LEFT
    found = []
    for choice in choosing.choices():
        if choosing.differ(choice, left, right):
            by_rule = keeps if choosing.preferred(choice, kept, merged) == choosing.KEPT else other
            found.append(
                Row(
                    choice.code,
                    str(choice.label),
                    language_of(Actor._meta.get_field(choice.columns[0])),
                    _in_words(choice, left),
                    _in_words(choice, right),
                    asked.get(choice.code, by_rule),
                )
            )
    return found


def groups(left: Actor, right: Actor, *, user) -> list[Group]:
    """What the merged actor will have, and from where; people without consent only for those who may see them."""
    found = []
    for part in MERGED_PARTS:
        if part.accessor != "contacts" or can_see_contacts(user):
            items = [(part.text(own or other), _side(own, other)) for own, other in part.pairs(left, right)]
            found.append(Group(str(part.label), items))
    return [group for group in [*found, _relations(left, right)] if group.items]


def _relations(left: Actor, right: Actor) -> Group:
    label = str(relations.LABEL)
    pairs = relations.pairs(left, right)
    return Group(
        label, [(_relation_text(own or other, left, right), _side(own, other)) for own, other in pairs]
    )


def _relation_text(relation, left: Actor, right: Actor) -> str:
    is_outgoing = relation.source_id in (left.pk, right.pk)
    other = relation.target if is_outgoing else relation.source
    arrow = ("→" if is_outgoing else "←") if relation.is_directed else "–"
    return f"{relation.get_kind_display()} {arrow} {other}"


def _side(own, other) -> str:
    return BOTH if own and other else LEFT if own else RIGHT


def _in_words(choice, actor: Actor) -> str:
    parts = []
    fields = {field.name: field for field in Actor._meta.concrete_fields}
    for column, value in zip(choice.columns, choice.values(actor), strict=True):
        if choice.code == "logo":
            return value.name.rsplit("/", 1)[-1] if value else ""
        text = in_words(fields[column], value, {})
        if text and not (column == "country" and not choice.filled(actor)):
            parts.append(text)
    return ", ".join(parts)
