"""The parts of an actor that a table carries in one cell each: layers, areas, clusters, topics, aliases ...

An item of a part is a plain dictionary that JSON can hold, every key present; references are slugs.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from actors.columns.values import clean_value, neat, text_of
from actors.columns.vocabulary import Vocabulary, slug_text
from actors.models import (
    ActorAlias,
    ActorRelation,
    ActorTopic,
    ApplicationFocus,
    ContactPerson,
    Identifier,
    LayerPlacement,
    Membership,
    Service,
    Topic,
)
from actors.validators import clean_identifier, clean_phone
from applications.models import ApplicationArea
from clusterportal.clusters.models import Cluster
from clusterportal.core.languages import column_names
from clusterportal.core.models import own_field
from layers.models import Layer

ASSUMED = "\0"  # the key under which an item keeps what holds only if the registry does not have it yet


def _same_names(*names: str) -> dict[str, str]:
    return {name: name for name in names}


@dataclass(frozen=True)
class Part:
    """How the items of one column map to the rows of one model."""

    column: str
    model: type[Model]
    identity: tuple[str, ...]  # the keys that tell the items of one actor apart
    columns: dict[str, str]  # key of the item -> field of the model
    references: dict[str, type[Model]] = field(default_factory=dict)  # key -> model that it names by slug
    owner: str = "actor"
    repeats: bool = False  # several items of one actor may share their identity
    implied: tuple[str, ...] = ()  # keys of the identity that a table may leave open
    written: tuple[str, ...] = ()  # keys that an export always states

    @cached_property
    def defaults(self) -> dict:
        given = {key: own_field(self.model, name).get_default() for key, name in self.columns.items()}
        references = dict.fromkeys(self.references)
        extra: dict[str, list] = {"areas": []} if self.column == "services" else {}
        return references | {key: _plain(value) for key, value in given.items()} | extra

    def complete(self, item: dict) -> dict:
        """`item` with every key, in the part's own order."""
        return {key: item.get(key, default) for key, default in self.defaults.items()}

    def fresh(self, item: dict) -> dict:
        """`item` as a new one, with every key."""
        return self.complete(item.get(ASSUMED, {}) | item)

    def stated(self, item: dict) -> dict:
        """What a table says with `item`: the keys that it names, and by which the item is known."""
        needed = {*self.identity} - {*self.implied}
        said = {
            key: item.get(key, default)
            for key, default in self.defaults.items()
            if key in item or key in needed
        }
        return said | ({ASSUMED: item[ASSUMED]} if ASSUMED in item else {})

    def brief(self, item: dict) -> dict:
        """`item` without what goes without saying."""
        needed = {*self.identity, *self.written}
        return {key: value for key, value in item.items() if key in needed or value != self.defaults[key]}

    def identity_of(self, item: dict) -> tuple:
        """By what the item is known; a key that is left open stands as its default."""
        return tuple(item.get(name, self.defaults[name]) for name in self.identity)

    def keyed(self, items: Iterable[dict]) -> dict[tuple, dict]:
        """The items by identity; where that may repeat, they are numbered as well."""
        seen: Counter[tuple] = Counter()
        result = {}
        for item in items:
            key = self.identity_of(item)
            seen[key] += 1
            result[(*key, seen[key]) if self.repeats else key] = item
        return result


LAYERS = Part(
    "layers",
    LayerPlacement,
    ("layer",),
    {"basis": "basis", "primary": "is_primary"} | _same_names(*column_names("note")),
    {"layer": Layer},
)
AREAS = Part("areas", ApplicationFocus, ("area",), {}, {"area": ApplicationArea})
CLUSTERS = Part(
    "clusters",
    Membership,
    ("cluster", "kind"),
    _same_names("kind", "since", "until") | {"committed": "is_committed", "cleared": "is_cleared"},
    {"cluster": Cluster},
    implied=("kind",),
)
TOPICS = Part("topics", ActorTopic, ("topic",), {}, {"topic": Topic})
IDENTIFIERS = Part("identifiers", Identifier, ("scheme", "value"), _same_names("scheme", "value"))
ALIASES = Part("aliases", ActorAlias, ("name",), _same_names("name", "kind", "language"))
SERVICES = Part(
    "services",
    Service,
    (column_names("title")[0],),
    _same_names(*column_names("title"), *column_names("description"), "position"),
    {"layer": Layer},
    repeats=True,
)
_PERSON = ("name", *column_names("role"), "email", "phone", "consent_on", "position")
CONTACTS = Part(
    "contacts",
    ContactPerson,
    ("name",),
    _same_names(*_PERSON),
    repeats=True,
    written=_PERSON,
)
RELATIONS = Part(
    "relations",
    ActorRelation,
    ("kind", "target"),
    _same_names("kind", "since", "until", *column_names("note"), "evidence"),
    {"target": Model},
    owner="source",
)

