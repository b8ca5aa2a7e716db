"""Addresses for machines: language redirect, health check, robots.txt and sitemaps."""

from functools import cache

from django.conf import settings
from django.contrib.sitemaps import views as sitemap_views
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from clusterportal.core.embedded import EmbeddedServerError
from clusterportal.pages.sitemaps import SITEMAPS


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
