"""Where a person stands in any text of the database, of today and of before, and how the words are taken out."""

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property

import pgtrigger
from django.core.files.storage import Storage
from django.db import Error, connection, models, transaction
from pghistory.models import Context

from clusterportal.core.pictures import PictureField, copy_names
from clusterportal.history.models import FROZEN
from clusterportal.history.person import Person
from clusterportal.history.text_columns import Column, TextTable, leaves, rewritten, tables, unpacked
from clusterportal.history.version_loss import forget_by, redact_version

MARK = "[entfernt]"  # stands in texts where a person was named
_MARKED_SLUG = "entfernt"
MOST_ROWS = 5000  # of one table that one search reads
Text = tuple[str, list[tuple[int, int]]]  # and where in it the person is named
Texts = dict[str, list[Text]]  # by column
_WHOLE = (models.EmailField, models.URLField)  # of no use with a mark in the middle


@dataclass(frozen=True)
class Hit:
    """A row that names the person. `record`: key of the record that it is, or is a version of.

    `spots`: for each column the texts in it that name the person, with the places.
    """

    table: TextTable
    key: str
    record: str
    spots: Texts

    @property
    def is_version(self) -> bool:
        return self.table.tracked is not None

    @property
    def place(self) -> tuple[str, str]:
        """Table and key of the record, the same for all its versions."""
        return _name_of(self.table), self.record

    def texts(self) -> Iterator[str]:
        """The very words."""
        for found in self.spots.values():
            for text, spans in found:
                yield from (text[start:end] for start, end in spans)


class Search:
    """Everything that names a person; each table is read once."""

    def __init__(self, person: Person):
        self.person = person
        self.is_cut = False  # some table holds more than one search reads

    @cached_property
    def hits(self) -> list[Hit]:
        if not self.person.is_given:
            return []
        return [hit for table in tables() for hit in self._hits_in(table)]

    def within(self, model: type[models.Model], *columns: str) -> list[Hit]:
        """Hits in records of `model` and in their versions; with `columns` only those in one of them."""
        name = model._meta.db_table
        return [
            hit
            for hit in self.hits
            if hit.place[0] == name and (not columns or set(columns) & hit.spots.keys())
        ]

    def _hits_in(self, table: TextTable) -> Iterator[Hit]:
        whole = f"concat_ws(E'\\n', {', '.join(column.as_text for column in table.columns)})"
        ways = self.person.possible()
        condition = " OR ".join(f"({' AND '.join([f'{whole} ~* %s'] * len(way))})" for way in ways)
        rows = _rows(table, condition, [pattern for way in ways for pattern in way], limit=MOST_ROWS + 1)
        self.is_cut = self.is_cut or len(rows) > MOST_ROWS
        for key, record, values in rows[:MOST_ROWS]:
            if spots := _spots(self.person, table, values):
                yield Hit(table, key, record, spots)


@dataclass
class Redaction:
    """What taking the words out did; `failed`: tables and keys of rows that the database would not change."""

    rows: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)
    files: list[tuple[Storage, str]] = field(default_factory=list)  # to be deleted after the commit
    slugs: set[str] = field(default_factory=set)  # that named the person


def redact(person: Person, places: Iterable[tuple[str, str]]) -> Redaction:
    """Take the person out of records (`Hit.place`) and out of all their versions; in a transaction of the caller."""
    done = Redaction()
    chosen: dict[str, list[str]] = {}  # keys of records by table
    for name, record in places:
        chosen.setdefault(name, []).append(record)
    known = tables()
    with ExitStack() as stack:
        for table in known:
            if table.event_model:
                stack.enter_context(pgtrigger.ignore(f"{table.event_model._meta.label}:append_only"))
            elif table.model and any(
                one.name == FROZEN for one in getattr(table.model._meta, "triggers", ())
            ):
                stack.enter_context(pgtrigger.ignore(f"{table.model._meta.label}:{FROZEN}"))
        for table in sorted(
            known, key=lambda one: one.tracked is not None
        ):  # versions last: changing writes some
            for record in chosen.get(_name_of(table), []):
                _redact_rows(person, table, record, done)
        _forget_slugs(known, done)
    return done


def _redact_rows(person: Person, table: TextTable, record: str, done: Redaction) -> None:
    for key, _record, values in _rows(table, f"{_record_column(table)} = %s", [record]):
        texts = _texts(person, table, values)
        columns = [
            table.column(name) for name, found in texts.items() if any(spans for _text, spans in found)
        ]
        try:
            with transaction.atomic():
                if any(column.is_key or column.name == _record_column(table) for column in columns):
                    done.slugs.add(record)
                    _delete(table, key)
                elif columns:
                    new = {
                        c: _without(person, c, values[c.name], texts[c.name], record, done) for c in columns
                    }
                    _rewrite(table, key, new)
                done.rows += bool(columns)
        except Error:
            done.failed.append((table.name, key))


