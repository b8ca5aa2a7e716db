"""Relations of two actors that become one."""

from django.utils.translation import gettext_lazy as _

from actors.enums import ONCE_A_PAIR
from actors.models import Actor, ActorRelation
from clusterportal.core.languages import column_names

LABEL = _("Relations")


def relations_of(actor: Actor) -> list[ActorRelation]:
    return list(ActorRelation.objects.of(actor).select_related("source", "target"))


def pairs(kept: Actor, merged: Actor) -> list[tuple[ActorRelation | None, ActorRelation | None]]:
    """Relations of both beside each other, as they would be after the merge; those between the two are gone."""
    own = {_key(one, kept, merged): one for one in relations_of(kept) if not _is_between(one, kept, merged)}
    found: dict[tuple, tuple[ActorRelation | None, ActorRelation | None]]
    found = {key: (one, None) for key, one in own.items()}
    for other in relations_of(merged):
        if not _is_between(other, kept, merged):
            key = _key(other, kept, merged)
            # Two of the merged actor's own may become the same as well: the first of them moves.
            if key in own or key not in found:
                found[key] = (own.get(key), other)
    return list(found.values())


def move_relations(*, kept: Actor, merged: Actor) -> None:
    """Let the relations of `merged` be those of `kept`; what both have stays once, its notes filled up."""
    for own, other in pairs(kept, merged):
        if other is None:
            continue
        if own is None:
            other.source_id, other.target_id = _ends(other, kept, merged)
            other.save()
            continue
        own.until = max(own.until, other.until) if own.until and other.until else None  # not known is no end
        for name in (*column_names("note"), "since", "evidence"):
            if not getattr(own, name):
                setattr(own, name, getattr(other, name))
        own.save()


def _is_between(relation: ActorRelation, kept: Actor, merged: Actor) -> bool:
    return {relation.source_id, relation.target_id} == {kept.pk, merged.pk}


def _ends(relation: ActorRelation, kept: Actor, merged: Actor) -> tuple[int, int]:
    source, target = (kept.pk if pk == merged.pk else pk for pk in (relation.source_id, relation.target_id))
    return source, target


def _key(relation: ActorRelation, kept: Actor, merged: Actor) -> tuple:
    """What stands once in the registry: most kinds once between two, whichever way they were entered."""
    ends = _ends(relation, kept, merged)
    return relation.kind, tuple(sorted(ends)) if relation.kind in ONCE_A_PAIR else ends
