"""When an issue goes out, and when it waits for a person instead: too late, stood still, restored, empty, stopped."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterportal.clusters.rules import can_manage, reaches_all_clusters
from clusterportal.core.models import Standstill
from clusterportal.core.outbox import MailState
from clusterportal.newsletters.domain.composing import content_of, says_something
from clusterportal.newsletters.enums import HoldReason, IssueState
from clusterportal.newsletters.models import (
    Issue,
    IssueEdition,
    IssueMail,
    MailingList,
    Subscription,
    Suppression,
)

TOO_LATE = timedelta(hours=2)  # then nobody wants it to go out unasked: it may announce what is over
_BATCH = 2000  # rows written together


def may_send(user, issue: Issue) -> bool:
    """Managers of its cluster; issues of the portal are the administrators’."""
    is_own = issue.cluster_id is not None or reaches_all_clusters(user)
    return user.has_perm("newsletters.send_issue") and can_manage(user, issue) and is_own


# ---------- what people do ----------
@transaction.atomic
def schedule(*, issue: Issue, at: datetime, by) -> None:
    """Have an issue sent at a moment, at once where it has passed. Raises PermissionDenied, ValidationError."""
    found = _locked(issue, by)
    if found.state not in (IssueState.DRAFT, IssueState.SCHEDULED):
        raise ValidationError(_("This issue is under way already."))
    if not found.languages:
        raise ValidationError(_("Give the issue a title in at least one language."))
    if not says_something(found):
        raise ValidationError(_("Choose at least one contribution."))
    found.state, found.send_at, found.released_by = IssueState.SCHEDULED, max(at, timezone.now()), by
    found.save(update_fields=["state", "send_at", "released_by"])


@transaction.atomic
def take_back(*, issue: Issue, by) -> None:
    """A scheduled issue, or a held one of which nothing went out, becomes a draft again."""
    found = _locked(issue, by)
    if found.state not in (IssueState.SCHEDULED, IssueState.HELD) or not found.is_open:
        raise ValidationError(_("This issue is under way already."))
    found.state, found.hold_reason, found.send_at = IssueState.DRAFT, "", None
    found.save(update_fields=["state", "hold_reason", "send_at"])


@transaction.atomic
def stop(*, issue: Issue, by) -> None:
    """No further mail of the issue leaves until somebody releases it."""
    found = _locked(issue, by)
    if found.state not in (IssueState.SCHEDULED, IssueState.SENDING):
        raise ValidationError(_("This issue is not on its way."))
    _hold(found, HoldReason.STOPPED)


@transaction.atomic
def release(*, issue: Issue, by) -> None:
    """A held issue goes on: mails that were planned and never begun leave; unclear ones do not."""
    found = _locked(issue, by)
    if found.state != IssueState.HELD:
        raise ValidationError(_("This issue is not held."))
    refuse_standstill()
    if found.is_open and not says_something(found):
        text = _(
            "Everything that it tells of was withdrawn: take it back to draft and choose something else."
        )
        raise ValidationError(text)
    now = timezone.now()
    found.state = IssueState.SCHEDULED if found.is_open else IssueState.SENDING
    found.hold_reason, found.released_by, found.send_at = "", by, now
    found.save(update_fields=["state", "hold_reason", "released_by", "send_at"])


@transaction.atomic
def send_again(*, issue: Issue, mails: list[int], by) -> int:
    """A person decides that unclear or refused mails go out once more; returns how many."""
    found = _locked(issue, by)
    again = IssueMail.objects.filter(issue=found, pk__in=mails).send_again()
    if again and found.state == IssueState.SENT:
        found.state, found.send_at, found.finished_at = IssueState.SENDING, timezone.now(), None
        found.save(update_fields=["state", "send_at", "finished_at"])
    return again


def refuse_standstill() -> None:
    """Raises ValidationError while a restored portal keeps still."""
    if Standstill.is_on():
        raise ValidationError(
            _("The portal was restored from a backup. An administrator has to allow sending first.")
        )


def _locked(issue: Issue, by) -> Issue:
    found = Issue.objects.select_for_update().get(pk=issue.pk)
    if not may_send(by, found):
        raise PermissionDenied
    return found


# ---------- what the job does, every minute ----------
def hold_what_must_wait() -> None:
    """Issues that a person has to decide about; before anything is sent."""
    if Standstill.is_on():
        hold_restored()
        return
    now = timezone.now()
    for issue in Issue.objects.unfinished():
        planned = issue.send_at or now  # the database keeps that there is one
        if issue.is_open:
            if planned < now - TOO_LATE:
                _hold(issue, HoldReason.LATE)
        elif max(planned, _last_claim(issue)) < now - TOO_LATE:
            _hold(issue, HoldReason.STALLED)


def begin_due() -> None:
    """Issues whose time has come: what they say is fixed, and each recipient has a row. Empty ones are held."""
    due = Issue.objects.filter(state=IssueState.SCHEDULED, send_at__lte=timezone.now())
    for pk in due.values_list("pk", flat=True):
        _begin(pk)


def finish() -> None:
    """Issues of which no mail waits and none is in hand are sent."""
    busy = IssueMail.objects.filter(state__in=[MailState.WAITING, MailState.SENDING])
    for issue in Issue.objects.filter(state=IssueState.SENDING).exclude(pk__in=busy.values("issue")):
        issue.state, issue.finished_at = IssueState.SENT, timezone.now()
        issue.save(update_fields=["state", "finished_at"])


@transaction.atomic
def _begin(pk: int) -> None:
    issue = Issue.objects.select_for_update().get(pk=pk)
    if issue.state != IssueState.SCHEDULED:
        return
    if not says_something(issue):
        _hold(issue, HoldReason.EMPTY)
        return
    issue.state, issue.started_at = IssueState.SENDING, timezone.now()
    issue.save(update_fields=["state", "started_at"])
    IssueEdition.objects.bulk_create(
        IssueEdition(issue=issue, language=code, content=content_of(issue, language=code))
        for code in issue.languages
    )
    rows = IssueMail.objects.bulk_create
    rows(_planned(issue), batch_size=_BATCH, ignore_conflicts=True)  # who reads both languages gets one


def _planned(issue: Issue) -> list[IssueMail]:
    due_at = issue.started_at or timezone.now()
    lists = MailingList.objects.filter(cluster=issue.cluster_id, language__in=issue.languages)
    readers = Subscription.objects.filter(list__in=lists).reachable(Suppression.objects.all())
    return [
        IssueMail(issue=issue, subscription_id=pk, list_id=list_pk, to=email, due_at=due_at)
        for pk, list_pk, email in readers.order_by("pk").values_list("pk", "list", "email")
    ]


def _last_claim(issue: Issue) -> datetime:
    claimed = IssueMail.objects.filter(issue=issue).aggregate(last=Max("claimed_at"))["last"]
    return claimed or issue.started_at or issue.updated_at


@transaction.atomic
def hold_restored() -> None:
    """What the backup shows as planned may have left after it was made: nobody knows, so none leaves unasked.

    That goes for issues too that were held in the backup for another reason: somebody may have released them since.
    """
    for issue in Issue.objects.select_for_update().on_their_way():
        if issue.hold_reason != HoldReason.RESTORED:
            IssueMail.objects.filter(issue=issue, state=MailState.WAITING).update(state=MailState.UNCLEAR)
            _hold(issue, HoldReason.RESTORED)


def _hold(issue: Issue, reason: str) -> None:
    issue.state, issue.hold_reason = IssueState.HELD, reason
    issue.save(update_fields=["state", "hold_reason"])
