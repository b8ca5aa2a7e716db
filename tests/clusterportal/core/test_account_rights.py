"""The portal with a database account that does not own the tables: it works, and cannot rewrite the history."""

from contextlib import nullcontext
from io import StringIO

import pgtrigger
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, ProgrammingError, connection, transaction
from pghistory.models import Context

from actors.models import Actor, ContactPerson
from clusterportal.core.account_rights import limit, limited_accounts, owns_the_tables, ways_to_rewrite
from clusterportal.history.acts import act
from clusterportal.history.changes import event_models
from clusterportal.history.erasure import erase, find_person
from clusterportal.history.models import Erasure, VersionLoss
from clusterportal.history.person import Person
from tests.factories import make_actor, make_person

pytestmark = pytest.mark.django_db
ACCOUNT = "portal_of_a_test"


def run(statement: str, *values) -> None:
    """Past the trigger that refuses it to everybody: anybody can set what pgtrigger looks at."""
    ignoring = pgtrigger.ignore("actors.ActorEvent:append_only")
    with ignoring, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def account(db, settings, tmp_path):
    """A second account, as which this connection acts until the test is over; roll-back takes it away."""
    settings.PORTAL_DATA_DIR = tmp_path
    run(f"CREATE ROLE {ACCOUNT}")
    call_command("limit_account", ACCOUNT, stdout=StringIO())
    run(f"SET LOCAL ROLE {ACCOUNT}")
    yield ACCOUNT
    run("RESET ROLE")


@pytest.fixture
def actor(account):
    """Written, changed and deleted in part by that account."""
    actor = make_actor("Erste", layers=[], city="Kaiserslautern")
    Actor.objects.filter(pk=actor.pk).update(city="Halle")
    ContactPerson.objects.create(actor=actor, name="Erika Beispiel", email="erika@example.org").delete()
    return actor


VERSION = "actors_actorevent"
ATTEMPTS = [
    f"UPDATE {VERSION} SET city = 'Jena'",
    f"DELETE FROM {VERSION}",
    f"TRUNCATE {VERSION}",
    f"ALTER TABLE {VERSION} DISABLE TRIGGER ALL",
    f"DROP TABLE {VERSION}",
    f"CREATE OR REPLACE RULE nothing AS ON INSERT TO {VERSION} DO INSTEAD NOTHING",
    "ALTER TABLE actors_actor DISABLE TRIGGER USER",
    "DROP FUNCTION history_redact_version",
    "CREATE OR REPLACE FUNCTION history_takes_away(before text, after text) RETURNS boolean "
    "LANGUAGE sql AS 'SELECT true'",
    "CREATE TABLE mine (a integer)",
    "SET LOCAL session_replication_role = replica",
    "DELETE FROM history_erasure",
    "DELETE FROM history_versionloss",
    "DELETE FROM pghistory_context",
    "DELETE FROM django_migrations",
    "SELECT history_note_loss('actors_actorevent', 'redacted', -1)",
]


def test_the_account_cannot_rewrite_the_history(account):
    for attempt in ATTEMPTS:
        with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
            run(attempt)


def test_what_it_writes_is_kept_with_its_versions(actor):
    versions = event_models()["actors.actor"].objects.filter(pgh_obj=actor.pk)
    assert list(versions.order_by("pgh_id").values_list("pgh_label", "city")) == [
        ("insert", "Kaiserslautern"),
        ("update", "Halle"),
    ]
    assert list(ways_to_rewrite()) == []


def test_a_person_is_erased_all_the_same_and_the_loss_is_noted(actor):
    person = Person("Erika Beispiel", "erika@example.org")
    Actor.objects.filter(pk=actor.pk).update(description_de="Fragen Sie Erika Beispiel.")
    administrator = make_person("administrator")
    erase(person=person, keys=find_person(person), ground="request", by=administrator)
    assert find_person(person) == {}
    versions = event_models()["actors.actor"].objects.filter(pgh_obj=actor.pk).order_by("pgh_id")
    assert versions.last().description_de == "Fragen Sie [entfernt]."
    assert not event_models()["actors.contactperson"].objects.exists()
    assert set(VersionLoss.objects.values_list("versions", "how", "number")) == {
        ("actors_actorevent", "redacted", 1),
        ("actors_contactpersonevent", "forgotten", 2),
    }
    assert Erasure.objects.count() == 1


def test_a_version_only_loses_words(actor):
    version = event_models()["actors.actor"].objects.order_by("pgh_id").first()
    for changes, is_less in (
        ('{"city": "Jena"}', False),
        ('{"city": "Kaiserslautern-West"}', False),
        ('{"pgh_label": ""}', False),
        ('{"city": "Kaiser[entfernt]"}', True),
        ('{"city": "[entfernt]"}', True),
        ('{"city": ""}', True),
    ):
        with nullcontext() if is_less else pytest.raises(DatabaseError, match="can only lose words"):
            run("SELECT history_redact_version(%s, %s, %s)", VERSION, str(version.pk), changes)


def test_who_did_something_stays(account):
    with act("form", by=make_person("editor")):
        make_actor()
    context = Context.objects.latest("created_at")
    run("RESET ROLE")
    Context.objects.update(created_at="2026-01-01T00:00Z")
    run(f"SET LOCAL ROLE {ACCOUNT}")
    with pytest.raises(ProgrammingError, match="not rewritten"):
        run("UPDATE pghistory_context SET metadata = '{}' WHERE id = %s", context.pk)


def test_ways_around_are_named(account):
    run("RESET ROLE")
    run(f"GRANT DELETE ON {VERSION} TO {ACCOUNT}")
    assert list(ways_to_rewrite(ACCOUNT)) == [f"{ACCOUNT} hat DELETE auf {VERSION}"]
    assert limited_accounts() == [ACCOUNT]
    limit(ACCOUNT)
    assert list(ways_to_rewrite(ACCOUNT)) == []
    [way] = ways_to_rewrite()
    assert way.endswith("ist Superuser")


def test_only_the_owner_limits_and_migrates(account, monkeypatch):
    with pytest.raises(CommandError, match="does not own the tables"):
        call_command("limit_account", "anybody")
    call_command("migrate", verbosity=0)  # nothing waits: nothing is done
    monkeypatch.setattr("clusterportal.core.management.commands.migrate._is_pending", lambda connection: True)
    with pytest.raises(CommandError, match="belong to another account"):
        call_command("migrate", verbosity=0)


def test_where_no_tables_are_yet_who_may_make_them_migrates(account):
    run("RESET ROLE")
    run("CREATE SCHEMA empty")
    run(f"GRANT USAGE ON SCHEMA empty TO {account}")
    run("SET LOCAL search_path TO empty")
    assert owns_the_tables()
    run(f"SET LOCAL ROLE {account}")
    assert not owns_the_tables()
    run("RESET ROLE")
    run(f"GRANT CREATE ON SCHEMA empty TO {account}")
    run(f"SET LOCAL ROLE {account}")
    assert owns_the_tables()
