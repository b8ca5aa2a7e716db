"""The registry in a file and out again."""

import gzip
import json
import stat
import tarfile
from io import BytesIO
from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from actors.models import Actor, ActorRelation, ActorTouch
from clusterportal.core import backup as room
from clusterportal.core import backup_origin
from clusterportal.core.models import Count
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
    assert "and 1 files restored from" in capsys.readouterr().out
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
    Count.objects.create(cache_key="sign-in", value="5", expires=timezone.now())
    call_command("restore", path, replace=True)
    assert not Actor.objects.filter(name="Neu seitdem").exists()
    assert not Count.objects.exists() and not ActorTouch.objects.exists()


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
        (tmp_path / "none", "Es gibt keine Datei"),
    ):
        with pytest.raises(CommandError, match=why):
            call_command("restore", file, replace=True)
    assert Actor.objects.count() == count


@pytest.fixture
def version(monkeypatch):
    """`version("1.0")`: from then on the portal is of this version."""

    def set_version(number: str) -> None:
        monkeypatch.setattr(backup_origin, "version", lambda name: number)

    return set_version


def refused(path) -> str:
    count = Actor.objects.count()
    with pytest.raises(CommandError) as error:
        call_command("restore", path, replace=True)
    assert Actor.objects.count() == count
    return str(error.value)


def test_a_backup_says_which_portal_made_it(registry, tmp_path, version):
    version("1.2.3")
    room.backup(tmp_path / "a.tar.gz")
    manifest = manifest_of(tmp_path / "a.tar.gz")
    assert (manifest["format"], manifest["version"]) == (1, "1.2.3")
    assert manifest["made_at"][:10] == timezone.now().date().isoformat()
    assert "actors.0001_initial" in manifest["migrations"]


def test_a_backup_of_other_migrations_is_refused_with_the_version_that_reads_it(registry, tmp_path, version):
    """Of a version before the migrations were made anew, or of a later one."""
    path = tmp_path / "registry.tar.gz"
    version("1.0")
    with mock.patch.object(backup_origin, "_migrations", lambda: [*applied(), "actors.0099_former"]):
        room.backup(path)
    version("2.0")
    day = timezone.now().date().isoformat()
    assert refused(path) == (
        f"The backup was made by version 1.0 of the portal on {day}, and this is version 2.0 with other migrations "
        "(unknown here: actors.0099_former). Restore it with the version that made it; from there, export_actors and "
        "import_actors bring its actors here."
    )


def test_a_backup_that_lacks_migrations_is_refused(registry, tmp_path):
    path = tmp_path / "registry.tar.gz"
    with mock.patch.object(backup_origin, "_migrations", lambda: applied()[:-1]):
        room.backup(path)
    assert refused(path).endswith(
        f"(missing there: {applied()[-1]}). Restore it with the version that made it; then `manage.py up` of this "
        "version upgrades its database, and a new backup fits."
    )


def test_a_backup_that_notes_no_version_is_of_an_earlier_one(registry, tmp_path):
    path, older = tmp_path / "registry.tar.gz", tmp_path / "older.tar.gz"
    room.backup(path)
    plain = gzip.decompress(path.read_bytes())
    for name in (b'"version"', b'"made_at"'):
        plain = plain.replace(name, name[:-2] + b'_"', 1)
    older.write_bytes(gzip.compress(plain.replace(b'"core.0001', b'"core.9001', 1)))
    assert refused(older).startswith(
        "The backup was made by an earlier version of the portal, and this is version "
    )


def applied() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


# ---------- damaged, truncated, foreign ----------
def with_a_folder_for(path, name: str) -> bytes:
    """The archive, in which `name` stands for a folder."""
    written = BytesIO()
    with tarfile.open(path) as whole, tarfile.open(fileobj=written, mode="w:gz") as changed:
        for member in whole.getmembers():
            content = whole.extractfile(member)
            if member.name == name:
                member.type, member.size, content = tarfile.DIRTYPE, 0, None
            changed.addfile(member, content)
    return written.getvalue()


