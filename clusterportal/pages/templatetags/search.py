"""What was found in a row of a list: marked words, a fragment of the texts, and the fields that answer."""

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

from actors.search.reasons import answers

register = template.Library()


# Two for each row: a template of its own for either took as long as all the rest of the row.
@register.simple_tag
def marked(text, marks) -> str:
    """`text` with the words that were looked for marked; without `marks`, as it is."""
    return _html(marks.pieces(str(text))) if marks else str(text)


@register.simple_tag
def fragment(actor, marks) -> str:
    """The place of the description that answers, when name and summary do not."""
    pieces = marks.fragment(actor)
    return format_html('<p class="text small">{}</p>', _html(pieces)) if pieces else ""


def _html(pieces: list[tuple[str, bool]]) -> str:
    texts = (f"<mark>{escape(text)}</mark>" if is_found else escape(text) for text, is_found in pieces)
    return mark_safe("".join(texts))  # each is escaped


@register.inclusion_tag("parts/_answers.html")
def found_by(row, marks) -> dict:
    """The fields by which a row was found, beside what it shows of its actor anyway."""
    found = answers(row.actor, marks, layers=row.layers, areas=row.areas)
    return {"answers": [(one.label, _html(one.pieces), one.language) for one in found]}
