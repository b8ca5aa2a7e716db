"""A grown table becomes importable by clicking: lists in cells, own kinds, unknown topics, each said once."""

import io

import pytest
from django.core.management import call_command

from actors.models import Actor, LayerPlacement, Topic
from clusterportal.imports.domain import found_values
from clusterportal.imports.models import ImportProfile
from tests.factories import make_actor, make_area, make_cluster
from tests.markup import markup_of

pytestmark = pytest.mark.django_db

HEAD = "Name der Einrichtung;Kürzel;Typ;Straße u. Nr.;PLZ Ort;gegr.;Ebene(n);Anwendungsfelder;Schlagworte;Kurztext"
KINDS = ["Firma"] * 120 + ["Institut"] * 83 + ["Behörde"] * 48 + ["Verein"] * 30 + ["Archiv"] * 19
LAYERS = ["Grundlagenforschung", "Markt", "Angewandte Forschung und Transfer, Markt", "Nirgends"]
AREAS = ["Logistik", "Logistik, Gesundheit", "Gesundheit"]
TOPICS = ["KI, Software", "Software", "Robotik, KI", "Robotik"]


@pytest.fixture
def words(chain):
    make_area("logistics", name_de="Logistik")
    make_area("health", name_de="Gesundheit und Medizintechnik")
    Topic.objects.create(slug="ai", name_de="Künstliche Intelligenz")


@pytest.fixture
def grown(words, tmp_path):
    """300 rows as people have them: titles above, a total below, Windows' letters."""
    lines = [
        f"Beispiel {n:03} {kind};B{n};{kind};Weg {n};67{600 + n % 99} Kaiserslautern;{1900 + n % 100};"
        f"{LAYERS[n % 4]};{AREAS[n % 3]};{TOPICS[n % 4]};Kurz {n}"
        for n, kind in enumerate(KINDS)
    ]
    text = "\r\n".join(["Mitglieder 2026", "", HEAD, *lines, "Summe: 300"])
    (tmp_path / "grown.csv").write_bytes(text.encode("cp1252"))
    return tmp_path / "grown.csv"


@pytest.fixture
def bring(clicker, tmp_path, words):
    """Uploads lines and maps them as offered and with `changes`; the values are not answered."""

    def to_values(*lines: str, **changes):
        (tmp_path / "t.csv").write_text("\n".join(lines), encoding="utf-8")
        clicker.upload(tmp_path / "t.csv")
        return clicker._send("columns", changes, "form")

    return to_values


def fields_of(clicker) -> dict:
    return {
        f.label: clicker.page("values").context["form"][n] for n, f in values_form(clicker).fields.items()
    }


def values_form(clicker):
    return clicker.page("values").context["form"]


def test_three_hundred_rows_without_a_spreadsheet_program(clicker, grown):
    clicker.upload(grown)
    page = clicker.page("columns")
    guesses = [page.context["form"][name].value() for name, _title in page.context["form"].columns]
    assert guesses == [
        "name", "short_name", "kind", "street", "address", "founded", "layers", "areas", "topics", "summary_de",
    ]  # fmt: skip
    assert page.content.decode().count("durch Komma getrennt") == 3
    response = clicker._send("columns", {"profile_name": "Mitglieder"}, "form")
    assert response.url == clicker.url("values")
    shown = {column.heading: column for column in clicker.page("values").context["columns"]}
    assert [(one.value.rows, one.value.text, one.choice.value()) for one in shown["Typ"].unknown] == [
        (120, "Firma", "company"),
        (83, "Institut", "research_institute"),
        (48, "Behörde", "public_body"),
        (30, "Verein", "association"),
        (19, "Archiv", "other"),
    ]
    assert [(one.value.rows, one.value.text, one.choice.value()) for one in shown["Ebene(n)"].unknown] == [
        (150, "Markt", "application-market"),
        (75, "Nirgends", ""),
    ]
    assert [value[1:] for value in shown["Ebene(n)"].known] == [
        (75, "Angewandte Forschung und Transfer"), (75, "Grundlagenforschung"),
    ]  # fmt: skip
    assert [(one.value.text, one.choice.value()) for one in shown["Schlagworte"].unknown] == [
        ("KI", "ai"), ("Robotik", ""), ("Software", ""),
    ]  # fmt: skip
    assert shown["Schlagworte"].open_rows == 300
    clicker.name_values({"Robotik": "+", "Software": "+"})
    counts = clicker.run.counts
    assert (counts["new"], counts["invalid"], counts["passed"]) == (300, 0, 1)
    assert clicker.run.notes[0] == "2 neue Themen: Software; Robotik."
    remarked = clicker.page("preview", show="remarked")
    assert remarked.context["at"].paginator.count == 75  # of each layer that is left out
    assert "Nicht verstanden und weggelassen; die übrige Zeile wird übernommen." in remarked.content.decode()
    clicker.confirm()
    assert Actor.objects.count() == 300 and Topic.objects.count() == 3
    actor = Actor.objects.get(name="Beispiel 002 Firma")
    assert (actor.kind, actor.street, actor.postcode, actor.city, actor.founded) == (
        "company", "Weg 2", "67602", "Kaiserslautern", 1902,
    )  # fmt: skip
    assert {*actor.placements.values_list("layer__slug", flat=True)} == {
        "applied-research",
        "application-market",
    }
    assert {*actor.actor_topics.values_list("topic__slug", flat=True)} == {"ai", "robotik"}

    # The same table again needs nothing, and changes nothing.
    clicker.upload(grown)
    assert (
        "gespeicherten Zuordnung „Mitglieder“: Sie ist übernommen."
        in clicker.page("columns").content.decode()
    )
    assert clicker._send("columns", {}, "form").url == clicker.url("preview")
    assert (clicker.run.counts["unchanged"], clicker.run.counts["new"]) == (300, 0)
    out = io.StringIO()
    call_command("import_actors", grown, profile="Mitglieder", stdout=out)
    assert "unchanged: 300" in out.getvalue()


