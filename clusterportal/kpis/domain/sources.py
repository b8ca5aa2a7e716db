"""The figures that the portal computes for a cluster, from all rooms that compute some."""

from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from importlib.util import find_spec

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from actors.enums import RelationKind
from actors.models import ActorRelation, Membership
from clusterportal.clusters.enums import Section
from clusterportal.clusters.models import Cluster, Release
from clusterportal.core.disclosure import too_few
from clusterportal.core.indicator import Indicator, Reason
from clusterportal.finance.domain.indicators import CODES as FINANCING_CODES

# In the order of their cost. Labels stand on this storey.
_ROOMS = ("finance", "matchmaking", "plans", "lifecycle", "network")


def current(cluster: Cluster, *, as_of: date, codes: frozenset[str] | None = None) -> dict[str, Indicator]:
    """The figures of a cluster by code, as everybody may see them; with `codes`, rooms are asked until all are known.

    Shown figures are those of the public, so that a chain that is released gives nothing away.
    """
    found: dict[str, Indicator] = {}
    for ask in _askers():
        if codes is not None and codes <= found.keys():
            break
        found |= {one.code: one for one in ask(cluster, as_of=as_of, public=True)}
    return found if codes is None else {code: found[code] for code in codes & found.keys()}


def hidden_codes(cluster: Cluster) -> frozenset[str]:
    """Figures that the cluster does not show at present, whatever was kept of them before; one query."""
    is_shown = Release.objects.filter(cluster=cluster, section=Section.FINANCING).exists()
    return frozenset() if is_shown else FINANCING_CODES


def _askers() -> Iterator[Callable[..., list[Indicator]]]:
    yield _of_the_registry
    for room in _ROOMS:
        name = f"clusterportal.{room}.domain.indicators"
        if find_spec(name):
            yield import_module(name).indicators_of


def _of_the_registry(cluster: Cluster, *, as_of: date, public: bool = True) -> list[Indicator]:
    """What no room computes: staff of the management, spin-offs among the members."""
    staff = cluster.staff_fte
    return [
        Indicator(
            code="staff_fte",
            label=_("Management staff"),
            unit=_("full-time equivalents"),
            as_of=as_of,
            method="staff-fte",
            value=staff,
            reason=Reason.NOT_RECORDED if staff is None else None,
            records=reverse("clusters:cluster-detail", args=[cluster.slug]),
        ),
        _spin_offs(cluster, as_of),
    ]


def _spin_offs(cluster: Cluster, as_of: date) -> Indicator:
    """Members that were founded out of another actor, by the public relations recorded up to the year."""
    members = Membership.objects.public().filter(cluster=cluster).values("actor")
    relations = ActorRelation.objects.public().filter(
        Q(since=None) | Q(since__lte=as_of.year), kind=RelationKind.SPIN_OFF, target__in=members
    )
    count = relations.values("target").distinct().count()
    reason = Reason.NO_RELATIONS if not count else Reason.TOO_FEW if too_few(count) else None
    query = urlencode({"cluster": cluster.slug, "relation": RelationKind.SPIN_OFF.value})
    return Indicator(
        code="spin_offs",
        label=_("Spin-offs in the cluster"),
        unit="",
        as_of=as_of,
        method="spin-offs",
        value=count if reason is None else None,
        reason=reason,
        actors=count if reason is None else None,
        records=f"{reverse('pages:network')}?{query}",
    )
