"""Errors as problem details (RFC 9457): one shape for everything that goes wrong."""

import json
import logging
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions

from clusterportal.core.outages import RETRY_AFTER, Outage, outage_of

CONTENT_TYPE = "application/problem+json"
PROBLEM_SCHEMA = {"$ref": "#/components/schemas/Problem"}
logger = logging.getLogger("django.request")

# The anchor of each kind in the documentation is its lasting name.
KINDS = {
    400: ("invalid-parameter", _("Invalid parameter")),
    401: ("unauthorized", _("Key missing or not valid")),
    403: ("forbidden", _("Forbidden")),
    404: ("not-found", _("Not found")),
    405: ("method-not-allowed", _("Method not allowed")),
    406: ("not-acceptable", _("Format not available")),
    409: ("conflict", _("Conflict")),
    410: ("gone", _("Withdrawn")),
    411: ("length-required", _("Length of the body missing")),
    412: ("precondition-failed", _("Precondition failed")),
    413: ("content-too-large", _("Body too large")),
    415: ("unsupported-media-type", _("Body in another format")),
    422: ("not-acceptable-content", _("Content that cannot be taken")),
    428: ("precondition-required", _("Version missing")),
    429: ("too-many-requests", _("Too many requests")),
    500: ("internal-error", _("Internal error")),
    503: ("unavailable", _("Not available at the moment")),
}
DOCUMENTED = (400, 401, 403, 404, 405, 406, 409, 410, 412, 413, 415, 422, 428, 429)


class InvalidParameters(exceptions.APIException):
    """400 with the complaints by parameter: `{"kind": ["…"]}`."""

    status_code = 400

    def __init__(self, errors: Mapping[str, Sequence[str | Promise]]):
        super().__init__(detail="")
        self.errors = {name: [str(text) for text in texts] for name, texts in errors.items()}


class InvalidRecord(InvalidParameters):
    """422 with the complaints by field of a record that was sent: `{"address.country": ["…"]}`."""

    status_code = 422


class Refused(exceptions.APIException):
    """An answer of the kind `status`; `further` are members of the problem document."""

    def __init__(self, status: int, detail, **further):
        super().__init__(detail)
        self.status_code, self.further = status, further


class Gone(exceptions.APIException):
    """410; `further` are members of the problem document, such as where to go on."""

    status_code = 410
    default_detail = _("This record was published once and has been withdrawn.")

    def __init__(self, detail=None, **further: str):
        super().__init__(detail)
        self.further = further


class QuotaExceeded(exceptions.APIException):
    """429 of the type that draft-ietf-httpapi-ratelimit-headers-11 defines.

    `policies` are those exceeded, `wait` are the seconds until they allow more.
    """

    status_code = 429
    type = "https://iana.org/assignments/http-problem-types#quota-exceeded"

    def __init__(self, detail: str, *, policies: list[str], wait: int):
        super().__init__(detail)
        self.policies, self.wait = policies, wait


def problem(
    status: int, detail, errors: dict | None = None, *, further: Mapping[str, object] | None = None
) -> HttpResponse:
    """An answer of the kind `status` in the active language; `further` are members that this one problem has."""
    anchor, title = KINDS.get(status, ("", ""))
    known = status in DOCUMENTED
    body = {
        "type": f"{reverse('api:docs')}#problem-{anchor}" if known else "about:blank",
        "title": str(title),
        "status": status,
        "detail": str(detail),
        **(further or {}),
    }
    if errors:
        body["errors"] = errors
    return HttpResponse(
        json.dumps(body, ensure_ascii=False).encode(), status=status, content_type=CONTENT_TYPE
    )


_OUTAGES = {
    Outage.DATABASE: _("The database cannot be reached at the moment. Please try again."),
    Outage.DISK: _("The server's storage is full, so nothing can be saved at the moment."),
    Outage.TIME: _(
        "This would take too long at the moment. Please ask for less at once, or try again later."
    ),
}


def exception_handler(exc, context) -> HttpResponse | None:
    """What REST framework calls for every exception in a view."""
    match exc:
        case InvalidParameters():
            return problem(exc.status_code, " ".join(_sentences(exc.errors)), exc.errors)
        case Http404() | exceptions.NotFound():
            return problem(404, _said(exc) or _("There is nothing at this address."))
        case exceptions.MethodNotAllowed():
            allowed = ", ".join(context["view"].allowed_methods)
            return problem(
                405, _("This address does not answer this method: use %(allowed)s.") % {"allowed": allowed}
            )
        case Gone() | Refused():
            return problem(exc.status_code, exc.detail, further=exc.further)
        case QuotaExceeded():
            said = {"type": exc.type, "violated-policies": exc.policies}
            response = problem(429, exc.detail, further=said)
            response.headers["Retry-After"] = str(exc.wait)
            return response
        case exceptions.APIException():
            response = problem(exc.status_code, exc.detail)
            if challenge := getattr(exc, "auth_header", ""):
                response.headers["WWW-Authenticate"] = challenge
            return response
        case PermissionDenied():
            return problem(403, _("You may not see this."))
        case SuspiciousOperation():
            return problem(
                400, _("The request cannot be read: it is malformed or holds too many parameters.")
            )
    if settings.DEBUG:
        return None
    got_request_exception.send(sender=None, request=context["request"]._request)
    logger.error("Internal error: %s", context["request"].path, exc_info=exc)
    if outage := outage_of(exc):
        response = problem(503, _OUTAGES[outage])
        response.headers["Retry-After"] = str(RETRY_AFTER)
        return response
    return problem(500, _("Something failed on our side. It has been recorded."))


def _said(exc) -> str:
    return str(getattr(exc, "detail", "")) if isinstance(exc, exceptions.NotFound) else ""


def _sentences(errors: dict[str, list[str]]) -> list[str]:
    return [f"{name}: {text}" for name, texts in errors.items() for text in texts]
