"""What one row of a file says about one actor, before it is compared with the registry."""

import json
from dataclasses import dataclass, field
from typing import NamedTuple

Reason = tuple[str, str, str]  # column, value, reason: why a row, or a cell of it, is not taken


class Reference(NamedTuple):
    """How a file names an actor: `scheme` is "slug" or the scheme of an identifier."""

    scheme: str
    value: str


class Link(NamedTuple):
    """A relation that a row states; an end that is None is the row's own actor."""

    kind: str
    source: Reference | None
    target: Reference | None
    values: dict  # since, until, note, evidence


class Problem(NamedTuple):
    """Why a row, or a cell of it, was not taken. `row` as in the spreadsheet, where the header is row 1."""

    row: int
    column: str
    value: str
    reason: str


class Normalised(NamedTuple):
    """A value of the table, and the spelling in which the registry holds it."""

    column: str
    before: str
    after: str


@dataclass(slots=True)
class RowFacts:
    """Fields by the model's names, parts by column; only what the row states is present."""

    fields: dict = field(default_factory=dict)
    parts: dict[str, list[dict]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    cells: dict = field(default_factory=dict)  # by column: the cells of parts, before they are read
    address: str = ""  # a whole address that stands in one cell
    problems: list[Reason] = field(default_factory=list)
    remarks: list[Reason] = field(default_factory=list)  # of cells that are taken
    partial: set[str] = field(
        default_factory=set
    )  # columns of parts of which the row names some items, not all
    membership: dict | None = None  # in the cluster of the whole import, beside those that the row names
    in_any_language: dict[str, list[str]] = field(default_factory=dict)  # field -> it and its translations
    fills_empty_fields: bool = False  # values of the registry stay; the row only adds what is missing
    skipped: str = ""  # why the row is no actor for the registry
    original: dict = field(default_factory=dict)  # by field: the value of the table, where it was normalised

    # By field: a value of the registry that the row corrects even where it only fills empty fields.
    corrects: dict[str, str] = field(default_factory=dict)

    def add_problem(self, column: str, value, reason: str) -> None:
        self.problems.append((column, _shown(value), reason))

    def add_remark(self, column: str, value, text: str) -> None:
        """Adds a remark on a cell that is taken all the same."""
        self.remarks.append((column, _shown(value), text))


def _shown(value) -> str:
    is_nested = isinstance(value, (dict, list))
    text = (
        json.dumps(value, ensure_ascii=False, default=str)
        if is_nested
        else str("" if value is None else value)
    )
    return text if len(text) <= 200 else f"{text[:199]}…"
