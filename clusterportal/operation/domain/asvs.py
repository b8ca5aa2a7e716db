"""How the portal meets OWASP ASVS 5.0.0, levels 1 and 2: read from `security/asvs.csv`, one row a requirement.

Numbers and levels are those of the standard (OWASP Foundation, CC BY-SA 4.0); the requirements are in our own words.
"""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

TABLE = Path(__file__).resolve().parent.parent / "security" / "asvs.csv"
ANSWERS = ("yes", "no", "not applicable")
CHAPTERS = {
    1: "Encoding and sanitisation",
    2: "Validation and business logic",
    3: "Web frontend",
    4: "API and web service",
    5: "Files",
    6: "Authentication",
    7: "Sessions",
    8: "Authorisation",
    9: "Self-contained tokens",
    10: "OAuth and OpenID Connect",
    11: "Cryptography",
    12: "Secure communication",
    13: "Configuration",
    14: "Data protection",
    15: "Secure coding and architecture",
    16: "Logging and error handling",
    17: "WebRTC",
}


@dataclass(frozen=True)
class Requirement:
    """`tests`: nodes of pytest that show a yes; `remark`: the reason of any other answer, or what else is to say."""

    number: str
    level: int
    requirement: str
    answer: str
    tests: tuple[str, ...]
    remark: str

    @property
    def chapter(self) -> int:
        return int(self.number.partition(".")[0])

    @property
    def test_names(self) -> list[str]:
        """As people read them: the sentence, without its file."""
        return [node.rpartition("::test_")[2].replace("_", " ") for node in self.tests]


@cache
def requirements() -> tuple[Requirement, ...]:
    """All rows in the order of their numbers."""
    with TABLE.open(newline="") as file:
        return tuple(
            Requirement(
                row["number"],
                int(row["level"]),
                row["requirement"],
                row["answer"],
                tuple(row["tests"].split()),
                row["remark"],
            )
            for row in csv.DictReader(file)
        )


def counts() -> list[tuple[str, int, int, int]]:
    """For each answer how many requirements have it: of level 1, of level 2, of both."""
    found = Counter((one.answer, one.level) for one in requirements())
    return [(one, found[one, 1], found[one, 2], found[one, 1] + found[one, 2]) for one in ANSWERS]


def by_chapter(chosen: Iterable[Requirement]) -> list[tuple[int, str, list[Requirement]]]:
    """Number and name of each chapter with its requirements."""
    return [
        (number, CHAPTERS[number], list(rows)) for number, rows in groupby(chosen, lambda one: one.chapter)
    ]
