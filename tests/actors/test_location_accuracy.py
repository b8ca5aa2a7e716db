"""What the coordinates mark travels with them: import, export, linked data; nobody's word counts as approximate."""

import csv

import pytest
from django.core.management import CommandError, call_command

from actors.domain.linked_data import linked_data
from actors.models import Actor
from tests.factories import make_actor

pytestmark = pytest.mark.django_db

PLACE = {"latitude": 49.44, "longitude": 7.77}


@pytest.fixture(autouse=True)
def _own_data_dir(settings, tmp_path):
    settings.PORTAL_DATA_DIR = tmp_path / "data"


@pytest.mark.parametrize(
    ("word", "stored"), [("exact", "exact"), ("Ungefähr: der Ort oder Ortsteil", "approximate")]
)
def test_a_table_says_it_and_an_export_says_it_again(tmp_path, word, stored):
    path, copy = tmp_path / "in.csv", tmp_path / "out.csv"
    path.write_text(
        f"name,kind,latitude,longitude,location_accuracy\nFirma,company,49.44,7.77,{word}\n", encoding="utf-8"
    )
    call_command("import_actors", path)
    assert Actor.objects.get().location_accuracy == stored
    call_command("export_actors", copy)
    with open(copy, encoding="utf-8-sig", newline="") as file:
        assert [row["location_accuracy"] for row in csv.DictReader(file)] == [stored]


def test_another_word_is_refused(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text("name,kind,location_accuracy\nFirma,company,vielleicht\n", encoding="utf-8")
    with pytest.raises((CommandError, SystemExit)):
        call_command("import_actors", path)
    assert not Actor.objects.exists()


@pytest.mark.parametrize(("accuracy", "is_told"), [("exact", True), ("approximate", False), ("", False)])
def test_search_engines_get_only_exact_places(accuracy, is_told):
    data = linked_data(make_actor(**PLACE, location_accuracy=accuracy), base_url="https://portal.example/")
    assert ("geo" in data) is is_told
