"""What single cells hold: words for nothing, values that are no text, several values, years, countries."""

import datetime

import pytest

from actors.columns.placeholders import says_nothing
from clusterportal.core.languages import column_names
from clusterportal.intake.plan import Outcome
from clusterportal.intake.planning import make_plan
from clusterportal.intake.profiles import profile
from clusterportal.tables.unreadable_cells import UnreadableCell
from tests.factories import make_actor, make_area, make_cluster

pytestmark = pytest.mark.django_db
TITLE = column_names("title")[0]


def plan_of(row: dict):
    return make_plan([(2, {"name": "A", "kind": "other"} | row)], profile=profile("registry"))


def entry_of(row: dict):
    (entry,) = plan_of(row).entries
    return entry


def problem_of(row: dict):
    (problem,) = plan_of(row).problems
    return problem


# ---------- nothing ----------
@pytest.mark.parametrize(
    "word",
    [
        "-", "--", "–", "—", "k. A.", "k.A.", "K.A.", "n/a", "N/A", "N.A.", "n. a.", "None", "NULL", "nan", "NaN",
        "unbekannt", "Unbekannt", "unknown", "keine Angabe", "ohne Angabe", "entfällt", "./.", "-/-", "nicht bekannt",
        "#N/A", "#NV", "#BEZUG!", "#REF!", "#NAME?", "#DIV/0!", "#WERT!", "#ÜBERLAUF!", "#GETTING_DATA", "Err:502",
        "####", "n.n.", "?", "(leer)", "entf.", "n. bek.", "unbek.", "…", "#", "()", "(keine)", "[keine]", "<leer>",
        "noch offen", "noch nicht bekannt", "folgt", "wird nachgereicht", "nicht zutreffend", "nicht relevant",
        "nicht öffentlich", "n.v.t.", "k.A.!", "keine Website", "keine E-Mail-Adresse", "kein Telefon",
        " \u00a0", float("nan"), None,
    ],
)  # fmt: skip
def test_words_for_nothing(word):
    assert says_nothing(word)


@pytest.mark.parametrize(
    "word",
    [
        "Sonstige",
        "KA",
        "NA",
        "NAN",
        "NIL",
        "TBA",
        "#1",
        "0",
        0,
        False,
        "x",
        "nein",
        "Kein & Co.",
        "Unbekannt AG",
        "-5",
    ],
)
def test_words_that_are_values(word):
    assert not says_nothing(word)


COLUMNS = [
    "short_name", "legal_form", "size", "founded", *column_names("summary"), "website", "email", "phone", "street",
    "postcode", "city", "federal_state", "country", "latitude", "longitude", "verified_on", "source", "address",
    "house_number", "vat", "layers", "areas", "clusters", "topics", "services", "aliases", "identifiers", "contacts",
    "relations",
]  # fmt: skip


@pytest.mark.parametrize("word", ["-", "k.A.", "unbekannt", "#NV", "None"])
def test_in_no_column_is_nothing_a_value(word):
    entry = entry_of(dict.fromkeys(COLUMNS, word))
    assert entry.outcome is Outcome.NEW
    assert entry.fields == {"name": "A", "kind": "other", "state": "draft", "slug": "a"} and entry.parts == {}


@pytest.mark.parametrize("word", ["NA", "n/a", "tbd", "TBA", "x", "xxx", "kA", "ohne", "nein"])
def test_what_may_be_an_acronym_is_no_value_where_acronyms_are_none(word):
    fields = entry_of({"city": word, "street": word, "website": word, "phone": word, "founded": word}).fields
    assert fields == {"name": "A", "kind": "other", "state": "draft", "slug": "a"}
    assert entry_of({"name": "NA", "short_name": "TBA", "country": "NA"}).fields["country"] == "NA"


@pytest.mark.parametrize("word", ["dito", "Ditto", "s.o.", "s. o.", "siehe oben", "wie oben", '"', "″"])
def test_a_word_for_the_cell_above_is_refused(word):
    for column in ("city", "street", "website", "phone"):
        problem = problem_of({column: word})
        assert (problem.column, problem.reason) == (
            column,
            "Diese Zelle verweist auf eine andere. Bitte den Wert ausschreiben.",
        )
    assert entry_of({"name": "Ditto"}).fields["name"] == "Ditto"


@pytest.mark.parametrize("town", ["12", "-3", "01.03.2024", "25 %", "6800 Mannheim", "Kaiserslautern 67655"])
def test_a_town_has_letters_and_no_number(town):
    assert problem_of({"city": town}).column == "city"


