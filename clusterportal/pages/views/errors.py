"""Error pages: what a visitor sees when something is wrong."""

import logging
import sys

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.template import loader
from django.utils.translation import get_language, get_language_from_path, override
from django.utils.translation import gettext as _
from structlog.contextvars import get_contextvars

from clusterportal.core.api.problems import problem
from clusterportal.core.outages import RETRY_AFTER, outage_of
from clusterportal.core.refusing import DETAILS, TITLES, headers_of

logger = logging.getLogger(__name__)
_API_PREFIX = "/api/"
_PAUSE = 300  # seconds, the longest that a limit of sign-in counts
_TEMPLATES = {
    400: "400.html",
    403: "403.html",
    404: "404.html",
    410: "410.html",
    429: "429.html",
    500: "500.html",
    503: "503.html",
}


def bad_request(request, exception=None):
    return _error(request, 400, _("Bad request"))


def forbidden(request, exception=None):
    return _error(request, 403, _("Not allowed"))


def csrf_failed(request, reason=""):
    """A form whose token is not of this session: signed in or out elsewhere, or sent by another site."""
    return _error(request, 403, _("Not allowed"), name="403_csrf.html")


def not_found(request, exception=None):
    return _error(request, 404, _("Not found"))


def gone(request):
    """For what was public once and has been withdrawn."""
    return _error(request, 410, _("Withdrawn"))


def too_many_requests(request):
    """More attempts to sign in, or letters asked for, than the limits of accounts allow."""
    response = _error(request, 429, _("Too many attempts"))
    response.headers["Retry-After"] = str(_PAUSE)
    return response


def server_error(request):
    """Reads nothing from the database, which may be the very thing that failed; says so where it did."""
    if outage := outage_of(sys.exc_info()[1]):
        response = _error(request, 503, _("Not available at the moment"), outage=outage)
        response.headers["Retry-After"] = str(RETRY_AFTER)
        return response
    return _error(request, 500, _("Internal error"))


def refused(request, status: int):
    """One request too many, too large or too slow: nothing was done with it."""
    title = str(TITLES[status])
    if request.path_info.startswith(_API_PREFIX):
        response = problem(status, DETAILS[status], further={"title": title})
    else:
        response = _error(request, status, title, name="refused.html", heading=title, detail=DETAILS[status])
    for name, value in headers_of(status).items():
        response.headers[name] = value
    return response


def _error(request, status: int, title: str, *, name: str = "", **about):
    """A page that says what is wrong. It must not fail itself, whatever it was that failed before."""
    if request.path_info.startswith(_API_PREFIX):
        problem = {
            "type": "about:blank",
            "title": title,
            "status": status,
            "detail": f"{title}: {request.path}",
        }
        return JsonResponse(problem, status=status, content_type="application/problem+json")
    with override(get_language_from_path(request.path_info) or get_language() or settings.LANGUAGE_CODE):
        page = _error_page(request, status, title, name or _TEMPLATES[status], about)
        return HttpResponse(page, status=status)


def _error_page(request, status: int, title: str, name: str, about: dict) -> str:
    """The page, else the page without what it reads from the database, else its title alone."""
    plain = about | {"request": request, "SITE_NAME": settings.SITE_NAME, "REGION_NAMES": ""}
    plain["request_id"] = get_contextvars().get("request_id")
    ways = [
        lambda: loader.render_to_string(name, plain),
        lambda: loader.render_to_string("pages/error_bare.html", {"title": title, "status": status}),
    ]
    if status < 500:  # the database may be the very thing that failed
        ways.insert(0, lambda: loader.render_to_string(name, about, request=request))
    for way in ways[:-1]:
        try:
            return way()
        except Exception:  # the visitor sees the next simpler page, the log why
            logger.exception("The page for status %s could not be shown at %s", status, request.path)
    return ways[-1]()
