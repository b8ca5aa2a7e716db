"""Which actors of the registry the records of a list name: by the rule of every import, within reach of the key."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from actors.columns.values import neat
from actors.enums import IdentifierScheme
from actors.models import Actor
from actors.validators import clean_identifier
from clusterportal.api.writing.reach import Reach
from clusterportal.intake.planning.matching import RegistryKeys, match_by_key
from clusterportal.intake.row_facts import RowFacts


@dataclass
class Item:
    """A record as it was sent; `pk` of the actor that it names by id, slug or identifier."""

    number: int  # from 1, as messages name it
    data: dict
    pk: int | None = None
    status: str = ""  # set where nothing is to be done
    errors: dict[str, list[str]] = field(default_factory=dict)

    def refuse(self, status: str, **errors: str) -> None:
        self.status, self.pk = status, None
        self.errors = {name: [text] for name, text in errors.items()}


def locate(items: Iterable[Item], reach: Reach) -> None:
    """Finds the actors that the items name. Of others than the key reaches it tells no more than it must."""
    facts = {item.number: _keys_in(item.data) for item in items}
    keys = RegistryKeys.of(facts.values(), with_names=False)
    for item in items:
        match = match_by_key(facts[item.number], keys)
        if match.refusal:
            column, _value, reason = match.refusal
            item.refuse("invalid", **{column: reason})
        item.pk = match.pk
    known = _Known.of({item.pk for item in items if item.pk}, reach)
    for item in items:
        if not item.status:
            _check(item, facts[item.number].fields.get("uid"), known)


@dataclass(frozen=True)
class _Known:
    uids: dict[int, uuid.UUID]  # of the actors that the items name
    reached: set[int]
    public: set[int]

    @classmethod
    def of(cls, keys: set[int], reach: Reach) -> "_Known":
        actors = Actor.objects.with_keys(keys)
        return cls(
            dict(actors.values_list("pk", "uid")),
            set(reach.actors().with_keys(keys).values_list("pk", flat=True)),
            set(actors.published().values_list("pk", flat=True)),
        )


def _check(item: Item, uid: uuid.UUID | None, known: _Known) -> None:
    if item.data.get("uid") is not None and (uid is None or item.pk is None):
        item.refuse("not_found", uid=_("The key reaches no actor with this id."))
    elif item.pk is None:
        return
    elif item.pk in known.reached:
        if uid is not None and known.uids[item.pk] != uid:
            text = _("This actor was merged into another one: %(uid)s.") % {"uid": known.uids[item.pk]}
            item.refuse("not_found", uid=text)
    elif uid is not None:
        if item.pk in known.public:
            text = _("This actor belongs to none of the clusters that the key may write.")
            item.refuse("forbidden", uid=text)
        else:
            item.refuse("not_found", uid=_("The key reaches no actor with this id."))
    else:
        name = "slug" if item.data.get("slug") else "identifiers"
        item.refuse("conflict", **{name: _("Another actor has this.")})


def _keys_in(data: dict) -> RowFacts:
    """What the record says of its actor's keys; what is no key is named when the record itself is read."""
    facts = RowFacts()
    if uid := _uid(data.get("uid")):
        facts.fields["uid"] = uid
    if isinstance(data.get("slug"), str):
        facts.fields["slug"] = data["slug"].strip()
    numbers = data.get("identifiers")
    named = numbers if isinstance(numbers, list) else []
    facts.parts["identifiers"] = [number for one in named if (number := _identifier(one))]
    return facts


def _uid(value: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(value)
    except (ValueError, AttributeError, TypeError):
        return None


def _identifier(one: Any) -> dict[str, str] | None:
    if not isinstance(one, dict) or one.get("scheme") not in IdentifierScheme.values:
        return None
    try:
        return {"scheme": one["scheme"], "value": clean_identifier(one["scheme"], neat(str(one["value"])))}
    except (KeyError, ValidationError):
        return None
