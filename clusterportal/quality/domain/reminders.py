"""Asking actors whether their entry is still right: at most three times, then a curator is told."""

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from procrastinate.contrib.django import app

from actors.domain.freshness import stale, stale_before
from actors.models import Actor
from clusterportal.core.mailing import Recipient, send_once
from clusterportal.core.models import Standstill
from clusterportal.core.retention import A_YEAR_AND_QUESTIONS
from clusterportal.core.signed_links import BadLink, SignedLink, absolute
from clusterportal.history.acts import act
from clusterportal.quality.domain.recipients import recipients_of
from clusterportal.quality.models import Reminder

# The link in a reminder: its recipient may confirm the entry without an account.
STILL_RIGHT = SignedLink("pages:verify", salt="quality.reminder", valid_for=timedelta(days=60))
BETWEEN_LETTERS = timedelta(days=30)  # between two letters about one actor
MOST_LETTERS = 3  # without an answer; then the dashboard names the actor
FORGET_AFTER = A_YEAR_AND_QUESTIONS  # addresses
ACTORS_PER_RUN = 200  # written to in one run, so that a large registry does not write to all at once


def due() -> QuerySet[Actor]:
    """Published actors that should be asked now, those longest unverified first."""
    waiting = Reminder.objects.filter(actor=OuterRef("pk"), sent_at__gt=timezone.now() - BETWEEN_LETTERS)
    known_since = Coalesce("verified_on", TruncDate("created_at"))
    return (
        _counted(Actor.objects.published().filter(stale()))
        .annotate(known_since=known_since)
        # An actor that came in yesterday is unverified too, but nothing in it is old.
        .filter(~Exists(waiting), letters__lt=MOST_LETTERS, known_since__lt=stale_before())
        .order_by("known_since", "pk")
    )


def unanswered() -> QuerySet[Actor]:
    """Stale actors that were asked as often as is decent, the last time long enough ago."""
    waiting = Reminder.objects.filter(actor=OuterRef("pk"), sent_at__gt=timezone.now() - BETWEEN_LETTERS)
    stale_ones = _counted(Actor.objects.published().filter(stale()))
    return stale_ones.filter(~Exists(waiting), letters__gte=MOST_LETTERS)


def send_due(*, limit: int = ACTORS_PER_RUN, is_dry_run: bool = False) -> list[tuple[Actor, list[Recipient]]]:
    """Write to the actors that are due, at most `limit`; returns them. Actors without an address are left out.

    A restored portal does not know whom it asked since the backup: it waits until somebody allows mails.
    """
    written: list[tuple[Actor, list[Recipient]]] = []
    if Standstill.is_on() and not is_dry_run:
        return written
    for actor in due().iterator(chunk_size=500):
        recipients = recipients_of(actor)
        if recipients:
            written.append((actor, recipients))
            if not is_dry_run:
                _write_to(actor, recipients)
        if len(written) >= limit:
            break
    return written


def deliver(*, reminder: Reminder, language: str, key: str) -> None:
    """Send the letter of a reminder, in `language`, unless it was accepted under this `key` before."""
    if not reminder.to:
        return  # forgotten meanwhile
    with override(language):
        text = render_to_string("mail/quality/reminder.txt", _letter(reminder))
    subject, _break, body = text.strip().partition("\n")
    send_once(key=key, subject=" ".join(subject.split()), body=body.strip() + "\n", to=reminder.to)


def reminder_for(token: str) -> Reminder:
    """The reminder that a link belongs to. Raises ExpiredLink, BadLink."""
    found = Reminder.objects.select_related("actor").filter(pk=STILL_RIGHT.key(token)).first()
    if found is None:
        raise BadLink
    return found


@transaction.atomic
def confirm(*, reminder: Reminder) -> None:
    """A recipient confirms that the entry is still right; a second confirmation changes nothing."""
    locked = Reminder.objects.select_for_update().get(pk=reminder.pk)
    if locked.answered_at:
        return
    with act("verified", reminder=locked.pk):
        Actor.objects.filter(pk=locked.actor_id).update(verified_on=timezone.localdate())
    locked.answered_at = timezone.now()
    locked.save(update_fields=["answered_at"])


def forget_addresses() -> int:
    """Erase addresses of old letters; returns how many."""
    return Reminder.objects.filter(sent_at__lt=timezone.now() - FORGET_AFTER).exclude(to="").update(to="")


def _counted(actors) -> QuerySet:
    """With `letters`: how often the actor was asked since it was verified last, counting each day once."""
    since_then = Q(reminders__answered_at__isnull=True) & (
        Q(verified_on__isnull=True) | Q(reminders__sent_at__date__gt=F("verified_on"))
    )
    return actors.annotate(letters=Count(TruncDate("reminders__sent_at"), filter=since_then, distinct=True))


@transaction.atomic
def _write_to(actor: Actor, recipients: list[Recipient]) -> None:
    now = timezone.now()
    for recipient in recipients:
        reminder = Reminder.objects.create(actor=actor, sent_at=now, to=recipient.address)
        letter = app.configure_task("quality.send_letter")  # by name: the task stands above this rule
        letter.defer(reminder_id=reminder.pk, language=recipient.language, key=str(uuid4()))


def _letter(reminder: Reminder) -> dict:
    return {
        "actor": reminder.actor,
        "site": settings.SITE_NAME,
        "entry": absolute(reminder.actor.get_absolute_url()),
        "still_right": STILL_RIGHT.address(reminder.pk, language=get_language()),
        "propose": proposal_address(reminder.actor),
    }


def proposal_address(actor: Actor) -> str:
    """Where changes are proposed; empty where the portal has no such page."""
    try:
        return absolute(reverse("pages:propose-change", args=[actor.slug]))
    except NoReverseMatch:
        return ""
