"""The registry in a file and out again."""

import gzip
import json
import tarfile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from actors.models import Actor, ActorRelation, ActorTouch, FrequentWord
from clusterportal.core import backup as room
from clusterportal.history.models import current_revision
from tests.factories import make_actor, make_area, make_chain, make_cluster, make_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.BACKED_UP = {"media": tmp_path / "media"}
    (tmp_path / "media" / "logos").mkdir(parents=True)
    (tmp_path / "media" / "logos" / "a.png").write_bytes(b"\x89PNG\x00\xff")


@pytest.fixture
def registry():
    make_chain()
    first = make_actor(
        "Müller\t\\N „Zeile“\nzwei", layers=[1, 3], areas=[make_area()], clusters=[make_cluster()]
    )
    ActorRelation.objects.create(source=first, target=make_actor("B"), kind="supply")
    Actor.objects.filter(pk=first.pk).update(slug="neu")
    make_person("manager")
    return first


def manifest_of(path) -> dict:
    with tarfile.open(path) as archive:
        return json.load(archive.extractfile("manifest.json"))


def empty():
    call_command("flush", interactive=False, verbosity=0)


def test_byte_for_byte_history_revision_and_files_included(registry, tmp_path, settings, capsys):
    path = tmp_path / "registry.tar.gz"
    call_command("backup", path)
    revision, written = current_revision(), manifest_of(path)
    assert written["tables"]["actors_actor"]["rows"] == 2
    assert written["tables"]["actors_actorevent"]["rows"] == 3
    empty()
    (tmp_path / "media" / "logos" / "a.png").unlink()
    call_command("restore", path)
    assert "2 files" not in capsys.readouterr().out
    assert current_revision() == revision
    again = tmp_path / "again.tar.gz"
    call_command("backup", again)
    assert manifest_of(again)["tables"] == written["tables"]
    assert (tmp_path / "media" / "logos" / "a.png").read_bytes() == b"\x89PNG\x00\xff"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_life_goes_on_after_restoring(registry, tmp_path):
    path = tmp_path / "registry.tar.gz"
    room.backup(path)
    empty()
    room.restore(path)
    revision = current_revision()
    actor = make_actor("Danach")
    Actor.objects.filter(pk=actor.pk).update(city="Halle")
    assert current_revision() > revision
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgenabled = 'D'")
        assert cursor.fetchone() == (0,)


def test_a_database_that_holds_something_is_overwritten_only_when_asked(registry, tmp_path):
    path = tmp_path / "registry.tar.gz"
    room.backup(path)
    make_actor("Neu seitdem")
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", path)
    assert Actor.objects.filter(name="Neu seitdem").exists()
    FrequentWord.objects.create(query="'neu':*", snapshot="1:1:", holders=b"\xff")
    call_command("restore", path, replace=True)
    assert not Actor.objects.filter(name="Neu seitdem").exists()
    assert not FrequentWord.objects.exists() and not ActorTouch.objects.exists()


def test_what_cannot_be_restored_changes_nothing(registry, tmp_path):
    path = tmp_path / "registry.tar.gz"
    room.backup(path)
    damaged = tmp_path / "damaged.tar.gz"
    plain = gzip.decompress(path.read_bytes())
    damaged.write_bytes(gzip.compress(plain.replace("„Zeile“".encode(), "„Zeilf“".encode(), 1)))
    foreign = tmp_path / "foreign.tar.gz"
    foreign.write_text("no backup")
    count = Actor.objects.count()
    for file, why in (
        (damaged, "damaged"),
        (foreign, "no backup that can be read"),
        (tmp_path / "none", "no file"),
    ):
        with pytest.raises(CommandError, match=why):
            call_command("restore", file, replace=True)
    assert Actor.objects.count() == count


def test_another_version_is_named(registry, tmp_path, monkeypatch):
    path = tmp_path / "registry.tar.gz"
    room.backup(path)
    monkeypatch.setattr(room, "_migrations", lambda: ["core.9999_future"])
    with pytest.raises(CommandError, match="another version"):
        call_command("restore", path, replace=True)
