"""Migrations since the last release leave readers alone, and each rule of that refuses what breaks it."""

import pytest
from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently, ValidateConstraint
from django.db import models
from django.db.migrations import Migration, operations
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import Q
from django.db.models.functions import Random

from tests.releases.migration_rules import Judge, Release, violations
from tests.releases.test_upgrade import RELEASES, manifest_of


def test_migrations_since_the_last_release_do_not_stop_readers():
    newest = max(RELEASES, key=lambda path: [int(part) for part in path.name.split(".")[:3]])
    found = violations(set(manifest_of(newest)["migrations"]))
    assert found == [], "\n".join(found)


# ---------- each rule, broken once ----------
INDEX = models.Index(fields=["pages"], name="book_pages")
POSITIVE = models.CheckConstraint(condition=Q(pages__gt=0), name="book_positive")
ONE = models.UniqueConstraint(fields=["title"], name="book_once")
DOUBLED = models.GeneratedField(
    expression=models.F("pages") * 2, output_field=models.IntegerField(), db_persist=True
)
BROKEN = {
    "writes the whole table anew": [
        operations.AddField("book", "luck", models.FloatField(db_default=Random())),
        operations.AddField("book", "twice", DOUBLED),
        operations.AlterField("book", "pages", models.BigIntegerField(null=True)),
        operations.AlterField("book", "title", models.CharField(max_length=5)),
        operations.RunSQL("ALTER TABLE shelf_book ALTER COLUMN pages TYPE text"),
    ],
    "builds an index": [
        operations.AddField("book", "author", models.ForeignKey("shelf.book", models.CASCADE, null=True)),
        operations.AlterField("book", "pages", models.IntegerField(null=True, db_index=True)),
        operations.AddIndex("book", INDEX),
        operations.AddConstraint("book", ONE),
        operations.AlterUniqueTogether("book", {("title", "pages")}),
        operations.RunSQL("CREATE UNIQUE INDEX once ON shelf_book (title)"),
    ],
    "reads every row": [
        operations.AddConstraint("book", POSITIVE),
        operations.AlterField("book", "pages", models.IntegerField(default=0)),
    ],
    "still reads it": [
        operations.RemoveField("book", "pages"),
        operations.RenameField("book", "pages", "leaves"),
        operations.AlterField("book", "pages", models.IntegerField(null=True, db_column="leaves")),
        operations.RenameModel("Book", "Volume"),
        operations.AlterModelTable("book", "volumes"),
        operations.DeleteModel("Book"),
        operations.RunSQL('ALTER TABLE "shelf_book" DROP COLUMN IF EXISTS "pages"'),
        operations.RunSQL("ALTER TABLE shelf_book RENAME TO volumes"),
    ],
}  # fmt: skip
NEW_COLUMN = operations.AddField("book", "isbn", models.CharField(max_length=13, default=""))
TOGETHER = {
    "works on rows": [
        [NEW_COLUMN, operations.RunPython(operations.RunPython.noop)],
        [NEW_COLUMN, operations.RunSQL("UPDATE shelf_book SET isbn = ''")],
    ],
    "reads every row": [
        [AddConstraintNotValid("book", POSITIVE), ValidateConstraint("book", "book_positive")],
    ],
}
ALL = [(why, [one]) for why, each in BROKEN.items() for one in each]
ALL += [(why, together) for why, each in TOGETHER.items() for together in each]
NEW_MODEL = operations.CreateModel("Shelf", [("id", models.BigAutoField(primary_key=True))])
FINE = [
    [NEW_COLUMN],
    [operations.RunPython(operations.RunPython.noop)],
    [NEW_MODEL, operations.AddIndex("shelf", models.Index(fields=["id"], name="shelf_id"))],
    [NEW_MODEL, operations.AddConstraint("shelf", models.CheckConstraint(condition=Q(id__gt=0), name="id"))],
    [operations.AlterField("book", "title", models.CharField(max_length=500, default="", help_text="All."))],
    [operations.AlterField("book", "title", models.TextField())],
    [AddConstraintNotValid("book", POSITIVE)],
    [ValidateConstraint("book", "book_of_before")],
    [AddIndexConcurrently("book", INDEX)],
    [operations.SeparateDatabaseAndState(state_operations=[operations.RemoveField("book", "pages")])],
    [operations.RunSQL("ALTER TABLE shelf_book DROP COLUMN gone_since_the_release")],
    [operations.RunSQL("CREATE FUNCTION f() RETURNS void AS $$ UPDATE shelf_book SET pages = 1 $$ LANGUAGE sql")],
]  # fmt: skip


def said_of(together: list) -> list[str]:
    state = ProjectState()
    fields = [
        ("id", models.BigAutoField(primary_key=True)),
        ("title", models.CharField(max_length=100)),
        ("pages", models.IntegerField(null=True)),
    ]
    state.add_model(ModelState("shelf", "Book", fields))
    of_before = models.CheckConstraint(condition=Q(pages__lt=9999), name="book_of_before")
    state.add_constraint("shelf", "book", of_before)
    migration = Migration("0002_next", "shelf")
    migration.operations = together
    return list(Judge(Release.of(state), migration).violations(state))


@pytest.mark.parametrize(
    ("why", "together"), ALL, ids=[f"{number}: {each[-1].describe()}" for number, (_why, each) in enumerate(ALL)]
)  # fmt: skip
def test_what_stops_readers_is_refused_and_the_way_is_named(why, together):
    [sentence] = said_of(together)
    assert sentence.startswith("shelf.0002_next: ")
    assert why in sentence
    assert ". Instead: " in sentence


@pytest.mark.parametrize("together", FINE, ids=range(len(FINE)))
def test_what_leaves_them_alone_is_not_refused(together):
    assert said_of(together) == []
