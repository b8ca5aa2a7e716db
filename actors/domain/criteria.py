"""What cluster labels ask of a cluster, as far as a registry can compute it from its own records.

Thresholds: European Cluster Collaboration Platform (15 committed members, half of them companies) and the
cluster programme of Baden-Württemberg (12 committed members); the other criteria follow go-cluster.
"""

from dataclasses import dataclass

from django.db import models
from django.db.models import Count, Q
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.enums import ActorKind
from actors.models import Actor, LayerPlacement, Membership
from clusterportal.clusters.models import Cluster
from layers.models import LAYER_COUNT

COMPANIES = frozenset(
    {
        ActorKind.COMPANY,
        ActorKind.STARTUP,
        ActorKind.SERVICE_PROVIDER,
        ActorKind.SUPPLIER,
        ActorKind.MANUFACTURER,
    }
)
COMMITTED_MEMBERS = 15
COMMITTED_MEMBERS_BY_LAND = {"DE1": 12}  # Baden-Württemberg, by its NUTS 1 code
COMPANY_PERCENT = 50
KINDS = 2
STAFF_FTE = 0.5
ACTIVITIES = 3


class Verdict(models.TextChoices):
    FULFILLED = "fulfilled", gettext_lazy("fulfilled")
    NOT_FULFILLED = "not_fulfilled", gettext_lazy("not fulfilled")
    NOT_RECORDED = "not_recorded", gettext_lazy("not recorded")


@dataclass(frozen=True)
class Criterion:
    """`value` is written for people in the active language; it is empty where the verdict says all."""

    code: str
    label: str
    value: str
    verdict: Verdict


def criteria(cluster: Cluster) -> list[Criterion]:
    """All criteria of a cluster over its published and cleared members; two queries."""
    members = Membership.objects.filter(
        cluster=cluster, is_cleared=True, actor__in=Actor.objects.published().values("pk")
    ).order_by()
    by_kind = {
        row["actor__kind"]: row
        for row in members.values("actor__kind").annotate(
            all=Count("actor", distinct=True),
            committed=Count("actor", distinct=True, filter=Q(is_committed=True)),
        )
    }
    total = sum(row["all"] for row in by_kind.values())
    layers = LayerPlacement.objects.filter(actor__in=members.values("actor")).aggregate(
        number=Count("layer", distinct=True)
    )["number"]
    return [
        _committed(sum(row["committed"] for row in by_kind.values()), required_members(cluster)),
        _companies(sum(row["all"] for kind, row in by_kind.items() if kind in COMPANIES), total),
        _at_least("kinds", _("At least two kinds of members"), len(by_kind) or None, KINDS),
        _layers(layers, total),
        _at_least("staff", _("At least 0.5 full-time posts in management"), cluster.staff_fte, STAFF_FTE),
        # Activities are not part of the registry yet.
        _at_least("activities", _("At least three activities a year"), None, ACTIVITIES),
        _services(cluster),
        _contact(cluster),
    ]


def required_members(cluster: Cluster) -> int:
    """How many committed members the Land of the cluster asks for; `cluster.region` is read."""
    codes = cluster.region.nuts_codes
    lands = [
        number for land, number in COMMITTED_MEMBERS_BY_LAND.items() if any(c.startswith(land) for c in codes)
    ]
    return min(lands, default=COMMITTED_MEMBERS)


def _at_least(code: str, label: str, number, least) -> Criterion:
    if number is None:
        return Criterion(code, label, "", Verdict.NOT_RECORDED)
    verdict = Verdict.FULFILLED if number >= least else Verdict.NOT_FULFILLED
    return Criterion(
        code, label, number_format(number.normalize() if hasattr(number, "normalize") else number), verdict
    )


def _committed(number: int, least: int) -> Criterion:
    label = _("At least %(number)s committed members") % {"number": least}
    # Nobody marked as committed says that nobody has asked, not that nobody is.
    return _at_least("members", label, number or None, least)


def _companies(companies: int, total: int) -> Criterion:
    label = _("At least %(number)s%% companies") % {"number": COMPANY_PERCENT}
    if not total:
        return Criterion("companies", label, "", Verdict.NOT_RECORDED)
    # Rounded down: 49.6 per cent must not read as 50 and "not fulfilled".
    value = _("%(number)s%%") % {"number": companies * 100 // total}
    fulfilled = companies * 100 >= COMPANY_PERCENT * total
    return Criterion("companies", label, value, Verdict.FULFILLED if fulfilled else Verdict.NOT_FULFILLED)


def _layers(number: int, total: int) -> Criterion:
    label = _("Present on all five layers")
    if not total:
        return Criterion("layers", label, "", Verdict.NOT_RECORDED)
    value = _("%(number)s of %(all)s") % {"number": number, "all": LAYER_COUNT}
    return Criterion(
        "layers", label, value, Verdict.FULFILLED if number == LAYER_COUNT else Verdict.NOT_FULFILLED
    )


def _services(cluster: Cluster) -> Criterion:
    verdict = Verdict.FULFILLED if cluster.services else Verdict.NOT_RECORDED
    return Criterion("services", _("Services are published"), "", verdict)


def _contact(cluster: Cluster) -> Criterion:
    """Both is fulfilled, one of them is not, none is not recorded."""
    given = [_("contact")] * bool(cluster.email or cluster.phone) + [_("homepage")] * bool(cluster.homepage)
    verdict = [Verdict.NOT_RECORDED, Verdict.NOT_FULFILLED, Verdict.FULFILLED][len(given)]
    return Criterion("contact", _("Contact and homepage are published"), ", ".join(given), verdict)
