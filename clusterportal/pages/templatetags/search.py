"""What was found in a row of a list: marked words, a fragment of the texts, the reasons for staff."""

from django import template

from actors.domain.marks import reasons as reasons_of

register = template.Library()


@register.inclusion_tag("parts/_marked.html")
def marked(text, marks) -> dict:
    """`text` with the words that were looked for marked; without `marks`, as it is."""
    return {"pieces": marks.pieces(str(text)) if marks else [(str(text), False)]}


@register.inclusion_tag("parts/_fragment.html")
def fragment(actor, marks) -> dict:
    """The place of the description that answers, when name and summary do not."""
    return {"pieces": marks.fragment(actor)}


@register.inclusion_tag("parts/_reasons.html")
def reasons(actor, marks) -> dict:
    return {"reasons": reasons_of(actor, marks)}
