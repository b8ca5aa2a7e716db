"""Figures of a cluster that follow from its members alone: how many, how many companies, which cells stay empty."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from actors.enums import COMPANIES
from actors.models import Membership
from actors.querysets import not_known_on
from clusterportal.clusters.models import Cluster
from clusterportal.core.disclosure import too_few
from clusterportal.core.indicator import Indicator, Reason
from clusterportal.core.publication import PublicationState, is_published
from layers.models import LAYER_COUNT


@dataclass(frozen=True)
class MemberCount:
    """How many members a cluster had on a day, and how many of them are companies.

    It is known as far as the registry can say (`actors.querysets.not_known_on`).
    """

    day: date
    members: int
    companies: int
    is_known: bool


@dataclass(frozen=True)
class MatrixCells:
    """The cells of the matrix in the areas where the cluster has somebody: all of them, and the empty ones."""

    total: int
    empty: int


def member_counts(cluster: Cluster, days: Sequence[date], *, public: bool = True) -> list[MemberCount]:
    """The counts of each of the days; one query. Memberships hold from their first day to before their last."""
    wanted = {}
    for number, day in enumerate(days):
        holds = (Q(since__lte=day) | Q(since__isnull=True)) & _not_over(day)
        wanted[f"members_{number}"] = Count("actor", distinct=True, filter=holds)
        wanted[f"companies_{number}"] = Count(
            "actor", distinct=True, filter=holds & Q(actor__kind__in=COMPANIES)
        )
        wanted[f"unknown_{number}"] = Count("pk", filter=not_known_on(day))
    found = _memberships(cluster, public=public).aggregate(**wanted)
    return [
        MemberCount(
            day, found[f"members_{number}"], found[f"companies_{number}"], not found[f"unknown_{number}"]
        )
        for number, day in enumerate(days)
    ]


def cells(cluster: Cluster, *, public: bool = True) -> MatrixCells:
    """The cells of this moment; one query. Placements have no dates, so those of another day cannot be made again."""
    pairs = set(
        _memberships(cluster, public=public)
        .filter(_not_over(timezone.localdate()), actor__foci__area__is_active=True)
        .values_list("actor__placements__layer", "actor__foci__area")
        .distinct()
    )
    total = LAYER_COUNT * len({area for _layer, area in pairs})
    return MatrixCells(total, total - len({pair for pair in pairs if pair[0]}))


def indicators_of(cluster: Cluster, *, as_of: date, public: bool = True) -> list[Indicator]:
    """Members, share of companies, empty cells; two queries."""
    [count] = member_counts(cluster, [as_of], public=public)
    query = {"cluster": cluster.slug}
    companies = [(("cluster", cluster.slug)), *(("kind", kind) for kind in sorted(COMPANIES))]
    return [
        members_indicator(count, records=_path("actors:actor-list", query)),
        companies_indicator(count, records=_path("actors:actor-list", companies)),
        _gaps(cluster, count, as_of, public=public),
    ]


def members_indicator(count: MemberCount, *, records: str = "") -> Indicator:
    """The members as a figure; nobody is a value too, because the list of members is open to everybody."""
    known: dict[str, Any] = {"value": count.members} if count.is_known else {"reason": Reason.NOT_RECORDED}
    return Indicator(
        "members", _("Members"), "", count.day, "members", actors=count.members, records=records, **known
    )


def companies_indicator(count: MemberCount, *, records: str = "") -> Indicator:
    """How many of a hundred members are companies."""
    said: dict[str, Any]
    if not count.is_known or not count.members:
        said = {"reason": Reason.NOT_RECORDED}
    elif too_few(count.members):
        said = {"reason": Reason.TOO_FEW}
    else:
        said = {"value": 100 * count.companies / count.members}
    return Indicator(
        "companies_share",
        _("Share of companies"),
        "%",
        count.day,
        "companies_share",
        actors=count.members,
        records=records,
        **said,
    )


def _gaps(cluster: Cluster, count: MemberCount, as_of: date, *, public: bool) -> Indicator:
    found = cells(cluster, public=public) if as_of == timezone.localdate() else None
    said: dict[str, Any] = (
        {"value": found.empty} if found and found.total else {"reason": Reason.NOT_RECORDED}
    )
    return Indicator(
        "open_gaps",
        _("Gaps in the matrix"),
        "",
        as_of,
        "open_gaps",
        actors=count.members,
        records=_path("pages:matrix", {"cluster": cluster.slug}),
        **said,
    )


def _memberships(cluster: Cluster, *, public: bool) -> QuerySet[Membership]:
    """Cleared memberships of published actors; for the team all that are worked on or shown."""
    found = Membership.objects.filter(cluster=cluster).order_by()
    if public:
        return found.filter(is_published("actor"), is_cleared=True)
    return found.exclude(actor__state__in=[PublicationState.REJECTED, PublicationState.ARCHIVED])


def _not_over(day: date) -> Q:
    return Q(until__isnull=True) | Q(until__gt=day)


def _path(name: str, query) -> str:
    return f"{reverse(name)}?{urlencode(query)}"
