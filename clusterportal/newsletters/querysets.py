"""Whose lists, subscribers and issues a person works with, and what everybody may see."""

from typing import Self

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from clusterportal.clusters.querysets import ClusterRecordQuerySet, is_public_cluster
from clusterportal.clusters.rules import clusters_of, reaches_all_clusters
from clusterportal.core.outbox import TROUBLED, MailState, QueuedMailQuerySet
from clusterportal.newsletters.enums import IssueState


class MailingListQuerySet(ClusterRecordQuerySet):
    def open(self) -> Self:
        """What visitors can subscribe to: the portal’s lists, and those of public clusters."""
        is_public = Q(cluster=None) | is_public_cluster("cluster")
        return self.filter(is_public, is_active=True).select_related("cluster")


class SubscriptionQuerySet(QuerySet):
    def active(self) -> Self:
        return self.filter(ended_at=None)

    def curated_by(self, user) -> Self:
        """Of the lists of the person’s clusters; those of the portal are the administrators’."""
        return self if reaches_all_clusters(user) else self.filter(list__cluster__in=clusters_of(user))

    def reachable(self, suppressions: QuerySet) -> Self:
        """Active ones whose address takes mails."""
        return self.active().exclude(Exists(suppressions.filter(email=OuterRef("email"))))


class IssueQuerySet(ClusterRecordQuerySet):
    def public(self) -> Self:
        """The archive: issues that went out, or are going out, of clusters that everybody may see."""
        is_public = Q(cluster=None) | is_public_cluster("cluster")
        return self.filter(is_public, started_at__isnull=False).select_related("cluster")

    def unfinished(self) -> Self:
        return self.filter(state__in=[IssueState.SCHEDULED, IssueState.SENDING])

    def on_their_way(self) -> Self:
        """Those, and the held ones."""
        return self.exclude(state__in=[IssueState.DRAFT, IssueState.SENT])


class IssueMailQuerySet(QueuedMailQuerySet):
    def send_again(self) -> int:
        """A person decided that these go out once more; returns how many.

        The key stays: so does the Message-ID, and a mail whose acceptance was noted does not leave again.
        """
        again = self.filter(state__in=TROUBLED).exclude(to="")
        return again.update(state=MailState.WAITING, due_at=timezone.now(), tries=0, reason="")
