"""Whoever was named in a contribution or in a file of it is erased from both, history included."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from clusterportal.core import backup_files
from clusterportal.history.changes import versions_of
from clusterportal.history.erasure import erase, find_person
from clusterportal.history.unused_files import forget_unused_files
from clusterportal.newsroom.models import Contribution, File
from tests.clusterportal.history.test_erased_everywhere import ONE, PERSON
from tests.factories import make_contribution, make_person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_jobs")]


@pytest.fixture
def folder(settings, tmp_path):
    settings.PORTAL_DATA_DIR = tmp_path
    settings.BACKED_UP = {"contributions": tmp_path / "contributions"}
    return tmp_path / "contributions"


def make_file(contribution, content: bytes, name: str = "Programm.txt") -> File:
    made = File(contribution=contribution, name=name, media_type="text/plain", size=len(content))
    made.file.save("a.txt", ContentFile(content), save=False)
    made.save()
    return made


def test_a_person_is_erased_from_texts_and_files_and_backups_hold_the_rest(folder):
    news = make_contribution("Neues", body_de=f"Es spricht {ONE}.", image_credit=f"Foto: {ONE}")
    named = make_file(news, f"Es spricht {ONE}.".encode())
    other = make_file(news, b"Beginn: 10 Uhr")
    Contribution.objects.filter(pk=news.pk).update(lead_de="Kurz.")
    assert len(list(backup_files.files())) == 2
    found = find_person(PERSON)
    assert "File of a contribution" in {one.kind for one in found.values()}
    erase(person=PERSON, keys=found, ground="request", by=make_person("administrator"))
    news.refresh_from_db()
    assert "Zümpelmann" not in f"{news.body_de} {news.image_credit}"
    assert not versions_of(Contribution).filter(body_de__contains="Zümpelmann").exists()
    assert [*File.objects.all()] == [other]
    assert not versions_of(File).filter(pgh_obj_id=named.pk).exists()
    assert [opened().read() for _name, opened in backup_files.files()] == [b"Beginn: 10 Uhr"]


def test_files_of_deleted_contributions_go_after_a_while(folder):
    news = make_contribution("Neues")
    make_file(news, b"x")
    news.delete()
    assert forget_unused_files(File) == 0
    assert forget_unused_files(File, kept_for=timedelta(0)) == 1
    assert not [path for path in folder.rglob("*") if path.is_file()]
