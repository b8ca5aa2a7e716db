"""Every figure of a cluster: what each room computes, in one list for monitor, API and cockpit."""

from collections.abc import Callable
from datetime import date

from clusterportal.clusters.models import Cluster
from clusterportal.core.indicator import Indicator
from clusterportal.finance.domain import indicators as finance
from clusterportal.kpis.domain import indicators as kpis
from clusterportal.lifecycle.domain import indicators as lifecycle
from clusterportal.management.domain import registry_figures
from clusterportal.matchmaking.domain import indicators as matchmaking
from clusterportal.network.domain import indicators as network
from clusterportal.plans.domain import indicators as plans

# `indicators_of` of each room, in the order in which the API tells them.
SOURCES: tuple[Callable[..., list[Indicator]], ...] = (
    registry_figures.indicators_of,
    network.indicators_of,
    lifecycle.indicators_of,
    plans.indicators_of,
    matchmaking.indicators_of,
    finance.indicators_of,
    kpis.indicators_of,
)


def all_indicators(cluster: Cluster, *, as_of: date, public: bool = True) -> list[Indicator]:
    """The indicators of the cluster on a day; each code once. `public`: of what everybody may see alone.

    Whether the public may see them at all says the cluster's release of `Section.INDICATORS`, not this function.
    """
    found: dict[str, Indicator] = {}
    for source in SOURCES:
        for one in source(cluster, as_of=as_of, public=public):
            found.setdefault(one.code, one)
    return list(found.values())
