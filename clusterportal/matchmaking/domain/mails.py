"""What the mails of an event say: plain text in the language of whoever reads it, the agenda as a calendar file."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from clusterportal.core.mailing import Attachment
from clusterportal.matchmaking.domain.calendar import calendar_of
from clusterportal.matchmaking.domain.links import AGENDA, CONFIRMATION, VALID_FOR
from clusterportal.matchmaking.domain.talks_of_person import appointments_of
from clusterportal.matchmaking.enums import MailKind
from clusterportal.matchmaking.models import MeetingMail


def text_of(mail: MeetingMail) -> dict | None:
    """Subject, body, recipient and attachment for `send_once`; None where a later plan was announced meanwhile."""
    person, plan = mail.person, mail.plan
    event = person.participation.event
    if plan and event.plans.announced().first() != plan:
        return None
    with override(person.language):
        link = CONFIRMATION if mail.kind == MailKind.CONFIRM else AGENDA
        context = {
            "kind": mail.kind,
            "event": event,
            "organisation": str(person.participation),
            "site": settings.SITE_NAME,
            "link": link.address(str(person.uid), language=person.language),
            "days": VALID_FOR.days,
            "appointments": appointments_of(person, plan=plan) if plan else [],
        }
        text = render_to_string("mail/matchmaking/meeting.txt", context)
        subject, _break, body = text.strip().partition("\n")
        calendar = calendar_of(person, plan=plan) if plan else b""
    return {
        "subject": " ".join(subject.split()),
        "body": body.strip() + "\n",
        "to": mail.to,
        "reply_to": event.cluster.email,
        "attachments": [Attachment("talks.ics", calendar.decode(), "text/calendar")] if plan else [],
    }
