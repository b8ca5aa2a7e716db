"""Every text of the database is searched, whatever table it stands in."""

import pytest
from django.db import connection

from clusterportal.history import text_columns
from clusterportal.history.erasure import erase, find_person
from tests.clusterportal.history.test_erased_everywhere import ONE, PERSON
from tests.factories import make_actor, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.PORTAL_DATA_DIR = tmp_path


_HARMLESS = {
    "bigint", "boolean", "date", "double precision", "integer", "numeric", "smallint", "time without time zone",
    "timestamp with time zone", "uuid",
}  # fmt: skip


# Arrays of numbers, which name nobody.
_NUMBERS = {
    ("actors_actortouch", "actors"), ("bulk_selection", "keys"), ("network_betweenness", "actors"),
    ("network_betweenness", "values"), ("atlas_atlas", "actors"), ("atlas_atlas", "people"),
    ("newsroom_withdrawnevent", "actors"), ("newsroom_withdrawnevent", "areas"),
    ("newsroom_withdrawnevent", "clusters"),
}  # fmt: skip
_NETWORKS = {
    ("newsletters_order", "network")
}  # shortened, only where a setting asks for it; goes with its order


def test_no_text_column_of_the_database_is_left_out():
    """Whatever is not walked is named with its reason; what is named is really there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.table_name, column_name FROM information_schema.columns c JOIN information_schema.tables t "
            "USING (table_schema, table_name) WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' "
            "AND is_generated = 'NEVER' AND data_type <> ALL(%s)",
            [sorted(_HARMLESS)],
        )
        columns = set(cursor.fetchall())
    walked = {(table.name, column.name) for table in text_columns.tables() for column in table.columns}
    named = text_columns.left_out()
    assert all(reason for reason in named.values())
    codes = {(table, name) for table, name in columns if name in ("pgh_label", "status", "type")} - walked
    lost = {
        (table, name)
        for table, name in columns - walked - codes
        if table not in named and f"{table}.{name}" not in named
    }
    assert lost == _NUMBERS | _NETWORKS
    tables_ = {table for table, _name in columns}
    assert {place.split(".")[0] for place in named} <= tables_
    assert len(walked) > 150


def test_a_table_of_tomorrow_is_searched_without_a_word(db):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE tomorrow (id bigserial PRIMARY KEY, words text[], more json)")
        cursor.execute(
            "INSERT INTO tomorrow (words, more) VALUES (%s, %s)",
            [["a", ONE], '{"a": ["Z\\u00fcmpelmann, Xerika"]}'],
        )
    found = find_person(PERSON)
    assert [one.kind for one in found.values()] == ["tomorrow"]
    erase(person=PERSON, keys=found, ground="request", by=make_person("administrator"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT words, more::text FROM tomorrow")
        assert cursor.fetchall() == [(["a", "[entfernt]"], '{"a": ["[entfernt]"]}')]


def test_a_name_in_two_columns_is_one_name(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE split (id bigserial PRIMARY KEY, surname varchar(20), given text, town text)"
        )
        cursor.execute(
            "INSERT INTO split (surname, given, town) VALUES ('Zuempelmann', 'Xerika', 'Xerikastadt')"
        )
        cursor.execute("INSERT INTO split (surname, given, town) VALUES ('Zuempelmann', 'Otto', 'Mainz')")
    found = find_person(PERSON)
    assert [one.key for one in found.values()] == ["split/1"]
    erase(person=PERSON, keys=found, ground="request", by=make_person("administrator"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT surname, given, town FROM split ORDER BY id")
        assert cursor.fetchall() == [
            ("[entfernt]", "[entfernt]", "Xerikastadt"), ("Zuempelmann", "Otto", "Mainz"),
        ]  # fmt: skip


def test_what_the_database_refuses_is_said(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE stubborn (id bigserial PRIMARY KEY, words text CHECK (words NOT LIKE '[[]%%'))"
        )
        cursor.execute("ALTER TABLE stubborn ADD CHECK (words NOT LIKE %s)", ["%entfernt%"])
        cursor.execute("INSERT INTO stubborn (words) VALUES (%s)", [ONE])
    actor = make_actor(summary_de=ONE)
    _erasure, done = erase(
        person=PERSON, keys=find_person(PERSON), ground="request", by=make_person("administrator")
    )
    assert done.failed == [("stubborn", "1")]
    actor.refresh_from_db()
    assert actor.summary_de == "[entfernt]"
    assert [one.kind for one in find_person(PERSON).values()] == ["stubborn"]
