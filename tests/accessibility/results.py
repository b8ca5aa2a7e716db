"""What was found, by success criterion, in the file from which the accessibility statement is made."""

import csv
import json
import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT

from clusterportal.pages.presenters.conformity import RESULTS, SHORTCOMINGS
from tests.accessibility.kinds import kinds

ROOT = Path(__file__).resolve().parents[2]
CRITERIA = Path(__file__).parent / "criteria.csv"
# What no program finds: the key of its sentences in `presenters/conformity.py`, and the kinds of pages.
BY_HAND = {"map-dragging": ["actors:actor-list"]}


def version() -> str:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


def rows() -> list[dict[str, str]]:
    """How each criterion is checked, in the order of the standard."""
    with open(CRITERIA, newline="") as table:
        return list(csv.DictReader(table))


def write(counts: Counter, *, looked_at: set[str], browser: str) -> None:
    """Write that nothing was found in these kinds of pages, into the file of which the statement is made."""
    unmet = {SHORTCOMINGS[key].number for key in BY_HAND}
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
        "shortcomings": [{"key": key, "page_count": len(names)} for key, names in sorted(BY_HAND.items())],
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
