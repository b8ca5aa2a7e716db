"""Telephone numbers that can be called."""

from django import template

from clusterportal.core.telephone import HOME, link

register = template.Library()


@register.inclusion_tag("pages/_telephone.html")
def telephone(text: str, country: str = HOME) -> dict:
    """The number as a link that calls it; as plain text where it is doubtful which number is meant."""
    return {"text": text, "address": link(text, country)}
