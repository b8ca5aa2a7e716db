"""What was found in a row of a list: marked words, a fragment of the texts, the reasons for staff."""

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

from actors.domain.marks import reasons as reasons_of

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


@register.inclusion_tag("parts/_reasons.html")
def reasons(actor, marks) -> dict:
    return {"reasons": reasons_of(actor, marks)}
