"""Who reads from the replica, when, and what happens without it. `python -m tests.scale` tries it with real servers."""

import pytest
from django.db import DatabaseError, connections, transaction
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from actors.models import Actor
from clusterportal import databases as roof
from clusterportal.core import doctor, replica
from clusterportal.core.replica import PRIMARY, REPLICA, reader, reading_from_replica
from clusterportal.history.data_version import current_version
from clusterportal.history.middleware import ReadsFromReplica
from clusterportal.operation.domain.exposition import exposition
from clusterportal.partners.models import ApiKey
from tests.factories import make_actor, make_person

REALLY = replica._REACHED
FOLLOWS, IS_BEHIND = "SELECT %s::pg_lsn IS NOT NULL", "SELECT %s::pg_lsn IS NULL"


@pytest.fixture
def second(transactional_db, settings, monkeypatch):
    """A second way to the same database, taken for a replica that has everything."""
    monkeypatch.setitem(settings.DATABASES, REPLICA, {**connections.settings[PRIMARY]})
    settings.DATABASE_ROUTERS = roof.REPLICA_ROUTERS
    monkeypatch.setattr(replica, "_REACHED", FOLLOWS)
    monkeypatch.setattr(replica, "_left_alone_until", 0.0)
    second = connections[REPLICA]

    def ensure_connection():  # the class asks whether tests may use it
        if second.connection is None:
            with second.wrap_database_errors:
                second.connect()

    second.ensure_connection = ensure_connection
    yield second
    connections[REPLICA].close()
    del connections[REPLICA]


def asked(connection, act) -> list[str]:
    """The statements that `connection` was asked, but for the question whether it is so far."""
    with CaptureQueriesContext(connection) as captured:
        act()
    return [one["sql"] for one in captured if "pg_lsn" not in one["sql"]]


@pytest.mark.parametrize(
    ("address", "signed_in_reads_there"),
    [("/de/akteure/?q=firma", False), ("/api/v1/actors/?q=firma", True)],  # the API knows no sessions
)
def test_visitors_and_the_api_read_there_and_who_is_signed_in_does_not(
    second, client, address, signed_in_reads_there, monkeypatch
):
    make_actor("Firma")
    there = asked(second, lambda: client.get(address))
    assert any("actors_" in sql for sql in there)
    here = asked(connections[PRIMARY], lambda: client.get(address))
    assert not any('FROM "actors_actor"' in sql for sql in here)
    monkeypatch.setattr(replica, "_REACHED", IS_BEHIND)
    monkeypatch.setattr(replica, "PATIENCE", 0)
    answers = []
    assert asked(second, lambda: answers.append(client.get(address))) == []
    assert "Firma" in answers[0].content.decode()
    monkeypatch.setattr(replica, "_REACHED", FOLLOWS)
    client.force_login(make_person("viewer"))
    there = asked(second, lambda: client.get(address))
    assert any("actors_" in sql for sql in there) is signed_in_reads_there
    assert signed_in_reads_there or there == []


def test_what_is_kept_bears_the_version_with_which_the_request_began(second):
    with reading_from_replica(before := current_version()):
        make_actor("A")
        assert current_version() == before
    assert current_version() not in (None, before)


def test_who_writes_reads_what_was_written(second):
    with reading_from_replica("1"):
        assert Actor.objects.all().db == REPLICA and reader().alias == REPLICA
        assert ApiKey.objects.all().db == PRIMARY  # keys are counted while they are read
        with transaction.atomic():
            assert Actor.objects.all().db == PRIMARY and reader().alias == PRIMARY
        make_actor("A")
        assert Actor.objects.all().db == PRIMARY and reader().alias == PRIMARY
    assert reader().alias == PRIMARY


