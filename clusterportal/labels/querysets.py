"""Labels as of a day."""

from datetime import date
from typing import Self

from django.db.models import Exists, OuterRef

from clusterportal.clusters.querysets import ClusterRecordQuerySet


class LabelQuerySet(ClusterRecordQuerySet):
    def last_of_their_kind(self) -> Self:
        """Without those that another one of the kind followed: these tell where a cluster stands."""
        later = self.model._base_manager.filter(
            cluster=OuterRef("cluster"), kind=OuterRef("kind"), valid_from__gt=OuterRef("valid_from")
        )
        return self.exclude(Exists(later))

    def expired_on(self, day: date) -> Self:
        """Labels that ended and that nothing followed."""
        return self.last_of_their_kind().filter(valid_until__lte=day)
