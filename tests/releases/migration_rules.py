"""What migrations may do to tables of the last release while people read them, and how each refusal is mended.

Whoever changes a table holds it for the rest of the transaction, and every reader waits: so nothing that takes longer
with more rows may happen meanwhile. And the former release goes on reading until the new one has started: so nothing
that it reads may go or get another name. Tables that no release has yet are nobody's concern.

Of our own: the linters there are read the text of files. They neither know which tables and columns are there already
nor what a field was before, and so refuse new tables and pass over what is done by SQL files.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently, ValidateConstraint
from django.db import connection
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import AutoField, CheckConstraint, Field, GeneratedField, Value
from django.db.models.functions import Now
from pgtrigger.migrations import AddTrigger, RemoveTrigger

_INDEX = "builds an index while nobody can read"
_CONCURRENTLY = "db_index=False, and AddIndexConcurrently in a migration with atomic = False"
_STILL_READ = "the former release still reads it"
_TWO_STEPS = (
    "now take it out of the models alone, SeparateDatabaseAndState(state_operations=[…]), with null or db_default in "
    "the database; drop it by RunSQL after the next release"
)
_CHECKED = "reads every row while nobody else can"
_NOT_VALID = "AddConstraintNotValid, and ValidateConstraint in a migration of its own"
_REWRITES = "writes the whole table anew while nobody can read"
_FILLED = "add a column that may be empty, fill it in a migration of its own, and read it from then on"
_CREATE_INDEX = re.compile(r'CREATE\s+(?:UNIQUE\s+)?INDEX\s+(?!CONCURRENTLY)[^;]*?\bON\s+"?(\w+)', re.I)
_ALTER = re.compile(
    r'ALTER\s+TABLE\s+(?:ONLY\s+)?"?(\w+)"?\s+(DROP\s+COLUMN|RENAME|ALTER\s+(?:COLUMN\s+)?\S+\s+(?:SET\s+DATA\s+)?TYPE)'
    r'\s*(?:COLUMN\s+|IF\s+EXISTS\s+)*"?(\w*)',
    re.I,
)
_WRITES = re.compile(r"^\s*(?:INSERT|UPDATE|DELETE)\b", re.I | re.M)
_BODY = re.compile(r"\$(\w*)\$.*?\$\1\$", re.S)  # of a function: nothing of it runs yet
_OURS = ("clusterportal.", "actors", "layers", "applications")
_HOLDING = (  # for everybody, until the migration ends
    operations.AddField, operations.AlterField, operations.AddConstraint, operations.RemoveConstraint,
    operations.RemoveIndex, RemoveTrigger,
)  # fmt: skip


@dataclass
class Release:
    """What is stored where a release runs: models by app and name, columns by table."""

    models: set[tuple[str, str]]
    columns: set[tuple[str, str]]

    @classmethod
    def of(cls, state: ProjectState) -> "Release":
        columns = set()
        for (app_label, name), model in state.models.items():
            table = model.options.get("db_table") or f"{app_label}_{name}"
            for one, stored in model.fields.items():
                columns.add((table, stored.db_column or (f"{one}_id" if stored.remote_field else one)))
        return cls(set(state.models), columns)


@dataclass
class Judge:
    """Goes through the operations of one migration, in their order."""

    release: Release
    migration: Migration
    is_holding: bool = False  # a table of the release, from now on
    not_valid: set[str] = field(default_factory=set)

    def violations(self, state: ProjectState) -> Iterator[str]:
        """A sentence each; brings the state to what it is after the migration."""
        app_label = self.migration.app_label
        for whole in self.migration.operations:
            is_split = isinstance(whole, operations.SeparateDatabaseAndState)
            for operation in whole.database_operations if is_split else [whole]:
                for why, how in self._reasons(operation, state):
                    yield f"{app_label}.{self.migration.name}: {operation.describe()}: {why}. Instead: {how}."
                if isinstance(operation, _HOLDING) and self._is_stored(operation):
                    self.is_holding = self.migration.atomic
            _move(state, app_label, whole)

    def _is_stored(self, operation: Operation) -> bool:
        named = [
            getattr(operation, one) for one in ("model_name", "old_name", "name") if hasattr(operation, one)
        ]
        return bool(named) and (self.migration.app_label, named[0].lower()) in self.release.models

    def _reasons(self, operation: Operation, state: ProjectState) -> Iterator[tuple[str, str]]:
        match operation:
            case operations.RunSQL():
                yield from self._of_sql(str(operation.sql))
            case operations.RunPython() if self.is_holding:
                yield "works on rows while the migration holds a table", "a migration of its own"
            case ValidateConstraint() if operation.name in self.not_valid:
                yield _CHECKED, "ValidateConstraint in a migration of its own"
            case _ if not self._is_stored(operation):
                return
            case operations.AddField():
                yield from _of_new_field(operation.field)
            case operations.AlterField():
                before = state.models[self.migration.app_label, operation.model_name_lower]
                yield from _of_changed_field(before.fields[operation.name], operation.field)
            case operations.RemoveField() | operations.DeleteModel():
                yield _STILL_READ, _TWO_STEPS
            case operations.RenameField() | operations.RenameModel() | operations.AlterModelTable():
                yield _STILL_READ, "keep the name in the database by db_column or db_table"
            case AddIndexConcurrently():
                return
            case operations.AddIndex():
                yield _INDEX, "AddIndexConcurrently in a migration with atomic = False"
            case AddConstraintNotValid():
                self.not_valid.add(operation.constraint.name)
            case operations.AddConstraint() if isinstance(operation.constraint, CheckConstraint):
                yield _CHECKED, _NOT_VALID
            case operations.AddConstraint() | operations.AlterUniqueTogether():
                how = "CREATE UNIQUE INDEX CONCURRENTLY by RunSQL with state_operations, atomic = False"
                yield _INDEX, how

    def _of_sql(self, sql: str) -> Iterator[tuple[str, str]]:
        sql, tables = _BODY.sub("", sql), {table for table, _column in self.release.columns}
        if any(table in tables for table in _CREATE_INDEX.findall(sql)):
            yield _INDEX, "CREATE INDEX CONCURRENTLY in a migration with atomic = False"
        for table, what, column in _ALTER.findall(sql):
            if what.upper().startswith("ALTER") and table in tables:
                yield _REWRITES, _FILLED
            elif (table, column) in self.release.columns or (what.upper() == "RENAME" and table in tables):
                yield _STILL_READ, _TWO_STEPS
        if self.is_holding and _WRITES.search(sql):
            yield "works on rows while the migration holds a table", "a migration of its own"


def _move(state: ProjectState, app_label: str, operation: Operation) -> None:
    """Triggers are passed over: they change no column, and pgtrigger would make all classes anew for each."""
    if not isinstance(operation, AddTrigger | RemoveTrigger):
        operation.state_forwards(app_label, state)


def _of_new_field(new: Field) -> Iterator[tuple[str, str]]:
    default = new._db_default_expression if new.has_db_default() else None
    if isinstance(new, GeneratedField | AutoField) or not isinstance(default, Value | Now | None):
        yield _REWRITES, _FILLED
    if new.db_index or new.unique:
        yield _INDEX, _CONCURRENTLY


def _of_changed_field(old: Field, new: Field) -> Iterator[tuple[str, str]]:
    if (new.db_index or new.unique) and not (old.db_index or old.unique):
        yield _INDEX, _CONCURRENTLY
    if old.null and not new.null:
        yield _CHECKED, f"first a check that it is not null ({_NOT_VALID}); after it PostgreSQL reads nothing"
    if old.db_column != new.db_column:
        yield _STILL_READ, "keep the name in the database by db_column"
    if old.remote_field or new.remote_field:  # of the key that is pointed to
        is_same = type(old) is type(new) and str(old.remote_field.model) == str(new.remote_field.model)
    else:
        is_same = old.db_type(connection) == new.db_type(connection) or _is_wider(old, new)
    if not is_same:
        yield _REWRITES, _FILLED


def _is_wider(old: Field, new: Field) -> bool:
    kinds = {one.get_internal_type() for one in (old, new)} - {"CharField", "SlugField", "TextField"}
    sizes = [one.max_length or float("inf") for one in (old, new)]
    return not kinds and sizes[1] >= sizes[0] and new.get_internal_type() != "SlugField"


def violations(released: set[str]) -> list[str]:
    """What migrations of ours that are not among the `released` ("app.name") do that they should not."""
    graph = MigrationLoader(None).graph
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith(_OURS)}
    plan = graph._generate_plan(graph.leaf_nodes(), at_end=True)
    state = ProjectState()
    for key in plan:
        if ".".join(key) in released:
            for operation in graph.nodes[key].operations:
                _move(state, key[0], operation)
    release, found = Release.of(state), []
    for key in plan:
        if ".".join(key) not in released:
            sentences = list(Judge(release, graph.nodes[key]).violations(state))
            found += sentences if key[0] in ours else []  # those of libraries are theirs
    return found
