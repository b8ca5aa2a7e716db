"""One contribution: as everybody sees it, and as a signed link shows it before."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.views.generic import TemplateView

from clusterportal.core.pictures import picture
from clusterportal.core.signed_links import BadLink, ExpiredLink
from clusterportal.history.former_addresses import slug_today
from clusterportal.newsroom.domain.preview import previewed
from clusterportal.newsroom.models import ARTICLE, Contribution


class ContributionView(TemplateView):
    """A former address leads to the one of today."""

    template_name = "pages/contribution.html"
    kinds: list[str] = []

    def get(self, request, *args, **kwargs):
        published = Contribution.objects.published().of_kind(*self.kinds)
        if not published.filter(slug=kwargs["slug"]).exists():
            today = slug_today(Contribution, kwargs["slug"])
            if today == kwargs["slug"] or not published.filter(slug=today).exists():
                raise Http404
            return redirect(published.get(slug=today), permanent=True)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        shown = Contribution.objects.published().of_kind(*self.kinds).with_parts()
        contribution = get_object_or_404(shown, slug=kwargs["slug"])
        return super().get_context_data(**kwargs, **context_of(contribution))


class PreviewView(TemplateView):
    """Opening the link changes nothing, however often and by whatever it is opened."""

    template_name = "pages/contribution.html"

    def get_context_data(self, **kwargs):
        contribution = previewed(kwargs["token"])
        return super().get_context_data(**kwargs, **context_of(contribution), is_preview=True)

    def get(self, request, *args, **kwargs):
        try:
            response = super().get(request, *args, **kwargs)
        except BadLink as error:
            context = {"is_expired": isinstance(error, ExpiredLink)}
            self.template_name = "pages/preview_ended.html"
            response = self.render_to_response(context, status=410 if context["is_expired"] else 404)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response


def context_of(contribution: Contribution) -> dict:
    """What the page of a contribution shows; `is_missing_here`: there is nothing in the language of the page."""
    return {
        "contribution": contribution,
        "picture": picture(contribution.image, ARTICLE),
        "is_missing_here": get_language() not in contribution.languages,
    }
