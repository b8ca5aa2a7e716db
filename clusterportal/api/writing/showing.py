"""A record in the JSON in which partners write it."""

from typing import Any

from actors.columns.fields import TEXTS
from actors.columns.parts import LAYERS
from clusterportal.api.writing.lists import LISTS, ListShape
from clusterportal.api.writing.shape import MAIN_LAYER, PLAIN
from clusterportal.core.api.absolute_addresses import Addresses
from clusterportal.core.languages import LANGUAGE_CODES
from clusterportal.core.publication import PublicationState
from clusterportal.intake.profiles.registry import COLUMN_OF_ADDRESS_KEY


def as_json(record: dict, *, version: str, addresses: Addresses) -> dict[str, Any]:
    """A record as partners write it, with what names it: id, version, addresses, where it has them."""
    is_public = record["publication"] == PublicationState.PUBLISHED
    plain = {column: _told(record[column]) for column in PLAIN}
    lists = {name: [_item(shape, one) for one in record[shape.part.column]] for name, shape in LISTS.items()}
    main = [item["layer"] for item in map(LAYERS.complete, record[LAYERS.column]) if item["primary"]]
    return {
        "uid": record["uid"],
        "version": version,
        "url": addresses.of("actors:actor-detail", record["slug"]) if is_public else None,
        "api_url": addresses.of("api:actor-detail", record["slug"]) if is_public else None,
        **plain,
        "address": {key: _told(record[column]) for key, column in COLUMN_OF_ADDRESS_KEY.items()},
        **{name: _text(record, columns) for name, columns in TEXTS.items()},
        MAIN_LAYER: main[0] if main else None,
        **lists,
    }


def _item(shape: ListShape, item: dict) -> dict[str, Any]:
    item = shape.part.complete(item)
    said: dict[str, Any] = {}
    for key in shape.part.references:
        if key == shape.slug:
            said["slug"] = item[key]
        else:
            said[key] = {"slug": item[key]} if item[key] else None
    said |= {key: _told(item[key]) for key in shape.values}
    said |= {name: _text(item, keys) for name, keys in shape.texts.items()}
    if "areas" in shape.members and "areas" in item:
        said["areas"] = [{"slug": slug} for slug in item["areas"]]
    return said


def _text(record: dict, columns: list[str]) -> dict[str, Any]:
    return {code: _told(record[column]) for code, column in zip(LANGUAGE_CODES, columns, strict=True)}


def _told(value: Any) -> Any:
    return None if value == "" else value


def field_of(column: str) -> str:
    """The name in JSON of what stands under a column of a table."""
    for name, columns in TEXTS.items():
        if column in columns:
            return f"{name}.{LANGUAGE_CODES[columns.index(column)]}"
    nested = {given: f"address.{key}" for key, given in COLUMN_OF_ADDRESS_KEY.items()}
    lists = {shape.part.column: name for name, shape in LISTS.items()}
    return nested.get(column) or lists.get(column) or column or "record"