def damages(path) -> dict[str, bytes]:
    """Everything that can be wrong with a file, by name."""
    whole = path.read_bytes()
    plain = gzip.decompress(whole)
    middle = len(whole) // 2
    return {
        "half": whole[:middle], "end lost": whole[:-20], "checksum lost": whole[:-8], "begin lost": whole[100:],
        "bits": whole[:middle] + bytes(255 - one for one in whole[middle : middle + 40]) + whole[middle + 40 :],
        "half of the archive, packed well": gzip.compress(plain[: len(plain) // 2 // 512 * 512]),
        "a file lost": gzip.compress(plain.replace(b"files/media/logos/a.png", b"other/media/logos/a.png")),
        "a file changed": gzip.compress(plain.replace(b"\x89PNG\x00\xff", b"\x89PNG\x00\xfe")),
        "a table lost": gzip.compress(plain.replace(b"tables/actors_actor\x00", b"tables/actors_axtor\x00")),
        "a table that the database refuses": gzip.compress(plain.replace(b"research_institute", b"research_institutx")),
        "a manifest of another kind": gzip.compress(plain.replace(b'"format": 1', b'"format":[]')),
        "a manifest that is a folder": with_a_folder_for(path, "manifest.json"),
        "an outer place": gzip.compress(plain.replace(b"files/media/logos/a.png", b"files/media/../../a.png")),
        "no archive": gzip.compress(b"hello"), "nothing": b"", "a text": b"no backup", "a picture": b"\x89PNG" * 100,
    }  # fmt: skip


def test_whatever_is_wrong_with_the_file_is_a_sentence_and_changes_nothing(registry, tmp_path):
    path, damaged = tmp_path / "registry.tar.gz", tmp_path / "damaged.tar.gz"
    room.backup(path)
    logo, leftover = tmp_path / "media" / "logos" / "a.png", tmp_path / "media" / "leftover.png"
    logo.write_bytes(b"today"), leftover.write_bytes(b"today")
    actors = set(Actor.objects.values_list("name", "slug", "updated_at"))
    for name, content in damages(path).items():
        damaged.write_bytes(content)
        with pytest.raises(CommandError) as said:
            call_command("restore", damaged, replace=True)
        assert str(said.value).endswith((".", "was written.", "a.png")), name
        assert "NoneType" not in str(said.value), name
        assert set(Actor.objects.values_list("name", "slug", "updated_at")) == actors, name
        there = sorted(file.name for file in (tmp_path / "media").rglob("*"))
        assert there == ["a.png", "leftover.png", "logos"], name
        assert (logo.read_bytes(), leftover.read_bytes()) == (b"today", b"today"), name
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgenabled = 'D'")
        assert cursor.fetchone() == (0,)


def test_what_came_after_the_backup_is_gone_from_the_folders(registry, tmp_path):
    path, folder = tmp_path / "registry.tar.gz", tmp_path / "media"
    room.backup(path)
    (folder / "leftover.png").write_bytes(b"later")
    (folder / "logos" / "a.png").write_bytes(b"changed")
    (folder / "logos" / "sizes").mkdir()
    (folder / "logos" / "sizes" / "b.webp").write_bytes(b"later")
    room.restore(path, replace=True)
    left = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
    assert [*left] == ["logos/a.png"] and left["logos/a.png"].read_bytes() == b"\x89PNG\x00\xff"
    assert not list(folder.glob(".restoring-*"))


def test_foreign_files_are_removed_only_when_asked(registry, tmp_path):
    path = tmp_path / "registry.tar.gz"
    room.backup(path)
    empty()
    (tmp_path / "media" / "leftover.png").write_bytes(b"later")
    with pytest.raises(CommandError, match=r"media/leftover\.png"):
        call_command("restore", path)
    assert not Actor.objects.exists() and (tmp_path / "media" / "leftover.png").exists()


def test_files_are_put_in_place_after_the_commit_only(registry, tmp_path, monkeypatch):
    path, logo = tmp_path / "registry.tar.gz", tmp_path / "media" / "logos" / "a.png"
    room.backup(path)
    logo.write_bytes(b"today")
    monkeypatch.setattr(room, "_set_sequences", mock.Mock(side_effect=DatabaseError("gone")))
    with pytest.raises(CommandError, match="did not take"):
        call_command("restore", path, replace=True)
    assert logo.read_bytes() == b"today" and Actor.objects.exists()


def test_an_older_backup_without_a_list_of_files_is_restored(registry, tmp_path):
    path, older = tmp_path / "registry.tar.gz", tmp_path / "older.tar.gz"
    room.backup(path)
    older.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b'"files": {', b'"filez": {')))
    (tmp_path / "media" / "logos" / "a.png").unlink()
    assert room.restore(older, replace=True).files == 1
    assert (tmp_path / "media" / "logos" / "a.png").exists()


def test_backup_and_private_files_are_for_one_account_alone(registry, tmp_path, settings):
    settings.BACKED_UP |= {"imports": tmp_path / "imports"}
    (tmp_path / "imports" / "2026").mkdir(parents=True)
    (tmp_path / "imports" / "2026" / "table.csv").write_text("name")
    path = tmp_path / "registry.tar.gz"
    path.touch(mode=0o644)
    room.backup(path)
    room.restore(path, replace=True)
    modes = [
        stat.S_IMODE(file.stat().st_mode) for file in (path, tmp_path / "imports" / "2026" / "table.csv")
    ]
    assert modes == [0o600, 0o600]
