"""What the registry holds of a cluster on a day, as far as criteria ask for it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count, Q, QuerySet

from actors.enums import COMPANIES
from actors.models import Actor, LayerPlacement, Membership
from clusterportal.clusters.models import Cluster
from clusterportal.labels.domain.activities import activities_in_year
from clusterportal.labels.models import Label
from layers.models import LAYER_COUNT


@dataclass(frozen=True)
class Facts:
    """`cluster` with its region, read as of a day; each part is read when it is asked for.

    Memberships have dates; whether an actor is published and where it is placed is as it is today.
    """

    cluster: Cluster
    as_of: date

    @property
    def memberships(self) -> QuerySet[Membership]:
        """Of published actors that the cluster has cleared for its pages; half-open, [since, until)."""
        cleared = Membership.objects.filter(
            cluster=self.cluster, is_cleared=True, actor__in=Actor.objects.published().values("pk")
        )
        return cleared.standing_on(self.as_of).order_by()

    @cached_property
    def _by_kind(self) -> dict[str, tuple[int, int]]:
        counted = self.memberships.values("actor__kind").annotate(
            all=Count("actor", distinct=True),
            committed=Count("actor", distinct=True, filter=Q(is_committed=True)),
        )
        return {row["actor__kind"]: (row["all"], row["committed"]) for row in counted}

    @property
    def members(self) -> int:
        return sum(number for number, _committed in self._by_kind.values())

    @property
    def committed(self) -> int:
        return sum(committed for _number, committed in self._by_kind.values())

    @property
    def companies(self) -> int:
        return sum(number for kind, (number, _committed) in self._by_kind.items() if kind in COMPANIES)

    @property
    def kinds(self) -> int:
        return len(self._by_kind)

    @cached_property
    def by_layer(self) -> list[int]:
        """How many members stand on each of the five layers, research first."""
        counted = (
            LayerPlacement.objects.filter(actor__in=self.memberships.values("actor"))
            .values_list("layer__position")
            .annotate(Count("actor", distinct=True))
        )
        found = dict(counted)
        return [found.get(position, 0) for position in range(1, LAYER_COUNT + 1)]

    @cached_property
    def activities(self) -> int | None:
        return activities_in_year(self.cluster, as_of=self.as_of)

    @cached_property
    def labels(self) -> list[Label]:
        """Every label that the cluster ever held; examples are none."""
        return list(Label.objects.filter(cluster=self.cluster, is_example=False))
