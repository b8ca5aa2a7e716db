"""oEmbed 1.0 (oembed.com): a page of the portal as a frame that a site may show instead of its address."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actors.domain.addresses import keys_by_address
from actors.models import Actor
from clusterportal.core.sent_numbers import sent_number
from clusterportal.pages.presenters.active_filters import ActiveFilters
from clusterportal.pages.presenters.embedding import Embed, embed_of

CACHE_SECONDS = 86_400  # how long a consumer may keep the answer; what the frame shows is read at once
# Pages that are shown as a directory of their actors: by which filter.
_GROUPS = {"clusters:cluster-detail": "cluster", "layers:layer-detail": "layer", "areas:area-detail": "area"}


@require_safe
def oembed(request):
    """404 for an address that is no page of the portal to show, 501 for another format than json."""
    if request.GET.get("format", "json") != "json":
        return _open(HttpResponse(status=501))
    try:
        title, embed = _embed(request, request.GET.get("url", ""))
    except Http404:
        return _open(JsonResponse({"error": _("No page here can be shown under this address.")}, status=404))
    width = _at_most(embed.width, request.GET.get("maxwidth", ""))
    height = _at_most(embed.height, request.GET.get("maxheight", ""))
    frame = {"embed": embed, "title": title, "width": width, "height": height}
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": settings.SITE_NAME,
        "provider_url": embed.portal,
        "cache_age": CACHE_SECONDS,
        "html": render_to_string("embed/_iframe.html", frame).strip(),
        "width": width,
        "height": height,
    }
    return _open(JsonResponse(answer))


def _open(response):
    """Any site may ask from its visitors' browsers."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response


def _embed(request, address: str) -> tuple[str, Embed]:
    """Title and embed of the page at `address`. Raises Http404."""
    try:
        parts = urlsplit(address)
        language = get_language_from_path(parts.path)
        if parts.scheme not in ("http", "https") or parts.netloc != request.get_host() or not language:
            raise Http404
        with override(language):
            match = resolve(parts.path)
            return _of_page(request, match.view_name, match.kwargs, QueryDict(parts.query))
    except (ValueError, Resolver404):
        raise Http404 from None


def _of_page(request, name: str, kwargs: dict, params: QueryDict) -> tuple[str, Embed]:
    if name == "actors:actor-detail":
        if not (key := keys_by_address([kwargs["slug"]]).get(kwargs["slug"])):
            raise Http404
        actor = Actor.objects.published().get(pk=key)
        return str(actor), embed_of(request, "actor", slug=actor.slug)
    if group := _GROUPS.get(name):
        params = QueryDict(mutable=True)
        params[group] = kwargs["slug"]
    elif name not in ("actors:actor-list", "pages:matrix"):
        raise Http404
    filters = ActiveFilters(params)
    if not filters.is_valid:
        raise Http404
    kind, title = ("matrix", _("Competence matrix")) if name == "pages:matrix" else ("directory", _("Actors"))
    named = ", ".join(str(chip.label) for chip in filters.chips)
    return f"{title}: {named}" if named else str(title), embed_of(request, kind, filters.params)


def _at_most(usual: int, asked: str) -> int:
    """`usual`, or the less that a consumer has room for."""
    return min(usual, sent_number(asked) or usual)
