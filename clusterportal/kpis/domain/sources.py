"""The figures that the portal computes for a cluster, from all rooms that compute some."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from actors.enums import RelationKind
from actors.models import ActorRelation, Membership
from actors.querysets import not_known_on
from clusterportal.clusters.enums import Section
from clusterportal.clusters.models import Cluster, Release
from clusterportal.core.disclosure import too_few
from clusterportal.core.indicator import Indicator, Reason
from clusterportal.finance.domain import indicators as finance
from clusterportal.lifecycle.domain import indicators as lifecycle
from clusterportal.matchmaking.domain import indicators as matchmaking
from clusterportal.matchmaking.domain.reporting import report_of
from clusterportal.matchmaking.models import Programme
from clusterportal.network.domain import indicators as network
from clusterportal.plans.domain import indicators as plans

_STAFF, _SPIN_OFFS = "staff_fte", "spin_offs"
_NAMES = {_STAFF: _("Management staff"), _SPIN_OFFS: _("Spin-offs in the cluster")}
# In the order of their cost. Labels stand on this storey.
_ROOMS = (finance, matchmaking, plans, lifecycle, network)


def current(cluster: Cluster, *, as_of: date, codes: frozenset[str] | None = None) -> dict[str, Indicator]:
    """The figures of a cluster by code, as everybody may see them; with `codes`, rooms are asked until all are known.

    Shown figures are those of the public, so that a chain that is released gives nothing away.
    """
    found: dict[str, Indicator] = {}
    for ask in (_of_the_registry, *(room.indicators_of for room in _ROOMS)):
        if codes is not None and codes <= found.keys():
            break
        found |= {one.code: one for one in ask(cluster, as_of=as_of, public=True)}
    return found if codes is None else {code: found[code] for code in codes & found.keys()}


def names_of_figures() -> dict[str, str]:
    """What the figures of `current` are called, by code, in the order of their names; nothing is computed."""
    found = {
        code: str(name)
        for names in (_NAMES, *(room.NAMES for room in _ROOMS))
        for code, name in names.items()
    }
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


# Figures that the public sees with a part alone. Those of labels are named, as that room stands on this storey.
_SHOWN_WITH: dict[Section, Iterable[str]] = {
    Section.ACTION_PLAN: plans.NAMES,
    Section.MATCHMAKING: matchmaking.NAMES,
    Section.FINANCING: finance.NAMES,
    Section.CRITERIA: ["criteria_met"],
    Section.LABELS: ["labels_valid"],
}


def hidden_codes(cluster: Cluster) -> frozenset[str]:
    """Figures that the cluster does not show at present, whatever was kept of them before; one query."""
    shown = set(Release.objects.filter(cluster=cluster).values_list("section", flat=True))
    return frozenset[str]().union(*(codes for section, codes in _SHOWN_WITH.items() if section not in shown))


def hidden_values() -> Q:
    """Of values (`KpiValue`) of any cluster those that it does not show at present."""
    found = Q()
    for section, codes in _SHOWN_WITH.items():
        released = Release.objects.filter(cluster=OuterRef("kpi__cluster"), section=section)
        found |= Q(kpi__indicator__in=[*codes]) & ~Q(Exists(released))
    return found


@dataclass(frozen=True)
class Documented:
    """A figure that a source states as an example; it is no value of the cluster."""

    value: int
    source: str
    records: str


def documented(cluster: Cluster, *, today: date) -> dict[str, Documented]:
    """What the documented example of a matchmaking programme reports, by the code of the figure; one query."""
    programme = Programme.objects.filter(cluster=cluster, is_example=True).first()
    if programme is None:
        return {}
    report = report_of(programme, today=today)
    told = {
        matchmaking.EVENTS: report.events,
        matchmaking.PARTICIPATIONS: report.participations,
        matchmaking.TALKS: report.talks,
        matchmaking.PROJECTS: report.projects,
    }
    records = reverse("clusters:matchmaking", args=[cluster.slug])
    return {
        code: Documented(count, programme.source, records)
        for code, count in told.items()
        if report.is_documented and count is not None
    }


def _of_the_registry(cluster: Cluster, *, as_of: date, public: bool = True) -> list[Indicator]:
    """What no room computes: staff of the management, of which the past is not kept, spin-offs among the members."""
    staff = cluster.staff_fte if as_of >= timezone.localdate() else None
    return [
        Indicator(
            code=_STAFF,
            label=str(_NAMES[_STAFF]),
            unit=str(_("full-time equivalents")),
            as_of=as_of,
            method="staff-fte",
            value=staff,
            reason=Reason.NOT_RECORDED if staff is None else None,
            records=reverse("clusters:cluster-detail", args=[cluster.slug]),
        ),
        _spin_offs(cluster, as_of),
    ]


def _spin_offs(cluster: Cluster, as_of: date) -> Indicator:
    """Members that were founded out of another actor, by the public relations of that year.

    None of a past day of which nobody knows the members.
    """
    memberships = Membership.objects.public().filter(cluster=cluster)
    is_known = as_of >= timezone.localdate() or not memberships.filter(not_known_on(as_of)).exists()
    members = memberships.standing_on(as_of).values("actor")
    standing = ActorRelation.objects.public().standing_on(as_of)
    relations = standing.filter(kind=RelationKind.SPIN_OFF, target__in=members)
    count = relations.values("target").distinct().count()
    reason = Reason.NO_RELATIONS if not count else Reason.TOO_FEW if too_few(count) else None
    reason = reason if is_known else Reason.NOT_RECORDED
    query = urlencode({"cluster": cluster.slug, "relation": RelationKind.SPIN_OFF.value})
    return Indicator(
        code=_SPIN_OFFS,
        label=str(_NAMES[_SPIN_OFFS]),
        unit="",
        as_of=as_of,
        method="spin-offs",
        value=count if reason is None else None,
        reason=reason,
        actors=count if reason is None else None,
        records=f"{reverse('pages:network')}?{query}",
    )
