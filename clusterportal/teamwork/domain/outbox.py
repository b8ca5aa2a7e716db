"""Sending what waits in the table of mails: each is taken in hand before the mail server is spoken to.

A worker that dies leaves its mail in hand; then nobody knows whether it went out, so people are told and decide
(`send_again`). Everything else is sent by the next run.
"""

from datetime import timedelta
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from clusterportal.core.mailing import IsBeingSent, NotAccepted, send_once
from clusterportal.teamwork.domain import letters, news
from clusterportal.teamwork.enums import MailState
from clusterportal.teamwork.models import OutgoingMail

MAILS_A_RUN = 30  # and a run a minute: mail servers distrust who sends hundreds at once
IN_HAND = timedelta(minutes=15)  # the longest that sending one mail can take, with a patient mail server
MOST_TRIES = 40  # after 5, 10, 15 ... minutes: for three days
STALE_AFTER = timedelta(days=7)  # mails older than that, for example of a restored backup, stay unsent


def send_due(*, limit: int = MAILS_A_RUN) -> int:
    """Send what is due, at most `limit` mails; returns how many were accepted."""
    look_after_lost_ones()
    sent = 0
    for _number in range(limit):
        mail = _take_in_hand()
        if mail is None:
            break
        if _send(mail):
            sent += 1
        elif mail.state == MailState.WAITING:
            break  # the mail server takes nothing now
    return sent


def look_after_lost_ones() -> None:
    """Mails whose worker died are unclear; mails that nobody could send for a week are no news any more."""
    now = timezone.now()
    OutgoingMail.objects.filter(state=MailState.SENDING, claimed_at__lt=now - IN_HAND).update(
        state=MailState.UNCLEAR
    )
    OutgoingMail.objects.filter(state=MailState.WAITING, due_at__lt=now - STALE_AFTER).update(
        state=MailState.VOID
    )


def send_again(*, mail: OutgoingMail, by) -> None:
    """A person decides that a mail goes out once more, whatever became of it. Raises PermissionDenied."""
    if mail.letter is None or mail.letter.by_id != by.pk:
        raise PermissionDenied
    again = OutgoingMail.objects.filter(pk=mail.pk, state__in=[MailState.UNCLEAR, MailState.REFUSED])
    again.exclude(to="").update(
        state=MailState.WAITING, due_at=timezone.now(), key=uuid4(), tries=0, reason=""
    )


def _take_in_hand() -> OutgoingMail | None:
    """The next mail, noted as in hand for everybody to see before anything is sent."""
    with transaction.atomic(durable=True):
        mail = OutgoingMail.objects.due().select_for_update(skip_locked=True).first()
        if mail:
            mail.state, mail.claimed_at = MailState.SENDING, timezone.now()
            mail.save(update_fields=["state", "claimed_at"])
    return mail


def _send(mail: OutgoingMail) -> bool:
    text = letters.text_of(mail) if mail.letter_id else news.text_of(mail)
    if text is None:
        mail.state = MailState.VOID
    else:
        try:
            send_once(key=str(mail.key), **text)
        except NotAccepted as refusal:
            _note_refusal(mail, refusal)
        except IsBeingSent:
            return False  # by a worker that is slow and not dead: it will say what became of the mail
        else:
            mail.state, mail.sent_at, mail.reason = MailState.SENT, timezone.now(), ""
    mail.save(update_fields=["state", "sent_at", "reason", "tries", "due_at"])
    return mail.state == MailState.SENT


def _note_refusal(mail: OutgoingMail, refusal: NotAccepted) -> None:
    mail.reason, mail.tries = str(refusal)[:300], mail.tries + 1
    if refusal.is_unclear:
        mail.state = MailState.UNCLEAR
    elif refusal.is_final or mail.tries >= MOST_TRIES:
        mail.state = MailState.REFUSED
    else:
        mail.state = MailState.WAITING
        mail.due_at = timezone.now() + timedelta(minutes=5) * mail.tries
