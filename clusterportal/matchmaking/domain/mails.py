"""What the mails of an event say: plain text in the language of whoever reads it, the agenda as a calendar file."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from clusterportal.core.mailing import Attachment
from clusterportal.core.signed_links import SignedLink
from clusterportal.matchmaking.domain.calendar import calendar_of
from clusterportal.matchmaking.domain.participant_links import (
    AGENDA,
    CONFIRMATION,
    VALID_FOR,
    VOUCH,
    vouching_for,
)
from clusterportal.matchmaking.domain.talks_of_person import appointments_of
from clusterportal.matchmaking.enums import MailKind
from clusterportal.matchmaking.models import MeetingMail, Representative


def text_of(mail: MeetingMail) -> dict | None:
    """Subject, body, recipient and attachment for `send_once`; None where it is needed no longer.

    A mail that waited while a later plan was announced tells of that one, unless that plan has its own mail to the
    person: who has no change in it would hear of no plan at all.
    """
    person, plan = mail.person, mail.plan
    event = person.participation.event
    standing = event.plans.announced().first() if plan else None
    if standing != plan and MeetingMail.objects.filter(person=person, plan=standing).exists():
        return None
    plan = standing
    if mail.kind == MailKind.VOUCH and (mail.about is None or mail.about.confirmed_at):
        return None
    with override(person.language):
        link, key = _way(mail, person)
        context = {
            "kind": mail.kind,
            "event": event,
            "organisation": str(person.participation),
            "site": settings.SITE_NAME,
            "link": link.address(key, language=person.language),
            "about": mail.about,
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


def _way(mail: MeetingMail, person: Representative) -> tuple[SignedLink, str]:
    """The link of a mail and its key: to confirm oneself, to confirm a colleague, or to one's own page."""
    if mail.kind == MailKind.VOUCH and mail.about:
        return VOUCH, vouching_for(mail.about, person)
    return (CONFIRMATION if mail.kind == MailKind.CONFIRM else AGENDA), str(person.uid)
