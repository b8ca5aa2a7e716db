"""What the OpenAPI schema says of the endpoints to which partners write."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view

from actors.columns.fields import FIELDS, TEXTS
from actors.models import Actor
from clusterportal.api.writing.bulk import DONE, MOST, NOT_DONE
from clusterportal.api.writing.lists import LISTS, LONGEST, ListShape
from clusterportal.api.writing.shape import ADDRESS, MAIN_LAYER, NEVER_EMPTY, PLAIN
from clusterportal.api.writing.submitting import LONGEST_MESSAGE, PROPOSABLE
from clusterportal.core.api.bodies import JSON
from clusterportal.core.api.problems import CONTENT_TYPE, PROBLEM_SCHEMA
from clusterportal.core.languages import LANGUAGE_CODES
from clusterportal.core.models import own_field
from clusterportal.review.enums import ProposalKind, ProposalState

TAG = "writing"
MERGE_PATCH = "application/merge-patch+json"  # RFC 7396
_PATCH = {"address": {"street": "Trippstadter Straße 122"}, "summary": {"en": "Applied research."}}
_RECORD = {
    "name": "Muster Robotik GmbH",
    "kind": "company",
    "address": {"postcode": "67663", "city": "Kaiserslautern", "country": "DE"},
    "summary": {"de": "Baut Roboter.", "en": "Builds robots."},
    "layers": [{"slug": "application-market"}],
}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


# ---------- operations ----------
_TOKEN = {
    "in": "header",
    "name": "Idempotency-Key",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "description": gettext_lazy(
        "A name of your own for this request, such as a UUID. Sent again within 24 hours, the same request gets the "
        "same answer, marked by `Idempotent-Replayed`, and nothing is done twice "
        "(draft-ietf-httpapi-idempotency-key-header-07)."
    ),
    "example": '"8e03978e-40d5-43e8-bc93-6894a57f9324"',
}
_VERSION = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "schema": {"type": "string", "minLength": 1},
    "description": gettext_lazy("The `version` of the record that you have seen; `*` is any."),
    "example": '"5f2b6c1d9e8a47b3a1c0d4e5f6a7b8c9"',
}

of_an_actor = extend_schema_view(
    partial_update=extend_schema(
        operation_id="actors_change",
        tags=[TAG],
        request={MERGE_PATCH: _ref("ActorRecord"), JSON: _ref("ActorRecord")},
        responses={(200, JSON): _ref("WrittenActor")},
        examples=[OpenApiExample("Patch", _PATCH, request_only=True)],
    ),
    update=extend_schema(
        operation_id="actors_replace",
        tags=[TAG],
        request={JSON: _ref("ActorRecord")},
        responses={(200, JSON): _ref("WrittenActor")},
        examples=[OpenApiExample("Record", _RECORD, request_only=True)],
    ),
)
of_bulk = extend_schema_view(
    post=extend_schema(
        operation_id="actors_bulk",
        tags=[TAG],
        request={JSON: _ref("Bulk")},
        responses={(200, JSON): _ref("BulkResults")},
        examples=[OpenApiExample("Bulk", {"cluster": "it-cluster", "records": [_RECORD]}, request_only=True)],
    )
)
of_submissions = extend_schema_view(
    post=extend_schema(
        operation_id="submissions_create",
        tags=[TAG],
        request={JSON: _ref("NewSubmission")},
        responses={(201, JSON): _ref("Submission")},
        examples=[OpenApiExample("New", {"record": _RECORD, "message": "Neu im TZL."}, request_only=True)],
    )
)
of_a_submission = extend_schema_view(
    get=extend_schema(
        operation_id="submissions_read", tags=[TAG], responses={(200, JSON): _ref("Submission")}
    )
)


def complete(operation: dict, method: str, path: str) -> None:
    """Adds headers and problems to an operation that writes."""
    problems = {
        "400": _("The body is no JSON of this shape; `errors` names the members that there are."),
        "401": _("The key is missing or not valid."),
        "403": _("The key lacks the scope; nothing is said of what exists."),
        "406": _("None of the accepted formats is available."),
    }
    if method != "get":
        operation["parameters"] = [
            *operation.get("parameters", []),
            _given(_TOKEN, required=method == "post"),
        ]
        problems |= {
            "409": _(
                "The first request with this Idempotency-Key is still running, or somebody wrote the same."
            ),
            "413": _("The body is too large."),
            "415": _("The body is in another format."),
            "422": _(
                "A value cannot be taken; `errors` names it. Or the Idempotency-Key was used for another request."
            ),
        }
    if method in ("patch", "put"):
        operation["parameters"].append(_given(_VERSION))
        problems |= {
            "412": _("The record was changed since; `version` is its present one."),
            "428": _("If-Match is missing."),
        }
    if "{slug}" in path or "submissions" in path:
        problems["404"] = _("No such record, or none of yours.")
    for one in operation.get("parameters", []):
        if one["in"] == "path":
            one["description"] = _("The permanent id, or the last part of the record's address.")
            one["schema"]["examples"] = ["2c1a7c0e-6d3b-4f0a-9d53-0d5f6a0c7b11"]
    for status, text in problems.items():
        operation["responses"].setdefault(status, _problem(text))
    for status in ("200", "201"):
        if status in operation["responses"]:
            operation["responses"][status] |= {"description": "", "headers": _headers(method, status)}
    operation["responses"] = dict(sorted(operation["responses"].items()))


def _given(header: dict, **more) -> dict:
    return header | {"description": str(header["description"])} | more


def _problem(text: str) -> dict:
    return {"description": text, "content": {CONTENT_TYPE: {"schema": PROBLEM_SCHEMA}}}


def _headers(method: str, status: str) -> dict:
    said = {"Content-Language": _("Language of the answer.")}
    if method != "get":
        said["Idempotent-Replayed"] = _("`true`: the answer was given before, and nothing was done now.")
    if method in ("patch", "put"):
        said["ETag"] = _("The `version` of the record, for the next If-Match.")
    if status == "201":
        said["Location"] = _("The address of what was made.")
    return {name: {"description": text, "schema": {"type": "string"}} for name, text in said.items()}


# ---------- components ----------
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
    address = {key: _of_field(own_field(Actor, FIELDS[column]), key) for key, column in ADDRESS.items()}
    by_name["address"] = _object(address)
    by_name |= {name: _text() for name in TEXTS}
    by_name[MAIN_LAYER] = _nullable("string", description=_("The slug of one of the layers."))
    return by_name | {
        name: {"type": "array", "maxItems": LONGEST, "items": _object(_members(shape))}
        for name, shape in LISTS.items()
    }


def _members(shape: ListShape) -> dict[str, Any]:
    slug = {"type": "string", "minLength": 1}
    reference = _object({"slug": slug}, required=["slug"], additional=True)
    fields = {key: own_field(shape.part.model, name) for key, name in shape.part.columns.items()}
    return {
        **{
            name: slug if name == "slug" else {"anyOf": [reference, {"type": "null"}]}
            for name in shape.references
        },
        **{name: _of_field(fields[name], name) for name in shape.values},
        **{name: _text() for name in shape.texts},
        **({"areas": {"type": "array", "items": reference}} if "areas" in shape.members else {}),
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
            "maxItems": MOST,
            "items": _ref("ActorRecord"),
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
        "kind": {"type": "string", "enum": ProposalKind.values},
        "state": {"type": "string", "enum": ProposalState.values},
        "actor": {"anyOf": [_object(named, required=[*named]), {"type": "null"}]},
        "cluster": {"anyOf": [_object({"slug": slug}, required=["slug"]), {"type": "null"}]},
        "message": _nullable("string"),
        "submitted_at": {"type": "string", "format": "date-time"},
        "decided_at": _nullable("string", format="date-time"),
        "reason": _nullable("string"),
    }
