"""The OpenAPI schema: what all endpoints have in common, and the view that serves it."""

from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import override
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from rest_framework.response import Response

from clusterportal.api.writing import documentation as writing
from clusterportal.api.writing import schemas
from clusterportal.core.api.problems import CONTENT_TYPE, PROBLEM_SCHEMA
from clusterportal.core.api.views import PublicView
from clusterportal.core.languages import LANGUAGE_CODES

EXAMPLES = {  # of a slug, by endpoint
    "actors": "dfki",
    "layers": "applied-research",
    "application-areas": "health-medtech",
    "clusters": "it-cluster-kaiserslautern",
    "regions": "kaiserslautern",
    "topics": "software-engineering",
    "partner-searches": "image-processing-for-weld-inspection",
    "news": "open-laboratory",
    "events": "open-laboratory",
    "success-stories": "open-laboratory",
    "vocabulary": "layers",
    "dumps": "2026-11-26",
}


class SchemaView(PublicView):
    """The schema in JSON or YAML, in the language asked for."""

    schema = None
    renderer_classes = [OpenApiJsonRenderer, OpenApiJsonRenderer2, OpenApiYamlRenderer2, OpenApiYamlRenderer]

    def get(self, request):
        return Response(schema_in(self.language.spoken))


@cache
def schema_in(language: str) -> dict:
    """The schema follows from the code alone, so it is made once for each language."""
    with override(language):
        return SchemaGenerator().get_schema(request=None, public=True)


def complete(result: dict, **kwargs) -> dict:
    """Add to every operation what holds for all of them: caching, language, problems."""
    result["components"].setdefault("schemas", {}).update(_components() | schemas.components())
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            if writing.TAG in operation["tags"]:
                writing.complete(operation, method, path)
                continue
            _complete(operation, is_detail="{slug}" in path)
            if path.endswith("/actors/"):
                operation["responses"]["200"]["headers"] |= _complete_until()
            _give_example(operation, path)
    return result


def _complete(operation: dict, *, is_detail: bool) -> None:
    operation["parameters"] = [*operation.get("parameters", []), *_headers_in()]
    responses = operation["responses"]
    for response in responses.values():
        response.setdefault("description", "")
    responses["200"]["headers"] = _headers_out()
    if "requestBody" not in operation:
        responses["304"] = {"description": _("Unchanged: the client holds this answer already.")}
    responses["400"] = _problem(
        _("A parameter is unknown or its value is; `errors` says which and names the valid ones.")
    )
    responses["401"] = _problem(_("The key is missing or not valid."))
    if {} not in operation.get("security", [{}]):
        responses["403"] = _problem(_("The key lacks the scope; nothing is said of what exists."))
    responses["404"] = _problem(_("No such record.") if is_detail else _("No such page."))
    responses["406"] = _problem(_("None of the accepted formats is available."))
    responses["429"] = _too_many()
    operation["responses"] = dict(sorted(responses.items()))


def _give_example(operation: dict, path: str) -> None:
    for one in operation["parameters"]:
        if one["in"] == "path":
            one["description"] = _("The last part of the record's address.")
            one["schema"]["examples"] = [EXAMPLES[path.split("/")[3]]]


def _headers_in() -> list[dict]:
    return [
        {
            "in": "header",
            "name": "Accept-Language",
            "schema": {"type": "string"},
            "description": _("Language of the answer when `lang` is not given."),
            "example": "en",
        },
        {
            "in": "header",
            "name": "If-None-Match",
            "schema": {"type": "string"},
            "description": _("The ETag of an answer that the client holds."),
        },
    ]


def _headers_out() -> dict:
    text = {"type": "string"}
    return {
        "ETag": {
            "description": _("Names this answer; any committed change gives a new one."),
            "schema": text,
        },
        "Content-Language": {"description": _("Language of the answer."), "schema": text},
        **_limits(),
    }


def _limits() -> dict:
    """After draft-ietf-httpapi-ratelimit-headers-11."""
    text = {"type": "string"}
    return {
        "RateLimit-Policy": {
            "description": _(
                "The limits: `q` answers in `w` seconds. Answers sent again from memory do not count."
            ),
            "schema": text | {"examples": ['"burst";q=600;w=60, "daily";q=50000;w=86400']},
        },
        "RateLimit": {
            "description": _("What is left of them: `r` answers for the next `t` seconds."),
            "schema": text | {"examples": ['"burst";r=598;t=31, "daily";r=49321;t=40031']},
        },
    }


def _too_many() -> dict:
    waiting = {"description": _("Seconds to wait."), "schema": {"type": "integer", "minimum": 1}}
    described = _problem(_("Over a limit; `violated-policies` names it."))
    return described | {"headers": {"Retry-After": waiting, **_limits()}}


def _complete_until() -> dict:
    return {
        "X-Complete-Until": {
            "description": _(
                "Ask with this moment as `updated_since` next time, and no change is missed. "
                "Of a walk, that of its first answer."
            ),
            "schema": {"type": "string", "format": "date-time"},
        }
    }


def _problem(description: str) -> dict:
    return {"description": description, "content": {CONTENT_TYPE: {"schema": PROBLEM_SCHEMA}}}


def _components() -> dict:
    text = {"type": ["string", "null"]}
    return {
        "Text": {
            "description": _(
                "A text in the language of the answer; with `lang=*` an object with every language."
            ),
            "oneOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "properties": dict.fromkeys(LANGUAGE_CODES, text),
                    "required": LANGUAGE_CODES,
                    "additionalProperties": False,
                },
                {"type": "null"},
            ],
        },
        "Problem": {
            "description": _("An error (RFC 9457)."),
            "type": "object",
            "required": ["type", "title", "status", "detail"],
            "properties": {
                "type": {"type": "string", "format": "uri-reference"},
                "title": {"type": "string"},
                "status": {"type": "integer"},
                "detail": {"type": "string"},
                "errors": {
                    "type": "object",
                    "additionalProperties": {"type": "array", "items": {"type": "string"}},
                    "description": _("Complaints by parameter."),
                },
            },
        },
    }
