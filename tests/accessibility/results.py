"""What was found, by success criterion, in the file from which the accessibility statement is made."""

import csv
import json
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT

from clusterportal.pages.presenters.conformity import RESULTS, SHORTCOMINGS
from tests.accessibility.checking import Fault
from tests.accessibility.kinds import kinds

ROOT = Path(__file__).resolve().parents[2]
CRITERIA = Path(__file__).parent / "criteria.csv"
# What is known and explained: rule, where (a regular expression over the place), and the key of its sentences in
# `presenters/conformity.py`.
EXPLAINED = [("axe target-size", "ap-crumb", "admin-path")]
BY_HAND = {"map-dragging": ["actors:actor-list"]}  # what no program finds: keys, and the kinds of pages


def version() -> str:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


def rows() -> list[dict[str, str]]:
    """How each criterion is checked, in the order of the standard."""
    with open(CRITERIA, newline="") as table:
        return list(csv.DictReader(table))


def explanation(fault: Fault) -> str:
    """The key of what the statement says of this fault; empty where it says nothing."""
    for rule, place, key in EXPLAINED:
        if fault.rule == rule and re.search(place, fault.place):
            return key
    return ""


def write(faults: Iterable[Fault], counts: Counter, *, looked_at: set[str], browser: str) -> None:
    """Write what was found in these kinds of pages, into the file of which the statement is made."""
    addresses = defaultdict(set, {key: {*names} for key, names in BY_HAND.items()})
    for fault in faults:
        if key := explanation(fault):
            addresses[key].add(fault.address)
    unmet = {SHORTCOMINGS[key].number for key in addresses}
    said = {
        "standard": "WCAG 2.2 AA",
        "date": date.today().isoformat(),
        "version": version(),
        "browser": browser,
        "axe": re.search(r"axe v([\d.]+)", AXE_SCRIPT)[1],
        "counts": dict(sorted(counts.items())),
        "criteria": [
            {"number": row["number"], "checks": checks_of(row), "answer": answer_of(row, unmet)}
            for row in rows()
        ],
        "shortcomings": [{"key": key, "page_count": len(addresses[key])} for key in sorted(addresses)],
        "kinds": sorted(looked_at),
        "left_out": sorted(kinds() - looked_at),
    }
    RESULTS.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n")


def checks_of(row: dict[str, str]) -> list[str]:
    return [check for check in row["checks"].split() if check != "nothing"]


def answer_of(row: dict[str, str], unmet: set[str]) -> str:
    if row["number"] in unmet:
        return "not met"
    return {"nothing": "does not apply", "": "not checked"}.get(row["checks"], "no fault")
