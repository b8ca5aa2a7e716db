"""Relations as one of their actors sees them, and who may state them."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.enums import RelationKind
from actors.models import Actor, ActorRelation
from actors.rules import can_publish, reaches

_WORDS: dict[tuple[str, bool], Promise] = {
    (RelationKind.PARENT, True): gettext_lazy("Parent body of"),
    (RelationKind.PARENT, False): gettext_lazy("Parent body, part of"),
    (RelationKind.SPIN_OFF, True): gettext_lazy("Spin-off, origin of"),
    (RelationKind.SPIN_OFF, False): gettext_lazy("Spin-off from"),
    (RelationKind.SUPPLY, True): gettext_lazy("Supplies"),
    (RelationKind.SUPPLY, False): gettext_lazy("Supplied by"),
}
_WORDS_BOTH_WAYS: dict[str, Promise] = {
    RelationKind.COOPERATION: gettext_lazy("Cooperation with"),
    RelationKind.RESEARCH: gettext_lazy("Research cooperation with"),
    RelationKind.COMPETITION: gettext_lazy("Competition with"),
}


def words_of(relation: ActorRelation, actor_id: int) -> str:
    """Kind and direction as the actor at one end says it, before the name of the other."""
    both_ways = _WORDS_BOTH_WAYS.get(relation.kind)
    return str(both_ways or _WORDS[relation.kind, relation.source_id == actor_id])


def is_public(source: Actor, target: Actor) -> bool:
    """Everybody sees a relation of which both ends are published."""
    return source.is_published and target.is_published


def objection_to_relation(user, source: Actor, target: Actor) -> str:
    """Why `user` may not state or change a relation between the two at once; empty when they may."""
    if not (reaches(user, source) or reaches(user, target)):
        return _("At least one end must be an actor of your clusters.")
    if is_public(source, target) and not can_publish(user):
        return _(
            "Both actors are published: state the relation on the page of one of them, it goes to review."
        )
    return ""
