"""Which keys work today, and what lists of keys and partners show."""

from typing import Self

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone


class ApiKeyQuerySet(QuerySet):
    def ended(self) -> Self:
        """Those whose last day is over, whether or not they were revoked before."""
        return self.filter(expires_on__lt=timezone.localdate())

    def usable(self) -> Self:
        """Neither revoked nor expired, and of a partner that is active."""
        return self.filter(
            Q(expires_on=None) | Q(expires_on__gte=timezone.localdate()),
            revoked_at=None,
            partner__is_active=True,
        )


class PartnerQuerySet(QuerySet):
    def with_keys(self) -> Self:
        """Partners with `key_count` of the keys that were not revoked, and when one was last used."""
        return self.annotate(
            key_count=Count("keys", filter=Q(keys__revoked_at=None)), last_used_at=Max("keys__last_used_at")
        )
