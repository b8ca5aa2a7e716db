"""The criteria that the registry computes: a table code -> rule. Cluster page, monitor, API and assessments ask it.

A rule measures a value from `Figures`, which the registry holds or somebody states, and compares it with a threshold,
which a list of criteria names (`Criterion.threshold`) or which is the usual one.

Sources of the usual thresholds: the European Cluster Collaboration Platform (15 committed members, two types of
members, 0.5 posts) and the cluster database of Baden-Württemberg (12 committed members, half of them companies, three
activities a year, published services, contact and homepage).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q, QuerySet

from actors.enums import COMPANIES
from actors.models import Membership
from clusterportal.clusters.models import Cluster
from clusterportal.labels.domain.facts import Facts, Figures
from clusterportal.labels.domain.validity import Span
from clusterportal.labels.enums import LabelKind, Verdict
from layers.models import LAYER_COUNT

COMMITTED_MEMBERS = 15
COMMITTED_MEMBERS_BY_LAND = {"DE1": 12}  # Baden-Württemberg, by its NUTS 1 code
Number = int | Decimal


@dataclass(frozen=True)
class MeasuredCriterion:
    """`figures` are the numbers that the evidence names; `value` is None where nothing is recorded."""

    value: Number | None
    verdict: Verdict
    figures: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Rule:
    """How one criterion is computed. Raise `version` when the same registry would give another value."""

    code: str
    measure: Callable[[Figures, Number], MeasuredCriterion]
    threshold: Number | None = None  # the usual one; None where there is nothing to count
    counted: Q | None = None  # the memberships that the value counts; None: it counts none
    version: int = 1


def behind(rule: Rule, facts: Facts) -> QuerySet[Membership]:
    """The memberships of those whom the value counts: its evidence."""
    memberships = facts.memberships
    return memberships.none() if rule.counted is None else memberships.filter(rule.counted)


def threshold_of(rule: Rule, cluster: Cluster) -> Number:
    """What is asked of this cluster where no list of criteria says it; `cluster.region` is read."""
    return required_members(cluster) if rule.code == "members" else rule.threshold or 0


def required_members(cluster: Cluster) -> int:
    """How many committed members the Land of the cluster asks for; `cluster.region` is read."""
    codes = cluster.region.nuts_codes
    lands = [
        number for land, number in COMMITTED_MEMBERS_BY_LAND.items() if any(c.startswith(land) for c in codes)
    ]
    return min(lands, default=COMMITTED_MEMBERS)


def _at_least(value: Number | None, threshold: Number, **figures: int) -> MeasuredCriterion:
    if value is None:
        return MeasuredCriterion(None, Verdict.NOT_RECORDED, figures)
    return MeasuredCriterion(
        value, Verdict.FULFILLED if value >= threshold else Verdict.NOT_FULFILLED, figures
    )


def _members(facts: Figures, threshold: Number) -> MeasuredCriterion:
    # Nobody marked as committed says that nobody has asked, not that nobody is.
    return _at_least(facts.committed or None, threshold, members=facts.members, committed=facts.committed)


def _companies(facts: Figures, threshold: Number) -> MeasuredCriterion:
    total, companies = facts.members, facts.companies
    if not total:
        return MeasuredCriterion(None, Verdict.NOT_RECORDED)
    is_met = companies * 100 >= threshold * total
    # Rounded down: 49.6 per cent must not read as 50 and "not fulfilled".
    return MeasuredCriterion(
        companies * 100 // total,
        Verdict.FULFILLED if is_met else Verdict.NOT_FULFILLED,
        {"companies": companies, "members": total},
    )


def _layers(facts: Figures, threshold: Number) -> MeasuredCriterion:
    if not facts.members:
        return MeasuredCriterion(None, Verdict.NOT_RECORDED)
    figures = {f"layer_{position}": number for position, number in enumerate(facts.by_layer, start=1)}
    return _at_least(sum(number > 0 for number in facts.by_layer), threshold, **figures)


def _given(*values: object) -> MeasuredCriterion:
    """All of them is fulfilled, some of them is not, none is not recorded."""
    given = sum(bool(value) for value in values)
    if not given:
        return MeasuredCriterion(None, Verdict.NOT_RECORDED)
    return MeasuredCriterion(given, Verdict.FULFILLED if given == len(values) else Verdict.NOT_FULFILLED)


def _contact(facts: Figures, threshold: Number) -> MeasuredCriterion:
    has_contact, has_homepage = bool(facts.cluster.email or facts.cluster.phone), bool(facts.cluster.homepage)
    found = _given(has_contact, has_homepage)
    return MeasuredCriterion(
        found.value, found.verdict, {"contact": int(has_contact), "homepage": int(has_homepage)}
    )


def _silver_or_gold(facts: Figures, threshold: Number) -> MeasuredCriterion:
    """Of what the register of labels holds: go-cluster asks for the Silver process unless Gold is held."""
    if not facts.labels:
        return MeasuredCriterion(None, Verdict.NOT_RECORDED)
    valid = {one.kind for one in facts.labels if facts.as_of in Span(one.valid_from, one.valid_until)}
    figures = {kind: int(kind in valid) for kind in (LabelKind.SILVER.value, LabelKind.GOLD.value)}
    return _at_least(sum(figures.values()), 1, **figures)


_ALL = Q()
RULES = {
    rule.code: rule
    for rule in (
        Rule("members", _members, COMMITTED_MEMBERS, Q(is_committed=True)),
        Rule("companies", _companies, 50, Q(actor__kind__in=COMPANIES)),
        Rule("kinds", lambda facts, least: _at_least(facts.kinds or None, least), 2, _ALL),
        Rule("layers", _layers, LAYER_COUNT, Q(actor__placements__isnull=False)),
        Rule("staff", lambda facts, least: _at_least(facts.cluster.staff_fte, least), Decimal("0.5")),
        Rule("activities", lambda facts, least: _at_least(facts.activities, least), 3),
        Rule("services", lambda facts, least: _given(facts.cluster.services)),
        Rule("contact", _contact),
        Rule("field", lambda facts, least: _given(facts.cluster.technology_field)),
        Rule("silver_or_gold", _silver_or_gold, version=2),  # 2: examples do not count
    )
}
# What the page of a cluster shows, whether the cluster goes by a list of criteria or not.
USUAL = ("members", "companies", "kinds", "layers", "staff", "activities", "services", "contact")