# Relations join two rows of a file, so they are planned apart from the parts that one row holds by itself.
OWN_PARTS = {
    part.column: part for part in (LAYERS, AREAS, CLUSTERS, TOPICS, IDENTIFIERS, ALIASES, SERVICES, CONTACTS)
}
PARTS = OWN_PARTS | {"relations": RELATIONS}


def clean_item(part: Part, item: dict, vocabulary: Vocabulary) -> dict:
    """`item` as stated and valid, as the models have it; raises ValidationError."""
    item = part.stated(item)
    if part is IDENTIFIERS:
        item["scheme"] = clean_value(part.model, "scheme", item["scheme"])
        item["value"] = clean_identifier(item["scheme"], neat(text_of(item["value"])))
    for key, name in part.columns.items():
        if key in item:
            item[key] = _plain(clean_value(part.model, name, item[key]))
    if part is CONTACTS and item.get("phone"):
        item["phone"] = clean_phone(item["phone"])
    for key, model in part.references.items():
        is_left_out = part is SERVICES and not item.get(key)
        if part is RELATIONS:
            item[key] = slug_text(item[key])
        elif not is_left_out:
            item[key] = vocabulary.slug_of(model, item[key])
    if part is SERVICES and "areas" in item:
        item["areas"] = _checked_areas(item["areas"], vocabulary)
    check_item(part, item)
    return item


def check_item(part: Part, item: dict) -> None:
    """What the keys of an item must be together; raises ValidationError."""
    if part is CLUSTERS and (item.get("until") or "9999") < (item.get("since") or ""):
        raise ValidationError(_("The membership ends before it began."))
    if part is RELATIONS and ends_before_it_began(item):
        raise ValidationError(_("The relation ends before it began."))


def ends_before_it_began(relation: dict) -> bool:
    """Of a relation as an item of a table."""
    since, until = relation.get("since"), relation.get("until")
    return bool(since and until and until < since)


def _checked_areas(slugs, vocabulary: Vocabulary) -> list[str]:
    if not isinstance(slugs, list):
        raise ValidationError(_("A list of areas is expected here."))
    return sorted({vocabulary.slug_of(ApplicationArea, slug) for slug in slugs})


def check_items(part: Part, items: list[dict], words_of: Callable[[int], str]) -> list[dict]:
    """The items of a cell, each once, valid together; raises ValidationError.

    `words_of`: what the cell says of the item at this place.
    """
    kept: dict[tuple, dict] = {}
    for place, item in enumerate(items):
        if kept.setdefault(part.identity_of(item), item) != item and not part.repeats:
            raise ValidationError(_("“%(value)s” is named twice.") % {"value": words_of(place)})
    if part is LAYERS and sum(item.get("primary", False) for item in items) > 1:
        raise ValidationError(_("Only one layer can be the main layer."))
    return items if part.repeats else [*kept.values()]


def current_items(part: Part, actors: Iterable[int]) -> dict[int, dict[tuple, tuple[int, dict]]]:
    """What the registry holds: `{actor: {identity: (primary key, item)}}`."""
    paths = [f"{key}__slug" for key in part.references] + list(part.columns.values())
    keys = [*part.references, *part.columns]
    rows = part.model._default_manager.filter(**{f"{part.owner}__in": list(actors)}).order_by("pk")
    found: dict[int, list[tuple[int, dict]]] = {}
    for pk, actor, *values in rows.values_list("pk", f"{part.owner}_id", *paths):
        item = dict(zip(keys, map(_plain, values), strict=True))
        found.setdefault(actor, []).append((pk, item))
    if part is SERVICES:
        _add_areas(item for items in found.values() for item in items)
    return {actor: _keyed_rows(part, items) for actor, items in found.items()}


def _add_areas(services) -> None:
    services = dict(services)
    for item in services.values():
        item["areas"] = []
    through = Service.areas.through.objects.filter(service_id__in=services)
    for pk, slug in through.order_by("applicationarea__slug").values_list(
        "service_id", "applicationarea__slug"
    ):
        services[pk]["areas"].append(slug)


def _keyed_rows(part: Part, rows: list[tuple[int, dict]]) -> dict[tuple, tuple[int, dict]]:
    keyed = part.keyed(part.complete(item) for _pk, item in rows)
    return {key: (pk, item) for (key, item), (pk, _item) in zip(keyed.items(), rows, strict=True)}


def _plain(value):
    """Dates as text, so that an item looks the same from a file and from the database."""
    return value.isoformat() if hasattr(value, "isoformat") else value
