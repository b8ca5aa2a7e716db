"""Highlighting of search results: matched words, a fragment of the description, and the matching fields."""

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

from actors.search.reasons import answers
from clusterportal.pages.templatetags.languages import lang

register = template.Library()


# Simple tags, because a template for each of them took as long as the rest of the row.
@register.simple_tag
def marked(text, marks) -> str:
    """`text` with the matched words highlighted; without `marks`, unchanged."""
    return _html(marks.pieces(str(text))) if marks else str(text)


@register.simple_tag
def fragment(actor, marks) -> str:
    """The matching part of the description, if name and summary do not match."""
    pieces, language = marks.fragment(actor)
    return format_html('<p class="text small"{}>{}</p>', lang(language), _html(pieces)) if pieces else ""


def _html(pieces: list[tuple[str, bool]]) -> str:
    texts = (f"<mark>{escape(text)}</mark>" if is_found else escape(text) for text, is_found in pieces)
    return mark_safe("".join(texts))  # each is escaped


@register.inclusion_tag("parts/_answers.html")
def found_by(row, marks) -> dict:
    """The matching fields that the row does not show anyway."""
    found = answers(row.actor, marks, layers=row.layers, areas=row.areas, area_synonyms=row.area_synonyms)
    return {"answers": [(one.label, _html(one.pieces), one.language) for one in found]}
