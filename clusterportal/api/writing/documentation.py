"""What the OpenAPI schema says of the endpoints to which partners write."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema, extend_schema_view

from clusterportal.api.writing.schemas import reference
from clusterportal.core.api.bodies import JSON
from clusterportal.core.api.problems import CONTENT_TYPE, PROBLEM_SCHEMA

TAG = "writing"
MERGE_PATCH = "application/merge-patch+json"  # RFC 7396
_RECORD = {
    "name": "Muster Robotik GmbH",
    "kind": "company",
    "address": {"postcode": "67663", "city": "Kaiserslautern", "country": "DE"},
    "summary": {"de": "Baut Roboter.", "en": "Builds robots."},
    "layers": [{"slug": "application-market"}],
}
EXAMPLES = {  # of what is sent, by operation
    "actors_change": {
        "address": {"street": "Trippstadter Straße 122"},
        "summary": {"en": "Applied research."},
    },
    "actors_replace": _RECORD,
    "actors_bulk": {"cluster": "it-cluster-kaiserslautern", "records": [_RECORD]},
    "submissions_create": {"record": _RECORD, "message": "Neu im TZL."},
}

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
        request={MERGE_PATCH: reference("ActorRecord"), JSON: reference("ActorRecord")},
        responses={(200, JSON): reference("WrittenActor")},
    ),
    update=extend_schema(
        operation_id="actors_replace",
        tags=[TAG],
        request={JSON: reference("ActorRecord")},
        responses={(200, JSON): reference("WrittenActor")},
    ),
)
of_bulk = extend_schema_view(
    post=extend_schema(
        operation_id="actors_bulk",
        tags=[TAG],
        request={JSON: reference("Bulk")},
        responses={(200, JSON): reference("BulkResults")},
    )
)
of_submissions = extend_schema_view(
    post=extend_schema(
        operation_id="submissions_create",
        tags=[TAG],
        request={JSON: reference("NewSubmission")},
        responses={(201, JSON): reference("Submission")},
    )
)
of_a_submission = extend_schema_view(
    get=extend_schema(
        operation_id="submissions_read", tags=[TAG], responses={(200, JSON): reference("Submission")}
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
    for sent in operation.get("requestBody", {}).get("content", {}).values():
        sent["examples"] = {"example": {"value": EXAMPLES[operation["operationId"]]}}
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
