"""Tables of mails that are their own queue: each mail is taken in hand before the mail server is spoken to.

A worker that dies leaves its mail in hand; then nobody knows whether it went out, so people are told and decide.
Everything else is sent by the next run.
"""

import uuid
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Generic, Self, TypeVar

from django.apps import apps
from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clusterportal.core.constraints import one_of
from clusterportal.core.mailing import IsBeingSent, NotAccepted, send_once
from clusterportal.core.models import Delivery, Standstill

MAILS_A_PAGE = 100  # of the admin
MAILS_A_RUN = 30  # and a run a minute: mail servers distrust who sends hundreds at once
IN_HAND = timedelta(minutes=15)  # the longest that sending one mail can take, with a patient mail server
MOST_TRIES = 40  # after 5, 10, 15 ... minutes: for three days
STALE_AFTER = timedelta(days=7)  # mails older than that, for example of a restored backup, stay unsent


class MailState(models.TextChoices):
    """`SENDING` is written before the mail server is spoken to: whoever finds it later does not send again."""

    WAITING = "waiting", pgettext_lazy("mail", "Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    REFUSED = "refused", _("Refused by the mail server")
    UNCLEAR = "unclear", _("Unclear whether it was sent")
    VOID = "void", _("No longer needed")


TROUBLED = (MailState.UNCLEAR, MailState.REFUSED)  # a person decides what becomes of them


class QueuedMailQuerySet(models.QuerySet):
    def due(self) -> Self:
        return self.filter(state=MailState.WAITING, due_at__lte=timezone.now()).order_by("due_at", "pk")

    def send_again(self) -> int:
        """A person decided that these go out once more, whatever became of them; returns how many can."""
        again = self.filter(state__in=TROUBLED).exclude(to="")
        fresh = {"state": MailState.WAITING, "due_at": timezone.now(), "tries": 0, "reason": ""}
        keys = list(again.values_list("pk", flat=True))
        return sum(again.filter(pk=pk).update(**fresh, key=uuid.uuid4()) for pk in keys)


class QueuedMail(models.Model):
    """One mail to one person. This table is the queue: whatever a worker leaves behind is found here again."""

    to = models.EmailField(_("sent to"), blank=True)
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=MailState, default=MailState.WAITING)
    due_at = models.DateTimeField(_("to be sent from"), default=timezone.now)
    claimed_at = models.DateTimeField(_("taken in hand at"), null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    is_recipient_refused = False  # by the answer just heard: other recipients may be taken

    objects = QueuedMailQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["pk"]
        default_permissions = ()
        constraints = [one_of("state", MailState, table="%(class)s")]
        indexes = [
            models.Index("due_at", "id", condition=Q(state=MailState.WAITING), name="%(class)s_due"),
            models.Index("claimed_at", condition=Q(state=MailState.SENDING), name="%(class)s_in_hand"),
        ]

    def __str__(self) -> str:
        return self.to


def mails_by_state() -> dict[type[QueuedMail], dict[str, int]]:
    """How many mails each table of mails holds, by their state."""
    tables = [model for model in apps.get_models() if issubclass(model, QueuedMail)]
    counted = {model: model._default_manager.order_by().values_list("state") for model in tables}
    return {model: dict(rows.annotate(count=Count("pk"))) for model, rows in counted.items()}


Mail = TypeVar("Mail", bound=QueuedMail)


class Outbox(Generic[Mail]):
    """Sends the mails of one table; `text_of` says what a mail says, for `send_once`, or None where it is void."""

    stale_after: timedelta | None = STALE_AFTER  # None: a mail stays due however long it waits

    def __init__(self, model: type[Mail], text_of: Callable[[Mail], dict | None]):
        self.model, self.text_of = model, text_of

    def send_due(self, *, limit: int = MAILS_A_RUN) -> int:
        """Send what is due, at most `limit` mails; returns how many were accepted."""
        self.look_after_lost_ones()
        if Standstill.is_on():
            return 0
        sent = 0
        for _number in range(limit):
            mail = self._take_in_hand()
            if mail is None:
                break
            if self._send(mail):
                sent += 1
            elif mail.state == MailState.WAITING and not mail.is_recipient_refused:
                break  # the mail server takes nothing now
        return sent

    def look_after_lost_ones(self) -> None:
        """Mails whose worker died are unclear; mails that nobody could send for a week are no news any more."""
        now, mails = timezone.now(), self.model._default_manager
        lost = mails.filter(state=MailState.SENDING, claimed_at__lt=now - IN_HAND)
        accepted = Delivery.objects.filter(key=OuterRef("key"))  # noted before the worker died
        lost.filter(Exists(accepted)).update(
            state=MailState.SENT, sent_at=Subquery(accepted.values("accepted_at"))
        )
        lost.update(state=MailState.UNCLEAR)
        if self.stale_after:
            stale = mails.filter(state=MailState.WAITING, due_at__lt=now - self.stale_after)
            stale.update(state=MailState.VOID)

    def due(self) -> QueuedMailQuerySet:
        """What is to be sent now, in order."""
        return QueuedMailQuerySet(self.model).due()

    def hand_over(self, mail: Mail, text: dict) -> None:
        """Give one mail to the mail server. Raises NotAccepted, IsBeingSent."""
        send_once(key=str(mail.key), **text)

    def _take_in_hand(self) -> Mail | None:
        """The next mail, noted as in hand for everybody to see before anything is sent."""
        with transaction.atomic(durable=True):
            due: Iterable[Mail] = self.due().select_for_update(skip_locked=True, of=("self",))[:1]
            mail = next(iter(due), None)
            if mail:
                mail.state, mail.claimed_at = MailState.SENDING, timezone.now()
                mail.save(update_fields=["state", "claimed_at"])
        return mail

    def _send(self, mail: Mail) -> bool:
        text = self.text_of(mail)
        if text is None:
            mail.state = MailState.VOID
        else:
            try:
                self.hand_over(mail, text)
            except NotAccepted as refusal:
                _note_refusal(mail, refusal)
            except IsBeingSent:
                return False  # by a worker that is slow and not dead: it will say what became of the mail
            else:
                mail.state, mail.sent_at, mail.reason = MailState.SENT, timezone.now(), ""
        mail.save(update_fields=["state", "sent_at", "reason", "tries", "due_at"])
        return mail.state == MailState.SENT


def _note_refusal(mail: QueuedMail, refusal: NotAccepted) -> None:
    mail.reason, mail.tries = str(refusal)[:300], mail.tries + 1
    mail.is_recipient_refused = bool(refusal.status)
    if refusal.is_unclear:
        mail.state = MailState.UNCLEAR
    elif refusal.is_final or mail.tries >= MOST_TRIES:
        mail.state = MailState.REFUSED
    else:
        mail.state = MailState.WAITING
        mail.due_at = timezone.now() + timedelta(minutes=5) * mail.tries
