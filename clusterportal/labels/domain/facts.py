"""What the registry holds of a cluster on a day, as far as criteria ask for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Protocol

from django.db.models import Count, Q, QuerySet

from actors.domain.taxonomy import Taxonomy
from actors.enums import COMPANIES
from actors.models import Membership
from clusterportal.clusters.models import Cluster
from clusterportal.core.publication import is_published
from clusterportal.labels.domain.activities import activities_in_year
from clusterportal.labels.models import Label


class ClusterFigures(Protocol):
    """What criteria ask of the record of a cluster."""

    @property
    def staff_fte(self) -> Decimal | None: ...
    @property
    def services(self) -> Any: ...
    @property
    def technology_field(self) -> Any: ...
    @property
    def email(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def homepage(self) -> str: ...


class Figures(Protocol):
    """What criteria ask for: `Facts` of a cluster in the registry, or `Stated` for one that is not in it."""

    @property
    def cluster(self) -> ClusterFigures: ...
    @property
    def as_of(self) -> date: ...
    @property
    def members(self) -> int: ...
    @property
    def committed(self) -> int: ...
    @property
    def companies(self) -> int: ...
    @property
    def kinds(self) -> int: ...
    @property
    def by_layer(self) -> Sequence[int]: ...
    @property
    def activities(self) -> int | None: ...
    @property
    def labels(self) -> Sequence[Label]: ...


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
        cleared = Membership.objects.filter(is_published("actor"), cluster=self.cluster, is_cleared=True)
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
    def layers(self) -> dict[str, int]:
        """How many members stand on each of the five layers, by its slug, research first."""
        placed = self.memberships.values_list("actor__placements__layer__slug")
        counted = dict(placed.annotate(Count("actor", distinct=True)))
        return {layer.slug: counted.get(layer.slug, 0) for layer in Taxonomy().layers}

    @property
    def by_layer(self) -> list[int]:
        return list(self.layers.values())

    @cached_property
    def activities(self) -> int | None:
        return activities_in_year(self.cluster, as_of=self.as_of)

    @cached_property
    def labels(self) -> list[Label]:
        """Every label that the cluster ever held; examples are none."""
        return list(Label.objects.filter(cluster=self.cluster, is_example=False))