@pytest.mark.parametrize(
    "number",
    [
        "01. Feb", "1. Mrz", "Mai 12", "Jan 02", "2024-03-01", "2024-03-01 00:00:00", "01.03.2024", "1/2/2024", "WAHR",
        "2. Mai.",
    ],
)  # fmt: skip
def test_a_house_number_that_a_spreadsheet_took_for_a_day_is_refused(number):
    problem = problem_of({"street": "Weg", "house_number": number})
    assert (problem.column, problem.value) == ("house_number", number)


@pytest.mark.parametrize("number", ["1/2", "3a-c", "12-14", "12 1/2", "5 a", "Nr. 5", "1.", "M 12"])
def test_a_house_number_stands_as_written(number):
    assert entry_of({"street": "Weg", "house_number": number}).fields["street"] == f"Weg {number}"


def test_a_house_number_of_a_program_has_no_fraction():
    assert entry_of({"street": "Weg", "house_number": "12.0"}).fields["street"] == "Weg 12"


def test_a_word_for_nothing_empties_nothing():
    actor = make_actor("Muster", phone="+496312050")
    row = {"slug": actor.slug, "city": "unbekannt", "phone": "-", "services": "-"}
    (entry,) = make_plan([(2, row)], profile=profile("registry")).entries
    assert entry.outcome is Outcome.UNCHANGED


def test_an_actor_is_not_called_by_an_error():
    problem = problem_of({"name": "#N/A"})
    assert problem.column == "name" and "braucht diese Angabe" in problem.reason


# ---------- no text ----------
@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (datetime.date(2024, 3, 1), "Datum (1. März 2024)"),
        (datetime.datetime(2024, 3, 1), "Datum (1. März 2024)"),
        (datetime.datetime(2024, 3, 1, 9, 30), "Datum mit Uhrzeit (2024-03-01 09:30)"),
        (datetime.time(9, 30), "Uhrzeit"),
        (datetime.timedelta(hours=2), "Dauer"),
        (True, "Wahrheitswert (WAHR)"),
        (0.5, "Kommazahl (0.5)"),
        ({"a": 1}, "Liste oder ein Objekt"),
        (["Köln", "Bonn"], "Liste oder ein Objekt"),
        (UnreadableCell("Ã¼", "Buchstaben sind zerstört."), "Buchstaben sind zerstört."),
    ],
)
@pytest.mark.parametrize("column", ["name", "city", "street", "house_number", "phone", "vat"])
def test_what_is_no_text_is_refused_with_what_it_is(column, cell, words):
    problem = problem_of({"street": "Weg", column: cell} if column == "house_number" else {column: cell})
    assert problem.column == column and words in problem.reason


def test_whole_numbers_are_text():
    fields = entry_of({"name": 4711, "short_name": 12.0, "postcode": 67655}).fields
    assert (fields["name"], fields["short_name"], fields["postcode"]) == ("4711", "12", "67655")


def test_truth_values_in_german(chain):
    cluster = make_cluster()
    for word, answer in {"WAHR": True, "FALSCH": False, "ja": True, "Nein": False}.items():
        item = {"cluster": cluster.slug, "committed": word}
        assert entry_of({"clusters": [item]}).parts["clusters"].add[0]["committed"] is answer


# ---------- years and countries ----------
@pytest.mark.parametrize("year", [3000, 0, -5, "3000", "0", "812"])
def test_years_that_cannot_be(year):
    assert "kein plausibles Jahr (900 bis" in problem_of({"founded": year}).reason


@pytest.mark.parametrize("year", ["1990/91", "90er", "neunzehnhundert", "1990-2000"])
def test_what_is_no_year(year):
    assert "keine Jahreszahl" in problem_of({"founded": year}).reason


@pytest.mark.parametrize(
    "cell", [datetime.date(1990, 3, 1), "1990-03-01", 1990.0, "1990.0", "seit 1990", "um 1990"]
)
def test_the_year_of_a_cell(cell):
    assert entry_of({"founded": cell}).fields["founded"] == 1990


@pytest.mark.parametrize("country", ["RP", "EN", "XX", "Rheinland-Pfalz"])
def test_countries_that_are_none(country):
    assert problem_of({"country": country}).reason.startswith(f"„{country}“ ist kein Land.")


