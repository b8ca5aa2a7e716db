"""What waits for the person who looks: proposals on members of the cluster, and their own follow-ups."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.models import Membership
from clusterportal.clusters.agenda import AgendaKind, AgendaLine, lines_of
from clusterportal.clusters.models import Cluster
from clusterportal.review.enums import ProposalState
from clusterportal.review.models import Proposal
from clusterportal.teamwork.models import Note

MOST_LINES_OF_KIND = 50  # lines of one kind; the lists behind hold all


def proposals_for(cluster: Cluster, user) -> list[AgendaLine]:
    """Proposals on actors of the cluster that the person may decide, due since they wait, and how many more there are.

    One query, two for more than `MOST_LINES_OF_KIND`.
    """
    waiting = (
        Proposal.objects.seen_by(user)
        .about(cluster)
        .filter(state=ProposalState.WAITING)
        .select_related("actor", "cluster")
        .order_by("waiting_since", "pk")
    )
    queue = reverse("admin:review_proposal_changelist")
    return lines_of(
        waiting,
        lambda one: AgendaLine(
            AgendaKind.DECISION,
            str(one),
            str(one.get_kind_display()),
            _("Decide"),
            reverse("admin:review_proposal_change", args=[one.pk]),
            due=localtime(one.waiting_since).date(),
        ),
        most=MOST_LINES_OF_KIND,
        rest=lambda count: (
            ngettext("%(count)s further proposal", "%(count)s further proposals", count) % {"count": count}
        ),
        url=f"{queue}?about={cluster.pk}&state={ProposalState.WAITING}",
    )


def follow_ups_for(cluster: Cluster, user, *, monday: date, today: date) -> list[AgendaLine]:
    """The person's follow-ups on members: those of the week by their day, overdue ones to be decided; one query."""
    members = Membership.objects.filter(actor=OuterRef("actor"), cluster=cluster)
    due = (
        Note.objects.visible_to(user)
        .open()
        .filter(Exists(members), assignee=user, due_on__lt=monday + timedelta(days=7))
        .select_related("actor")
        .most_urgent_first()
    )
    return [
        AgendaLine(
            AgendaKind.DECISION if note.due_on and note.due_on < today else AgendaKind.DATE,
            str(note),
            str(note.actor),
            _("Follow up"),
            f"{note.get_absolute_url()}#note-{note.pk}",
            due=note.due_on,
        )
        for note in due[:MOST_LINES_OF_KIND]
    ]
