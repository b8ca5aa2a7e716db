"""What the room shows on lists of other rooms."""

from django import template
from django.urls import reverse

from clusterportal.imports.rules import noun_of, nouns_of

register = template.Library()


@register.simple_tag(takes_context=True)
def import_address(context, model) -> str:
    """Where a table for the list of `model` is imported; empty where nothing is, or not for this person."""
    noun = noun_of(model)
    if not noun or noun not in nouns_of(context["request"].user):
        return ""
    return f"{reverse('admin:imports_importrun_add')}?noun={noun}"
