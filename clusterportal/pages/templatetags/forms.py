"""What is wrong with a form that a library's view shows."""

from django import template

from clusterportal.pages.forms.mistakes import Mistake, mistakes_of

register = template.Library()


@register.simple_tag
def mistakes(form) -> list[Mistake]:
    """What `pages/_form_summary.html` lists."""
    return mistakes_of([form])
