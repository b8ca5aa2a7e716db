"""What the three pages of an event share: who may open them, and their frame."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterportal.core.admin_page import admin_page
from clusterportal.matchmaking.domain.states import state_of
from clusterportal.matchmaking.models import Event
from clusterportal.matchmaking.rules import can_organise, can_see_talks


def event_for(request, pk: int, *, to_organise: bool = False) -> Event:
    """The event of a page. An event of others is not found; raises Http404, PermissionDenied."""
    found = Event.objects.curated_by(request.user).matchmakings().select_related("cluster")
    event = found.prefetch_related("plans").filter(pk=pk).first()
    if event is None:
        raise Http404
    is_allowed = can_organise if to_organise or request.method == "POST" else can_see_talks
    if not is_allowed(request.user, event):
        raise PermissionDenied
    return event


def page(request, event: Event, name: str, **context) -> TemplateResponse:
    """One of the pages of an event, with the ways to the others."""
    pages = [("talks", _("Wishes and plan")), ("day", _("On the day")), ("outcomes", _("Outcomes"))]
    may_organise = can_organise(request.user, event)
    frame = {
        "title": str(event),
        "opts": Event._meta,
        "original": event,
        "event": event,
        "state": state_of(event, today=timezone.localdate()),
        "may_organise": may_organise,
        "pages": [
            (label, reverse(f"admin:matchmaking_event_{one}", args=[event.pk]), one == name)
            for one, label in pages
            if may_organise or one == "talks"
        ],
    }
    return admin_page(request, f"admin/matchmaking/{name}.html", frame | context)
