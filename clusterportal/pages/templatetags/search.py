"""Highlighting of search results: matched words, a fragment of the description, and the matching fields."""

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

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


@register.simple_tag
def found_by(row, marks) -> str:
    """The matching fields that the row does not show anyway."""
    found = answers(row.actor, marks, layers=row.layers, areas=row.areas, area_synonyms=row.area_synonyms)
    if not found:
        return ""
    texts = [
        format_html("{}: <span{}>{}</span>", one.label, lang(one.language), _html(one.pieces))
        if one.pieces
        else one.label
        for one in found
    ]
    line = format_html_join(" · ", "{}", ((text,) for text in texts))
    return format_html('<p class="small mute why"><span class="vh">{} </span>{}</p>', _("Found by:"), line)
