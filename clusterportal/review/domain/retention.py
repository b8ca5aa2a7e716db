"""How long personal data of proposals are kept."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from clusterportal.core.retention import A_YEAR_AND_QUESTIONS
from clusterportal.review.domain.erasure import scrub
from clusterportal.review.domain.throttle import KEPT_FOR
from clusterportal.review.enums import DECIDED, ProposalState
from clusterportal.review.models import Attempt, Proposal

UNCONFIRMED_FOR = timedelta(days=14)
NAMED_FOR = A_YEAR_AND_QUESTIONS  # after the decision


@transaction.atomic
def forget_expired() -> None:
    """Deletes unconfirmed proposals and counted attempts, and takes people out of decided proposals, in time."""
    now = timezone.now()
    Attempt.objects.filter(created_at__lt=now - KEPT_FOR).delete()
    Proposal.objects.filter(state=ProposalState.UNCONFIRMED, created_at__lt=now - UNCONFIRMED_FOR).delete()
    scrub(Proposal.objects.filter(state__in=DECIDED, decided_at__lt=now - NAMED_FOR).exclude(email=""))