# ---------- several values ----------
@pytest.mark.parametrize("sign", ["|", ";", "\n", " ; ", "\r\n"])
def test_what_parts_several_values(chain, sign):
    make_area("logistics", name_de="Logistik"), make_cluster("one"), make_cluster("two")
    parts = entry_of(
        {
            "layers": sign.join(["Grundlagenforschung", "5*"]),
            "areas": sign.join(["Logistik", "-"]),
            "clusters": sign.join(["one", "two"]),
            "services": sign.join(["Beratung", "Schulung", "Prüfung"]),
            "aliases": sign.join(["Alt", "Neu"]),
            "identifiers": sign.join(["wikidata:Q1", "ror:019hjw009"]),
            "contacts": sign.join(["Empfang", "Sekretariat"]),
        }
    ).parts
    assert {column: len(change.add) for column, change in parts.items()} == {
        "layers": 2, "areas": 1, "clusters": 2, "services": 3, "aliases": 2, "identifiers": 2, "contacts": 2,
    }  # fmt: skip
    assert [item[TITLE] for item in parts["services"].add] == ["Beratung", "Schulung", "Prüfung"]


def test_a_comma_parts_nothing_but_known_names(chain):
    make_area("public", name_de="Öffentlicher Sektor"), make_area("logistics", name_de="Logistik")
    make_area("law", name_de="Recht, Steuern; Finanzen")
    parts = entry_of(
        {
            "layers": "Grundlagenforschung, 5*",
            "areas": "Logistik, Oeffentlicher Sektor; Recht, Steuern; Finanzen",
            "services": "Beratung, Schulung",
        }
    )
    assert parts.outcome is Outcome.INVALID  # the name with a semicolon stands alone in its cell
    parts = entry_of({"areas": "Recht, Steuern; Finanzen", "services": "Beratung, Schulung"}).parts
    assert [item["area"] for item in parts["areas"].add] == ["law"] and len(parts["services"].add) == 1
    parts = entry_of({"layers": "Grundlagenforschung, 5*", "areas": "Logistik, Oeffentlicher Sektor"}).parts
    assert [item["layer"] for item in parts["layers"].add] == ["basic-research", "application-market"]
    assert [item["area"] for item in parts["areas"].add] == ["logistics", "public"]


def test_the_ampersand_of_a_web_page_parts_nothing():
    parts = entry_of({"services": "Forschung &amp; Entwicklung; Prüfung"}).parts
    assert [item[TITLE] for item in parts["services"].add] == ["Forschung & Entwicklung", "Prüfung"]
    entry = entry_of({"name": "M&uuml;ller &amp; Co", "website": "a.example/?b=1&amp;c=2&copy=3"})
    assert (entry.fields["name"], entry.fields["website"]) == (
        "Müller & Co",
        "https://a.example/?b=1&c=2&copy=3",
    )
    assert [(line.column, line.after) for line in entry.normalised][:1] == [("name", "Müller & Co")]


def test_what_is_unknown_is_said_in_the_names_of_the_reader(chain):
    problem = problem_of({"layers": "Markt"})
    assert (problem.column, problem.value) == ("layers", "Markt")
    assert problem.reason.startswith(
        "„Markt“ ist unbekannt. Meinten Sie: Anwendung und Markt? Bekannt: Grundlagenforschung; "
    )
    problem = problem_of({"layers": "Grundlagenforschung, Nirgendwo"})
    assert problem.value == "Grundlagenforschung, Nirgendwo" and problem.reason.startswith(
        "„Nirgendwo“ ist unbekannt."
    )


@pytest.mark.parametrize(
    "row", [{"clusters": "nowhere"}, {"layers": [{"layer": "nowhere"}]}, {"identifiers": "register:HRB 2302"}]
)
def test_words_about_parts_are_no_python(chain, row):
    make_cluster()
    problem = problem_of(row)
    assert not any(
        sign in problem.value + problem.reason for sign in ("{'", "MembershipKind", "Basis.", "None")
    )


def test_parts_as_the_api_sends_them(chain):
    layers = [{"slug": "basic-research", "position": 1, "name": "Grundlagenforschung", "basis": "both"}]
    parts = entry_of(
        {"layers": layers, "areas": [], "clusters": [{"slug": make_cluster().slug, "name": "x"}]}
    ).parts
    assert [(item["layer"], item["basis"]) for item in parts["layers"].add] == [("basic-research", "both")]
    assert [item["cluster"] for item in parts["clusters"].add] == ["it-cluster"]
