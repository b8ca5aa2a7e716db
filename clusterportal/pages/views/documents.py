"""A profile or a contribution as an accessible PDF."""

import threading

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actors.domain.taxonomy import Taxonomy
from actors.models import Actor
from clusterportal.atlas.domain.content import single
from clusterportal.atlas.domain.contributions import contribution_pdf as pdf_of
from clusterportal.atlas.domain.making import make
from clusterportal.atlas.domain.typesetting import CannotSet
from clusterportal.core.english_words import plain_words
from clusterportal.newsroom.models import Contribution
from clusterportal.pages.views.contribution import shown_at
from clusterportal.pages.views.profile import elsewhere

_AT_ONCE = 2  # documents that a worker sets at the same time: others shall not wait for a processor
_WAIT = 10  # seconds
_free = threading.BoundedSemaphore(_AT_ONCE)


@require_safe
def profile_pdf(request, slug: str):
    """The profile of a published actor; former addresses lead on."""
    actor = Actor.objects.published().filter(slug=slug).first()
    if actor is None:
        return elsewhere(request, slug, view="actors:actor-pdf")
    return _answer(lambda: make(single(actor, Taxonomy()), name="single")[0].pdf, slug)


@require_safe
def contribution_pdf(request, slug: str):
    """A contribution that everybody sees; former addresses lead on."""
    found = shown_at(slug, Contribution.objects.published().with_parts(), view="pages:contribution-pdf")
    if isinstance(found, HttpResponse):
        return found
    return _answer(lambda: pdf_of(found, get_language() or "de"), slug)


def _answer(document, name: str) -> HttpResponse:
    """Kept by the portal until the registry changes, as every public page is."""
    if not _free.acquire(timeout=_WAIT):
        return _later(503)
    try:
        with plain_words():
            content = document()
    except CannotSet:
        return _later(500)
    finally:
        _free.release()
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _later(status: int) -> HttpResponse:
    text = {
        503: _("Other documents are being set just now. Please try again in a minute."),
        500: _("This document could not be set. The page shows the same."),
    }[status]
    headers = {"Retry-After": "60"} if status == 503 else {}
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8", headers=headers)
