"""What people recorded of the causal chain, as indicators."""

from datetime import date

from clusterportal.clusters.models import Cluster
from clusterportal.core.indicator import Indicator
from clusterportal.kpis.domain.board import standings


def indicators_of(cluster: Cluster, *, as_of: date, public: bool = True) -> list[Indicator]:
    """The newest values that were entered by hand; computed ones are told by the rooms that compute them.

    `public` changes nothing: no value says something of a single actor. Who may see the chain, its release says.
    """
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
        if not one.kpi.is_computed
    ]
