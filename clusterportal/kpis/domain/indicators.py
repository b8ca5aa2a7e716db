"""What people recorded of the causal chain, as indicators."""

from datetime import date

from clusterportal.clusters.enums import Section
from clusterportal.clusters.models import Cluster, Release
from clusterportal.core.indicator import Indicator
from clusterportal.kpis.domain.board import standings


def indicators_of(cluster: Cluster, *, as_of: date, public: bool = True) -> list[Indicator]:
    """The newest values that were entered by hand; computed ones are told by the rooms that compute them.

    The public gets them where the cluster released its causal chain; examples are nobody's values.
    """
    if public and not Release.objects.filter(cluster=cluster, section=Section.KPIS).exists():
        return []
    return [
        Indicator(
            code=f"kpi_{one.kpi.code}",
            label=one.kpi.name,
            unit=one.kpi.unit,
            as_of=one.as_of,
            method=f"kpi-{one.kpi.code}",
            value=one.value,
            reason=one.reason,
        )
        for one in standings(cluster, today=as_of)
        if not (one.kpi.is_computed or one.kpi.is_example)
    ]
