"""What the portal holds of a person, handed to them: everything of their own, and nothing of anybody else."""

import json
from datetime import date

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone

from actors.models import ContactPerson
from clusterportal.enquiries.models import Enquiry
from clusterportal.history.person import Person
from clusterportal.history.person_data import data_of
from clusterportal.newsletters.domain.reader_links import CHOICE
from clusterportal.review.domain.throttle import PER_EMAIL
from clusterportal.review.models import Proposal
from tests.clusterportal.newsletters.makers import make_list, make_reader
from tests.factories import make_actor, make_person

pytestmark = pytest.mark.django_db
MAIL = "xe.zu@zumpel.example"
PERSON = Person("Xerika Zümpelmann", MAIL)
ADMIN = "/admin/history/erasure/person/"
OWN = {"de": "/de/meine-eintraege/daten/", "en": "/en/my-entries/data/"}


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.PORTAL_DATA_DIR = tmp_path


@pytest.fixture
def everywhere():
    actor = make_actor("Verein", description_de="Gegründet von Xerika Zümpelmann und Otto Ander")
    contact = ContactPerson.objects.create(
        actor=actor, name="Xerika Zimmer", email=MAIL, phone="0631 9988776", consent_on=date(2026, 1, 2)
    )
    ContactPerson.objects.filter(pk=contact.pk).update(name="Xerika Zümpelmann")
    Enquiry.objects.create(
        actor=actor, subject="Verein", text="Wir suchen Rat.", name="Xerika Zümpelmann", email=MAIL,
        confirmed_at=timezone.now(),
    )  # fmt: skip
    Proposal.objects.create(
        kind="new", name="Otto Ander", email="otto@example.org", message="Geheimes von Otto",
        record={"name": "X", "contacts": [{"name": "Xerika Zümpelmann", "email": MAIL}]},
    )  # fmt: skip
    make_reader(make_list(), MAIL)
    return make_person("administrator", first_name="Ada")


def test_the_person_gets_their_records_and_of_others_only_the_words(everywhere):
    data = data_of(PERSON, is_chosen=lambda key, finding: True)
    by_kind = {one["kind"]: one for one in data["records"]}
    assert set(by_kind) == {"Ansprechpersonen", "Anfragen", "Bestellungen", "Abonnenten"}
    contact = by_kind["Ansprechpersonen"]
    assert contact["activity"] == "Ansprechpersonen von Organisationen"
    assert {
        "Name": "Xerika Zümpelmann",
        "E-Mail": MAIL,
        "Einwilligung erteilt am": "2. Januar 2026",
    }.items() <= contact["values"].items()
    assert [one["values"]["Name"] for one in contact["versions"]] == ["Xerika Zümpelmann", "Xerika Zimmer"]
    assert by_kind["Anfragen"]["values"]["Was gesucht wird"] == "Wir suchen Rat."
    text = json.dumps(data, ensure_ascii=False)
    assert "Geheimes von Otto" not in text and "otto@example.org" not in text
    assert [one["kind"] for one in data["mentions"]] == ["Vorgeschlagene Ansprechperson", "Akteur"]
    told = {one["name"]: one for one in data["activities"]}
    assert told["Anfragen von Besuchern"]["bases"] == ["Einwilligung, Artikel 6 Absatz 1 Buchstabe a DSGVO"]
    assert "30 Tage nach der Bestätigung" in told["Anfragen von Besuchern"]["kept"]


def test_an_administrator_hands_over_what_was_chosen(client, everywhere, caplog):
    asked = {"name": "Xerika Zümpelmann", "email": MAIL, "phone": ""}
    for role, status in (("manager", 403), ("editor", 403), ("viewer", 403)):
        client.force_login(make_person(role))
        assert client.post(ADMIN, asked | {"give": "json", "found": ["x"]}).status_code == status
    client.force_login(everywhere)
    assert MAIL not in client.get(f"{ADMIN}?name=Xerika+Zümpelmann&email={MAIL}&give=json").content.decode()
    page = client.post(ADMIN, asked)
    keys = [key for key in page.context["found"].findings if key.startswith("contact:")]
    with caplog.at_level("INFO", logger="clusterportal"):
        answer = client.post(ADMIN, asked | {"give": "json", "found": keys})
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    assert "umpel" not in answer["Content-Disposition"] and "umpel" not in caplog.text
    assert f"account {everywhere.pk}: 1 records" in caplog.text
    assert [one["kind"] for one in answer.json()["records"]] == ["Ansprechpersonen"]
    readable = client.post(ADMIN, asked | {"give": "html", "found": keys})
    text = readable.content.decode()
    assert '<html lang="de">' in text and "Xerika Zimmer" in text and "http" not in text.replace(MAIL, "")


def test_account_holders_get_their_own(client, everywhere):
    account = make_person("", username="xz", first_name="Xerika", email=MAIL)
    other = make_person("editor", username="namesake", email=MAIL)
    assert client.post(OWN["de"]).status_code == 302  # to the sign-in
    client.force_login(account)
    assert client.get(OWN["de"]).status_code == 405
    first = client.post(OWN["de"], {"format": "json"}).json()
    assert [one["kind"] for one in first["records"]] == ["Personen"]  # the address is not confirmed
    assert "xz" in json.dumps(first) and "pbkdf2" not in json.dumps(first)
    EmailAddress.objects.create(user=account, email=MAIL, verified=True, primary=True)
    data = client.post(OWN["en"], {"format": "json"}).json()
    assert {one["kind"] for one in data["records"]} == {
        "People", "Email addresses", "Contact persons", "Enquiries", "Orders", "Subscribers",
    }  # fmt: skip
    assert data["mentions"] == [] and other.username not in json.dumps(data)
    for _time in range(PER_EMAIL - 2):
        assert client.post(OWN["de"], {"format": "html"}).status_code == 200
    assert client.post(OWN["de"]).status_code == 429


def test_the_link_of_a_newsletter_opens_what_newsletters_keep(client, everywhere):
    reader = make_reader(make_list(language="en"), MAIL)
    page = reverse("pages:newsletter-data", args=[CHOICE.token(str(reader.uid))])
    assert client.get(page).status_code == 405
    assert page in client.get(page.removesuffix("daten/")).content.decode()
    data = client.post(page, {"format": "json"}).json()
    assert {one["kind"] for one in data["records"]} == {"Bestellungen", "Abonnenten"}
    assert client.post(reverse("pages:newsletter-data", args=["unsinn"])).status_code == 410
