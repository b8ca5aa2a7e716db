"""What an import would do: one entry a row, found out before anything is written."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext as _

from clusterportal.intake.row_facts import Link, Normalised, Problem


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    POSSIBLE = "possible"  # perhaps an actor of the registry: somebody has to say
    SKIPPED = "skipped"
    PASSED = "passed"  # no row of the table: its header once more, a total, a note
    INVALID = "invalid"


class Probable(StrEnum):
    """What becomes of a row that probably means an actor of the registry, when nobody has decided."""

    ASK = "ask"
    NEW = "new"
    SKIP = "skip"
    MATCH = "match"


LEAVE = "leave"  # the decision to leave a row out


class Candidate(NamedTuple):
    """An actor of the registry that a row probably means, and why that is likely."""

    pk: int
    title: str
    why: str
    similarity: int  # per cent


def named(candidates: list[Candidate]) -> str:
    """The actors that a row probably means, for a report."""
    actors = "; ".join(f"{candidate.title} ({candidate.why})" for candidate in candidates)
    return _("Probably means: %(actors)s.") % {"actors": actors}


@dataclass(slots=True)
class PartChange:
    """What becomes of the items of one part of one actor."""

    add: list[dict] = field(default_factory=list)
    update: list[tuple[int, dict]] = field(default_factory=list)  # primary key, item
    remove: list[int] = field(default_factory=list)
    # Of each of them what the registry holds and what it will hold; None where it does not.
    items: list[tuple[dict | None, dict | None]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.add or self.update or self.remove)


@dataclass(slots=True)
class Entry:
    """A row and what becomes of its actor. `fields` holds what is written, all of it for a new actor."""

    row: int
    outcome: Outcome
    pk: int | None = None
    title: str = ""
    fields: dict = field(default_factory=dict)
    before: dict = field(default_factory=dict)  # what the registry holds in the fields that change
    parts: dict[str, PartChange] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    replaces_relations: bool = False  # the row names all outgoing relations, so that others go
    normalised: list[Normalised] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)

    @property
    def node(self) -> int:
        """An end of a relation: the primary key, or the negative row number of an actor still to be made."""
        return self.pk or -self.row


class RelationLine(NamedTuple):
    """A change of one relation as the row's reader sees it; `other` is the node of the other end.

    `before` and `after` are what is said of it (since, note ...); None where it is not there.
    """

    row: int
    kind: str
    other: int
    before: dict | None
    after: dict | None


@dataclass(slots=True)
class RelationChanges:
    add: list[tuple[int, int, str, dict]] = field(
        default_factory=list
    )  # source node, target node, kind, values
    update: list[tuple[int, dict]] = field(default_factory=list)
    remove: list[int] = field(default_factory=list)
    lines: list[RelationLine] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.add or self.update or self.remove)


class Miscounted(RuntimeError):
    """A fault of the portal, not of the table: rows were lost or counted twice. Nothing was written."""

    def __init__(self, read: int, counted: int, numbers: int):
        super().__init__(
            _(
                "This is a fault of the portal, and nothing was written: %(read)s rows were read, "
                "%(counted)s are accounted for, %(numbers)s of them under a number of their own. Please report it."
            )
            % {"read": read, "counted": counted, "numbers": numbers}
        )


@dataclass
class Plan:
    """Everything that an import does. Rows that are skipped or invalid keep only their problems."""

    entries: list[Entry] = field(default_factory=list)
    read: int = 0  # rows that the table gave
    relations: RelationChanges = field(default_factory=RelationChanges)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # what was passed over for the whole table, in words

    @property
    def counts(self) -> dict[Outcome, int]:
        """Rows by outcome, every outcome present."""
        found = Counter(entry.outcome for entry in self.entries)
        return {outcome: found[outcome] for outcome in Outcome}

    def check_accounts(self) -> None:
        """Every row that was read has become of one kind, and each number stands once; raises Miscounted."""
        counted = sum(self.counts.values())
        numbers = len({entry.row for entry in self.entries})
        if not self.read == counted == numbers:
            raise Miscounted(self.read, counted, numbers)

    @property
    def has_invalid(self) -> bool:
        return any(entry.outcome is Outcome.INVALID for entry in self.entries)

    def refuse(self, entry: Entry, *reasons: tuple[str, str, str]) -> None:
        """Makes the row invalid for these reasons (column, value, reason); nothing of it will be written."""
        self._close(entry, Outcome.INVALID, reasons)

    def skip(self, entry: Entry, reason: str) -> None:
        """Leaves the row out without calling it wrong."""
        self._close(entry, Outcome.SKIPPED, [("", "", reason)])

    def pass_over(self, entry: Entry, reason: str) -> None:
        """Leaves out a line that is no row of the table."""
        self._close(entry, Outcome.PASSED, [("", "", reason)])

    def remark(self, entry: Entry, column: str, value: str, text: str) -> None:
        """Says something about a row that is taken all the same."""
        self.problems.append(Problem(entry.row, column, value, text))

    def _close(self, entry: Entry, outcome: Outcome, reasons) -> None:
        entry.outcome, entry.fields, entry.before, entry.parts, entry.links = outcome, {}, {}, {}, []
        entry.replaces_relations = False
        self.problems += [Problem(entry.row, *reason) for reason in reasons]
