"""The admin's forms say the same of a value as the import: what is meant is rewritten, what cannot be is refused."""

import io

import pytest
from openpyxl import load_workbook

from actors.models import Actor
from tests.admin_pages import save
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor():
    return make_actor("Muster GmbH", slug="muster", postcode="67655", city="Kaiserslautern")


def errors(response) -> dict:
    return {name: " ".join(texts) for name, texts in response.context["adminform"].form.errors.items()}


def test_what_is_meant_is_written_as_the_import_writes_it(admin_client, actor):
    changes = {
        "phone": "0631 31600 4001 (Zentrale)",
        "postcode": "D-67 663",
        "country": "de",
        "name": "Mu\u0308ster\u00a0GmbH\u200e",
        "summary_de": "Eins\x0bzwei",
        "description_de": "Eins\x0bzwei\r\ndrei",
    }
    assert save(admin_client, actor, **changes).status_code == 302
    stored = Actor.objects.values(*changes).get()
    assert stored == {
        "phone": "+49631316004001",
        "postcode": "67663",
        "country": "DE",
        "name": "Müster GmbH",
        "summary_de": "Eins zwei",
        "description_de": "Eins\nzwei\ndrei",
    }


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"postcode": "1"}, "postcode", "fünf Ziffern"),
        ({"postcode": "A-5020"}, "postcode", "Österreich"),
        ({"postcode": "Mainz", "city": "67663"}, "postcode", "vertauscht"),
        ({"founded": "3000"}, "founded", "kein plausibles Jahr"),
        ({"founded": "0"}, "founded", "kein plausibles Jahr"),
        ({"country": "RP"}, "country", "kein Land"),
        ({"phone": "Zentrale"}, "phone", "keine Telefonnummer"),
        ({"latitude": "7.7689", "longitude": "49.4441"}, "latitude", "vertauscht"),
        ({"latitude": "0", "longitude": "0"}, "latitude", "0, 0"),
    ],
)
def test_what_cannot_be_is_refused_beside_the_field(admin_client, actor, changes, field, words):
    response = save(admin_client, actor, **changes)
    assert response.status_code == 200
    found = errors(response)
    assert [*found] == [field] and words in found[field]
    assert Actor.objects.values(*changes).get() == {name: getattr(actor, name) for name in changes}


def test_the_number_of_a_contact_is_read_by_the_country_of_its_actor(admin_client, actor):
    Actor.objects.update(country="AT", postcode="1010")
    actor.refresh_from_db()
    part = {
        "contacts-TOTAL_FORMS": "1",
        "contacts-0-name": "Empfang",
        "contacts-0-phone": "01 58801",
        "contacts-0-position": "0",
    }
    assert save(admin_client, actor, **part).status_code == 302
    assert actor.contacts.get().phone == "+43158801"


def test_no_text_can_break_a_workbook(admin_client, actor):
    save(admin_client, actor, summary_de="Ein\x0b Punkt\x01", street="=1+1", source="#N/A _x0041_")
    answer = admin_client.get("/admin/actors/actor/export/", {"format": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    header, row = sheet.iter_rows()
    cells = {title.value: cell for title, cell in zip(header, row, strict=True)}
    assert cells["summary_de"].value == "Ein Punkt"
    assert (cells["street"].value, cells["street"].data_type) == ("=1+1", "s")
    # The escape of an escape: openpyxl leaves it as it is written, Excel shows "#N/A _x0041_".
    assert cells["source"].value == "#N/A _x005F_x0041_"
