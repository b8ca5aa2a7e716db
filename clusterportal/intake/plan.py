"""What an import would do: one entry a row, planned before anything is written."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext as _

from clusterportal.intake.row_facts import Link, Normalised, Problem, Reason


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    POSSIBLE = "possible"  # perhaps an actor of the registry: somebody has to say
    SKIPPED = "skipped"
    NOT_A_ROW = "passed"  # the header once more, a total, a note
    INVALID = "invalid"


class Probable(StrEnum):
    """What is done with a row that probably means an actor of the registry, when nobody has decided."""

    ASK = "ask"
    NEW = "new"
    SKIP = "skip"
    MATCH = "match"


LEFT_OUT = "leave"  # the decision to leave a row out


class Candidate(NamedTuple):
    """An actor of the registry that a row probably means, and why that is likely."""

    pk: int
    title: str
    why: str
    similarity: int  # per cent


def candidates_in_words(candidates: list[Candidate]) -> str:
    """The actors that a row probably means, for a report."""
    actors = "; ".join(f"{candidate.title} ({candidate.why})" for candidate in candidates)
    return _("Probably means: %(actors)s.") % {"actors": actors}


@dataclass(slots=True)
class PartChange:
    """Changes of the items of one part of one actor."""

    add: list[dict] = field(default_factory=list)
    update: list[tuple[int, dict]] = field(default_factory=list)  # primary key, item
    remove: list[int] = field(default_factory=list)
    # Each change as (item that the registry holds, item that it will hold); None for none.
    items: list[tuple[dict | None, dict | None]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.add or self.update or self.remove)


@dataclass(slots=True)
class Entry:
    """A row and the changes of its actor. `fields`: what is written; of a new actor all of it."""

    row: int
    outcome: Outcome
    pk: int | None = None
    title: str = ""
    fields: dict = field(default_factory=dict)
    before: dict = field(default_factory=dict)  # what the registry holds in the fields that change
    parts: dict[str, PartChange] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    replaces_relations: bool = False  # the row names all outgoing relations; others are removed
    fills_relations: bool = False  # the row's relations count only where its actor has none
    normalised: list[Normalised] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)

    @property
    def node(self) -> int:
        """An end of a relation: the primary key, or the negative row number of an actor still to be made."""
        return self.pk or -self.row


class RelationLine(NamedTuple):
    """A change of one relation, for the report of a row; `other` is the node of the other end.

    `before` and `after` are its details (since, until ...); None where the relation is not there. `pk`: of a relation
    that is recorded.
    """

    row: int
    kind: str
    other: int
    before: dict | None
    after: dict | None
    pk: int | None = None


@dataclass(slots=True)
class RelationChanges:
    add: list[tuple[int, int, str, dict]] = field(
        default_factory=list
    )  # source, target (nodes), kind, values
    update: list[tuple[int, dict]] = field(default_factory=list)
    remove: list[int] = field(default_factory=list)
    lines: list[RelationLine] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.add or self.update or self.remove)


class Miscounted(RuntimeError):
    """Rows were lost or counted twice: a fault of the portal, not of the table. Nothing was written."""

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
    """Everything that an import does. Entries of rows that are not taken hold nothing to write."""

    entries: list[Entry] = field(default_factory=list)
    read: int = 0  # rows that the table gave
    relations: RelationChanges = field(default_factory=RelationChanges)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # sentences about the whole table
    new_topics: dict[str, str] = field(default_factory=dict)  # names by slug; those that a row uses are made

    @property
    def counts(self) -> dict[Outcome, int]:
        """Rows by outcome, every outcome present."""
        found = Counter(entry.outcome for entry in self.entries)
        return {outcome: found[outcome] for outcome in Outcome}

    def check_counts(self) -> None:
        """Raises Miscounted unless every row that was read has exactly one entry under a number of its own."""
        counted = sum(self.counts.values())
        numbers = len({entry.row for entry in self.entries})
        if not self.read == counted == numbers:
            raise Miscounted(self.read, counted, numbers)

    @property
    def used_topics(self) -> dict[str, str]:
        """The new topics that a row would write, by slug: those of refused rows are not made."""
        if not self.new_topics:
            return {}
        taken = [entry for entry in self.entries if entry.outcome in (Outcome.NEW, Outcome.CHANGED)]
        changes = [entry.parts["topics"] for entry in taken if "topics" in entry.parts]
        used = {item["topic"] for change in changes for item in change.add}
        return {slug: name for slug, name in self.new_topics.items() if slug in used}

    @property
    def has_invalid(self) -> bool:
        return any(entry.outcome is Outcome.INVALID for entry in self.entries)

    def refuse(self, entry: Entry, *reasons: Reason) -> None:
        """Makes the row invalid for these reasons (column, value, reason); nothing of it will be written."""
        self._close(entry, Outcome.INVALID, reasons)

    def skip(self, entry: Entry, reason: str) -> None:
        """Leaves the row out without calling it wrong."""
        self._close(entry, Outcome.SKIPPED, [("", "", reason)])

    def skip_line(self, entry: Entry, reason: str) -> None:
        """Leaves out a line that is not a row of the table."""
        self._close(entry, Outcome.NOT_A_ROW, [("", "", reason)])

    def remark(self, entry: Entry, column: str, value: str, text: str) -> None:
        """Adds a remark on a row that is taken all the same."""
        self.problems.append(Problem(entry.row, column, value, text))

    def _close(self, entry: Entry, outcome: Outcome, reasons: Iterable[Reason]) -> None:
        entry.outcome, entry.fields, entry.before, entry.parts, entry.links = outcome, {}, {}, {}, []
        entry.replaces_relations = entry.fills_relations = False
        self.problems += [Problem(entry.row, *reason) for reason in reasons]
