"""The SQL files say what the database holds, and migrations stand on their own."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.writer import OperationWriter

from clusterportal.core.migrating import InstallSQL, sql_files

ROOT = Path(__file__).resolve().parent.parent
MIGRATIONS = sorted(
    path
    for folder in ("clusterportal", "actors", "layers", "applications")
    for path in (ROOT / folder).glob("**/migrations/0*.py")
)

# Everything that SQL of our own can make: its name, what it says, and whether this transaction has written it.
# Left out is what comes by migrations of others (extensions, jobs, history) and triggers that stand with their model.
OBJECTS = """
SELECT 'function ' || function.oid::regprocedure, pg_get_functiondef(function.oid),
    function.xmin = pg_current_xact_id()::xid
FROM pg_proc function
WHERE pronamespace = current_schema()::regnamespace AND proname !~ '^(pgtrigger|_pgtrigger|_pgh|procrastinate)_'
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = function.oid AND deptype = 'e')
UNION ALL
SELECT 'trigger ' || tgname || ' ON ' || tgrelid::regclass, pg_get_triggerdef(held.oid),
    held.xmin = pg_current_xact_id()::xid
FROM pg_trigger held WHERE NOT tgisinternal AND tgname !~ '^(pgtrigger|procrastinate)_'
UNION ALL
SELECT 'view ' || held.oid::regclass, pg_get_viewdef(held.oid),
    rule.xmin = pg_current_xact_id()::xid
FROM pg_class held JOIN pg_rewrite rule ON ev_class = held.oid
WHERE relkind IN ('v', 'm') AND relnamespace = current_schema()::regnamespace
UNION ALL
SELECT 'table ' || oid::regclass, array_to_string(reloptions, ', '),
    xmin = pg_current_xact_id()::xid
FROM pg_class
WHERE relkind = 'r' AND reloptions IS NOT NULL AND relnamespace = current_schema()::regnamespace
UNION ALL
SELECT 'storage of ' || attrelid::regclass || '.' || attname, attstorage::text,
    held.xmin = pg_current_xact_id()::xid
FROM pg_attribute held JOIN pg_class ON pg_class.oid = attrelid JOIN pg_type kind ON kind.oid = atttypid
WHERE relkind = 'r' AND attnum > 0 AND attstorage <> typstorage AND relnamespace = current_schema()::regnamespace
"""


def objects() -> dict[str, tuple[str, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(OBJECTS)
        return {name: (text, is_written) for name, text, is_written in cursor.fetchall()}


@pytest.mark.django_db
def test_the_files_say_what_the_database_holds():
    """Installed anew, the files change nothing, and what they do not install is not there."""
    before = objects()
    with connection.cursor() as cursor:
        for text in sql_files().values():
            cursor.execute(text)
    after = objects()
    assert {name: text for name, (text, _) in after.items()} == {
        name: text for name, (text, _) in before.items()
    }
    assert [name for name, (_, is_written) in after.items() if not is_written] == []
    assert sum(name.startswith("function registry_") for name in after) >= 20  # the question sees them


def test_no_two_files_of_an_app_have_one_name():
    named = [
        (app.label, path.stem) for app in apps.get_app_configs() for path in Path(app.path).rglob("sql/*.sql")
    ]
    assert sorted(named) == sorted(sql_files())


def test_functions_say_why_they_are_there():
    """A comment stands right above each."""
    bare = [
        line
        for text in sql_files().values()
        for above, line in re.findall(r"(.*)\n(CREATE [\w ]*FUNCTION .*)", text)
        if not above.startswith("-- ")
    ]
    assert bare == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "says"),
    [("SELECT 1;\n", "'SELECT 1;\\n'"), (None, "sql=''")],
    ids=["changed", "gone"],
)
def test_makemigrations_sees_what_became_of_a_file(text, says, monkeypatch, capsys):
    files = {key: held for key, held in sql_files().items() if key != ("core", "text")}
    if text:
        files["core", "text"] = text
    monkeypatch.setattr("clusterportal.core.management.autodetector.sql_files", lambda: files)
    with pytest.raises(SystemExit):
        call_command("makemigrations", "core", "--check", "--dry-run", "-v3")
    said = capsys.readouterr().out
    assert "Install the SQL of text.sql" in said and "InstallSQL(" in said
    assert says in said and "reverse_sql=(" in said


@pytest.mark.django_db
def test_files_and_models_are_what_the_migrations_make():
    call_command("makemigrations", "--check", "--dry-run")


def test_an_installation_is_written_line_by_line_and_read_back():
    operation = InstallSQL("text", "SELECT '\"';\n\n  -- ü\\\n", "SELECT 1")
    written, imports = OperationWriter(operation, indentation=0).serialize()
    assert len(written.splitlines()) > 5
    scope: dict = {}
    exec("\n".join(imports), scope)
    again = eval(written.rstrip(","), scope)
    assert (again.name, again.sql, again.reverse_sql) == (
        operation.name,
        operation.sql,
        operation.reverse_sql,
    )


# What these installed stays when they are taken back; released, so they stay as they are.
RELEASED = {
    ("actors", "0001_initial"),
    ("actors", "0003_needs"),
    ("actors", "0005_needs_again"),
    ("core", "0001_initial"),
    ("history", "0001_initial"),
    ("partners", "0001_feed"),
    ("partners", "0005_lanes_of_the_feed_and_dumps"),
}


def left_over(operation: InstallSQL) -> set[str]:
    """Functions, and tables with triggers, of which the way back says nothing."""
    makes = (r"FUNCTION (registry_\w+)\(", r"TRIGGER \w+ AFTER [A-Z ]+ ON (\w+)", r"\['(\w+)'")
    made = {name for one in makes for name in re.findall(one, operation.sql)}
    return {name for name in made if name not in operation.reverse_sql}


def test_what_a_migration_installs_goes_when_it_is_taken_back():
    lasting = {
        key: found
        for key, migration in MigrationLoader(None).disk_migrations.items()
        if key not in RELEASED
        for operation in migration.operations
        if isinstance(operation, InstallSQL) and (found := left_over(operation))
    }
    assert lasting == {}


def migration_imports(tree: ast.AST):
    """Modules that a migration imports, also by name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")
        elif isinstance(node, ast.Name) and node.id in ("__import__", "import_module"):
            yield node.id


def faults(source: str) -> list[str]:
    """Why a migration does not stand on its own: it takes the text of another one or of a file, or edits one."""
    tree = ast.parse(source)
    taken = [
        name
        for name in migration_imports(tree)
        if re.search(r"^\.|\.migrations\.|^importlib|^runpy|^import_module$|^__import__$", name)
    ]
    edited = [
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("replace", "format", "read_text", "read")
    ]
    return taken + edited


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_migration_stands_on_its_own(path):
    assert faults(path.read_text()) == []


@pytest.mark.parametrize(
    "source",
    [
        "from importlib import import_module",
        "import actors.migrations.m0001_initial",
        "from actors.migrations.m0001_initial import NEAR",
        "from .m0001_initial import NEAR",
        "__import__('x')",
        "SQL = before.NEAR.replace('a', 'b')",
        "SQL = open('x.sql').read()",
    ],
)
def test_what_leans_on_another_is_found(source):
    assert faults(source) != []
