"""Figures of a cluster are asked for by several rooms on one page: each is computed once a version of the data."""

from collections.abc import Callable
from datetime import date
from functools import wraps

from django.utils.timezone import localdate
from django.utils.translation import get_language

from clusterportal.clusters.models import Cluster
from clusterportal.core.indicator import Indicator
from clusterportal.core.sized_cache import SizedCache
from clusterportal.history.data_version import current_version

_kept = SizedCache(1000)  # lists of figures, whatever their length


def kept_figures(compute: Callable[..., list[Indicator]]) -> Callable[..., list[Indicator]]:
    """`indicators_of` of a room, whose answer is kept until anything is committed or a day is over.

    Nothing is kept inside a transaction, which sees what nobody else does yet.
    """

    @wraps(compute)
    def asked(cluster: Cluster, *, as_of: date, public: bool = True) -> list[Indicator]:
        if (version := current_version()) is None:
            return compute(cluster, as_of=as_of, public=public)
        key = (compute.__module__, cluster.pk, as_of, public, get_language(), localdate(), version)
        if (found := _kept.get(key)) is None:
            found = compute(cluster, as_of=as_of, public=public)
            _kept.put(key, found, 1)
        return list(found)

    return asked
