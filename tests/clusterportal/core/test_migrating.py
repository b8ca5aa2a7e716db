"""What the portal's `migrate` does besides Django's."""

from io import StringIO

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.core.management.commands import migrate as django_migrate
from django.db import OperationalError, connection, models
from django.db.migrations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    CreateModel,
    Migration,
    RemoveConstraint,
    RunPython,
    RunSQL,
)
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

from clusterportal.core.management import executor
from clusterportal.core.management.commands import migrate
from clusterportal.core.management.executor import FrugalState, PortalExecutor
from tests import elsewhere


@pytest.mark.django_db(transaction=True)
def test_the_settings_of_trigrams_can_be_named():
    """An upgrade begins with a session that has done nothing yet."""

    def known() -> str | None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('pg_trgm.similarity_threshold', true)")
            return cursor.fetchone()[0]

    connection.close()
    assert known() is None
    call_command("migrate", verbosity=0)
    assert known() == "0.3"


@pytest.mark.django_db
def test_the_database_of_another_version_is_left_alone():
    recorder = MigrationRecorder(connection)
    recorder.record_applied("actors", "0042_of_tomorrow")
    recorder.record_applied("auth", "0042_of_a_library")
    with pytest.raises(
        CommandError, match=r"another version of the portal.* actors\.0042_of_tomorrow\. Start it"
    ):
        call_command("migrate", verbosity=0)


def test_a_new_model_is_added_to_the_classes_there_are():
    """They become what Django makes anew of them: a first start is much faster, and the database is the same."""
    key = ("id", models.BigAutoField(primary_key=True))
    author = CreateModel("Author", [key])
    operations = [
        CreateModel(
            "Book",
            [
                key,
                ("author", models.ForeignKey("shelf.author", models.CASCADE, related_name="books")),
                ("readers", models.ManyToManyField("shelf.author")),
            ],
            {"constraints": [models.UniqueConstraint(fields=["author", "id"], name="book_once")]},
        ),
        AddField(
            "Book", "editor", models.ForeignKey("shelf.author", models.CASCADE, null=True, related_name="+")
        ),
        AddField("Book", "next", models.OneToOneField("self", models.CASCADE, null=True)),
        AddField("Book", "pages", models.IntegerField(default=1), preserve_default=False),
        AddIndex("Book", models.Index("author", name="book_author")),
        AddConstraint("Book", models.CheckConstraint(condition=models.Q(author__gt=0), name="book_written")),
        RemoveConstraint("Book", "book_once"),
        AlterField("Book", "pages", models.IntegerField(choices=[(1, "one")]), preserve_default=False),
    ]

    def grown(state):
        author.state_forwards("shelf", state)
        first = state.apps.get_model("shelf", "author")
        before = state.clone()
        for operation in operations:
            operation.state_forwards("shelf", state)
        assert type(before) is ProjectState  # Django's own: a copy shares the classes
        assert list(before.apps.all_models["shelf"]) == ["author"]
        assert state.is_delayed  # made anew before Python code of a migration
        classes = state.apps.all_models["shelf"]
        held = {
            name: (
                [(field.name, field.related_model) for field in model._meta.get_fields(include_hidden=True)],
                model._meta.indexes,
                model._meta.constraints,
                state.models["shelf", name].options if name in ("author", "book") else None,
            )
            for name, model in classes.items()
        }
        assert ("books", classes["book"]) in held["author"][0]
        return str(dict(sorted(held.items()))), classes["author"] is first

    as_django_has_it, is_first = grown(ProjectState())
    as_we_have_it, is_still_first = grown(FrugalState())
    assert as_we_have_it == as_django_has_it
    assert (is_first, is_still_first) == (False, True)


# ---------- readers first ----------
def lock_timeout() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_nobody_waits_long_for_a_table_that_is_read(monkeypatch):
    """Who waits for it would hold up everybody who comes after."""
    monkeypatch.setattr(executor, "LOCK_TIMEOUT", 20)
    migration = Migration("0042_next", "layers")
    migration.operations = [RunSQL("LOCK TABLE layers_layer IN ACCESS EXCLUSIVE MODE")]
    with psycopg.connect(elsewhere.address()) as reader:
        reader.execute("SELECT count(*) FROM layers_layer")
        with pytest.raises(OperationalError) as refused:
            PortalExecutor(connection).apply_migration(ProjectState(), migration)
    assert isinstance(refused.value.__cause__, psycopg.errors.LockNotAvailable)
    assert lock_timeout() == "0"


@pytest.mark.django_db
@pytest.mark.parametrize(("is_atomic", "timeout"), [(True, "1s"), (False, "0")])
def test_what_holds_up_nobody_may_wait(is_atomic, timeout):
    seen = []
    migration = Migration("0042_next", "layers")
    migration.atomic = is_atomic
    migration.operations = [RunPython(lambda apps, editor: seen.append(lock_timeout()))]
    PortalExecutor(connection).apply_migration(ProjectState(), migration)
    assert (seen, lock_timeout()) == ([timeout], "0")


@pytest.fixture
def occupied(monkeypatch):
    """`occupied(number, error)`: so many attempts of Django's command end with it; the pauses made in between."""
    pauses, left = [], []

    def handle(*args, **options):
        if left:
            raise OperationalError() from left.pop()

    def occupy(number, error):
        left[:] = [error] * number
        return pauses

    monkeypatch.setattr(django_migrate.Command, "handle", handle)
    monkeypatch.setattr(migrate.time, "sleep", pauses.append)
    return occupy


@pytest.mark.django_db
def test_migrating_goes_on_when_the_table_is_free(occupied):
    pauses, said = occupied(3, psycopg.errors.LockNotAvailable()), StringIO()
    call_command("migrate", verbosity=0, stderr=said)
    assert pauses == [1, 2, 4]
    assert said.getvalue().splitlines() == [
        f"A table is in use; migrating goes on in {pause} seconds." for pause in pauses
    ]


@pytest.mark.django_db
def test_a_table_that_is_never_free_is_a_sentence(occupied):
    pauses = occupied(1000, psycopg.errors.DeadlockDetected())
    with pytest.raises(CommandError, match=r"A table was in use all the time.*pg_stat_activity"):
        call_command("migrate", verbosity=0, stderr=StringIO())
    assert sum(pauses) == 240
    occupied(1, psycopg.OperationalError())
    with pytest.raises(OperationalError):  # of another kind
        call_command("migrate", verbosity=0)