def _rewrite(table: TextTable, key: str, new: dict[Column, str | list[str]]) -> None:
    if table.event_model or table.model is Context:
        values = {
            one.name: json.loads(str(value)) if one.shape == "json" else value for one, value in new.items()
        }
        redact_version(table.quoted, key, values)
        return
    sets = ", ".join(f"{connection.ops.quote_name(column.name)} = %s::{column.type}" for column in new)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table.quoted} SET {sets} WHERE {table.key} = %s", [*new.values(), key])


def _without(
    person: Person, column: Column, value: str, texts: list[Text], record: str, done: Redaction
) -> str | list[str]:
    """The value without the person, as a parameter of SQL."""
    if isinstance(column.field, models.FileField):
        done.files += [(column.field.storage, name) for name in _files_of(column.field, value)]
        return ""
    if isinstance(column.field, models.SlugField):
        done.slugs.add(value)
        return f"{_MARKED_SLUG}-{record}"
    if isinstance(column.field, _WHOLE) or column.name.endswith("phone"):
        return ""
    new = rewritten(unpacked(column, value), iter([_marked(person, *text) for text in texts]))
    if column.shape == "array":
        return new
    if column.shape == "json":
        return json.dumps(new, ensure_ascii=False)
    return new if column.longest is None or len(new) <= column.longest else new.replace(MARK, "").strip()


def _together(person: Person, texts: list[str]) -> list[Text]:
    """Each text with the spots in it, those included that name the person only together with the text beside it."""
    alone = [person.spots(text) for text in texts]  # a name within one text is no part of one across two
    spans, found, start = person.spots("\n".join(map(_blanked, texts, alone))), [], 0
    for text, own in zip(texts, alone, strict=True):
        end = start + len(text)
        across = [(max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start]
        found.append((text, sorted([*own, *across])))
        start = end + 1
    return found


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _marked(person: Person, text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]}{MARK}{text[end:]}"
    for start, end in reversed(person.lone_spots(text) if spans else []):
        text = f"{text[:start]}{MARK}{text[end:]}"
    return text


def _spots(person: Person, table: TextTable, values: dict[str, str | None]) -> Texts:
    """What of a row names the person, by column."""
    named = {
        name: [(text, spans) for text, spans in found if spans]
        for name, found in _texts(person, table, values).items()
    }
    return {name: found for name, found in named.items() if found}


def _texts(person: Person, table: TextTable, values: dict[str, str | None]) -> Texts:
    """Every text of a row with the spots in it; first name and surname may stand in columns side by side."""
    by_column = {column.name: list(leaves(unpacked(column, values[column.name]))) for column in table.columns}
    found = iter(_together(person, [text for texts in by_column.values() for text in texts]))
    return {name: [next(found) for _text in texts] for name, texts in by_column.items()}


# ---------- rows ----------
def _name_of(table: TextTable) -> str:
    return table.subject._meta.db_table if table.subject else table.name


def _record_column(table: TextTable) -> str:
    columns = {field_.column for field_ in table.event_model._meta.fields} if table.event_model else set()
    return "pgh_obj_id" if "pgh_obj_id" in columns else table.key


def _rows(
    table: TextTable, condition: str, values: list, limit: int | None = None
) -> list[tuple[str, str, dict]]:
    """Key, record and texts by column of the rows that meet the condition."""
    columns = ", ".join(column.as_text for column in table.columns)
    bound = f" LIMIT {limit}" if limit else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {table.key}::text, {_record_column(table)}::text, {columns} FROM {table.quoted} "
            f"WHERE {condition} ORDER BY {table.key}{bound}",
            values,
        )
        names = [column.name for column in table.columns]
        return [(row[0], row[1], dict(zip(names, row[2:], strict=True))) for row in cursor.fetchall()]


def _delete(table: TextTable, key: str) -> None:
    """A row whose key names the person cannot stay."""
    if table.event_model:
        forget_by(table.quoted, "pgh_id", [key])
        return
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table.quoted} WHERE {table.key} = %s", [key])


def _forget_slugs(known: list[TextTable], done: Redaction) -> None:
    """Former addresses, which a trigger keeps when an address changes, and every version of them."""
    if not done.slugs:
        return
    keyed = {
        _name_of(table) for table in known if any(column.is_key and column.field for column in table.columns)
    }
    for table in sorted(known, key=lambda one: one.tracked is not None):
        if _name_of(table) not in keyed:
            continue
        if table.event_model:
            forget_by(table.quoted, _record_column(table), list(done.slugs))
        else:
            with connection.cursor() as cursor:
                cursor.execute(
                    f"DELETE FROM {table.quoted} WHERE {_record_column(table)}::text = ANY(%s)",
                    [list(done.slugs)],
                )


def _files_of(field_: models.FileField, name: str) -> list[str]:
    """A file with its copies."""
    if not isinstance(field_, PictureField):
        return [name]
    return [name, *copy_names(name, field_.sizes)]
