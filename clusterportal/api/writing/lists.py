"""The lists of a record (layers, services, contacts ...) as partners write them, and texts in several languages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from actors.columns.parts import (
    ALIASES,
    AREAS,
    CLUSTERS,
    CONTACTS,
    IDENTIFIERS,
    LAYERS,
    SERVICES,
    TOPICS,
    Part,
)
from clusterportal.core.api.parameters import unknown_value
from clusterportal.core.api.problems import InvalidParameters
from clusterportal.core.languages import LANGUAGE_CODES, column_names

MOST_ITEMS = 200  # items of a list
_OF_A_REFERENCE = (
    "uid",
    "slug",
    "name",
    "position",
    "url",
    "api_url",
)  # what answers say of a record by its slug
Errors = dict[str, list[str]]


@dataclass(frozen=True)
class ListShape:
    """How the items of a part stand in JSON. `slug`: the key of the part that `slug` stands for."""

    part: Part
    slug: str = ""
    shown: tuple[str, ...] = ()  # members that answers have and nobody writes
    hidden: tuple[str, ...] = ()  # keys of the part that have no member, because no answer shows them

    @cached_property
    def texts(self) -> dict[str, list[str]]:
        """Members with a text in each language, by name, with their keys of the part."""
        first = f"_{LANGUAGE_CODES[0]}"
        names = [key.removesuffix(first) for key in self.part.columns if key.endswith(first)]
        return {name: column_names(name) for name in names}

    @cached_property
    def values(self) -> list[str]:
        """Members with a plain value, which are keys of the part too."""
        in_texts = {key for keys in self.texts.values() for key in keys}
        return [key for key in self.part.columns if key not in in_texts and key not in self.hidden]

    @cached_property
    def references(self) -> list[str]:
        """Members that name another record."""
        return ["slug" if key == self.slug else key for key in self.part.references]

    @cached_property
    def members(self) -> list[str]:
        lists = ["areas"] if self.part is SERVICES else []
        return [*self.references, *self.values, *self.texts, *lists]


LISTS = {
    "layers": ListShape(LAYERS, "layer", ("uid", "position", "name"), ("primary",)),
    "areas": ListShape(AREAS, "area", ("uid", "name")),
    "topics": ListShape(TOPICS, "topic", ("uid", "name")),
    "memberships": ListShape(CLUSTERS, hidden=("committed", "cleared")),
    "services": ListShape(SERVICES),
    "identifiers": ListShape(IDENTIFIERS, shown=("url",)),
    "aliases": ListShape(ALIASES),
    "contacts": ListShape(CONTACTS),
}


def text_cells(
    name: str,
    value: Any,
    columns: Sequence[str],
    *,
    language: str | None,
    is_whole: bool,
    errors: Errors,
) -> dict[str, Any]:
    """A text as cells, one for each language that it names: an object by language, or a string in `language`."""
    by_language = dict(zip(LANGUAGE_CODES, columns, strict=True))
    if value is None:
        return dict.fromkeys(columns, "")
    if isinstance(value, dict):
        for code in value:
            if code not in by_language:
                raise InvalidParameters({f"{name}.{code[:100]}": [unknown_value(code, by_language)]})
        said = dict.fromkeys(by_language) | value if is_whole else value
        return {by_language[code]: _plain(f"{name}.{code}", text, errors) for code, text in said.items()}
    if not isinstance(value, str):
        errors[name] = [_("Send a text, or an object with a text for each language.")]
    elif language is None:
        example = ", ".join(f'"{code}": "…"' for code in LANGUAGE_CODES)
        errors[name] = [_("Name the language of the text: {%(example)s}.") % {"example": example}]
    else:
        return {by_language[language]: value}
    return {}


def items_of(name: str, value: Any, *, language: str | None, errors: Errors) -> list[dict]:
    """The items of the list `name`, under the keys of their part. What cannot be read is named in `errors`."""
    if value is None:
        return []
    if not isinstance(value, list):
        errors[name] = [_("Send a list.")]
        return []
    if len(value) > MOST_ITEMS:
        errors[name] = [_("At most %(most)s items are taken.") % {"most": MOST_ITEMS}]
        return []
    read = [_item(f"{name}.{place}", LISTS[name], one, language, errors) for place, one in enumerate(value)]
    return [item for item in read if item is not None]


def _item(path: str, shape: ListShape, value: Any, language: str | None, errors: Errors) -> dict | None:
    if isinstance(value, str) and shape.slug:
        value = {"slug": value}
    if not isinstance(value, dict):
        errors[path] = [_("Send an object.")]
        return None
    known: Collection[str] = (*shape.members, *shape.shown)
    if unknown := [member for member in value if member not in known]:
        raise InvalidParameters(
            {f"{path}.{member[:100]}": [unknown_value(member, shape.members)] for member in unknown}
        )
    item: dict[str, Any] = {}
    for key in shape.part.references:
        member = "slug" if key == shape.slug else key
        if member in value:
            item[key] = _slug(f"{path}.{member}", value[member], errors)
        if not item.get(key) and shape.part is not SERVICES:
            errors.setdefault(f"{path}.{member}", [_("This member is required.")])
            return None
    for key in shape.values:
        if key in value:
            item[key] = _plain(f"{path}.{key}", value[key], errors)
    for member, keys in shape.texts.items():
        if member in value:
            item |= text_cells(
                f"{path}.{member}", value[member], keys, language=language, is_whole=False, errors=errors
            )
    if shape.part is SERVICES and "areas" in value:
        areas = value["areas"] if isinstance(value["areas"], list) else [None]
        item["areas"] = [slug for one in areas if (slug := _slug(f"{path}.areas", one, errors, needed=True))]
    return item


def _plain(path: str, value: Any, errors: Errors) -> Any:
    """A text, a number or a truth value; an empty text for null."""
    if isinstance(value, dict | list):
        errors[path] = [_("One value is expected here.")]
        return ""
    return "" if value is None else value


def _slug(path: str, value: Any, errors: Errors, *, needed: bool = False) -> str | None:
    """The slug of a record that is named by it, or by what answers say of the record."""
    if isinstance(value, dict):
        if unknown := [member for member in value if member not in _OF_A_REFERENCE]:
            raise InvalidParameters({f"{path}.{unknown[0][:100]}": [unknown_value(unknown[0], ["slug"])]})
        value = value.get("slug")
        needed = True
    if isinstance(value, str) and value.strip():
        return value.strip()
    if needed or value is not None:
        errors[path] = [_("Name the record by its slug.")]
    return None