def test_new_topics_go_with_the_import_that_made_them(clicker, bring):
    bring("Firma;Art;Themen", "A;Unternehmen;Weinbau")
    clicker.name_values({"Weinbau": "+"})
    clicker.confirm()
    assert Topic.objects.filter(slug="weinbau", name_de="Weinbau").exists()
    clicker.client.post(clicker.url("undo"))
    assert not Topic.objects.filter(slug="weinbau").exists() and not Actor.objects.exists()


def test_the_rule_holds_for_what_is_not_assigned(clicker, bring):
    bring("Firma;Art;Themen", "A;Unternehmen;Weinbau", "B;Unternehmen;Obstbau", "C;Laden;")
    clicker.name_values(u0="company", u1="!")
    assert (clicker.run.counts["new"], clicker.run.counts["invalid"]) == (1, 2)
    assert clicker.run.options["unknown"]["topics"] == "!"
    clicker.name_values(u0="company", u1="+")
    assert clicker.run.counts["new"] == 3
    assert clicker.run.notes[0] == "2 neue Themen: Weinbau; Obstbau."


def test_known_values_ask_nothing(clicker, bring):
    assert bring("Firma;Art;Ebenen", "A;Unternehmen;1").url == clicker.url("preview")
    assert clicker.run.options["unknown"] == {"kind": "!", "layers": "-"}
    assert "1 Wert ist verstanden" in clicker.page("values").content.decode()


def test_a_list_too_long_shows_the_most_frequent(clicker, bring, monkeypatch):
    monkeypatch.setattr(found_values, "MOST_VALUES", 2)
    rows = [f"F{n};Unternehmen;Wort{min(n, 4)}" for n in range(9)]
    bring("Firma;Art;Themen", *rows)
    (column,) = [one for one in clicker.page("values").context["columns"] if one.column == "topics"]
    assert [(one.value.text, one.value.rows) for one in column.unknown] == [("Wort4", 5), ("Wort0", 1)]
    assert (column.more, column.more_rows, column.open_rows) == (3, 3, 9)
    assert "… und 3 weitere Werte (3 Zeilen)" in clicker.page("values").content.decode()
    clicker.name_values({"Wort4": "ai"}, u1="+")
    assert clicker.run.counts["new"] == 9 and clicker.run.notes[0].startswith("4 neue Themen")


def test_only_the_first_rows_are_counted(clicker, bring, monkeypatch):
    monkeypatch.setattr(found_values, "MOST_ROWS", 1)
    bring("Firma;Art;Themen", "A;Unternehmen;Weinbau", "B;Unternehmen;Obstbau")
    assert "Gezählt sind nur die ersten Zeilen" in clicker.page("values").content.decode()
    clicker.name_values()
    assert clicker.run.counts["new"] == 2
    assert "Obstbau" in str(clicker.run.rows.get(number=3).problems)


def test_of_many_topics_the_likeliest_are_offered_and_any_can_be_typed(clicker, bring):
    for number in range(50):
        Topic.objects.create(slug=f"t{number}", name_de=f"Gebiet {number}", name_en=f"Field {number}")
    bring("Firma;Art;Themen", "A;Unternehmen;Weinbau", "B;Unternehmen;Gebit 7")
    text = markup_of(clicker.page("values"))
    assert '<datalist id="names1">' in text and text.count('<option value="Gebiet 49">') == 1
    response = clicker.name_values(o1_1="Gibt es nicht")
    assert response.status_code == 200 and "„Gibt es nicht“ ist hier unbekannt." in response.content.decode()
    clicker.name_values(o1_1="field 9")
    assert clicker.run.options["values"]["topics"] == {"gebit 7": "t7", "weinbau": "t9"}


