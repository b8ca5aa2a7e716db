"""What members publish themselves: they write for their actor, the cluster management reviews it in its queue."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.models import Actor
from clusterportal.clusters.models import Cluster
from clusterportal.clusters.rules import clusters_of
from clusterportal.core.publication import PublicationState
from clusterportal.core.signed_links import absolute
from clusterportal.core.slugs import slug_of, unused
from clusterportal.history.acts import act, sentences
from clusterportal.newsroom.domain import publishing
from clusterportal.newsroom.domain.publishing import PublishingError
from clusterportal.newsroom.enums import Kind
from clusterportal.newsroom.models import Contribution, Submission
from clusterportal.newsroom.rules import can_publish
from clusterportal.review.domain import proposing
from clusterportal.review.domain.moves import AlreadyMoved, ReviewError
from clusterportal.review.domain.proposing import Proposer
from clusterportal.review.domain.subjects import Subject, review_also
from clusterportal.review.enums import OPEN, ProposalKind, ProposalState
from clusterportal.review.models import Proposal
from clusterportal.review.rules import can_represent

MOST_A_DAY, A_DAY = 20, timedelta(days=1)  # of one person: nobody writes more, and nobody reviews more
KINDS = (Kind.NEWS, Kind.EVENT, Kind.SUCCESS_STORY)  # what members send in
_SENT_IN = gettext_lazy("“%(title)s” was sent in")
_SLUG_LENGTH = 100


class TooMany(Exception):
    """The person sent in as much within a day as anybody may."""


@transaction.atomic
def send_in(*, contribution: Contribution, actor: Actor, by) -> Submission:
    """Store the new `contribution` and have it wait for review.

    Raises PermissionDenied: not their actor or kind; TooMany: what they sent in within a day is enough.
    """
    if not can_represent(by, actor) or contribution.kind not in KINDS:
        raise PermissionDenied(_("You do not represent this actor."))
    _refuse_too_many(by)
    clusters = list(Cluster.objects.filter(memberships__actor=actor, memberships__is_cleared=True).distinct())
    contribution.state = PublicationState.IN_REVIEW
    contribution.submitted_by = by
    contribution.owner_cluster = clusters[0] if clusters else None
    if contribution.kind == Kind.EVENT:
        contribution.organiser = actor
    contribution.slug = _free_slug(contribution.title)
    with act("newsroom.submission", by=by, says=sentences(lambda: _SENT_IN % {"title": contribution.title})):
        contribution.save()
        contribution.actors.set([actor])
        contribution.clusters.set(clusters)
        contribution.areas.set(actor.foci.values_list("area", flat=True))
    proposer = Proposer(by.email, by.get_full_name(), language=by.language or "de", user=by)
    proposal = proposing.propose(kind=ProposalKind.CONTRIBUTION, by=proposer, actor=actor)
    _name(proposal, contribution)
    return Submission.objects.create(contribution=contribution, proposal=proposal)


def _refuse_too_many(by) -> None:
    """What is sent at once is counted one after the other."""
    get_user_model().objects.select_for_update().get(pk=by.pk)
    since = timezone.now() - A_DAY
    sent = Proposal.objects.filter(user=by, kind=ProposalKind.CONTRIBUTION, created_at__gt=since)
    if sent.count() >= MOST_A_DAY:
        raise TooMany


@transaction.atomic
def rework(*, contribution: Contribution, changed: Collection[str], by) -> None:
    """Store the fields that the member changed in what was sent in; an answer to a question lets it wait again.

    What the team wrote in other fields meanwhile stays. Raises PermissionDenied, AlreadyMoved: it is decided already.
    """
    proposal = Proposal.objects.select_for_update(of=("self",)).get(submission__contribution=contribution)
    if proposal.user_id != by.pk or proposal.actor is None or not can_represent(by, proposal.actor):
        raise PermissionDenied
    waiting = Contribution.objects.filter(pk=contribution.pk, state=PublicationState.IN_REVIEW)
    if not (proposal.is_open and waiting.select_for_update(of=("self",)).exists()):
        raise AlreadyMoved(_("It is decided already, and can no longer be changed here."))
    with act("newsroom.submission", by=by, says=sentences(lambda: _SENT_IN % {"title": contribution.title})):
        contribution.save(update_fields=changed)
    _name(proposal, contribution)
    if proposal.state == ProposalState.ASKED_BACK:
        proposing.answer(proposal=proposal, text=_("I have reworked the contribution."))


def waiting_proposal(contribution: Contribution) -> Proposal | None:
    """The proposal under which it waits for review; None for what nobody sent in, and for what is decided."""
    return Proposal.objects.filter(submission__contribution=contribution, state__in=OPEN).first()


def _name(proposal: Proposal, contribution: Contribution) -> None:
    """The queue and the mails call the proposal by the headline."""
    proposal.record = {"title": contribution.title}
    proposal.save(update_fields=["record"])


def _free_slug(title: str) -> str:
    made = slug_of(title, length=_SLUG_LENGTH) or "contribution"
    taken = Contribution.objects.filter(slug__startswith=made).values_list("slug", flat=True)
    return unused(made, set(taken))


# ---------- what the review does with it ----------
def _page(proposal: Proposal) -> str:
    if (submission := _submission(proposal)) is None:
        return reverse("admin:newsroom_contribution_changelist")
    return reverse("admin:newsroom_contribution_change", args=[submission.contribution_id])


def _submission(proposal: Proposal) -> Submission | None:
    """None where the contribution was taken away meanwhile: erased, or its sending in taken back."""
    return Submission.objects.select_related("contribution").filter(proposal=proposal).first()


def _accept(*, proposal: Proposal, by, at: datetime | None) -> str:
    """Publish it, now or from `at` on; whoever decides curates it from now on, where its cluster is not theirs."""
    if (submission := _submission(proposal)) is None:
        raise ReviewError(_("The contribution is gone: reject the proposal."))
    contribution = submission.contribution
    if not can_publish(by, contribution):
        own = Cluster.objects.filter(pk__in=clusters_of(by), memberships__actor=proposal.actor_id).first()
        Contribution.objects.filter(pk=contribution.pk).update(owner_cluster=own)
    try:
        if at:
            publishing.schedule(contribution=contribution, by=by, publish_at=at)
        else:
            publishing.publish(contribution=contribution, by=by)
    except PublishingError as error:
        raise ReviewError(str(error)) from error
    return absolute(contribution.get_absolute_url())


def _turn_down(*, proposal: Proposal) -> None:
    waiting = Contribution.objects.filter(submission__proposal=proposal, state=PublicationState.IN_REVIEW)
    waiting.update(state=PublicationState.REJECTED)


def wait_in_the_review_queue() -> None:
    review_also(ProposalKind.CONTRIBUTION, Subject(_page, _accept, _turn_down, can_wait=True))
