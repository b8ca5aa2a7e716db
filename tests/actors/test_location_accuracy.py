"""What the coordinates mark travels with them: import, export, linked data; nobody's word means not known."""

import csv

import pytest
from django.core.management import CommandError, call_command

from actors.api.linked import in_linked_data
from actors.domain.linked_data import linked_data
from actors.models import Actor
from tests.factories import make_actor

pytestmark = pytest.mark.django_db

PLACE = {"latitude": 49.44, "longitude": 7.77}


@pytest.fixture(autouse=True)
def _own_data_dir(settings, tmp_path):
    settings.PORTAL_DATA_DIR = tmp_path / "data"


def imported(tmp_path, *lines: str, **options) -> None:
    path = tmp_path / "in.csv"
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    call_command("import_actors", path, **options)


@pytest.mark.parametrize(
    ("word", "stored"),
    [
        ("exact", "exact"),
        ("Ungefähr: der Ort oder Ortsteil", "approximate"),
        ("Die Ortsmitte", "town"),
        ("postcode", "postcode"),
        ("Die Straße", "street"),
        ("", ""),
    ],
)
def test_a_table_says_it_and_an_export_says_it_again(tmp_path, word, stored):
    copy = tmp_path / "out.csv"
    imported(
        tmp_path,
        "name,kind,latitude,longitude,location_accuracy",
        f"Firma,company,49.44,7.77,{word}",
    )
    assert Actor.objects.get().location_accuracy == stored
    call_command("export_actors", copy)
    with open(copy, encoding="utf-8-sig", newline="") as file:
        assert [row["location_accuracy"] for row in csv.DictReader(file)] == [stored]


def test_without_coordinates_nothing_is_said_of_them(tmp_path, capsys):
    make_actor("Alt")
    imported(tmp_path, "name,kind,location_accuracy", "Neu,company,town")
    imported(tmp_path, "slug,location_accuracy", "alt,exact")
    assert set(Actor.objects.values_list("name", "location_accuracy")) == {("Alt", ""), ("Neu", "")}
    assert "Ausgelassen: Es gibt keine Koordinaten" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("columns", "cells", "left"),
    [
        ("latitude,longitude", "49.5,7.8", ""),  # another point, of which nobody says anything
        ("latitude,longitude", "49.44,7.77", "exact"),
        ("latitude,longitude", ",", ""),
        ("latitude,longitude,location_accuracy", "49.5,7.8,town", "town"),
        ("city", "Kaiserslautern", "exact"),
    ],
)
def test_another_point_does_not_keep_what_was_said_of_the_old_one(tmp_path, columns, cells, left):
    make_actor("Firma", **PLACE, location_accuracy="exact")
    imported(tmp_path, f"slug,{columns}", f"firma,{cells}")
    assert Actor.objects.get().location_accuracy == left


def test_a_form_without_coordinates_says_nothing_of_them():
    actor = make_actor("Firma", **PLACE, location_accuracy="exact")
    actor.refresh_from_db()
    actor.latitude = actor.longitude = None
    actor.full_clean()
    assert actor.location_accuracy == ""


def test_another_word_is_refused(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text("name,kind,location_accuracy\nFirma,company,vielleicht\n", encoding="utf-8")
    with pytest.raises((CommandError, SystemExit)):
        call_command("import_actors", path)
    assert not Actor.objects.exists()


@pytest.mark.parametrize(
    ("accuracy", "is_told"),
    [
        ("exact", True),
        ("street", True),
        ("postcode", False),
        ("town", False),
        ("approximate", False),
        ("", False),
    ],
)
def test_search_engines_get_only_exact_places(accuracy, is_told):
    actor = make_actor(**PLACE, location_accuracy=accuracy)
    data = linked_data(in_linked_data([actor.pk])[actor.pk])
    assert ("geo" in data) is is_told