def test_who_may_not_add_topics_is_not_offered_new_ones(as_person, tmp_path, words):
    person = as_person("editor", clusters=[make_cluster()])
    (tmp_path / "t.csv").write_text("Firma;Art;Themen\nA;Unternehmen;Weinbau\n", encoding="utf-8")
    person.upload(tmp_path / "t.csv")
    person._send("columns", {}, "form")
    may = person.person.has_perm("actors.add_topic")
    assert ('value="+"' in person.page("values").content.decode()) is may


def test_a_value_of_another_column_can_be_left_out_by_choice(clicker, bring):
    lines = "Firma;Art;E-Mail", "A;Unternehmen;info@", "B;Unternehmen;b@example.org"
    bring(*lines)
    assert (clicker.run.counts["new"], clicker.run.counts["invalid"]) == (1, 1)
    bring(*lines, u2="-")
    assert (clicker.run.counts["new"], clicker.run.counts["invalid"]) == (2, 0)
    ((column, value, reason),) = clicker.run.rows.get(number=2).problems
    assert (column, value) == ("email", "info@") and reason.endswith(
        "Weggelassen; die übrige Zeile wird übernommen."
    )
    for ending in ("csv",):
        assert "info@" in b"".join(clicker.page_report(ending)).decode()


def test_columns_that_only_fill(clicker, bring):
    make_actor("A", slug="a", city="Köln", website="", layers=[1])
    bring("slug;Ort;Webseite;Ebenen", "a;Bonn;https://a.example;2", r1="fill", r2="fill", r3="fill")
    assert clicker.run.rows.get().changes == [["website", "", "https://a.example"]]
    clicker.confirm()
    assert LayerPlacement.objects.count() == 1


def test_the_kind_is_asked_for_once_and_may_be_the_same_for_all(clicker, bring):
    response = bring("Firma;Ort", "A;Köln", "B;Bonn")
    text = response.content.decode()
    assert response.status_code == 200 and text.count('<a href="#id_k_kind">') == 2  # the note, and the error
    assert "k_kind" in response.context["form"].errors
    response = bring(
        "Firma;Ort", "A;Köln", "B;Bonn", k_kind="company", k_layers="basic-research", k_areas="logistics"
    )
    assert response.url == clicker.url("preview")
    clicker.confirm()
    assert {*Actor.objects.values_list("kind", "placements__layer__slug", "foci__area__slug")} == {
        ("company", "basic-research", "logistics")
    }


def test_a_separator_is_chosen_for_a_column(clicker, bring):
    bring("Firma;Art;Leistungen", "A;Unternehmen;Beratung, auch abends", s2=",")
    assert clicker.run.options["separators"] == {"services": ","}
    clicker.confirm()
    assert Actor.objects.get().services.count() == 2


def test_a_saved_mapping_that_fits_in_part_is_offered_and_one_that_fits_can_be_put_away(
    clicker, bring, tmp_path
):
    bring("Firma;Art;Ort", "A;Unternehmen;Köln", profile_name="Liste")
    assert ImportProfile.objects.get().options["mapping"] == {"Firma": "name", "Art": "kind", "Ort": "city"}
    (tmp_path / "more.csv").write_text("FIRMA;Art;Ort;Bemerkung\nA;Unternehmen;Köln;x\n", encoding="utf-8")
    clicker.upload(tmp_path / "more.csv")
    text = clicker.page("columns").content.decode()
    assert "Die gespeicherte Zuordnung „Liste“ kennt Spalten dieser Tabelle." in text
    clicker.client.post(clicker.url("columns"), {"take": "1", "profile": "saved:Liste"})
    page = clicker.page("columns")
    assert "Liste“: Sie ist übernommen." in page.content.decode()
    assert [page.context["form"][name].value() for name, _title in page.context["form"].columns] == [
        "name", "kind", "city", "",
    ]  # fmt: skip
    clicker.client.post(clicker.url("columns"), {"take": "1", "profile": ""})
    clicker.run.refresh_from_db()
    assert "mapping" not in clicker.run.options and clicker.run.options["profile"] == ""
    (tmp_path / "other.csv").write_text("Firma;Typ\nA;Unternehmen\n", encoding="utf-8")
    clicker.upload(tmp_path / "other.csv")
    assert "recognised" not in clicker.run.options


def test_the_page_asks_little_of_the_database(clicker, bring, django_assert_max_num_queries):
    bring("Firma;Art;Themen;Anwendungsfelder", *(f"F{n};Laden {n};Wort{n};Feld{n}" for n in range(60)))
    with django_assert_max_num_queries(30):
        clicker.page("values")
