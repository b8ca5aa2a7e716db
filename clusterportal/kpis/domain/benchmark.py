"""A cluster's indicators beside those of the other clusters of the portal, as figures over all of them alone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from clusterportal.clusters.models import Cluster
from clusterportal.core.disclosure import MIN_ACTORS
from clusterportal.core.publication import PublicationState
from clusterportal.kpis.enums import Direction
from clusterportal.kpis.models import KpiValue

_FRESH = timedelta(days=2 * 366)  # what is older says nothing of today


@dataclass(frozen=True)
class Benchmark:
    """`median` of the other clusters, and the `position` of this one among all `count` of them, 1 the best."""

    median: Decimal
    position: int
    count: int


def compare(
    own: Decimal, others: Sequence[Decimal], *, direction: str = Direction.HIGHER
) -> Benchmark | None:
    """The comparison; None over fewer than three other clusters, whose values could be guessed.

    Equal values share the better position.
    """
    if len(others) < MIN_ACTORS:
        return None
    sign = -1 if direction == Direction.LOWER else 1
    ahead = sum(sign * other > sign * own for other in others)
    return Benchmark(median(others), ahead + 1, len(others) + 1)


def values_elsewhere(cluster: Cluster, codes: Collection[str], *, today: date) -> Mapping[str, list[Decimal]]:
    """The newest values of the other published clusters by code; one query. No examples, nothing out of date."""
    newest = (
        KpiValue.objects.filter(
            kpi__code__in=codes,
            kpi__is_active=True,
            kpi__is_example=False,
            kpi__cluster__state=PublicationState.PUBLISHED,
            kpi__cluster__is_active=True,
            starts_on__lte=today,
            until__gte=today - _FRESH,
            value__isnull=False,
        )
        .exclude(kpi__cluster=cluster)
        .order_by("kpi_id", "-starts_on")
        .distinct("kpi_id")
        .values_list("kpi__code", "value")
    )
    found: dict[str, list[Decimal]] = {}
    for code, value in newest:
        assert value is not None  # as it was asked for
        found.setdefault(code, []).append(value)
    return found
