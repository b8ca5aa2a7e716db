"""Criteria of a cluster that is not in the registry, by the same rules: what its people state. Nothing is stored."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from clusterportal.labels.domain.checking import Checked, check_stated
from clusterportal.labels.domain.rules import RULES, USUAL, Number
from clusterportal.labels.enums import CriterionKind, Verdict
from clusterportal.labels.models import CriteriaSet, Criterion, Label


@dataclass(frozen=True)
class StatedCluster:
    """What its record would say; a text counts as given, whatever it is."""

    staff_fte: Decimal | None = None
    services: str = ""
    technology_field: str = ""
    email: str = ""
    phone: str = ""
    homepage: str = ""


@dataclass(frozen=True)
class Stated:
    """The answers to a self-check: `Figures` without a registry. Numbers that nobody stated are 0, or None."""

    cluster: StatedCluster
    as_of: date
    members: int = 0
    committed: int = 0
    companies: int = 0
    kinds: int = 0
    by_layer: Sequence[int] = field(default=(0,) * 5)
    activities: int | None = None
    labels: Sequence[Label] = ()


def standards() -> list[CriteriaSet]:
    """The lists of criteria with which one can compare: those that ask for a number; two queries."""
    sets = CriteriaSet.objects.prefetch_related("criteria").order_by("position", "pk")
    return [one for one in sets if any(criterion.threshold for criterion in _computed(one))]


def self_check(stated: Stated, standard: CriteriaSet | None = None) -> list[Checked]:
    """What labels usually ask for, with the thresholds of `standard` where it names them, and what else it asks."""
    thresholds: dict[str, Number] = {code: RULES[code].threshold or 0 for code in USUAL}
    sources: dict[str, tuple[str, ...]] = {}
    for criterion in _computed(standard) if standard else []:
        thresholds[criterion.rule] = criterion.threshold or RULES[criterion.rule].threshold or 0
        sources[criterion.rule] = (standard.abbreviation,) if standard else ()
    # What the list asks for stands first, in its order; a label that is held cannot be stated here.
    codes = [*sources, *(code for code in thresholds if code not in sources)]
    return [check_stated(code, thresholds[code], stated) for code in codes if code != "silver_or_gold"]


def met_by(code: str, stated: Stated, others: Sequence[CriteriaSet]) -> list[tuple[CriteriaSet, Number]]:
    """The lists of criteria by which a rule would be met, with what they ask."""
    asked = [
        (one, criterion.threshold) for one in others for criterion in _computed(one) if criterion.rule == code
    ]
    return [
        (one, threshold)
        for one, threshold in asked
        if threshold is not None and check_stated(code, threshold, stated).verdict == Verdict.FULFILLED
    ]


def _computed(one: CriteriaSet) -> list[Criterion]:
    return [
        criterion
        for criterion in one.criteria.all()
        if criterion.kind == CriterionKind.COMPUTED and criterion.rule in RULES
    ]
