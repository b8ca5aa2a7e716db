"""Field by field: which of two actors a merged record takes a value from."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from clusterportal.core.labels import field_label
from clusterportal.core.languages import column_names
from clusterportal.core.publication import PublicationState

KEPT, MERGED = "kept", "merged"


class Choice(NamedTuple):
    """What is taken from one actor as a whole: mostly one column; an address is never mixed from two."""

    code: str
    label: str
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


_SINGLE_BEFORE = ["name", "short_name", "kind", "legal_form", "size", "founded", "logo"]
_SINGLE_AFTER = ["website", "email", "phone"]
_KEPT_BY_CURATORS = ["state", "verified_on", "source"]


def _single(column: str) -> Choice:
    return Choice(column, field_label(Actor._meta.get_field(column)), (column,))


def choices() -> list[Choice]:
    """Everything that can be taken from the one or the other, in the order of the actor's own page."""
    texts = [*column_names("summary"), *column_names("description")]
    address = ("street", "postcode", "city", "state_name", "country")
    return [
        *(_single(column) for column in [*_SINGLE_BEFORE, *texts, *_SINGLE_AFTER]),
        Choice("address", _("Address"), address),
        Choice("coordinates", _("Coordinates"), ("latitude", "longitude", "location_accuracy")),
        *(_single(column) for column in _KEPT_BY_CURATORS),
    ]


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
    values = {}
    for choice in choices():
        side = chosen.get(choice.code) or preferred(choice, kept, merged)
        source = merged if side == MERGED else kept
        values |= dict(zip(choice.columns, choice.values(source), strict=True))
    days = [actor.published_at for actor in (kept, merged) if actor.published_at]
    return values | {"published_at": min(days, default=None)}


def publishes(kept: Actor, values: dict) -> bool:
    """Does taking these values publish an actor that is not published?"""
    return values["state"] == PublicationState.PUBLISHED and not kept.is_published
