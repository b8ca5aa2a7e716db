"""Files in an S3-compatible storage (`FILES_URL`): handed in, shown, backed up, forgotten, and away for a while."""

import gc
import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import boto3
import botocore.endpoint
import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import default_storage, storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.urls import reverse
from moto.server import ThreadedMotoServer

from actors.models import Actor
from clusterportal.core import backup as backup_room
from clusterportal.core import doctor
from clusterportal.core.backup import backup, restore
from clusterportal.core.backup_files import BackupError
from clusterportal.core.outages import Outage, outage_of
from clusterportal.core.pictures import PROFILE, picture
from clusterportal.core.stored_files import COPIES, FilesUnreachable, at_hand, stored
from clusterportal.files import backed_up, storages_of
from clusterportal.history.erasure import erase, find_person
from clusterportal.history.person import Person
from clusterportal.imports.domain import cleaning
from clusterportal.imports.domain.cleaning import forget_left_files
from clusterportal.imports.domain.uploading import receive, titles_of
from clusterportal.imports.models import ImportRun
from clusterportal.teamwork.domain.notes import write_note
from tests.clusterportal.core.test_pictures import packed, upload
from tests.clusterportal.teamwork.files import PDF, file
from tests.factories import make_actor, make_person

ERIKA = Person("Erika Musterfrau")


@pytest.fixture(scope="module")
def server():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


