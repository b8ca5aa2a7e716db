"""The mails to people who come to an event; their table is the queue (`core/outbox.py`): none leaves twice."""

from collections.abc import Iterable

from procrastinate.contrib.django import app

from clusterportal.core.outbox import Outbox
from clusterportal.matchmaking.domain.mails import text_of
from clusterportal.matchmaking.models import MeetingMail, Representative, SchedulePlan

OUTBOX = Outbox(MeetingMail, text_of)
send_due = OUTBOX.send_due
SEND_NOW = "matchmaking.send_now"  # the task, which stands above this module


def write_to(
    people: Iterable[Representative],
    *,
    kind: str,
    plan: SchedulePlan | None = None,
    about: Representative | None = None,
) -> int:
    """Queue a mail to each of them, sent when the transaction commits; returns how many."""
    mails = MeetingMail.objects.bulk_create(
        MeetingMail(person=person, to=person.email, kind=kind, plan=plan, about=about) for person in people
    )
    if mails:
        app.configure_task(SEND_NOW, queue="mail").defer()
    return len(mails)
