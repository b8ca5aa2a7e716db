"""Figures of a cluster are asked for by several rooms on one page: each is computed once a version of the data."""

from collections.abc import Callable
from copy import copy
from functools import wraps
from typing import Any, TypeVar, cast

from django.utils.timezone import localdate
from django.utils.translation import get_language

from clusterportal.clusters.models import Cluster
from clusterportal.core.sized_cache import SizedCache
from clusterportal.history.data_version import current_version

_kept = SizedCache(1000)  # answers, whatever their length
Compute = TypeVar("Compute", bound=Callable)


def kept_figures(compute: Compute) -> Compute:
    """A function of a cluster and keywords, whose answer is kept until anything is committed or a day is over.

    Nothing is kept inside a transaction, which sees what nobody else does yet.
    """

    @wraps(compute)
    def asked(cluster: Cluster, **wanted: Any) -> Any:
        if (version := current_version()) is None:
            return compute(cluster, **wanted)
        every = tuple(sorted({**(compute.__kwdefaults__ or {}), **wanted}.items()))
        about = (every, get_language(), localdate(), version)
        key = (compute.__module__, compute.__qualname__, cluster.pk, about)
        if (found := _kept.get(key)) is None:
            found = compute(cluster, **wanted)
            _kept.put(key, found, 1)
        return copy(found)  # whoever adds to a list adds to their own

    return cast(Compute, asked)
