"""Words of an issue in its templates."""

from django import template
from django.utils.translation import gettext as _

from clusterportal.newsroom.enums import Kind

register = template.Library()


@register.filter
def kind_label(kind: str) -> str:
    """What a contribution is called; empty for a link of the team’s own."""
    return str(Kind(kind).label) if kind else ""


@register.filter
def joined(positions: list[int]) -> str:
    """Positions of layers as digits in a row."""
    return "".join(map(str, positions))


@register.filter
def only_in(language: str, of_issue: str) -> str:
    """Says that a text is there in another language alone; empty where it is in that of the issue."""
    if language == of_issue:
        return ""
    return {"de": _("German only"), "en": _("English only")}.get(language, language)
