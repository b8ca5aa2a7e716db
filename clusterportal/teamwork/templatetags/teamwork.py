"""What the page of an actor says of its notes."""

from django import template

from clusterportal.teamwork.models import Note
from clusterportal.teamwork.rules import can_read_notes

register = template.Library()


@register.inclusion_tag("admin/teamwork/_tab.html")
def notes_tab(actor, user) -> dict:
    """The way to the notes of an actor, with their number, for those who may read them; one query."""
    if not actor or not actor.pk or not can_read_notes(user, actor):
        return {"actor": None}
    own = list(Note.objects.filter(actor=actor).values_list("due_on", "assignee", "done_at")[:1000])
    is_open = sum(1 for due, assignee, done in own if (due or assignee) and not done)
    return {"actor": actor, "count": len(own), "open": is_open}
