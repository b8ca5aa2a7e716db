"""Addresses for machines, and what a visitor sees when something is wrong."""

import logging
import sys
from functools import cache

from django.conf import settings
from django.contrib.sitemaps import views as sitemap_views
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.template import loader
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import (
    get_language,
    get_language_from_path,
    get_supported_language_variant,
    override,
)
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from clusterportal.core.embedded import EmbeddedServerError
from clusterportal.core.outages import RETRY_AFTER, outage_of
from clusterportal.pages.sitemaps import SITEMAPS

API_PREFIX = "/api/"
logger = logging.getLogger(__name__)


# ---------- addresses for machines ----------
@require_safe
def choose_language(request):
    """From `/` to the first page in the language the browser asks for; nothing is kept about the visitor."""
    response = HttpResponseRedirect(f"/{_accepted_language(request)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _accepted_language(request) -> str:
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if code == "*":
            break
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


@require_safe
@never_cache
def health(request):
    """200 when the database answers and holds every migration of this code, else 503 and why."""
    try:
        connection.ensure_connection()
        applied = MigrationRecorder(connection).applied_migrations()
    except (Error, EmbeddedServerError):
        return JsonResponse({"status": "unavailable", "database": "unreachable"}, status=503)
    pending = [
        name for name, replaced in _migrations() if name not in applied and not _all(replaced, applied)
    ]
    state = {"database": "ok", "pending_migrations": len(pending)}
    if pending:
        return JsonResponse({"status": "unavailable"} | state, status=503)
    return JsonResponse({"status": "ok"} | state)


@cache
def _migrations() -> list[tuple[tuple[str, str], list]]:
    """The migrations of this code and what each replaces; read once, since code changes with a restart."""
    graph = MigrationLoader(None).graph
    return [(name, migration.replaces) for name, migration in graph.nodes.items()]


def _all(replaced: list, applied) -> bool:
    """Whether a migration that replaces others is applied by way of them."""
    return bool(replaced) and all(tuple(name) in applied for name in replaced)


@require_safe
def robots(request):
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def sitemap_index(request):
    return sitemap_views.index(request, SITEMAPS, sitemap_url_name="sitemap-section")


@require_safe
def sitemap_section(request, section):
    return sitemap_views.sitemap(request, SITEMAPS, section=section)


# ---------- when something is wrong ----------
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


_PAUSE = 300  # seconds, the longest that a limit of sign-in counts
_TEMPLATES = {
    400: "400.html", 403: "403.html", 404: "404.html", 410: "410.html", 429: "429.html", 500: "500.html",
    503: "503.html",
}  # fmt: skip


def _error(request, status: int, title: str, *, name: str = "", **about):
    """A page that says what is wrong. It must not fail itself, whatever it was that failed before."""
    if request.path_info.startswith(API_PREFIX):
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
    ways = [
        lambda: loader.render_to_string(name, plain),
        lambda: loader.render_to_string("pages/error_bare.html", {"title": title, "status": status}),
    ]
    if status < 500:  # the database may be the very thing that failed
        ways.insert(0, lambda: loader.render_to_string(name, request=request))
    for way in ways[:-1]:
        try:
            return way()
        except Exception:  # the visitor sees the next simpler page, the log why
            logger.exception("The page for status %s could not be shown at %s", status, request.path)
    return ways[-1]()
