"""The shapes of what partners send and get, as schemas that the operations of writing name."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from actors.columns.fields import FIELDS, TEXTS
from actors.models import Actor
from clusterportal.api.writing.bulk import DONE, MOST_RECORDS, NOT_DONE
from clusterportal.api.writing.lists import LISTS, MOST_ITEMS, ListShape
from clusterportal.api.writing.shape import MAIN_LAYER, NEVER_EMPTY, PLAIN
from clusterportal.api.writing.submitting import LONGEST_MESSAGE, PROPOSABLE
from clusterportal.core.languages import LANGUAGE_CODES
from clusterportal.core.models import own_field
from clusterportal.intake.profiles.registry import COLUMN_OF_ADDRESS_KEY
from clusterportal.review.enums import ABOUT_ACTORS, ProposalState


def reference(name: str) -> dict[str, str]:
    """The schema called `name`."""
    return {"$ref": f"#/components/schemas/{name}"}


def components() -> dict[str, Any]:
    """The schemas that these operations name, in the active language."""
    record = _record_properties()
    named = {
        "uid": {"type": "string", "format": "uuid"},
        "version": {"type": "string", "description": _("Another one after every change; for If-Match.")},
    }
    shown = {"url": _nullable("string", format="uri"), "api_url": _nullable("string", format="uri")}
    return {
        "ActorRecord": _object(
            record,
            description=_(
                "An actor as partners write it, under the names of the public record. What answers show beside it "
                "is passed over. A list is replaced as a whole; null empties."
            ),
            additional=True,
        ),
        "WrittenActor": _object(named | shown | record, required=[*named, *shown, *record]),
        "Bulk": _object(_bulk(), required=["records"]),
        "BulkResults": _object(
            {"results": {"type": "array", "items": _object(_result(), required=["row", "status"])}},
            required=["results"],
        ),
        "NewSubmission": _object(_new_submission(record), required=["record"]),
        "Submission": _object(_submission(), required=[*_submission()]),
    }


def _record_properties() -> dict[str, Any]:
    by_name = {column: _of_field(own_field(Actor, FIELDS[column]), column) for column in PLAIN}
    address = {
        key: _of_field(own_field(Actor, FIELDS[column]), key) for key, column in COLUMN_OF_ADDRESS_KEY.items()
    }
    by_name["address"] = _object(address)
    by_name |= {name: _text() for name in TEXTS}
    by_name[MAIN_LAYER] = _nullable("string", description=_("The slug of one of the layers."))
    return by_name | {
        name: {"type": "array", "maxItems": MOST_ITEMS, "items": _object(_members(shape))}
        for name, shape in LISTS.items()
    }


def _members(shape: ListShape) -> dict[str, Any]:
    slug = {"type": "string", "minLength": 1}
    named = _object({"slug": slug}, required=["slug"], additional=True)
    fields = {key: own_field(shape.part.model, name) for key, name in shape.part.columns.items()}
    return {
        **{
            name: slug if name == "slug" else {"anyOf": [named, {"type": "null"}]}
            for name in shape.references
        },
        **{name: _of_field(fields[name], name) for name in shape.values},
        **{name: _text() for name in shape.texts},
        **({"areas": {"type": "array", "items": named}} if "areas" in shape.members else {}),
    }


_TYPES = {
    models.PositiveSmallIntegerField: ("integer", ""),
    models.FloatField: ("number", ""),
    models.DateField: ("string", "date"),
    models.URLField: ("string", "uri"),
    models.EmailField: ("string", "email"),
}


def _of_field(field: models.Field, name: str) -> dict[str, Any]:
    kind, form = _TYPES.get(type(field), ("string", ""))
    schema: dict[str, Any] = {"type": kind} if name in NEVER_EMPTY else {"type": [kind, "null"]}
    if field.choices:
        codes = [code for code, _label in field.flatchoices if code]
        schema["enum"] = codes if name in NEVER_EMPTY else [*codes, None]
    elif kind == "string" and field.max_length:
        schema["maxLength"] = field.max_length
    return schema | ({"format": form} if form else {})


def _nullable(kind: str, **more) -> dict[str, Any]:
    return {"type": [kind, "null"], **more}


def _text() -> dict[str, Any]:
    text = {"type": ["string", "null"]}
    in_each = _object(dict.fromkeys(LANGUAGE_CODES, text))
    return {
        "description": _(
            "A text for each language that is named, or a string in the language of the request."
        ),
        "anyOf": [in_each, text],
    }


def _object(
    properties: dict, *, required=(), description: str = "", additional: bool = False
) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "object", "properties": properties}
    if required:
        schema["required"] = [*required]
    if description:
        schema["description"] = description
    return schema | {"additionalProperties": additional}


def _bulk() -> dict[str, Any]:
    return {
        "records": {
            "type": "array",
            "minItems": 1,
            "maxItems": MOST_RECORDS,
            "items": reference("ActorRecord"),
            "description": _(
                "A record names its actor by `uid`, `slug` or an identifier; else a draft is made. With `version` it "
                "is written only if the actor still has this version."
            ),
        },
        "cluster": _nullable(
            "string", description=_("Of which new actors become members, where they name none.")
        ),
        "atomic": {"type": "boolean", "default": False, "description": _("All records, or nothing.")},
        "possible": {
            "enum": ["skip", "new"],
            "default": "skip",
            "description": _("What becomes of a new record that may be in the registry already."),
        },
    }


def _result() -> dict[str, Any]:
    errors = {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}}
    text = _nullable("string")
    candidate = _object(
        {
            "uid": {"type": "string", "format": "uuid"},
            "name": {"type": "string"},
            "why": {"type": "string"},
            "similarity": {"type": "integer"},
        },
        required=["uid", "name", "why", "similarity"],
    )
    return {
        "row": {"type": "integer", "minimum": 1, "description": _("The number of the record, from 1.")},
        "status": {"type": "string", "enum": [*DONE.values(), *NOT_DONE]},
        "uid": text | {"format": "uuid"},
        "slug": text,
        "version": text,
        "errors": errors,
        "candidates": {"type": "array", "items": candidate},
    }


def _new_submission(record: dict[str, Any]) -> dict[str, Any]:
    proposable = {name: schema for name, schema in record.items() if name in PROPOSABLE}
    return {
        "actor": _nullable(
            "string",
            description=_("The permanent id or slug of the actor to change; without it a new entry."),
        ),
        "record": _object(proposable, additional=True),
        "cluster": _nullable(
            "string", description=_("The slug of the cluster that a new entry would belong to.")
        ),
        "message": _nullable("string", maxLength=LONGEST_MESSAGE),
    }


def _submission() -> dict[str, Any]:
    slug = {"type": "string"}
    named = {"uid": {"type": "string", "format": "uuid"}, "slug": slug}
    return {
        "uid": {"type": "string", "format": "uuid"},
        "kind": {
            "type": "string",
            "enum": ABOUT_ACTORS,
        },
        "state": {"type": "string", "enum": ProposalState.values},
        "actor": {"anyOf": [_object(named, required=[*named]), {"type": "null"}]},
        "cluster": {"anyOf": [_object({"slug": slug}, required=["slug"]), {"type": "null"}]},
        "message": _nullable("string"),
        "submitted_at": {"type": "string", "format": "date-time"},
        "decided_at": _nullable("string", format="date-time"),
        "reason": _nullable("string"),
    }
