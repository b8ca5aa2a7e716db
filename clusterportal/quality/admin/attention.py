"""What the dashboard says of this room: only what the person may do, each with the way to the list."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from actors.domain.freshness import stale
from actors.models import Actor
from actors.rules import can_edit
from clusterportal.quality.domain.reminders import unanswered
from clusterportal.quality.enums import LinkStatus
from clusterportal.quality.models import DuplicatePair, LinkCheck


def attention(user) -> list[dict]:
    """Tasks with label, count, url and why; four queries."""
    if not can_edit(user):
        return []
    own = Actor.objects.curated_by(user)
    return [
        _task(
            _("Possible duplicates"),
            DuplicatePair.objects.open().curated_by(user),
            _address("quality_duplicatepair"),
            _("Two entries of one organisation split what is known of it."),
        ),
        _task(
            _("Broken websites"),
            LinkCheck.objects.broken().curated_by(user),
            _address("quality_linkcheck", status=LinkStatus.BROKEN),
            _("Visitors who click end nowhere."),
        ),
        _task(
            _("Not verified for 12 months"),
            own.published().filter(stale()),
            _address("actors_actor", state="published", needs="verification"),
            _("Nobody knows if it still holds."),
        ),
        _task(
            _("Reminders without an answer"),
            unanswered().filter(pk__in=own.values("pk")),
            _address("quality_reminder", answer="silent"),
            _("Three letters were sent; now somebody should call."),
        ),
    ]


def _task(label: str, records, url: str, why: str) -> dict:
    return {"label": label, "count": records.count(), "url": url, "why": why}


def _address(model: str, **filters) -> str:
    address = reverse(f"admin:{model}_changelist")
    return f"{address}?{urlencode(filters)}" if filters else address
