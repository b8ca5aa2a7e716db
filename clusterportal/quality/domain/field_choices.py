"""Field by field: which of two actors a merged record takes a value from."""

from typing import NamedTuple

from django.utils.functional import Promise

from actors.columns.fields import ACTOR_FIELDS
from actors.models import Actor
from clusterportal.core.labels import field_label
from clusterportal.core.publication import PublicationState

KEPT, MERGED = "kept", "merged"


class Choice(NamedTuple):
    """What is taken from one actor as a whole: mostly one column; an address is never mixed from two."""

    code: str
    label: str | Promise
    columns: tuple[str, ...]

    def values(self, actor: Actor) -> list:
        return [getattr(actor, column) for column in self.columns]

    def filled(self, actor: Actor) -> int:
        """How many of the columns say something; the country alone says nothing, it always stands there."""
        return sum(
            1
            for column, value in zip(self.columns, self.values(actor), strict=True)
            if value not in (None, "") and column != "country"
        )


def choices() -> list[Choice]:
    """Everything that can be taken from the one or the other; what is unique stays with the kept actor."""
    found: dict[str, Choice] = {}
    fields = {field.name: field for field in Actor._meta.concrete_fields}
    for one in ACTOR_FIELDS:
        field = fields[one.name]
        if field.unique:
            continue
        code, label = (one.unit.value, one.unit.label) if one.unit else (one.name, field_label(field))
        known = found.setdefault(code, Choice(code, label, ()))
        found[code] = known._replace(columns=(*known.columns, one.name))
    return list(found.values())


def differ(choice: Choice, one: Actor, other: Actor) -> bool:
    return choice.values(one) != choice.values(other)


def preferred(choice: Choice, kept: Actor, merged: Actor) -> str:
    """The side to take where nobody chooses: the kept actor wherever it says something.

    The other one is taken where the kept actor says nothing; as a whole where it says the same and more (an address
    with its street over the town alone); and for the state, so that what everybody sees does not vanish by a merge.
    """
    if choice.code == "state":
        return MERGED if merged.is_published and not kept.is_published else KEPT
    if not choice.filled(kept):
        return MERGED if choice.filled(merged) else KEPT
    return MERGED if _says_the_same_and_more(choice, kept, merged) else KEPT


def _says_the_same_and_more(choice: Choice, kept: Actor, merged: Actor) -> bool:
    own, other = choice.values(kept), choice.values(merged)
    agree = all(value in (None, "", twin) for value, twin in zip(own, other, strict=True))
    return agree and choice.filled(merged) > choice.filled(kept)


def merged_values(kept: Actor, merged: Actor, chosen: dict[str, str]) -> dict:
    """Columns of the kept actor as they shall be; `chosen` says KEPT or MERGED by the code of a choice."""
    values: dict[str, object] = {}
    for choice in choices():
        side = chosen.get(choice.code) or preferred(choice, kept, merged)
        source = merged if side == MERGED else kept
        values |= dict(zip(choice.columns, choice.values(source), strict=True))
    days = [actor.published_at for actor in (kept, merged) if actor.published_at]
    return values | {"published_at": min(days, default=None)}


def publishes(kept: Actor, values: dict) -> bool:
    """Does taking these values publish an actor that is not published?"""
    return values["state"] == PublicationState.PUBLISHED and not kept.is_published
