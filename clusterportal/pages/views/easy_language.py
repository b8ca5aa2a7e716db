"""The page in easy language: four texts that the managers edit, one sentence a line."""

from django.views.generic import TemplateView

from clusterportal.pages.markdown import text_sections
from clusterportal.pages.models import EASY_TITLES, TextPage


class EasyLanguageView(TemplateView):
    template_name = "pages/easy_language.html"

    def get_context_data(self, **kwargs):
        written = {text.slug: text for text in TextPage.objects.filter(slug__in=EASY_TITLES)}
        texts = [_shown(slug, written.get(slug)) for slug in EASY_TITLES]
        return super().get_context_data(**kwargs, texts=texts)


def _shown(slug: str, text: TextPage | None) -> dict:
    """One text: its anchor, what it is called, and its sections; none where nobody has written it."""
    return {
        "slug": slug,
        "text": text,
        "title": text.title if text else EASY_TITLES[slug],
        "sections": text_sections(text.body) if text else [],
    }
