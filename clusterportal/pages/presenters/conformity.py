"""What was found when the pages were checked for accessibility, for the statement that BITV 2.0, section 7, asks for.

`accessibility/results.json` is written by `python -m tests.accessibility`; nothing is judged here but how much the
results allow to claim, in the words of the model statement (Commission Implementing Decision (EU) 2018/1523).
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clusterportal.pages.presenters.success_criteria import NAMES

RESULTS = Path(__file__).resolve().parent.parent / "accessibility" / "results.json"
CHECKS = {
    "axe": _("rules of axe-core"),
    "keyboard": _("walk by keyboard"),
    "reflow": _("wide and at 320 px"),
    "spacing": _("with wider text spacing"),
    "tree": _("accessibility tree"),
    "documents": _("structure of the PDF files"),
    "tests": _("automatic tests of the portal"),
    "hand": _("by hand"),
}
ANSWERS = {
    "no fault": _("no fault found"),
    "not met": _("not fully met"),
    "does not apply": _("does not apply: the portal has no such content of its own"),
    "not checked": _("not checked: people have to judge this"),
}


class KnownFailure(NamedTuple):
    """Something that is known not to be met: the criterion, what fails it, and what helps meanwhile."""

    number: str
    what: Promise
    alternative: Promise


# By the key under which the results count them.
SHORTCOMINGS = {
    "map-dragging": KnownFailure(
        "2.5.7",
        _("The map of the directory is moved by dragging or by the arrow keys, not by single clicks."),
        _(
            "All actors of the map stand in the list of the same page, which can be narrowed by place and distance."
        ),
    ),
}


@dataclass(frozen=True)
class Criterion:
    """One success criterion, how it was checked, and the answer."""

    number: str
    answer_key: str
    checks: list[Promise]

    @property
    def name(self) -> Promise:
        return NAMES[self.number]

    @property
    def answer(self) -> Promise:
        return ANSWERS[self.answer_key]


@dataclass(frozen=True)
class Shortcoming:
    """What was found of something known: on how many kinds of pages."""

    known: KnownFailure
    criterion: Criterion
    page_count: int


@dataclass(frozen=True)
class Conformity:
    """The whole result; `counts` are numbers of pages, states, rules and documents, as the command counted them.

    `left_out` names kinds of pages that were not opened.
    """

    checked_on: date
    version: str
    browser: str
    axe: str
    counts: dict[str, int]
    criteria: list[Criterion]
    shortcomings: list[Shortcoming]
    left_out: list[str]

    @property
    def unchecked(self) -> list[Criterion]:
        return [one for one in self.criteria if one.answer_key == "not checked"]

    @property
    def is_full(self) -> bool:
        """May it be called fully compliant? Only where all was checked and nothing found."""
        return not (self.shortcomings or self.unchecked or self.left_out)


@cache
def conformity() -> Conformity:
    """What the last check of all pages said."""
    said = json.loads(RESULTS.read_text())
    criteria = {
        one["number"]: Criterion(one["number"], one["answer"], [CHECKS[check] for check in one["checks"]])
        for one in said["criteria"]
    }
    shortcomings = [
        Shortcoming(known, criteria[known.number], one["page_count"])
        for one in said["shortcomings"]
        if (known := SHORTCOMINGS[one["key"]])
    ]
    return Conformity(
        date.fromisoformat(said["date"]),
        said["version"],
        said["browser"],
        said["axe"],
        said["counts"],
        [*criteria.values()],
        shortcomings,
        said["left_out"],
    )
