"""The record of processing in the admin: for administrators alone, as a page and as a table in both languages."""

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from actors.models import ContactPerson
from clusterportal.history.processing import activities, record_of_processing, terms
from tests.factories import make_actor, make_person

pytestmark = pytest.mark.django_db
PAGE = "/admin/privacy/"


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}record.csv", f"{PAGE}record.xlsx"])
def test_only_administrators_read_the_record(client, address):
    assert client.get(address).status_code == 302  # to the sign-in
    for role, status in (("manager", 403), ("editor", 403), ("viewer", 403), ("administrator", 200)):
        client.force_login(make_person(role))
        assert client.get(address).status_code == status
    assert client.post(address).status_code == 405


def test_the_page_shows_every_activity_and_every_term(client, django_assert_max_num_queries):
    client.force_login(make_person("administrator"))
    client.get(PAGE)
    with django_assert_max_num_queries(12):
        page = client.get(PAGE)
    shown = page.context["activities"]
    assert [one["activity"].code for one in shown] == [one.code for one in activities()]
    assert sum(len(row["columns"]) for one in shown for row in one["kept"]) == len(
        list(record_of_processing())
    )
    assert len(page.context["terms"]) == len(terms())
    assert "30 Tage nach der Bestätigung" in page.content.decode()


def test_the_table_is_there_in_both_languages(client):
    client.force_login(make_person("administrator"))
    number = len(list(record_of_processing()))
    for language, head, kept in (
        ("de", "Tätigkeit", "30 Tage nach der Bestätigung"),
        ("en", "Activity", "30 days after the confirmation"),
    ):
        answer = client.get(f"{PAGE}record.csv?lang={language}")
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))
        assert (rows[0][0], len(rows)) == (head, number + 1)
        assert {row[8] for row in rows if row[11] == "enquiries_enquiry.email"} == {kept}
        assert f"-{language}.csv" in answer["Content-Disposition"]
        answer = client.get(f"{PAGE}record.xlsx?lang={language}")
        sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
        assert (sheet["A1"].value, sheet.max_row, sheet.freeze_panes) == (head, number + 1, "A2")
    assert client.get(f"{PAGE}record.csv?lang=xx").status_code == 400
    assert client.get(f"{PAGE}record.pdf").status_code == 400


def test_administrators_see_the_proof_of_consents(client, django_assert_max_num_queries):
    for number in range(3):
        contact = ContactPerson.objects.create(
            actor=make_actor(f"Verein {number}"), name=f"Ada {number}", consent_on=date(2026, 1, 2)
        )
    contact.delete()
    address = f"{PAGE}consents/"
    for role in ("manager", "editor", "viewer"):
        client.force_login(make_person(role))
        assert client.get(address).status_code == 403
    client.force_login(make_person("administrator"))
    client.get(address)
    with django_assert_max_num_queries(14):
        page = client.get(address)
    shown = [(str(one["actor"]), one["step"].person, one["step"].is_given) for one in page.context["steps"]]
    assert shown == [
        ("Verein 2", "Ada 2", False), ("Verein 2", "Ada 2", True), ("Verein 1", "Ada 1", True),
        ("Verein 0", "Ada 0", True),
    ]  # fmt: skip
    assert page.content.decode().count("2. Januar 2026") == 4
