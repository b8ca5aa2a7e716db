"""What the room shows on pages of other rooms."""

from django import template

from actors.rules import can_edit, can_merge
from clusterportal.quality.missing_fields import missing_fields_panel

register = template.Library()


@register.inclusion_tag("admin/quality/_missing_fields.html", takes_context=True)
def missing_fields_of(context, actor):
    """What the actor lacks and why it matters, for those who can mend it."""
    request = context["request"]
    if actor is None or not can_edit(request.user):
        return {}
    panel = missing_fields_panel(actor)
    if not can_merge(request.user, actor):
        panel["choose_url"] = ""
    return panel | {"csrf_token": context.get("csrf_token"), "request": request}
