"""A profile or a contribution as an accessible PDF."""

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actors.domain.taxonomy import Taxonomy
from actors.models import Actor
from clusterportal.atlas.domain.atlas_document import make
from clusterportal.atlas.domain.content import single
from clusterportal.atlas.domain.contributions import contribution_pdf as pdf_of
from clusterportal.atlas.domain.typesetting import CannotSet
from clusterportal.core.english_words import plain_words
from clusterportal.core.turns import costly
from clusterportal.newsroom.models import Contribution
from clusterportal.pages.views.contribution import shown_at
from clusterportal.pages.views.profile import elsewhere


@costly
@require_safe
def profile_pdf(request, slug: str):
    """The profile of a published actor; former addresses lead on."""
    actor = Actor.objects.published().filter(slug=slug).first()
    if actor is None:
        return elsewhere(request, slug, view="actors:actor-pdf")
    return _answer(lambda: make(single(actor, Taxonomy()), name="single")[0].pdf, slug)


@costly
@require_safe
def contribution_pdf(request, slug: str):
    """A contribution that everybody sees; former addresses lead on."""
    found = shown_at(slug, Contribution.objects.published().with_parts(), view="pages:contribution-pdf")
    if isinstance(found, HttpResponse):
        return found
    return _answer(lambda: pdf_of(found, get_language() or "de"), slug)


def _answer(document, name: str) -> HttpResponse:
    """Kept by the portal until the registry changes, as every public page is."""
    try:
        with plain_words():
            content = document()
    except CannotSet:
        text = _("This document could not be set. The page shows the same.")
        return HttpResponse(text, status=500, content_type="text/plain; charset=utf-8")
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["X-Robots-Tag"] = "noindex"
    return response
