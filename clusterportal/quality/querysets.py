"""Which pairs, links and reminders a person works with: those whose actors they curate."""

from typing import Self

from django.db.models import QuerySet

from actors.models import Actor
from clusterportal.quality.enums import LinkStatus, PairState


class PairQuerySet(QuerySet):
    def open(self) -> Self:
        return self.filter(state=PairState.OPEN)

    def curated_by(self, user) -> Self:
        """Pairs of which the person works with both actors."""
        own = Actor.objects.curated_by(user).values("pk")
        return self.filter(first__in=own, second__in=own)

    def of(self, actor_id: int) -> Self:
        return self.filter(first=actor_id) | self.filter(second=actor_id)


class OfActorQuerySet(QuerySet):
    """Records that name one actor by their field `actor`."""

    def curated_by(self, user) -> Self:
        return self.filter(actor__in=Actor.objects.curated_by(user).values("pk"))


class LinkQuerySet(OfActorQuerySet):
    def broken(self) -> Self:
        return self.filter(status=LinkStatus.BROKEN)


class MergeQuerySet(QuerySet):
    def standing(self) -> Self:
        """Merges that nobody took back."""
        return self.filter(undone_at__isnull=True)

    def curated_by(self, user) -> Self:
        return self.filter(kept__in=Actor.objects.curated_by(user).values("pk"))
