"""Assessing a cluster: what the registry computes today and what its management says, frozen as one record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from clusterportal.clusters.models import Cluster
from clusterportal.clusters.rules import can_manage
from clusterportal.core.languages import in_every_language
from clusterportal.core.texts import clean_text
from clusterportal.labels.domain.checking import asked
from clusterportal.labels.domain.facts import Facts
from clusterportal.labels.domain.proofs import keep
from clusterportal.labels.domain.rules import RULES, behind
from clusterportal.labels.enums import CriterionKind, Verdict
from clusterportal.labels.models import CriteriaAssessment, CriteriaSet, Criterion, SetChoice

HIGHEST_SCORE = 100


@dataclass(frozen=True)
class OwnView:
    """What the management says of one criterion: its verdict or its score from 0 to 100, a remark, files as proof.

    A score stands beside what is computed, never in its place.
    """

    verdict: str = ""
    score: int | None = None
    remark: str = ""
    files: tuple[UploadedFile, ...] = field(default=())


@transaction.atomic
def choose_sets(*, cluster: Cluster, sets: Iterable[CriteriaSet], by) -> None:
    """Let the cluster go by exactly these lists of criteria. Raises PermissionDenied."""
    if not can_manage(by, SetChoice(cluster=cluster), "add"):
        raise PermissionDenied
    wanted = {one.pk for one in sets}
    present = SetChoice.objects.filter(cluster=cluster)
    present.exclude(criteria_set__in=wanted).delete()
    for pk in sorted(wanted - set(present.values_list("criteria_set", flat=True))):
        SetChoice.objects.create(cluster=cluster, criteria_set_id=pk)


@transaction.atomic
def assess(
    *,
    cluster: Cluster,
    criteria_set: CriteriaSet,
    by,
    own: Mapping[str, OwnView] | None = None,
    remark: str = "",
    today: date | None = None,
) -> CriteriaAssessment:
    """A new assessment of today; `own` is by the code of the criterion. Raises PermissionDenied, BadFile.

    It holds values, verdicts, the actors behind them and the versions of the rules, and never changes again.
    """
    today = today or timezone.localdate()
    if not can_manage(by, CriteriaAssessment(cluster=cluster), "add"):
        raise PermissionDenied
    own = own or {}
    criteria = list(criteria_set.criteria.all())
    facts = Facts(cluster, today)
    assessment = CriteriaAssessment.objects.create(
        cluster=cluster,
        criteria_set=criteria_set,
        edition=criteria_set.version,
        assessed_on=today,
        by=by,
        remark=clean_text(remark),
        findings=[_frozen(one, facts, own.get(one.code, OwnView())) for one in criteria],
    )
    for criterion in criteria:
        for file in own.get(criterion.code, OwnView()).files:
            keep(file=file, assessment=assessment, code=criterion.code)
    return assessment


def _frozen(criterion: Criterion, facts: Facts, own: OwnView) -> dict[str, Any]:
    entry = {
        "code": criterion.code,
        "group": in_every_language(criterion, "group"),
        "text": in_every_language(criterion, "text"),
        "kind": criterion.kind,
        "rule": criterion.rule,
        "rule_version": None,
        "value": None,
        "threshold": None,
        "verdict": Verdict.NOT_RECORDED.value,
        "figures": {},
        "actors": [],
        "score": own.score,
        "remark": clean_text(own.remark),
    }
    if criterion.kind == CriterionKind.COMPUTED and criterion.rule in RULES:
        entry |= _computed(criterion, facts)
    elif criterion.kind == CriterionKind.MANUAL and own.verdict in Verdict.values:
        entry["verdict"] = own.verdict
    elif criterion.kind == CriterionKind.SCORED:
        entry["verdict"] = ""  # a score without a published threshold is no verdict
    return entry


def _computed(criterion: Criterion, facts: Facts) -> dict[str, Any]:
    rule, threshold = RULES[criterion.rule], asked(criterion, facts.cluster)
    found = rule.measure(facts, threshold)
    counted = behind(rule, facts).values_list("actor__uid", "actor__name").distinct()
    return {
        "rule_version": rule.version,
        "value": _text(found.value),
        "threshold": _text(threshold),
        "verdict": found.verdict.value,
        "figures": found.figures,
        "actors": [{"uid": str(uid), "name": name} for uid, name in counted.order_by("actor__name", "actor")],
    }


def _text(number: int | Decimal | None) -> str | None:
    """Without trailing noughts and exponents: the same value is always written the same."""
    return None if number is None else f"{Decimal(number).normalize():f}"


def last_assessments(cluster: Cluster) -> list[CriteriaAssessment]:
    """The last assessment by each list of criteria, with its proofs; two queries."""
    every = CriteriaAssessment.objects.filter(cluster=cluster).select_related("criteria_set")
    every = every.prefetch_related("proofs")
    last = every.order_by("criteria_set_id", "-assessed_on", "-pk").distinct("criteria_set_id")
    return sorted(last, key=lambda one: (one.criteria_set.position, one.criteria_set_id))
