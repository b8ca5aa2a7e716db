"""The self-assessment report: one frozen assessment and the labels of that day, as an accessible PDF (PDF/UA-1).

Set by Typst with the faces that it brings along: headings, tables with heads, language and title are in the file.
"""

import json
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from clusterportal.labels.domain.frozen_assessment import FrozenCriterion, entries_of
from clusterportal.labels.domain.label_status import span_of
from clusterportal.labels.domain.timeline import said_of
from clusterportal.labels.domain.validity import status_on
from clusterportal.labels.enums import Verdict
from clusterportal.labels.models import CriteriaAssessment, Label

_SOURCE = Path(__file__).with_suffix(".typ").read_bytes()


def report_of(assessment: CriteriaAssessment, *, language: str) -> bytes:
    """The PDF in `language`. It is the same whenever it is made: nothing of today stands in it but the words."""
    # Late: it takes 6 MB, and most workers make no report.
    import typst

    with override(language):
        report = _content(assessment) | {"language": language}
    return typst.compile(
        _SOURCE,
        format="pdf",
        pdf_standards="ua-1",
        sys_inputs={"report": json.dumps(report)},
        ignore_system_fonts=True,
    )


def _content(assessment: CriteriaAssessment) -> dict[str, Any]:
    entries = entries_of(assessment)
    day = date_format(assessment.assessed_on, "DATE_FORMAT")
    lines = [_("Assessed on %(day)s") % {"day": day}]
    if assessment.edition:
        lines.append(_("Edition: %(edition)s") % {"edition": assessment.edition})
    lines.append(_summary(entries))
    return {
        "title": _("Self-assessment: %(cluster)s, %(set)s")
        % {"cluster": assessment.cluster, "set": assessment.criteria_set},
        "day": {part: getattr(assessment.assessed_on, part) for part in ("year", "month", "day")},
        "lines": [line for line in lines if line],
        "source": assessment.criteria_set.source,
        "note": assessment.criteria_set.note,
        "remark": assessment.remark,
        "groups": [
            {"name": name or _("Criteria"), "entries": [_row(one) for one in own]}
            for name, own in groupby(entries, key=_group)
        ],
        "actors": [
            {"name": one.text, "names": [actor["name"] for actor in one.actors]}
            for one in entries
            if one.actors
        ],
        "labels": _labels(assessment),
        "words": _words(),
    }


def _words() -> dict[str, str]:
    return {
        "source": _("Source"),
        "criterion": _("Criterion"),
        "value": _("Value"),
        "evidence": _("Evidence"),
        "own": _("Own view"),
        "actors": _("Actors behind the values"),
        "labels": _("Labels"),
        "no_labels": _("No label was recorded."),
        "label": _("Label"),
        "term": _("Validity"),
        "status": _("Status"),
        "method": _("How this came about"),
        "frozen": _(
            "Values, verdicts and actors were computed by the registry on the day of the assessment and have "
            "been kept unchanged since. Scores, own verdicts and remarks come from the cluster management."
        ),
    }


def _summary(entries: list[FrozenCriterion]) -> str:
    verdicts = [one.verdict for one in entries if one.verdict]
    if not verdicts:
        return ""
    return _("%(met)d fulfilled, %(missed)d not fulfilled, %(open)d not recorded") % {
        "met": verdicts.count(Verdict.FULFILLED),
        "missed": verdicts.count(Verdict.NOT_FULFILLED),
        "open": verdicts.count(Verdict.NOT_RECORDED),
    }


def _group(one: FrozenCriterion) -> str:
    """A group that is its only criterion needs no heading of its own."""
    return "" if one.group == one.text else one.group


def _row(one: FrozenCriterion) -> dict[str, str]:
    value = ", ".join(part for part in (one.value, str(one.verdict.label) if one.verdict else "") if part)
    evidence = "; ".join(part for part in (one.why, one.shortfall) if part)
    rule = _("rule %(rule)s, version %(version)d") % {"rule": one.rule, "version": one.rule_version or 0}
    score = "" if one.score is None else _("%(score)d of 100") % {"score": one.score}
    proofs = ", ".join(proof.name for proof in one.proofs)
    own = [score, one.remark, _("Proof: %(names)s") % {"names": proofs} if proofs else ""]
    return {
        "text": one.text,
        "value": value or "–",
        "evidence": f"{evidence} ({rule})" if one.rule else "–",
        "own": ". ".join(part for part in own if part) or "–",
    }


def _status(label: Label, day: date) -> str:
    word = str(status_on(day, label.kind, span_of(label)).label)
    return f"{word} ({_('Example value')})" if label.is_example else word


def _labels(assessment: CriteriaAssessment) -> list[dict[str, str]]:
    """What the cluster held on the day of the assessment, as the register knows it now."""
    day = assessment.assessed_on
    held = Label.objects.filter(cluster=assessment.cluster_id, valid_from__lte=day)
    return [
        {
            "name": one.get_kind_display(),
            "term": said_of(one),
            "status": _status(one, day),
        }
        for one in held
    ]
