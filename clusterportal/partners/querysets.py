"""Which keys work today."""

from typing import Self

from django.db.models import Q, QuerySet
from django.utils import timezone


class ApiKeyQuerySet(QuerySet):
    def usable(self) -> Self:
        """Neither revoked nor expired, and of a partner that is active."""
        return self.filter(
            Q(expires_on=None) | Q(expires_on__gte=timezone.localdate()),
            revoked_at=None,
            partner__is_active=True,
        )
