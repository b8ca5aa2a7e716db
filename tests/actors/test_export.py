"""`export_actors`, and that what goes out comes in again without a change."""

import csv
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from openpyxl import load_workbook

from actors.models import (
    Actor,
    ActorAlias,
    ActorRelation,
    ContactPerson,
    Identifier,
    Membership,
    Service,
    Topic,
)
from actors.resources import ActorResource, PublicActorResource
from clusterportal.history.models import current_revision
from tests.clusterportal.intake.test_import_actors import NOTHING, run
from tests.factories import make_actor, make_area, make_cluster

pytestmark = pytest.mark.django_db
FORMATS = ["csv", "xlsx", "json", "ndjson", "geojson"]


@pytest.fixture(autouse=True)
def _own_data_dir(settings, tmp_path):
    settings.PORTAL_DATA_DIR = tmp_path / "data"


@pytest.fixture
def registry(chain):
    """Three actors with everything that is hard to write into a cell."""
    area, cluster = make_area("logistics"), make_cluster()
    full = make_actor(
        '=Müller "& Söhne"; GmbH, | Co', layers=[2, 4], areas=[area], slug="full", phone="+49 631 205 0",
        street="-1 Weg", description_de="Zeile 1\r\nZeile 2\n", summary_en="'=quoted", latitude=-33.123456789,
        longitude=151.1, country="AU", founded=1995,
        verified_on=timezone.localdate(), legal_form="2HBR", size="small", website="https://example.org/?a=1|2",
    )  # fmt: skip
    full.placements.filter(is_primary=True).update(note_de="Grund | mit Strich", basis="both")
    Membership.objects.create(
        actor=full, cluster=cluster, kind="partner", since="2020-01-01", is_committed=True
    )
    full.topics.add(Topic.objects.create(slug="robotics", name_de="Robotik"))
    Identifier.objects.create(actor=full, scheme="register", value="Leipzig HRB 1 A")
    ActorAlias.objects.create(actor=full, name="former: a|b", kind="colloquial", language="en")
    for position in range(2):
        service = Service.objects.create(
            actor=full, title_de="Rat", title_en=f"Advice {position}", layer=chain[0]
        )
        service.areas.add(area)
    plain, draft = (
        make_actor("Plain", slug="plain"),
        make_actor("Draft", slug="draft", state="draft", layers=[1]),
    )
    Service.objects.create(actor=plain, title_de="Beratung")
    ActorRelation.objects.create(
        source=full, target=plain, kind="supply", since=2001, note_de="n", evidence="https://a.org"
    )
    ActorRelation.objects.create(source=plain, target=full, kind="supply")
    ActorRelation.objects.create(source=plain, target=draft, kind="cooperation")
    ContactPerson.objects.create(actor=full, name="Erika Muster", consent_on=timezone.localdate())
    return full


@pytest.mark.parametrize("ending", FORMATS)
def test_out_and_in_again_changes_nothing(registry, tmp_path, capsys, ending):
    path = tmp_path / f"actors.{ending}"
    call_command("export_actors", path)
    capsys.readouterr()
    revision = current_revision()
    assert run(path, capsys) == NOTHING | {"unchanged": 3}
    assert current_revision() == revision


@pytest.mark.parametrize("ending", FORMATS)
def test_out_and_into_an_empty_registry_is_the_same_registry(registry, tmp_path, capsys, ending):
    before, again = tmp_path / f"before.{ending}", tmp_path / f"again.{ending}"
    call_command("export_actors", before)
    records = list(ActorResource().records(Actor.objects.order_by("uid")))
    Actor.objects.all().delete()
    capsys.readouterr()
    assert run(before, capsys) == NOTHING | {"new": 3}
    call_command("export_actors", again)
    assert [_comparable(record) for record in ActorResource().records(Actor.objects.order_by("uid"))] == [
        _comparable(record) for record in records
    ]


def _comparable(record: dict) -> dict:
    tidied = {
        key: value.replace("\r\n", "\n").strip() if isinstance(value, str) else value
        for key, value in record.items()
    }
    return {
        key: sorted(map(str, value)) if isinstance(value, list) else value for key, value in tidied.items()
    }


@pytest.mark.parametrize("ending", FORMATS)
def test_people_are_never_exported(registry, tmp_path, ending):
    path = tmp_path / f"actors.{ending}"
    call_command("export_actors", path)
    is_workbook = ending == "xlsx"
    text = str(list(load_workbook(path).active.values)) if is_workbook else path.read_text(encoding="utf-8")
    assert "Plain" in text and "Erika" not in text


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_no_cell_is_a_formula(registry, tmp_path, ending):
    path = tmp_path / f"actors.{ending}"
    call_command("export_actors", path)
    if ending == "csv":
        rows = list(csv.reader(path.open(encoding="utf-8", newline="")))
        assert all(not str(cell).startswith(("=", "+", "@")) for row in rows for cell in row if cell)
    else:
        cells = [cell for row in load_workbook(path).active for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} <= {"s", "n"}  # texts and numbers, no formula and no error
        rows = [[*row] for row in load_workbook(path).active.values]
    full, apostrophe = dict(zip(rows[0], rows[1], strict=True)), "'" if ending == "csv" else ""
    assert full["phone"] == f"{apostrophe}+49 631 205 0" and full["name"].startswith(f"{apostrophe}=M")


def test_published_only(registry, tmp_path):
    path = tmp_path / "actors.json"
    call_command("export_actors", path, published=True)
    assert {record["slug"] for record in json.loads(path.read_text(encoding="utf-8"))} == {"full", "plain"}


def test_geojson_places(registry, tmp_path):
    call_command("export_actors", tmp_path / "a.geojson")
    features = {
        f["properties"]["slug"]: f["geometry"]
        for f in json.loads((tmp_path / "a.geojson").read_text())["features"]
    }
    assert (
        features["full"] == {"type": "Point", "coordinates": [151.1, -33.123456789]}
        and features["plain"] is None
    )


def test_unknown_ending_and_unwritable_place(db, tmp_path):
    for path, why in (("a.doc", "keine bekannte Endung"), ("nowhere/a.csv", "No such file or directory")):
        with pytest.raises(CommandError, match=why):
            call_command("export_actors", tmp_path / path)


def test_a_text_too_long_for_a_workbook_is_not_cut_off(db, tmp_path):
    make_actor("Long", description_de="x" * 40_000)
    with pytest.raises(CommandError, match="description_de"):
        call_command("export_actors", tmp_path / "a.xlsx")
    assert not list(tmp_path.glob("*a.xlsx*"))


def test_public_columns_show_nothing_that_is_not_public(registry):
    records = {record["slug"]: record for record in PublicActorResource().records(Actor.objects.published())}
    assert "publication" not in records["full"]
    assert [relation["target"] for relation in records["plain"]["relations"]] == ["full"]


@pytest.mark.parametrize("how_many", [1, 3])
def test_queries_do_not_grow_with_actors(chain, django_assert_num_queries, how_many):
    for number in range(how_many):
        make_actor(layers=[1, 2], slug=f"a{number}")
    # Actors and eight parts; the areas of services are asked for only where there are services.
    with django_assert_num_queries(9):
        assert len(list(ActorResource().rows(Actor.objects.all()))) == how_many
