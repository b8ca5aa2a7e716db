"""A cluster's indicators beside those of the other clusters of the portal, as figures over all of them alone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from django.db.models import Exists, OuterRef

from clusterportal.clusters.enums import Section
from clusterportal.clusters.models import Cluster, Release
from clusterportal.core.disclosure import MIN_ACTORS
from clusterportal.core.indicator import Reason
from clusterportal.kpis.domain.sources import hidden_values
from clusterportal.kpis.enums import Direction
from clusterportal.kpis.models import KpiValue

NOT_TO_BE_SEEN = (Reason.HIDDEN, Reason.TOO_FEW)
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
    """The newest values by code of the other clusters that show their causal chain to the public; one query.

    No examples, nothing out of date, and nothing that its cluster does not show.
    """
    released = Release.objects.public().filter(section=Section.KPIS)
    later = KpiValue.objects.filter(
        kpi=OuterRef("kpi"), starts_on__gt=OuterRef("starts_on"), starts_on__lte=today
    )
    newest = (
        KpiValue.objects.filter(
            kpi__code__in=codes,
            kpi__is_active=True,
            kpi__is_example=False,
            kpi__cluster__in=released.values("cluster"),
            starts_on__lte=today,
            until__gte=today - _FRESH,
            value__isnull=False,
        )
        .exclude(kpi__cluster=cluster)
        .exclude(hidden_values())
        .exclude(Exists(later.filter(reason__in=NOT_TO_BE_SEEN)))
        .order_by("kpi_id", "-starts_on")
        .distinct("kpi_id")
        .values_list("kpi__code", "value")
    )
    found: dict[str, list[Decimal]] = {}
    for code, value in newest:
        assert value is not None  # as it was asked for
        found.setdefault(code, []).append(value)
    return found
