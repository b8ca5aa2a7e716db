"""Step 2 of an action plan: findings in four quadrants, each with its verdict and the number that proves it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterportal.plans.enums import Quadrant, Verdict
from clusterportal.plans.filters import evidence_count
from clusterportal.plans.models import SwotEntry

_SUBTITLES = {
    Quadrant.STRENGTH: gettext_lazy("inside, helps"),
    Quadrant.WEAKNESS: gettext_lazy("inside, hinders"),
    Quadrant.OPPORTUNITY: gettext_lazy("outside, helps"),
    Quadrant.THREAT: gettext_lazy("outside, hinders"),
}
# Sign and CSS class of a verdict; without one the sign is empty and dashed.
_SIGNS = {Verdict.KEEP: ("=", "keep"), Verdict.DEVELOP: ("+", "grow"), Verdict.GIVE_UP: ("×", "drop")}


@dataclass(frozen=True)
class SwotFinding:
    entry: SwotEntry
    sign: str
    look: str
    verdict: str  # in words; empty: not judged
    count: int | None  # actors that prove it today; None without evidence
    url: str


def swot_table(entries: list[SwotEntry]) -> dict:
    """Context of `_plan_swot.html`: quadrants with their findings, verdicts with their counts, total, unjudged."""
    directory = reverse("actors:actor-list")
    findings = [_finding(entry, directory) for entry in entries]
    return {
        "quadrants": [
            {
                "code": quadrant.value,
                "title": quadrant.label,
                "subtitle": _SUBTITLES[quadrant],
                "findings": [one for one in findings if one.entry.quadrant == quadrant],
            }
            for quadrant in Quadrant
        ],
        "verdicts": [
            {
                "sign": _SIGNS[verdict][0],
                "look": _SIGNS[verdict][1],
                "label": verdict.label,
                "count": sum(1 for entry in entries if entry.verdict == verdict),
            }
            for verdict in Verdict
        ],
        "total": len(entries),
        "unjudged": sum(1 for entry in entries if not entry.verdict),
    }


def _finding(entry: SwotEntry, directory: str) -> SwotFinding:
    sign, look = _SIGNS[Verdict(entry.verdict)] if entry.verdict else ("", "drop")
    count = evidence_count(entry.query) if entry.query else None
    return SwotFinding(
        entry,
        sign,
        look,
        entry.get_verdict_display() if entry.verdict else _("no verdict yet"),
        count,
        f"{directory}?{entry.query}" if count is not None else "",
    )