@pytest.fixture
def bucket(server, settings, tmp_path, monkeypatch):
    """All files of the portal in a new bucket; returns the names that lie in it."""
    access = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "eu-central-1"}
    content = boto3.resource("s3", endpoint_url=server, **access).Bucket(f"b{tmp_path.stat().st_ino}")
    content.create(CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    use(f"s3://key:secret@{content.name}/portal?endpoint={server}&region=eu-central-1", settings, monkeypatch)
    settings.PORTAL_DATA_DIR = tmp_path / "data"
    return lambda: {
        one.key.removeprefix("portal/"): one.get()["Body"].read() for one in content.objects.all()
    }


def use(url: str, settings, monkeypatch) -> None:
    """As if the portal had been started with this FILES_URL."""
    folders = {
        column: getattr(column.storage, "folder", "default")
        for model in apps.get_models()
        for column in model._meta.local_fields
        if isinstance(column, models.FileField)
    }
    settings.STORAGES = settings.STORAGES | storages_of(url)
    settings.BACKED_UP = backed_up(url, Path("nowhere"))
    for column, folder in folders.items():
        monkeypatch.setattr(column, "storage", default_storage if folder == "default" else storages[folder])


@pytest.mark.django_db
def test_a_picture_is_shown_through_the_portal_alone(bucket, client):
    actor = make_actor("Firma", logo=upload(packed()))
    name = actor.logo.name
    assert [*bucket()] == [f"media/{one}" for one in sorted([name, *stored(default_storage, "logos/sizes/")])]
    assert len(bucket()) == 5
    shown = picture(actor.logo, PROFILE)
    assert (shown.width, shown.height, shown.url) == (144, 72, f"/media/{Path(name).parent}/sizes/"
            f"{Path(name).name}.144x80.webp")  # fmt: skip
    page = client.get(actor.get_absolute_url())
    assert shown.url in page.content.decode()
    answer = client.get(shown.url)
    assert (answer.getvalue(), answer["Content-Type"]) == (bucket()[f"media/{shown.url[7:]}"], "image/webp")
    assert client.get(shown.url, HTTP_IF_MODIFIED_SINCE=answer["Last-Modified"]).status_code == 304
    Actor.objects.update(state="draft")
    assert client.get(shown.url).status_code == 404


@pytest.mark.django_db
def test_private_files_are_handed_out_by_the_portal_alone(bucket, client):
    person, actor = make_person("administrator"), make_actor()
    note = write_note(actor=actor, by=person, text="x", uploads=[file("a.pdf", PDF)])
    kept = note.attachments.get()
    assert bucket()[f"attachments/{kept.file.name}"] == PDF
    with pytest.raises(ValueError, match="no address"):
        _address = kept.file.url
    client.force_login(person)
    address = reverse("admin:teamwork_note_file", args=[kept.pk])
    assert client.get(address).getvalue() == PDF
    kept.file.storage.delete(kept.file.name)
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_a_table_is_read_from_a_copy_that_does_not_stay(bucket, settings):
    table = SimpleUploadedFile("a.csv", b"Name;Ort\nErika Musterfrau;Kaiserslautern\n")
    person = make_person("administrator")
    run = receive(table, noun="actors", by=person)
    assert run.has_file
    del run
    gc.collect()  # the request is over
    run = ImportRun.objects.get()
    assert [str(title) for title in titles_of(run)] == ["Name", "Ort"]
    assert [*(settings.PORTAL_DATA_DIR / COPIES).iterdir()] == [run.path.parent]
    del run
    gc.collect()
    assert [*(settings.PORTAL_DATA_DIR / COPIES).iterdir()] == []
    (left := settings.PORTAL_DATA_DIR / COPIES / "left").mkdir()
    os.utime(left, (0, 0))
    found = find_person(ERIKA)
    assert [one.title for one in found.values()] == ["a.csv"]
    erase(person=ERIKA, keys=found, ground="request", by=person)
    assert bucket() == {} and [*(settings.PORTAL_DATA_DIR / COPIES).iterdir()] == []


@pytest.mark.django_db
def test_what_an_upload_left_is_found_and_forgotten(bucket, monkeypatch):
    name = storages["imports"].save("2026/01/left.csv", SimpleUploadedFile("a.csv", b"Erika Musterfrau"))
    found = find_person(ERIKA)
    assert [*found] == [f"file:imports/{name}"]
    assert forget_left_files() == 0  # of an upload that is just going on
    monkeypatch.setattr(cleaning, "KEPT_LEFT_BEHIND", -timedelta(minutes=1))
    assert forget_left_files() == 1
    storages["imports"].save(name, SimpleUploadedFile("a.csv", b"Erika Musterfrau"))
    erase(person=ERIKA, keys=found, ground="request", by=make_person("administrator"))
    assert bucket() == {}


@pytest.mark.django_db(transaction=True)
def test_backup_and_restore_take_the_bucket_along(bucket, tmp_path, monkeypatch):
    monkeypatch.setattr(backup_room, "_tables", lambda cursor: [])  # they are tried in `core/test_backup.py`
    default_storage.save("logos/a.png", SimpleUploadedFile("a.png", packed()))
    storages["proofs"].save("2026/01/a.pdf", SimpleUploadedFile("a.pdf", PDF))
    before = bucket()
    backup(path := tmp_path / "registry.tar.gz")
    default_storage.delete("logos/a.png")
    storages["proofs"].delete("2026/01/a.pdf")
    storages["proofs"].save("2026/01/a.pdf", SimpleUploadedFile("a.pdf", b"another one"))
    storages["imports"].save("later.csv", SimpleUploadedFile("a.csv", b"x"))
    with pytest.raises(BackupError, match=r"such as imports/later\.csv"):
        restore(path)
    restore(path, replace=True)
    assert bucket() == before


@pytest.mark.django_db
def test_while_the_storage_is_away_pages_are_there_and_nothing_counts_as_lost(
    server, settings, monkeypatch, client
):
    actor = make_actor("Firma")
    Actor.objects.update(logo="logos/a.png")
    closed = "http://127.0.0.1:9"
    use(f"s3://key:secret@bucket?endpoint={closed}&region=eu-central-1", settings, monkeypatch)
    monkeypatch.setattr(botocore.endpoint.time, "sleep", lambda seconds: None)
    page = client.get(actor.get_absolute_url())
    assert page.status_code == 200 and "/media/logos/a.png" in page.content.decode()
    client.raise_request_exception = False
    answer = client.get("/media/logos/a.png")
    assert answer.status_code == 503 and "Speicher der Dateien" in answer.content.decode()
    [line] = doctor._files()
    assert not line.is_well and closed in line.sentence
    with pytest.raises(FilesUnreachable) as caught, at_hand(storages["imports"], "a.csv"):
        pass
    assert outage_of(caught.value) == Outage.FILES
    with pytest.raises(FilesUnreachable):
        find_person(ERIKA)


def test_the_doctor_finds_a_bucket_that_is_not_there(bucket, server, settings, monkeypatch):
    assert [line.is_well for line in doctor._files()] == [True]
    use(f"s3://key:secret@nobodys?endpoint={server}&region=eu-central-1", settings, monkeypatch)
    assert [line.is_well for line in doctor._files()] == [False]


@pytest.mark.parametrize("url", ["file:///srv", "s3://", "s3://b?host=x", "s3://b?endpoint", "s3:bucket"])
def test_what_is_no_bucket_is_refused(url):
    with pytest.raises(ImproperlyConfigured, match="s3://KEY:SECRET@BUCKET"):
        storages_of(url)


def test_an_address_says_bucket_folder_and_access():
    options = storages_of("s3://k%2Fy:s%40c@files.example/a/b?endpoint=https://s3.example")["proofs"][
        "OPTIONS"
    ]
    assert options == {
        "bucket_name": "files.example", "access_key": "k/y", "secret_key": "s@c", "location": "a/b/proofs",
        "endpoint_url": "https://s3.example", "is_public": False,
    }  # fmt: skip
    assert urlsplit(storages_of("s3://b")["default"]["OPTIONS"]["location"]).path == "media"
