"""In the admin a table states what it names, too: what is there stays, or goes by choice, and is shown in words."""

import io

import pytest
from django.core.management import call_command
from django.test import Client
from openpyxl import load_workbook

from actors.models import Actor, LayerPlacement
from clusterportal.imports.models import ImportProfile
from tests.factories import make_actor, make_cluster
from tests.markup import markup_of

pytestmark = pytest.mark.django_db

HEAD = "Firma;Art;PLZ;Ort;Weitere Namen;Leistungen;Ebenen"
FIRST = "Doppelhof;Unternehmen;50667;Köln;former:Alter Hof|acronym:DH;Beratung|Schulung;1|2"
SECOND = "Doppelhof;Unternehmen;50667;Köln;Hofname;Prüfung;3"


@pytest.fixture
def bring(clicker, tmp_path, chain):
    """Uploads lines, maps them as offered and with `changes`; returns the preview's text."""

    def to_preview(*lines: str, **changes) -> str:
        (tmp_path / "t.csv").write_text("\n".join(lines), encoding="utf-8")
        clicker.upload(tmp_path / "t.csv")
        clicker.map(**changes)
        return clicker.page("preview").content.decode()

    return to_preview


@pytest.fixture
def twice(bring, clicker):
    """The first list is in."""
    bring(HEAD, FIRST)
    clicker.confirm()
    return Actor.objects.get()


def test_a_second_list_adds(twice, bring, clicker):
    text = bring(HEAD, SECOND)
    assert clicker.run.counts["losses"] == 0 and "entfällt" not in text.partition("im-rows")[2]
    assert sorted(tuple(change) for change in clicker.run.rows.get().changes) == [
        ("aliases", "", "Hofname – Umgangssprachlicher Name"),
        ("layers", "", "Technologie- und Softwareentwicklung – Thema"),
        ("services", "", "Prüfung"),
    ]  # fmt: skip
    clicker.confirm()
    assert twice.placements.count() == 3 and twice.services.count() == 3 and twice.aliases.count() == 3


def test_replacing_is_chosen_for_a_column_and_shown_before_it_is_done(twice, bring, clicker):
    text = bring(HEAD, SECOND, r6="replace")
    assert clicker.run.options["replaces"] == ["layers"]
    assert clicker.run.counts["losses"] == 1
    assert "1 Zeile entfernt etwas, das im Register steht." in text
    assert "<del>Grundlagenforschung – Thema</del>" in text and "entfällt" in text
    shown = clicker.page("preview", show="losses")
    assert len(shown.context["rows"]) == 1
    for ending in ("csv", "xlsx"):
        report = b"".join(clicker.page_report(ending))
        cells = (
            report.decode() if ending == "csv" else str(list(load_workbook(io.BytesIO(report)).active.values))
        )
        assert "Grundlagenforschung – Thema" in cells and "entfällt" in cells
    clicker.confirm()
    assert list(twice.placements.values_list("layer__position", flat=True)) == [3]
    assert twice.services.count() == 3


def test_replacing_is_for_columns_of_several_items_only(twice, bring, clicker):
    """Said of any other column it is of no effect; what can be said of a field is marked for the page."""
    bring(HEAD, SECOND, r0="replace", r2="fill", r6="replace")
    assert (clicker.run.options["replaces"], clicker.run.options["fills"]) == (["layers"], ["postcode"])
    text = markup_of(clicker.page("columns"))
    assert '<option value="layers" selected class="im-list">' in text
    assert '<option value="city" selected class="im-leavable">' in text
    assert clicker.page("columns").context["form"]["r6"].value() == "replace"


def test_a_saved_mapping_keeps_the_choice_for_the_next_file_and_the_command(twice, bring, clicker, tmp_path):
    bring(HEAD, SECOND, r6="replace", profile_name="Liste")
    assert ImportProfile.objects.get().options["replaces"] == ["layers"]
    clicker.upload(tmp_path / "t.csv")
    clicker.client.post(clicker.url("columns"), {"take": "1", "profile": "saved:Liste"})
    assert clicker.page("columns").context["form"]["r6"].value() == "replace"
    call_command("import_actors", tmp_path / "t.csv", profile="Liste", stdout=io.StringIO())
    assert list(LayerPlacement.objects.values_list("layer__position", flat=True)) == [3]


def test_curated_details_stay_and_read_as_words(bring, clicker):
    actor = make_actor("ITWM", layers=[2, 1], clusters=[make_cluster(name_de="IT-Cluster")])
    actor.placements.filter(is_primary=True).update(basis="both", note_de="Forscht für andere")
    text = bring("Name;Art;Ebenen;Cluster", "ITWM;Forschungseinrichtung;2;it-cluster")
    assert (
        clicker.run.counts["unchanged"] == 1
        and "{" not in text.partition("im-rows")[2].partition("im-confirm")[0]
    )
    text = bring("slug;layers;clusters", "itwm;2;it-cluster", r1="replace")
    assert "<del>Grundlagenforschung – Thema</del>" in text
    clicker.confirm()
    assert actor.placements.get().note_de == "Forscht für andere"


def test_an_emptied_field_and_an_overwritten_text_are_seen(bring, clicker):
    make_actor("A", summary_de="Ein langer Satz der Kuratorin.", city="Leipzig")
    text = bring("slug;summary_de;city", "a;Kurz;")
    assert "<del>Ein langer Satz der Kuratorin.</del>" in text and "<ins>Kurz</ins>" in text
    assert clicker.run.counts["losses"] == 1 and clicker.run.rows.get().is_loss


def test_rows_are_accounted_for_before_and_after(bring, clicker):
    text = bring("Firma;Art;Ort", "A;Unternehmen;Köln", "A;Unternehmen;Köln", "B;?;Köln", "", "Quelle: Amt;;")
    passed = "1 übergangen (Kopf noch einmal, Summe, Anmerkung)"
    equation = f"Gelesene Zeilen: 4 = 1 neu + 1 übersprungen + {passed} + 1 ungültig"
    assert equation in text
    assert "Quelle: Amt" in clicker.page("preview", show="passed").content.decode()
    clicker.confirm(without_invalid="on")
    assert equation in clicker.page("result").content.decode()


def test_what_would_be_public_although_something_is_missing_is_said(bring, clicker):
    text = bring("Firma;Art;Ort", "A;Unternehmen;Köln", "B;Unternehmen;Köln", new_state="published")
    assert (
        "2 Akteure werden mit dieser Tabelle öffentlich; 2 davon ohne alles, was Besucher brauchen." in text
    )
    assert "Das gilt als Fehler: Kurzbeschreibung [DE] (2), Ebene (2)." in text


def test_the_tables_of_the_api_are_understood(bring, clicker, tmp_path):
    make_actor("A", website="https://a.example", layers=[1])
    response = Client().get("/api/v1/actors/?format=xlsx")
    (tmp_path / "api.xlsx").write_bytes(b"".join(response.streaming_content))
    clicker.upload(tmp_path / "api.xlsx")
    form = clicker.page("columns").context["form"]
    guesses = {title: form[name].value() for name, title in form.columns}
    assert (guesses["url"], guesses["website"], guesses["summary"]) == ("", "website", "summary_de")
    clicker.map()
    assert (clicker.run.counts["unchanged"], clicker.run.counts["losses"]) == (1, 0)
