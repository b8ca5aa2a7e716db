"""Which proposals a person works with."""

from typing import Self

from django.db.models import Exists, OuterRef, Q, QuerySet

from actors.models import Membership
from actors.rules import can_edit, reaches_all
from clusterportal.clusters.rules import clusters_of
from clusterportal.review.enums import OPEN, ProposalKind, ProposalState, RepresentationState


class ProposalQuerySet(QuerySet):
    def open(self) -> Self:
        """Proposals that wait for a reviewer, or for the proposer's answer."""
        return self.filter(state__in=OPEN)

    def confirmed(self) -> Self:
        return self.exclude(state=ProposalState.UNCONFIRMED)

    def seen_by(self, user) -> Self:
        """The same rule as `rules.can_see`, for lists."""
        if not can_edit(user):
            return self.none()
        if reaches_all(user):
            return self.confirmed()
        clusters = clusters_of(user)
        members = Membership.objects.filter(actor=OuterRef("actor"), cluster__in=clusters)
        is_admission = Q(kind=ProposalKind.ADMISSION)
        asks_them = (Q(actor=None) | is_admission) & Q(cluster__in=clusters)
        return self.confirmed().filter((Q(Exists(members)) & ~is_admission) | asks_them)

    def about(self, cluster) -> Self:
        """Those on members of a cluster, and those that ask for its answer as they are on nobody yet."""
        members = Membership.objects.filter(actor=OuterRef("actor"), cluster=cluster)
        return self.filter(Q(Exists(members)) | Q(actor=None, cluster=cluster))


class RepresentationQuerySet(QuerySet):
    def active(self) -> Self:
        return self.filter(state=RepresentationState.ACTIVE)
