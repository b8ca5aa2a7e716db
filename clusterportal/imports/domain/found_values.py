"""What stands in the cells of a table, counted: by it separators are found, and values mapped once for each."""

from collections import Counter, defaultdict
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import islice

from django.core.exceptions import ValidationError

from actors.columns.cells import items_in
from actors.columns.parts import PARTS
from actors.columns.placeholders import stated
from actors.columns.values import neat, text_of
from actors.columns.vocabulary import Vocabulary
from clusterportal.imports.domain.nouns import ActorImporter
from clusterportal.imports.domain.repairs import repaired_rows
from clusterportal.imports.models import ImportRun
from clusterportal.intake.cell_separators import found_separator
from clusterportal.intake.column_values import RECORDS, VALUE_COLUMNS, key_of, meaning, model_of
from clusterportal.intake.profiles import Profile
from clusterportal.tables.formats import UnreadableTable
from clusterportal.tables.unreadable_cells import UnreadableCell

MOST_ROWS = 20_000  # in which values are counted; those of later rows are treated by the rule of their column
MOST_VALUES = 200  # of a column that are shown, the most frequent ones
MOST_KEPT = 2_000  # of a column, of which it is found out what they mean
_LONGEST_VALUE = 200  # characters; a longer text is no value of a list


@dataclass(frozen=True)
class FoundValue:
    """A value as most cells write it, in how many rows it stands, and what it means by itself (code or slug)."""

    text: str
    rows: int
    meaning: str = ""


@dataclass(frozen=True)
class ColumnValues:
    """The different values of one column, the most frequent first."""

    column: str
    known: list[FoundValue]
    unknown: list[FoundValue]  # at most MOST_VALUES
    more: int = 0  # further unknown values
    more_rows: int = 0  # rows in which these stand


@dataclass(frozen=True)
class FoundValues:
    """The values of a table; `is_whole`: every row was counted."""

    columns: list[ColumnValues]
    is_whole: bool = True


def find_values(run: ImportRun) -> FoundValues:
    """The values of the columns that have a vocabulary, as the run maps and parts them."""
    profile = ActorImporter.profile(run.options)
    columns = {*run.options.get("mapping", {}).values()} & {*VALUE_COLUMNS}
    if not columns:
        return FoundValues([])
    vocabulary = Vocabulary()
    counts, is_whole = _counted(run, profile, columns, vocabulary)
    found = [_column(column, counts[column], vocabulary) for column in VALUE_COLUMNS if counts.get(column)]
    return FoundValues(found, is_whole)


def separators_in(cells: dict[str, Counter[str]], columns: dict[str, str]) -> dict[str, str]:
    """The sign that parts the cells of each column, by heading. `columns`: what the headings mean."""
    vocabulary = Vocabulary()
    found = {}
    for title, column in columns.items():
        model = model_of(column) if column in RECORDS else None

        def is_known(text: str, model=model) -> bool:
            return model is not None and vocabulary.knows(model, text)

        if sign := found_separator(column, cells.get(title, Counter()), is_known):
            found[title] = sign
    return found


def _counted(
    run: ImportRun, profile: Profile, columns: set[str], vocabulary: Vocabulary
) -> tuple[dict[str, dict[str, Counter[str]]], bool]:
    """By column and key of the value, in how many rows each spelling stands; and whether all rows were read."""
    counts: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    is_whole = False
    # Where reading takes too long for a page, or breaks off, what was counted so far is offered.
    with closing(repaired_rows(run, is_brief=True)) as rows, suppress(UnreadableTable):
        for _number, row in islice(rows, MOST_ROWS):
            present = {name: row[name] for name in columns & row.keys()}
            present = {name: cell for name, cell in present.items() if not isinstance(cell, UnreadableCell)}
            for column, cell in stated(present).items():
                for text in _texts(column, cell, profile, vocabulary):
                    counts[column][key_of(text)][text] += 1
        is_whole = next(rows, None) is None
    return counts, is_whole


def _texts(column: str, cell, profile: Profile, vocabulary: Vocabulary) -> set[str]:
    try:
        if column not in RECORDS:
            return {text for text in (neat(text_of(cell)),) if 0 < len(text) <= _LONGEST_VALUE}
        chosen = profile.values.get(column, ())
        items = items_in(
            column,
            cell,
            lambda model, text: key_of(text) in chosen or vocabulary.knows(model, text),
            separator=profile.separators.get(column, ""),
        )
    except ValidationError:
        return set()  # the check of the row says why
    (reference,) = PARTS[column].references
    texts = {item[reference] for item in items if isinstance(item.get(reference), str)}
    return {text for text in texts if 0 < len(text) <= _LONGEST_VALUE}


def _column(column: str, counts: dict[str, Counter[str]], vocabulary: Vocabulary) -> ColumnValues:
    found = [(spellings.most_common(1)[0][0], spellings.total()) for spellings in counts.values()]
    found.sort(key=lambda value: (-value[1], key_of(value[0])))
    values = [
        FoundValue(text, rows, meaning(column, text, vocabulary) or "") for text, rows in found[:MOST_KEPT]
    ]
    unknown = [value for value in values if not value.meaning]
    rest = [value.rows for value in unknown[MOST_VALUES:]] + [rows for _text, rows in found[MOST_KEPT:]]
    return ColumnValues(
        column,
        [value for value in values if value.meaning],
        unknown[:MOST_VALUES],
        len(rest),
        sum(rest),
    )
