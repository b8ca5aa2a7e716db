"""The directory as a file."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from actors.models import ContactPerson
from actors.resources import PublicActorResource
from tests.clusterportal.intake.test_import_actors import NOTHING, run
from tests.factories import make_actor, make_area

pytestmark = pytest.mark.django_db


@pytest.fixture
def download(client):
    def get(address: str) -> bytes:
        response = client.get(f"/de/akteure/export.{address}")
        assert response.status_code == 200
        return response.getvalue()

    return get


def test_the_file_holds_what_the_filters_show_and_nobody_without_consent(download, chain):
    make_actor("=Alpha", layers=[2], slug="alpha", source="intern")
    make_actor("Beta", layers=[3], slug="beta")
    make_actor("Gamma", layers=[2], state="draft")
    ContactPerson.objects.create(
        actor=make_actor("Delta", layers=[2], slug="delta"), name="Ohne Einwilligung"
    )
    table = download("csv?layer=applied-research").decode()
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [(row["name"], row["layers"]) for row in rows] == [
        ("'=Alpha", "applied-research*"), ("Delta", "applied-research*"),
    ]  # fmt: skip
    assert list(rows[0]) == PublicActorResource().columns
    assert "publication" not in rows[0] and "contacts" not in rows[0]
    assert "Ohne Einwilligung" not in table


def test_the_formats_agree(download, chain):
    area = make_area()
    make_actor("Alpha", layers=[2, 3], areas=[area], latitude=51.3, longitude=12.4)
    make_actor("Beta")
    records = json.loads(download("json"))
    assert [json.loads(line) for line in download("ndjson").splitlines()] == records
    features = json.loads(download("geojson"))["features"]
    assert [feature["properties"] for feature in features] == records
    assert [feature["geometry"] for feature in features] == [
        {"type": "Point", "coordinates": [12.4, 51.3]}, None,
    ]  # fmt: skip
    sheet = load_workbook(io.BytesIO(download("xlsx"))).active
    cells = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert cells == [*csv.reader(io.StringIO(download("csv").decode()))]


def test_excel_gets_its_mark_when_it_asks(download):
    assert download("csv?bom=1").startswith("\ufeffuid,".encode())
    assert download("csv").startswith(b"uid,")


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json", "ndjson", "geojson"])
def test_in_again_changes_nothing(download, chain, tmp_path, capsys, settings, ending):
    settings.PORTAL_DATA_DIR = tmp_path / "data"
    make_actor("Alpha", layers=[2, 3], areas=[make_area()], source="intern", founded=1990)
    path = tmp_path / f"actors.{ending}"
    path.write_bytes(download(ending))
    assert run(path, capsys) == NOTHING | {"unchanged": 1}


def test_what_the_directory_does_not_understand_leads_back_to_it(client):
    assert client.get("/de/akteure/export.pdf").status_code == 404
    response = client.get("/de/akteure/export.csv?layer=nirgends")
    assert (response.status_code, response["Location"]) == (302, "/de/akteure/?layer=nirgends")


def test_an_empty_list_is_a_header(download):
    assert download("csv?city=Nirgendwo").decode().strip() == ",".join(PublicActorResource().columns)
    assert json.loads(download("json?city=Nirgendwo")) == []


def test_a_text_no_workbook_holds_is_named(client):
    make_actor(description_de="x" * 33_000)
    response = client.get("/de/akteure/export.xlsx")
    assert response.status_code == 409
    assert "description_de" in response.content.decode()
