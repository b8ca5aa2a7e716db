from datetime import timedelta
from typing import Self

from django.db.models import QuerySet
from django.utils import timezone

from clusterportal.atlas.enums import BUSY, AtlasState

ABANDONED_AFTER = timedelta(minutes=10)  # longer than any atlas is being set: its job has died


class AtlasQuerySet(QuerySet):
    def standing(self) -> Self:
        """Those kept ready for everybody: of the region and of each cluster."""
        return self.filter(is_standing=True)

    def asked_for(self) -> Self:
        return self.filter(is_standing=False)

    def done(self) -> Self:
        return self.filter(state=AtlasState.DONE)

    def busy(self) -> Self:
        """Those that somebody works at; one whose job has died is not."""
        return self.filter(state__in=BUSY, heard_at__gte=timezone.now() - ABANDONED_AFTER)

    def abandoned(self) -> Self:
        return self.filter(state__in=BUSY, heard_at__lt=timezone.now() - ABANDONED_AFTER)
