"""What review asks of a person, for the first page of the admin."""

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from clusterportal.review.enums import OPEN, ProposalKind, ProposalState, Side
from clusterportal.review.models import Proposal, ProposalNote


def attention(user) -> list[dict]:
    """Tasks of this person: proposals and claims that wait, and those that were asked back; one query."""
    waiting, claim = Q(state=ProposalState.WAITING), Q(kind=ProposalKind.CLAIM)
    admission = Q(kind=ProposalKind.ADMISSION)
    answered = ProposalNote.objects.filter(side=Side.PROPOSER).values("proposal")
    found = (
        Proposal.objects.seen_by(user)
        .filter(state__in=OPEN)
        .aggregate(
            proposals=Count("pk", filter=waiting & ~claim & ~admission),
            claims=Count("pk", filter=waiting & claim),
            admissions=Count("pk", filter=waiting & admission),
            answered=Count("pk", filter=waiting & Q(pk__in=answered)),
            asked=Count("pk", filter=Q(state=ProposalState.ASKED_BACK)),
            oldest=Min("waiting_since", filter=waiting),
        )
    )
    since = date_format(localtime(found["oldest"]).date()) if found["oldest"] else ""
    why = _("The oldest waits since %(day)s.") % {"day": since} if since else ""
    tasks = [
        (_("Proposals"), "proposals", "state=waiting", why),
        (
            _("Claims"),
            "claims",
            "state=waiting&kind__exact=claim",
            _("Somebody wants to look after an entry."),
        ),
        (
            _("Admissions"),
            "admissions",
            "state=waiting&kind__exact=admission",
            _("An organisation would like to join a cluster."),
        ),
        (_("Answered questions"), "answered", "state=waiting", _("The proposer has answered.")),
        (_("Asked back"), "asked", "state=asked_back", _("The answer of the proposer is missing.")),
    ]
    queue = reverse("admin:review_proposal_changelist")
    return [
        {"label": label, "count": found[name], "url": f"{queue}?{query}", "why": reason}
        for label, name, query, reason in tasks
        if found[name]
    ]
