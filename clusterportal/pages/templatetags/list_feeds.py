"""Feeds and calendar of the list that a page shows."""

from django import template

from clusterportal.pages.presenters.list_feeds import Ways
from clusterportal.pages.presenters.list_feeds import ways_to_follow as ways

register = template.Library()


@register.simple_tag(takes_context=True)
def ways_to_follow(context) -> Ways:
    """`{% ways_to_follow as follow %}`."""
    return ways(context["request"])
