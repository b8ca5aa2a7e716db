"""What the portal's `migrate` does besides Django's."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

from clusterportal.core.management.executor import FrugalState


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
