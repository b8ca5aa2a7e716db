"""What generators of clients need of the OpenAPI document beyond what each endpoint says of itself."""

from collections.abc import Iterator
from copy import deepcopy

from django.conf import settings
from django.utils.translation import gettext as _

from actors.api.actor_records import CONTACTS
from actors.api.exports import CsvFormat, GeoJsonFormat, NdjsonFormat, XlsxFormat
from clusterportal.core.api.linked_formats import JsonLdFormat, TurtleFormat
from clusterportal.core.licence import data_licence
from clusterportal.network.api.files import GexfFormat, GraphMlFormat

OPEN = "x-extensible-enum"  # lists that may grow: a client takes a value that it does not know as a text


_WHOLE = {
    one.media_type: one.format
    for one in (CsvFormat, XlsxFormat, GeoJsonFormat, NdjsonFormat, GraphMlFormat, GexfFormat)
}
_LINKED = {one.media_type: one.format for one in (JsonLdFormat, TurtleFormat)}
_OF_JSON = {"facets", "facet_size", "group_by", "include"}
_OF_PAGES = {"page", "page_size", "cursor"}


def for_clients(result: dict, **kwargs) -> dict:
    """Open lists of values in answers, links between operations, and one path for each format.

    Paths stand without the last slash: both forms are answered alike, and this one can take a format behind it.
    """
    licence = data_licence()
    result["info"] |= {
        "contact": {"name": settings.SITE_NAME, "url": settings.SITE_URL},
        "license": {"name": licence.code, "url": licence.url},
    }
    result["servers"] = [{"url": settings.SITE_URL}]
    result["tags"] = [{"name": name, "description": text} for name, text in _tags().items()]
    result["paths"] = dict(_by_format(result["paths"]))
    _add_what_can_be_included(result["components"]["schemas"])
    _leave_out_people_in_bulk(result["components"]["schemas"])
    _open_lists(result)
    _link_lists_with_records(result["paths"])
    return result


def _tags() -> dict[str, str]:
    return {
        "start": _("Where to begin: the addresses of all endpoints."),
        "actors": _(
            "Actors, the relations between them, the map, and what is suggested while somebody types."
        ),
        "model": _("Layers, application areas and topics, and how many actors each has."),
        "clusters": _("Regions and clusters."),
        "partner-search": _("What actors seek and offer."),
        "newsroom": _("News, events and success stories."),
        "partners": _("What partner sites follow to keep a copy in step."),
        "linked-data": _("Vocabularies and the catalogue, for whom links and reads data of many sources."),
        "writing": _("What partners with a key propose and change."),
    }


def _by_format(paths: dict) -> Iterator[tuple[str, dict]]:
    """The paths; of what is answered in several formats the first one, and one path more for each of the others."""
    for path, item in paths.items():
        path = path.removesuffix("/")
        yield path, item
        operation = item.get("get", {"responses": {"200": {}}})
        content = operation["responses"]["200"].get("content", {})
        for media_type in [*content][1:]:
            format = (_WHOLE | _LINKED)[media_type]
            yield f"{path}.{format}", {"get": _in_format(operation, media_type, format)}
            del content[media_type]


def _in_format(operation: dict, media_type: str, format: str) -> dict:
    alone = deepcopy(operation)
    alone["operationId"] += f"_{format}"
    answer = alone["responses"]["200"]
    answer["content"] = {media_type: answer["content"][media_type]}
    without = (_OF_JSON - {"include"} if format == NdjsonFormat.format else _OF_JSON) | (
        _OF_PAGES if media_type in _WHOLE else set()
    )
    alone["parameters"] = [one for one in alone["parameters"] if one["name"] not in without]
    return alone


def _add_what_can_be_included(schemas: dict) -> None:
    """An actor in a list may have each field of the detail, and its layers their ground: by `include`."""
    for entry, whole in (("Actor", "ActorDetail"), ("PlacedLayer", "GroundedLayer")):
        schemas[entry]["properties"] = schemas[whole]["properties"] | schemas[entry]["properties"]


def _leave_out_people_in_bulk(schemas: dict) -> None:
    """Who looks many actors up gets their contact persons only with a key that may read them."""
    whole = schemas["ActorDetail"]
    schemas["BulkActor"] = whole | {"required": [name for name in whole["required"] if name != CONTACTS]}
    record = schemas["Found"]["properties"]["record"]
    record["oneOf"] = [{"$ref": "#/components/schemas/BulkActor"}, {"type": "null"}]


def _open_lists(result: dict) -> None:
    """Values that answers may hold are named and said to be open; those that a client sends are what they are."""
    schemas = result["components"]["schemas"]
    sent = {name for one in _bodies(result["paths"]) for name in _named_in(one, schemas)}
    answers = [schema for name, schema in schemas.items() if name not in sent]
    answers += [
        content["schema"]
        for operation in _operations(result["paths"])
        for response in operation["responses"].values()
        for content in response.get("content", {}).values()
        if "schema" in content
    ]
    for one in answers:
        for schema in _dictionaries(one):
            if isinstance(schema.get("enum"), list):
                _open(schema)


def _open(schema: dict) -> None:
    values = schema.pop("enum")
    schema[OPEN] = [value for value in values if value not in (None, "")]
    if None in values:
        schema["type"] = ["string", "null"]
    schema.setdefault("type", "string")
    more = _("More values may come: take one that you do not know as a text.")
    schema["description"] = "\n\n".join(filter(None, [schema.get("description"), more]))


def _link_lists_with_records(paths: dict) -> None:
    for path, item in paths.items():
        record = paths.get(f"{path}/{{slug}}", {}).get("get")
        if "get" in item and record:
            item["get"]["responses"]["200"]["links"] = {
                "record": {
                    "operationId": record["operationId"],
                    "parameters": {"slug": "$response.body#/results/0/slug"},
                    "description": _("The first record of the list by itself."),
                }
            }


def _operations(paths: dict) -> Iterator[dict]:
    return (operation for item in paths.values() for operation in item.values())


def _bodies(paths: dict) -> Iterator[dict]:
    return (one["requestBody"] for one in _operations(paths) if "requestBody" in one)


def _dictionaries(value) -> Iterator[dict]:
    """`value` and everything in it that is an object, but what examples hold."""
    if isinstance(value, dict):
        yield value
        for name, inner in value.items():
            if name not in ("example", "examples"):
                yield from _dictionaries(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _dictionaries(inner)


def _named_in(value, schemas: dict, seen: frozenset[str] = frozenset()) -> set[str]:
    """The schemas that `value` refers to, by themselves or through others."""
    names = {
        one["$ref"].rsplit("/", 1)[1] for one in _dictionaries(value) if isinstance(one.get("$ref"), str)
    }
    further = [_named_in(schemas[name], schemas, seen | names) for name in names - seen]
    return names.union(*further)
