"""A frozen assessment in words, beside what holds today."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from clusterportal.core.languages import LANGUAGE_CODES
from clusterportal.labels.domain import wording
from clusterportal.labels.domain.checking import Checked, asked, check
from clusterportal.labels.domain.facts import Facts
from clusterportal.labels.domain.rules import RULES, MeasuredCriterion
from clusterportal.labels.enums import CriterionKind, Verdict
from clusterportal.labels.models import CriteriaAssessment, Proof


@dataclass(frozen=True)
class FrozenCriterion:
    """One criterion as it was frozen; texts in the active language. `now` is what holds today, if it is computed."""

    code: str
    group: str
    text: str
    kind: str
    rule: str
    rule_version: int | None
    value: str
    verdict: Verdict | None
    why: str
    shortfall: str
    actors: list[dict[str, str]]
    score: int | None
    remark: str
    now: Checked | None = None
    proofs: list[Proof] = field(default_factory=list)

    @property
    def has_changed(self) -> bool:
        """Today the verdict or the value is another one."""
        return self.now is not None and (self.now.verdict, self.now.value) != (self.verdict, self.value)


def entries_of(assessment: CriteriaAssessment, *, beside: date | None = None) -> list[FrozenCriterion]:
    """All findings of an assessment; `beside`: the day as of which the live values stand beside them."""
    live = _live(assessment, beside) if beside else {}
    proofs: dict[str, list[Proof]] = {}
    for proof in assessment.proofs.all():
        proofs.setdefault(proof.code, []).append(proof)
    return [_entry(one, live.get(one["code"]), proofs.get(one["code"], [])) for one in assessment.findings]


def measured(finding: dict[str, Any]) -> MeasuredCriterion:
    """What was measured then, from how it is stored."""
    value = finding["value"]
    number = None if value is None else Decimal(value)
    return MeasuredCriterion(
        int(number) if number is not None and number == number.to_integral() else number,
        Verdict(finding["verdict"] or Verdict.NOT_RECORDED),
        finding["figures"],
    )


def _live(assessment: CriteriaAssessment, day: date) -> dict[str, Checked]:
    facts = Facts(assessment.cluster, day)
    return {
        one.code: check(one.rule, asked(one, assessment.cluster), facts)
        for one in assessment.criteria_set.criteria.all()
        if one.kind == CriterionKind.COMPUTED and one.rule in RULES
    }


def _entry(finding: dict[str, Any], now: Checked | None, proofs: list[Proof]) -> FrozenCriterion:
    rule, found = finding["rule"], measured(finding)
    is_computed = rule in RULES
    threshold = Decimal(finding["threshold"] or 0)
    return FrozenCriterion(
        finding["code"],
        _said(finding["group"]),
        _said(finding["text"]),
        finding["kind"],
        rule,
        finding["rule_version"],
        wording.value_of(rule, found) if is_computed else "",
        Verdict(finding["verdict"]) if finding["verdict"] else None,
        wording.why_of(rule, found) if is_computed else "",
        wording.shortfall_of(rule, found, threshold) if is_computed else "",
        finding["actors"],
        finding["score"],
        finding["remark"],
        now,
        proofs,
    )


def _said(texts: dict[str, str]) -> str:
    """In the active language, for want of it in the first one that has a text."""
    language = get_language() or LANGUAGE_CODES[0]
    order = [language, *(code for code in texts if code != language)]
    return next((texts[code] for code in order if texts.get(code)), "")
