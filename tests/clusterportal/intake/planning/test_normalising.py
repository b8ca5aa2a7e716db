"""Values as people write them, in the one spelling of the registry; what was normalised_values is reported."""

import pytest

from clusterportal.intake.differences import reports
from clusterportal.intake.identity.names import name_key
from clusterportal.intake.plan import Outcome
from clusterportal.intake.planning import make_plan
from clusterportal.intake.profiles import profile
from clusterportal.intake.row_facts import Normalised
from tests.factories import make_actor, make_cluster

pytestmark = pytest.mark.django_db


def entry_of(row: dict):
    (entry,) = make_plan([(2, row)], profile=profile("registry")).entries
    return entry


@pytest.mark.parametrize(
    ("column", "written", "held"),
    [
        ("postcode", "67 663", "67663"),
        ("founded", "ca. 1990", "1990"),
        ("founded", "gegr. 1990", "1990"),
        ("founded", "01.03.1990", "1990"),
        ("city", "Tief\u2010stadt\u200e", "Tief-stadt"),
        ("phone", "0631 2050 Zentrale", "+496312050"),
        ("phone", 496312050000, "+496312050000"),
        ("website", "www.example.org", "https://www.example.org"),
        ("website", "example.org/a", "https://example.org/a"),
        ("website", "http//example.org/a/", "http://example.org/a/"),
        ("website", "HTTPS:/example.org", "https://example.org"),
        ("phone", "0631 205-0", "+496312050"),
        ("phone", "+49 (0)631/205 0", "+496312050"),
        ("phone", "0049 631 2050", "+496312050"),
        ("email", "mailto:a@example.org.", "a@example.org"),
        ("city", "  Bad\u00a0 Dürkheim ", "Bad Dürkheim"),
        ("city", "Mu\u0308nchen", "München"),
    ],
)  # fmt: skip
def test_what_is_rewritten_and_reported(column, written, held):
    entry = entry_of({"name": "A", "kind": "other", column: written})
    assert str(entry.fields[column]) == held
    assert entry.normalised == [Normalised(column, str(written), held)]


@pytest.mark.parametrize(
    ("country", "code"),
    [("Deutschland", "DE"), ("germany", "DE"), ("Österreich", "AT"), ("fr", "FR"), ("D", "DE")],
)
def test_countries_in_words(country, code):
    assert entry_of({"name": "A", "kind": "other", "country": country}).fields["country"] == code


def test_abroad_a_postcode_may_have_four_digits_and_a_number_another_code():
    fields = entry_of(
        {"name": "A", "kind": "other", "country": "AT", "postcode": "1010", "phone": "01 58801"}
    ).fields
    assert (fields["postcode"], fields["phone"]) == ("1010", "+43158801")


def test_an_actor_abroad_keeps_its_postcode_though_the_row_names_no_country():
    actor = make_actor("Wien AG", country="AT", postcode="1020")
    entry = entry_of({"slug": actor.slug, "postcode": "1010"})
    assert entry.fields == {"postcode": "1010"} and entry.normalised == []


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Muster GmbH", "2HBR"), ("Muster GmbH & Co. KG", "8Z6G"), ("Freunde e.V.", "QZ3L"), ("Freunde e. V. (FV)", ""),
        ("Muster UG (haftungsbeschränkt)", "63KS"), ("AG Zukunft", ""), ("Muster gGmbH", "SCE1"),
    ],
)  # fmt: skip
def test_the_legal_form_that_a_name_ends_with(name, form):
    assert entry_of({"name": name, "kind": "other"}).fields.get("legal_form", "") == form


def test_a_legal_form_is_not_guessed_where_the_table_knows_or_the_country_differs():
    assert entry_of({"name": "A GmbH", "kind": "other", "legal_form": "6QQB"}).fields["legal_form"] == "6QQB"
    assert "legal_form" not in entry_of({"name": "A AG", "kind": "other", "country": "CH"}).fields
    actor = make_actor("A GmbH")
    assert entry_of({"slug": actor.slug, "name": "A GmbH", "legal_form": ""}).outcome is Outcome.UNCHANGED


def test_what_the_registry_holds_as_written_is_no_change():
    actor = make_actor("A  B", phone="+49 631 205 0", postcode="4103", website="http://example.org")
    row = {"slug": actor.slug, "name": "A  B", "phone": "+49 631 205 0", "postcode": "4103"}
    assert (entry_of(row).outcome, entry_of(row).normalised) == (Outcome.UNCHANGED, [])
    assert entry_of({"slug": actor.slug, "phone": "0631/2050"}).outcome is Outcome.UNCHANGED


def test_cells_may_name_records_as_people_do(chain):
    make_cluster("it-cluster", name_de="IT-Cluster", name_en="IT cluster")
    entry = entry_of(
        {"name": "A", "kind": "other", "layers": "Grundlagenforschung|5*", "clusters": "it cluster"}
    )
    assert [item["layer"] for item in entry.parts["layers"].add] == ["basic-research", "application-market"]
    assert entry.parts["clusters"].add[0]["cluster"] == "it-cluster"


def test_numbers_and_addresses_in_columns_of_their_own():
    row = {
        "name": "A",
        "kind": "other",
        "ror": "https://ror.org/019hjw009",
        "street": "Weg",
        "house_number": 3.0,
    }
    entry = entry_of(row)
    assert entry.parts["identifiers"].add == [{"scheme": "ror", "value": "019hjw009"}]
    assert entry.fields["street"] == "Weg 3"


def test_differences_in_words(chain):
    actor = make_actor("Muster", kind="company", layers=[1])
    plan = make_plan([(2, {"slug": actor.slug, "kind": "startup", "layers": "applied-research"})],
                     profile=profile("registry"))  # fmt: skip
    (report,) = reports(plan)
    assert [tuple(change) for change in report.differences] == [
        ("kind", "Unternehmen", "Start-up"), ("layers", "", "Angewandte Forschung und Transfer – Thema"),
    ]  # fmt: skip


def test_relations_in_words():
    a, b, c = (make_actor(name) for name in "ABC")
    a.outgoing.create(target=b, kind="supply") if hasattr(a, "outgoing") else None
    plan = make_plan(
        [(2, {"slug": a.slug, "relations": f"cooperation>{c.slug}"})], profile=profile("registry")
    )
    (report,) = reports(plan)
    assert report.differences[-1].after == "Kooperation > C"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller GmbH", "Mueller"),
        ("Straße e.V.", "STRASSE"),
        ("Ökohaus & Co. KG", "Oekohaus"),
        ("A und B", "A & B"),
    ],
)
def test_names_are_compared_folded(one, other):
    assert name_key(one) == name_key(other)