def test_a_replica_that_cannot_be_reached_is_left_alone(second, settings, client, caplog):
    make_actor("Firma")
    second.close()
    second.settings_dict = {**second.settings_dict, "HOST": "/nowhere"}
    for _visit in range(2):
        assert client.get("/de/akteure/").status_code == 200
    assert [record.name for record in caplog.records].count("clusterportal.replica") == 1
    assert replica.lag() is None


@pytest.mark.parametrize("status", [500, 503])
def test_who_was_failed_by_the_replica_is_answered_by_the_primary(second, rf, status):
    seen = []

    def view(request):
        seen.append(reader().alias)
        return HttpResponse(status=status if seen == [REPLICA] else 200)

    assert ReadsFromReplica(view)(rf.get("/de/")).status_code == 200
    assert ReadsFromReplica(view)(rf.get("/de/")).status_code == 200
    assert seen == [REPLICA, PRIMARY, PRIMARY]
    assert ReadsFromReplica(lambda request: HttpResponse(status=500))(rf.get("/de/")).status_code == 500


def test_a_server_that_follows_nobody_is_no_replica(second, monkeypatch):
    monkeypatch.setattr(replica, "_REACHED", REALLY)
    with reading_from_replica("1") as choice:
        assert choice is None
    assert replica._left_alone_until == 0.0  # it answered


def test_a_server_that_was_promoted_gives_other_versions(second):
    """Its numbers may be those of commits that it never got: the timeline of the log tells them apart."""
    with second.cursor() as cursor:
        cursor.execute("SELECT left(pg_walfile_name(pg_current_wal_lsn()), 8)")
        assert current_version().startswith(f"{cursor.fetchone()[0]}-")


def test_the_lag_is_told(second, monkeypatch):
    lines = lambda: [(line.is_well, line.sentence) for line in doctor._replica()]  # noqa: E731 - asked thrice
    told = "Die Replik (DATABASE_REPLICA_URL) antwortet nicht oder folgt keinem Server"
    [(is_well, sentence)] = lines()
    assert not is_well and sentence.startswith(told)
    assert b"portal_replica_up 0.0\n" in exposition()
    monkeypatch.setattr(replica, "_LAG", "SELECT %s::pg_lsn IS NOT NULL, 2048, interval '90 seconds'")
    assert lines() == [
        (False, "Die Replik liegt 1 Minute und 2,0\N{NO-BREAK SPACE}KB des Protokolls zurück.")
    ]
    said = exposition().decode()
    for line in ("up 1.0", "lag_bytes 2048.0", "lag_seconds 90.0"):
        assert f"\nportal_replica_{line}\n" in said
    monkeypatch.setattr(replica, "_LAG", "SELECT %s::pg_lsn IS NOT NULL, 0, interval '90 seconds'")
    assert lines() == [(True, "Die Replik hat alles.")]


def test_without_a_primary_the_view_itself_says_so(second, monkeypatch):
    def away(*about):
        raise DatabaseError("away")

    monkeypatch.setattr(replica, "_asked", away)
    with reading_from_replica("1") as choice:
        assert choice is None
    assert replica._left_alone_until == 0.0


def test_addresses_name_several_servers_and_a_replica(monkeypatch, tmp_path):
    monkeypatch.setenv(
        "DATABASE_URL", "postgres://u:p@db1:5432,db2:5433/portal?target_session_attrs=read-write"
    )
    monkeypatch.setenv("DATABASE_REPLICA_URL", "postgres://u:p@db2/portal?connect_timeout=1")
    found = roof.databases(tmp_path)
    assert (found["default"]["HOST"], found["default"]["PORT"]) == ("db1,db2", "5432,5433")
    assert found["default"]["OPTIONS"] == {
        "connect_timeout": 5, "tcp_user_timeout": 10_000, "keepalives_idle": 10, "keepalives_interval": 5,
        "target_session_attrs": "read-write", "options": "-c pgtrigger.ignore={}",
    }  # fmt: skip
    assert found["replica"]["OPTIONS"]["connect_timeout"] == 1
    assert found["replica"]["TEST"] == {"MIRROR": "default"}
