"""Sending issues, of which the table of mails is the queue (`core/outbox.py`): the shape fits, three things are added.

A rate, counted over the last minute in the table, so that it holds whoever sends; one connection for many mails, tried
before each is taken in hand, so that a line that broke between two mails leaves none unclear; and what a refusal says
about the address. SMTP knows no way to send a mail exactly once: a worker that dies with a mail in hand leaves it
unclear, and people decide.
"""

import logging
import smtplib
from datetime import timedelta
from functools import lru_cache
from typing import cast

from django.conf import settings
from django.core.mail import get_connection
from django.utils import timezone

from clusterportal.core.mailing import NotAccepted, send_once
from clusterportal.core.outbox import Outbox, QueuedMailQuerySet
from clusterportal.newsletters.domain import bounces, headers, scheduling
from clusterportal.newsletters.domain.addresses import BOUNCE, sealed_address
from clusterportal.newsletters.domain.composing import Content
from clusterportal.newsletters.domain.reader_links import CHOICE, UNSUBSCRIBE
from clusterportal.newsletters.domain.rendering import Reader, Rendered, rendered
from clusterportal.newsletters.enums import Form, IssueState
from clusterportal.newsletters.models import IssueEdition, IssueMail, Suppression
from clusterportal.newsletters.querysets import IssueMailQuerySet

logger = logging.getLogger(__name__)


class IssueOutbox(Outbox[IssueMail]):
    """The mails of issues that are on their way."""

    stale_after = None  # a held issue asks, however long it waits

    def __init__(self):
        super().__init__(IssueMail, text_of)
        self._line = None

    def due(self) -> QueuedMailQuerySet:
        waiting: IssueMailQuerySet = (
            IssueMailQuerySet(IssueMail).due().filter(issue__state=IssueState.SENDING)
        )
        return waiting.select_related("issue", "list", "subscription")

    def send_due(self, *, limit: int = 0) -> int:
        """Send what the rate still allows in this minute; returns how many were accepted."""
        minute_ago = timezone.now() - timedelta(minutes=1)
        used = IssueMail.objects.filter(claimed_at__gt=minute_ago).count()
        try:
            return super().send_due(limit=max((limit or settings.NEWSLETTER_RATE) - used, 0))
        finally:
            self._hang_up()

    def _take_in_hand(self) -> IssueMail | None:
        return super()._take_in_hand() if self._is_connected() else None

    def hand_over(self, mail: IssueMail, text: dict) -> None:
        try:
            send_once(key=str(mail.key), line=self._line, **text)
        except NotAccepted as refusal:
            self._hang_up()
            if refusal.status:
                bounces.note(mail, status=refusal.status)
            raise
        bounces.forget_passing(mail.to)

    def _is_connected(self) -> bool:
        """Whether the mail server listens, on the line of before or a new one."""
        if self._line is not None and not _is_alive(self._line):
            self._hang_up()
        if self._line is None:
            self._line = get_connection()
            try:
                self._line.open()
            except (smtplib.SMTPException, OSError) as error:
                self._line = None
                logger.warning("The mail server cannot be reached: %s", type(error).__name__)
        return self._line is not None

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.fail_silently = True  # whatever it says now concerns no mail
            self._line.close()
            self._line = None


def _is_alive(line) -> bool:
    session = getattr(line, "connection", None)  # of SMTP; other ways to send have none
    if not isinstance(session, smtplib.SMTP):
        return True
    try:
        return session.noop()[0] == 250
    except (smtplib.SMTPException, OSError):
        return False


def text_of(mail: IssueMail) -> dict | None:
    """What a mail says, for `send_once`; None where the person unsubscribed, or the address takes none any more."""
    subscription = mail.subscription
    if subscription is None or subscription.ended_at is not None or not mail.to:
        return None
    if Suppression.objects.filter(email=mail.to).exists():
        return None
    language = mail.list.language
    leave = UNSUBSCRIBE.address(str(subscription.uid), language=language)
    reader = Reader(
        list_name=mail.list.name,
        since=subscription.confirmed_at,
        leave=leave,
        choice=CHOICE.address(str(subscription.uid), language=language),
    )
    issue = _issue(mail.issue_id, mail.issue.slug, language)
    text, html = issue.for_reader(reader)
    return {
        "subject": issue.subject,
        "body": text,
        "html": html if subscription.form == Form.HTML else "",
        "to": mail.to,
        "reply_to": mail.list.reply_to,
        "returns_to": sealed_address(BOUNCE, mail.key),
        "headers": headers.of_issue(list=mail.list, key=mail.key, leave=leave),
    }


@lru_cache(maxsize=8)  # a run asks for the same one or two again and again
def _issue(pk: int, slug: str, language: str) -> Rendered:
    edition = IssueEdition.objects.get(issue=pk, language=language)
    return rendered(cast(Content, edition.content), slug=slug, language=language)


OUTBOX = IssueOutbox()


def run(*, limit: int = 0) -> int:
    """Everything that is due now: issues are held, begun, sent and finished; returns how many mails were accepted."""
    _issue.cache_clear()  # a restored registry may have other issues under the same keys
    scheduling.hold_what_must_wait()
    scheduling.begin_due()
    sent = OUTBOX.send_due(limit=limit)
    scheduling.finish()
    return sent
