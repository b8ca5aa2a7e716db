"""What the first page of the admin says of this room."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterportal.teamwork.models import Note


def attention(user) -> list[dict]:
    """The person's open follow-ups, if there are any, with how many are overdue; one query."""
    overdue = Q(due_on__lt=timezone.localdate())
    own = Note.objects.visible_to(user).open().filter(assignee=user)
    found = own.aggregate(open=Count("pk"), overdue=Count("pk", filter=overdue))
    if not found["open"]:
        return []
    why = _("Overdue: %(count)d.") % {"count": found["overdue"]} if found["overdue"] else ""
    address = f"{reverse('admin:teamwork_note_changelist')}?follow_up=open&whose=mine"
    return [{"label": _("My follow-ups"), "count": found["open"], "url": address, "why": why}]
