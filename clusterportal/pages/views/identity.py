"""The IRI of a record: it names the thing itself, and leads to what describes it in the form that is asked for.

As "Cool URIs for the Semantic Web" (https://www.w3.org/TR/cooluris/) has it: 303 See Other.
"""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponsePermanentRedirect, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe
from rest_framework.renderers import BaseRenderer

from clusterportal.core.api.answer_language import language_of
from clusterportal.core.api.formats import JsonFormat, best_of
from clusterportal.core.api.linked_formats import LINKED, LINKED_FORMATS
from clusterportal.core.api.problems import problem
from clusterportal.linked_data.domain.identities import Identity, Successor, Withdrawn, identity_of
from clusterportal.linked_data.enums import Kind, Scheme
from clusterportal.newsroom.models import Contribution
from clusterportal.pages.views import errors

# kind -> (page, parameter of the page that takes the slug, or "" where the slug is part of the address), endpoint
_RECORDS = {
    Kind.ACTOR: ("actors:actor-detail", "", "api:actor-detail"),
    Kind.LAYER: ("layers:layer-detail", "", "api:layer-detail"),
    Kind.AREA: ("areas:area-detail", "", "api:application-area-detail"),
    Kind.CLUSTER: ("clusters:cluster-detail", "", "api:cluster-detail"),
    Kind.TOPIC: ("actors:actor-list", "topic", "api:topic-detail"),
}
_SCHEME_PAGES = {Scheme.LAYERS: "layers:layer-list", Scheme.AREAS: "areas:area-list"}


class PageFormat(BaseRenderer):
    media_type = "text/html"
    format = "html"
    also_accepted_as = ("application/xhtml+xml",)


FORMATS = [PageFormat(), JsonFormat(), *(one() for one in LINKED_FORMATS)]


class SeeOther(HttpResponseRedirect):
    status_code = 303


@require_safe
def record(request, uid: UUID) -> HttpResponseBase:
    """To the page or the API record of what has this id; 301 to its successor, 410 for what was public once."""
    with override(language_of(request).spoken):
        response = _answer(request, lambda format: _of_record(request, uid, format))
    return _for_everybody(response)


@require_safe
def scheme(request, name: str) -> HttpResponseBase:
    """To the page that lists the concepts of a scheme, or to its description."""
    with override(language_of(request).spoken):
        response = _answer(request, lambda format: _of_scheme(request, name, format))
    return _for_everybody(response)


def _answer(request, lead) -> HttpResponseBase:
    accept = request.headers.get("Accept", "").strip()
    if (chosen := best_of(accept, FORMATS) if accept else FORMATS[0]) is None:
        known = ", ".join(one.media_type for one in FORMATS)
        return problem(406, _("Available are: %(known)s.") % {"known": known})
    return lead(chosen.format)


def _of_record(request, uid: UUID, format: str) -> HttpResponseBase:
    try:
        found = identity_of(uid)
    except Withdrawn:
        return _gone(request, format)
    match found:
        case Identity(kind, slug):
            return SeeOther(_address(kind, slug, format))
        case Successor(successor):
            return HttpResponsePermanentRedirect(reverse("actor-id", args=[successor]))
    return _of_contribution(request, uid, format)


def _of_contribution(request, uid: UUID, format: str) -> HttpResponseBase:
    known = Contribution.objects.filter(uid=uid)
    if found := known.published().first():
        is_page = format == PageFormat.format
        return SeeOther(
            found.get_absolute_url() if is_page else reverse("api:news-detail", args=[found.slug])
        )
    if known.filter(published_at__isnull=False).exists():
        return _gone(request, format)
    return _missing(request, format)


def _gone(request, format: str) -> HttpResponseBase:
    if format == PageFormat.format:
        return errors.gone(request)
    return problem(410, _("This record was published once and has been withdrawn."))


def _address(kind: Kind, slug: str, format: str) -> str:
    page, parameter, endpoint = _RECORDS[kind]
    if format == PageFormat.format:
        return f"{reverse(page)}?{urlencode({parameter: slug})}" if parameter else reverse(page, args=[slug])
    address = reverse(endpoint, args=[slug])
    return f"{address}?format={format}" if format in LINKED else address


def _of_scheme(request, name: str, format: str) -> HttpResponseBase:
    if name not in Scheme:
        return _missing(request, format)
    if format == PageFormat.format:
        return SeeOther(reverse(_SCHEME_PAGES.get(Scheme(name), "actors:actor-list")))
    address = reverse("api:vocabulary-detail", args=[name])
    return SeeOther(f"{address}?format={format}" if format in LINKED else address)


def _missing(request, format: str) -> HttpResponseBase:
    if format == PageFormat.format:
        return errors.not_found(request)
    return problem(404, _("There is nothing at this address."))


def _for_everybody(response: HttpResponseBase) -> HttpResponseBase:
    """Scripts of other sites may follow it; caches keep the forms apart."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    patch_vary_headers(response, ["Accept", "Accept-Language"])
    return response
