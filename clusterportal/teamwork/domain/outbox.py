"""Sending the mails of the team, of which the table is the queue (`core/outbox.py`)."""

from django.core.exceptions import PermissionDenied

from clusterportal.core.outbox import Outbox
from clusterportal.teamwork.domain import letters, news
from clusterportal.teamwork.models import OutgoingMail


def _text_of(mail: OutgoingMail) -> dict | None:
    return letters.text_of(mail) if mail.letter_id else news.text_of(mail)


OUTBOX = Outbox(OutgoingMail, _text_of)
send_due = OUTBOX.send_due
look_after_lost_ones = OUTBOX.look_after_lost_ones


def send_again(*, mail: OutgoingMail, by) -> None:
    """A person decides that a mail goes out once more, whatever became of it. Raises PermissionDenied."""
    if mail.letter is None or mail.letter.by_id != by.pk:
        raise PermissionDenied
    OutgoingMail.objects.filter(pk=mail.pk).send_again()
