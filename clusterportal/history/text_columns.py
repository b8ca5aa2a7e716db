"""Every text that the database holds, whatever table it stands in: read from the catalog, so that none is forgotten."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.apps import apps
from django.db import connection, models
from pghistory.models import Event

from clusterportal.core.labels import field_label
from clusterportal.history.changes import tracked_model

_left_out: dict[str, str] = {
    "django_content_type": "names of models, made by migrating",
    "django_migrations": "names of migrations",
    "auth_permission": "names of permissions, made by migrating",
    "django_session.session_data": "packed and signed; sessions are unpacked and searched by themselves",
    "accounts_user.password": "a hash",
    "mfa_authenticator.data": "secrets, encrypted; they go with the account",
    "procrastinate_events": "codes",
    "procrastinate_periodic_defers": "names of tasks",
}
_CODES = {"pgh_label"}  # what the history calls a version: insert, update, delete
_CATALOG = """
SELECT relname, attname, format_type(atttypid, atttypmod), typcategory, typname, attgenerated <> '',
    COALESCE(attnum = ANY(indkey), false)
FROM pg_attribute
JOIN pg_class ON pg_class.oid = attrelid
JOIN pg_type ON pg_type.oid = atttypid
LEFT JOIN pg_index ON indrelid = attrelid AND indisprimary
WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace AND attnum > 0 AND NOT attisdropped
ORDER BY relname, attnum
"""


def leave_out(place: str, why: str) -> None:
    """Say that a table, or `table.column`, holds no text of people of its own, and why."""
    _left_out[place] = why


def left_out() -> dict[str, str]:
    """What is not searched, with the reason."""
    return dict(_left_out)


@dataclass(frozen=True)
class Column:
    """A column with text. `shape`: text, json or array; `type` as PostgreSQL writes it."""

    name: str
    type: str
    shape: str
    is_key: bool
    field: models.Field | None

    @property
    def label(self) -> str:
        if self.field is None:
            return self.name
        return field_label(self.field)

    @property
    def longest(self) -> int | None:
        """Characters that the column takes; None without a limit."""
        return getattr(self.field, "max_length", None) if self.shape == "text" else None

    @property
    def as_text(self) -> str:
        name = connection.ops.quote_name(self.name)
        return f"{name}::text" if self.shape == "text" else f"to_jsonb({name})::text"


@dataclass(frozen=True)
class TextTable:
    """A table with texts; `model` where there is one, `tracked` the model whose versions it keeps."""

    name: str
    key: str
    columns: tuple[Column, ...]
    model: type[models.Model] | None

    @cached_property
    def quoted(self) -> str:
        return connection.ops.quote_name(self.name)

    @property
    def event_model(self) -> type[Event] | None:
        """The model, where the rows are versions of records."""
        return self.model if self.model is not None and issubclass(self.model, Event) else None

    @property
    def tracked(self) -> type[models.Model] | None:
        return tracked_model(self.event_model) if self.event_model else None

    @property
    def subject(self) -> type[models.Model] | None:
        """The model that the rows are, or are versions of."""
        return self.tracked or self.model

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


def tables() -> list[TextTable]:
    """All tables with texts that are searched, in the order of their names."""
    with connection.cursor() as cursor:
        cursor.execute(_CATALOG)
        rows = cursor.fetchall()
    known = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy
    }
    found = []
    for name in dict.fromkeys(row[0] for row in rows):
        own = [row for row in rows if row[0] == name]
        keys = [row[1] for row in own if row[6]]
        columns = tuple(column for row in own if (column := _column(row, known.get(name))))
        if columns and name not in _left_out and len(keys) == 1:
            found.append(TextTable(name, keys[0], columns, known.get(name)))
    return found


def _column(row: tuple, model: type[models.Model] | None) -> Column | None:
    table, name, type_, category, base, is_generated, is_key = row
    shape = {"S": "text", "A": "array"}.get(category, "json" if base in ("json", "jsonb") else "")
    if shape == "array" and base.lstrip("_") not in ("text", "varchar", "bpchar"):
        return None
    if not shape or is_generated or name in _CODES or f"{table}.{name}" in _left_out:
        return None
    fields = {field.column: field for field in model._meta.concrete_fields} if model else {}
    return Column(name, type_, shape, is_key, fields.get(name))


# ---------- values ----------
def unpacked(column: Column, value: str | None):
    """What a row holds in the column, from its `as_text`."""
    return value if column.shape == "text" or value is None else json.loads(value)


def leaves(value) -> Iterator[str]:
    """Every text within a value, keys included, in their order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one)


def rewritten(value, texts: Iterator[str]):
    """The same value with its texts replaced by `texts`, in the order of `leaves`."""
    if isinstance(value, str):
        return next(texts)
    if isinstance(value, dict):
        return {next(texts): rewritten(one, texts) for one in value.values()}
    if isinstance(value, list):
        return [rewritten(one, texts) for one in value]
    return value
