"""Texts that the managers edit: the model explained, imprint, privacy, accessibility."""

import re

from django.urls import NoReverseMatch, reverse
from django.views.generic import TemplateView

from clusterportal.history.processing import terms
from clusterportal.pages.markdown import text_sections
from clusterportal.pages.models import TITLES, TextPage
from clusterportal.pages.presenters.conformity import conformity
from layers.models import Layer

_GAP = re.compile(r"\[[^\]\n]+\](?![(\[:])")  # a [placeholder] that the operator has to fill in, not a link


class TextPageView(TemplateView):
    template_name = "pages/text_page.html"

    def get_context_data(self, **kwargs):
        slug = kwargs["slug"]
        text = TextPage.objects.filter(slug=slug).first()
        return super().get_context_data(
            **kwargs,
            text=text,
            sections=text_sections(text.body) if text else [],
            title=text.title if text else TITLES[slug],
            layers=list(Layer.objects.all()) if slug == "cluster-model" else [],
            terms=terms() if slug == "privacy" else [],
            conformity=conformity() if slug == "accessibility" else None,
            is_unfinished=bool(text and _GAP.search(text.body)),
            edit_url=_edit_url(self.request.user, text),
        )


def _edit_url(user, text: TextPage | None) -> str:
    """The admin page of this text; empty for users who may not edit it."""
    power = "pages.change_textpage" if text else "pages.add_textpage"
    if not (user.is_active and user.is_staff and user.has_perm(power)):
        return ""
    try:
        if text:
            return reverse("admin:pages_textpage_change", args=[text.pk])
        return reverse("admin:pages_textpage_add")
    except NoReverseMatch:  # this installation leaves texts out of its admin
        return ""
