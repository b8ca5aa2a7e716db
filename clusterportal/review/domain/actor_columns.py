"""What an actor's record says, by the columns of the registry's tables: the language in which proposals speak."""

from actors.columns.fields import ACTOR_FIELDS, COLUMNS
from actors.columns.parts import PARTS
from actors.columns.values import is_same
from actors.models import Actor
from actors.resources import ActorResource

# What visitors may propose to change: nothing of the curators' own, nothing that joins two entries.
PUBLIC_COLUMNS = [
    *(one.column_name for one in ACTOR_FIELDS if one.in_form),
    *("layers", "areas", "topics", "services", "identifiers", "contacts"),
]


def record_of(actor: Actor) -> dict:
    """Today's record of `actor`, complete; parts as lists of items."""
    return next(ActorResource(with_contacts=True).records(Actor.objects.filter(pk=actor.pk)))


def public_record(actor: Actor) -> dict:
    """What everybody may read of `actor`, and so may propose to change."""
    record = record_of(actor)
    public = {column: record[column] for column in PUBLIC_COLUMNS}
    public["contacts"] = [person for person in record["contacts"] if person.get("consent_on")]
    return public


def keyed_items(column: str, items: list[dict] | None) -> dict[tuple, dict]:
    """The items of a part, every key present, by what tells them apart."""
    part = PARTS[column]
    return part.keyed(part.complete(item) for item in items or [])


def joined_items(column: str, *, earlier: tuple, later: tuple) -> list[dict]:
    """The items of a part after two changes, each (items before, items after), of which neither saw the other.

    Where both change the same item, the later one holds.
    """
    old, wanted = (keyed_items(column, items) for items in earlier)
    base, result = (keyed_items(column, items) for items in later)
    changed_later = {key for key in base | result if base.get(key) != result.get(key)}
    for key in (old | wanted).keys() - changed_later:
        if old.get(key) == wanted.get(key):
            continue
        if key in wanted:
            result[key] = wanted[key]
        else:
            result.pop(key, None)
    return list(result.values())


def is_part(column: str) -> bool:
    return column in PARTS


def says_the_same(column: str, one, other) -> bool:
    """Whether two values of a column mean the same."""
    if is_part(column):
        return keyed_items(column, one) == keyed_items(column, other)
    return is_same("" if one is None else one, "" if other is None else other)


def changed_columns(*, wanted: dict, base: dict) -> dict:
    """The columns of `wanted` that say something else than `base`."""
    return {
        column: value
        for column, value in wanted.items()
        if column in COLUMNS and not says_the_same(column, value, base.get(column))
    }
