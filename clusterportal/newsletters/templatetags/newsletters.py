"""Words of an issue in its templates."""

from django import template

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
