"""How contributions come before everybody and go again: each step is one write with one act of the history.

A contribution that is scheduled is published with a moment in the future. Who may publish may go on editing it: at
that moment everybody sees it as it stands then. Pages go by the moments themselves, so a late job hides nothing;
readers, feeds and copies are told by the write of the job, which takes the moments away again.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.db.models import F, Min
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterportal.core.publication import Power, PublicationState, is_published, power_needed
from clusterportal.history.acts import act, sentences
from clusterportal.newsroom.domain.readiness import lacks_of
from clusterportal.newsroom.enums import Kind
from clusterportal.newsroom.models import Contribution, WithdrawnEvent
from clusterportal.newsroom.rules import can_edit, can_publish

_S = PublicationState
_HOLDERS: dict[str, Callable] = {Power.SUBMIT: can_edit, Power.PUBLISH: can_publish}
_DUE = {
    "publish_at": gettext_lazy("“%(title)s” appeared as planned"),
    "expires_at": gettext_lazy("“%(title)s” disappeared as planned"),
}
logger = logging.getLogger(__name__)


class PublishingError(Exception):
    """The step is not possible; the message says why, and how that is mended."""


@transaction.atomic
def submit(*, contribution: Contribution, by) -> None:
    """Have the contribution reviewed. Raises PermissionDenied, PublishingError."""
    _move(_locked(contribution), _S.IN_REVIEW, by=by, sentence=gettext_lazy("“%(title)s” waits for review"))


@transaction.atomic
def publish(*, contribution: Contribution, by) -> None:
    """Everybody sees it from now on, and readers are told. Raises PermissionDenied, PublishingError: what lacks."""
    found = _complete(contribution, by)
    if found.is_scheduled:
        found.published_at = timezone.now()
    is_over = found.expires_at is not None and found.expires_at <= timezone.now()
    found.expires_at = None if is_over else found.expires_at
    found.publish_at = None
    found.announced_at = timezone.now()
    _move(found, _S.PUBLISHED, by=by, sentence=gettext_lazy("“%(title)s” was published"))


@transaction.atomic
def schedule(
    *, contribution: Contribution, by, publish_at: datetime | None = None, expires_at: datetime | None = None
) -> None:
    """Decide when it appears and disappears; None: at once, never. What is public already can only be given an end.

    What is not public yet needs one of the two moments: nothing is published by an empty form.

    Raises PermissionDenied, PublishingError: a moment that is over, an end before the beginning, or what lacks.
    """
    found, now = _complete(contribution, by), timezone.now()
    if publish_at is not None and publish_at <= now:
        raise PublishingError(_("This moment is over: publish it now, or choose a later one."))
    if expires_at is not None and expires_at <= (publish_at or now):
        raise PublishingError(_("It would be gone before anybody sees it: choose a later end."))
    is_public = found.is_published and (found.publish_at is None or found.publish_at <= now)
    if not is_public and publish_at is None and expires_at is None:
        raise PublishingError(_("Choose when it appears or disappears."))
    if is_public and publish_at is not None:
        raise PublishingError(_("Everybody sees it already: withdraw it first, then choose when it appears."))
    found.publish_at, found.expires_at = publish_at, expires_at
    if publish_at is None and not is_public:
        found.announced_at = now
    _move(found, _S.PUBLISHED, by=by, sentence=gettext_lazy("“%(title)s” was scheduled"))


@transaction.atomic
def withdraw(*, contribution: Contribution, by) -> None:
    """Nobody sees it any more; it is a draft again, without moments. Raises PermissionDenied, PublishingError."""
    found = _locked(contribution)
    found.publish_at = found.expires_at = None
    _move(found, _S.DRAFT, by=by, sentence=gettext_lazy("“%(title)s” was withdrawn"))


@transaction.atomic
def announce(*, contribution: Contribution, by) -> None:
    """Tell readers of a change that matters to them: feeds say so. Raises PermissionDenied, PublishingError."""
    found = _public(contribution, by)
    found.announced_at = timezone.now()
    _write(found, by=by, sentence=gettext_lazy("Readers were told of “%(title)s”"))


@transaction.atomic
def cancel_event(*, contribution: Contribution, by) -> None:
    """The event does not take place; it stays under its address. Raises PermissionDenied, PublishingError."""
    found = _event(contribution, by)
    found.cancelled_at = found.announced_at = timezone.now()
    _write(found, by=by, sentence=gettext_lazy("“%(title)s” was cancelled"))


@transaction.atomic
def move_event(
    *,
    contribution: Contribution,
    by,
    starts_at: datetime,
    ends_at: datetime | None = None,
    place: str | None = None,
) -> None:
    """The event takes place at another time; `place` None: where it was to be. Readers are told.

    Raises PermissionDenied, PublishingError: cancelled, an end before the begin, or the same time.
    """
    found = _event(contribution, by)
    if ends_at is not None and ends_at < starts_at:
        raise PublishingError(_("An event ends after it begins."))
    if starts_at == found.starts_at:
        raise PublishingError(_("It begins at this very time already."))
    found.moved_from, found.moved_at = found.starts_at, timezone.now()
    found.starts_at, found.ends_at = starts_at, ends_at
    found.place = found.place if place is None else place
    found.announced_at = found.moved_at
    _write(found, by=by, sentence=gettext_lazy("“%(title)s” was moved"))


# ---------- what comes with time ----------
def publish_due() -> int:
    """Write down what appeared and what disappeared by now, each in a transaction of its own; returns how many."""
    return sum(_write_due(moment, pk) for moment in _DUE for pk in _due(moment).values_list("pk", flat=True))


def forget_withdrawn() -> int:
    """Delete what calendars were told of withdrawn events once none shows it any more; returns how many."""
    return WithdrawnEvent.objects.forgotten().delete()[0]


def lag() -> timedelta:
    """How long the oldest moment has been waiting to be written down; nothing waits: zero."""
    now = timezone.now()
    oldest = [_due(moment).aggregate(oldest=Min(moment))["oldest"] for moment in _DUE]
    return max((now - one for one in oldest if one), default=timedelta(0))


def _due(moment: str):
    due = Contribution.objects.filter(is_published(), **{f"{moment}__lte": timezone.now()})
    return due.order_by(moment, "pk")


def _write_due(moment: str, pk: int) -> bool:
    """One that another worker has in hand, or that was changed meanwhile, is left alone; no refusal stops others."""
    try:
        with transaction.atomic():
            due = _due(moment).select_for_update(skip_locked=True, of=("self",)).filter(pk=pk)
            if (found := due.first()) is None:
                return False
            with act("newsroom.due", says=sentences(lambda: _DUE[moment] % {"title": found.title})):
                if moment == "publish_at":
                    # It appeared at the moment that was promised; readers are told now.
                    due.update(published_at=F("publish_at"), announced_at=timezone.now(), publish_at=None)
                else:
                    due.update(state=_S.ARCHIVED, expires_at=None)
    except DatabaseError:
        logger.exception("The %s of contribution %s could not be written down.", moment, pk)
        return False
    return True


# ---------- how a step is written ----------
def _locked(contribution: Contribution) -> Contribution:
    return Contribution.objects.select_for_update(of=("self",)).get(pk=contribution.pk)


def _complete(contribution: Contribution, by) -> Contribution:
    found = _locked(contribution)
    if not can_publish(by, found):
        raise PermissionDenied
    if lacks := lacks_of(found):
        raise PublishingError(" ".join(lack.sentence for lack in lacks))
    return found


def _public(contribution: Contribution, by) -> Contribution:
    found = _locked(contribution)
    if not can_publish(by, found):
        raise PermissionDenied
    if not found.is_published or found.is_scheduled:
        raise PublishingError(_("Nobody sees it yet: publish it first."))
    return found


def _event(contribution: Contribution, by) -> Contribution:
    found = _public(contribution, by)
    if found.kind != Kind.EVENT:
        raise PublishingError(_("Only events are cancelled or moved."))
    if found.cancelled_at:
        raise PublishingError(_("This event is cancelled already."))
    return found


def _move(found: Contribution, target: str, *, by, sentence) -> None:
    """Into another state, as far as the person may; within one state the power to publish is asked for."""
    is_same = found.state == target == _S.PUBLISHED
    power = Power.PUBLISH if is_same else power_needed(current=found.state, target=target)
    if power is None:
        raise PublishingError(
            _("What is “%(state)s” cannot be moved there.") % {"state": found.get_state_display()}
        )
    if not _HOLDERS[power](by, found):
        raise PermissionDenied
    found.state = target
    _write(found, by=by, sentence=sentence)


def _write(found: Contribution, *, by, sentence) -> None:
    with act("newsroom.publishing", by=by, says=sentences(lambda: sentence % {"title": found.title})):
        found.save()
