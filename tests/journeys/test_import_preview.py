"""A table of 300 rows: repaired and ticked off where it is seen, written, listed, taken back, begun again."""

import pytest
from django.test import Client
from openpyxl import Workbook

from actors.models import Actor
from clusterportal.imports.models import ImportRun
from tests.factories import make_person
from tests.journeys.accessibility import is_too_wide, violations

ROWS = 300


@pytest.fixture
def table(tmp_path):
    """298 new actors, of which one has a year that is none; two that the demo registry has."""
    book = Workbook()
    sheet = book.active
    sheet.append(["Firma", "Art", "PLZ", "Ort", "Gründungsjahr", "Telefon", "Kurzbeschreibung"])
    itwm = Actor.objects.get(slug="fraunhofer-itwm")
    sheet.append(
        [itwm.name, "", itwm.postcode, itwm.city, "", "0631 31600 4001", "Rechnet für die Industrie."]
    )
    dfki = Actor.objects.get(slug="dfki")
    sheet.append([dfki.name, "", dfki.postcode, dfki.city, "", "0631 20575 0", ""])
    for number in range(ROWS - 2):
        year = "bald" if number == 0 else 1950 + number % 70
        sheet.append(
            [
                f"Werk {number} Probe GmbH",
                "Unternehmen",
                "67655",
                "Kaiserslautern",
                year,
                f"0631 55{number:03d}",
                "",
            ]
        )
    book.save(tmp_path / "werke.xlsx")
    return tmp_path / "werke.xlsx"


@pytest.fixture
def administrator(visit, live_server):
    person = make_person("administrator")
    client = Client()
    client.force_login(person)
    page = visit("/de/", viewport={"width": 1440, "height": 1000})
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page.set_default_timeout(90_000)
    return page


def clean(page) -> None:
    """The part that is ours has no violation, and nothing is wider than the screen; on a telephone neither."""
    page.set_viewport_size({"width": 360, "height": 1000})
    assert not is_too_wide(page)
    page.set_viewport_size({"width": 1440, "height": 1000})
    assert not is_too_wide(page)
    assert violations(page, "main.ap") == []


def press(page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=name).first.click()


def follow(page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("link", name=name).first.click()


def test_a_table_goes_through_without_a_spreadsheet_program(administrator, live_server, table):
    page = administrator
    page.goto(f"{live_server.url}/admin/imports/importrun/add/")
    clean(page)
    page.set_input_files("input[type=file]", table)  # a script error of the file field would fail the test
    press(page, "Hochladen")
    press(page, "So lesen")
    press(page, "Tabelle prüfen")
    run = ImportRun.objects.get()
    assert (run.counts["invalid"], run.counts["new"], run.counts["changed"]) == (1, 297, 2)
    clean(page)

    page.get_by_label("Gründungsjahr").fill("2015")
    press(page, "Berichtigte Zellen prüfen")
    assert page.get_by_text("Zeile 4 ist berichtigt: Neu.").is_visible()

    follow(page, "Geändert")
    clean(page)
    page.locator("input[name=f2][value=summary_de]").uncheck()
    press(page, "Auswahl übernehmen")
    follow(page, "Neu")
    clean(page)
    page.get_by_label("Zeile 4 übernehmen").uncheck()
    press(page, "Auswahl übernehmen")
    clean(page)
    follow(page, "Zellen berichtigen, Zeile 5")
    clean(page)
    follow(page, "Abbrechen")
    press(page, "Jetzt importieren")
    run.refresh_from_db()
    assert (run.state, run.counts["new"], run.counts["changed"], run.counts["skipped"]) == ("done", 297, 2, 1)
    assert not Actor.objects.filter(name="Werk 0 Probe GmbH").exists()
    itwm = Actor.objects.get(slug="fraunhofer-itwm")
    assert itwm.phone == "+49631316004001" and itwm.summary_de != "Rechnet für die Industrie."
    clean(page)

    follow(page, "Als Liste")
    assert page.get_by_text("299").first.is_visible() and "import=" in page.url
    page.go_back()
    follow(page, "Dubletten darunter")
    clean(page)
    follow(page, "Zurück")
    follow(page, "Zurücknehmen")
    clean(page)
    press(page, "Zurücknehmen")
    assert not Actor.objects.filter(name__endswith="Probe GmbH").exists()
    clean(page)
    press(page, "Zurück zu seinen Spalten")
    assert page.get_by_role("heading", name="Was die Spalten bedeuten").is_visible()
    press(page, "Tabelle prüfen")
    again = ImportRun.objects.exclude(pk=run.pk).get()
    assert (again.counts["invalid"], again.counts["new"], again.counts["skipped"]) == (0, 297, 1)


def test_lists_own_kinds_and_unknown_topics_are_said_once(administrator, live_server, tmp_path):
    """The columns and the values of a grown table: opened, named, kept, and understood the next time."""
    rows = [f"Stelle {n};{kind};Markt; Nirgends" for n, kind in enumerate(["Firma", "Institut"] * 10)]
    lines = [
        "Firma|Typ|Ebenen|Schlagworte|E-Mail",
        *(f"{row.replace(';', '|', 2)}|KI, Kelterei|info@" for row in rows),
    ]
    (tmp_path / "gewachsen.csv").write_text("\n".join(lines), encoding="utf-8")
    page = administrator
    page.goto(f"{live_server.url}/admin/imports/importrun/add/")
    page.set_input_files("input[type=file]", tmp_path / "gewachsen.csv")
    press(page, "Hochladen")
    press(page, "So lesen")
    page.locator("li", has_text="E-Mail").locator("summary").last.click()
    clean(page)
    page.get_by_label("Was nicht verstanden wird: E-Mail").select_option("-")
    press(page, "Tabelle prüfen")
    assert page.get_by_role("heading", name="Was die Werte bedeuten").is_visible()
    clean(page)
    assert page.get_by_label("„Firma“ bedeutet").input_value() == "company"
    page.get_by_label("„Kelterei“ bedeutet", exact=True).select_option("+")
    page.get_by_label("Diese Zuordnung speichern").fill("Gewachsen")
    press(page, "Tabelle prüfen")
    run = ImportRun.objects.get()
    assert (run.counts["new"], run.counts["invalid"]) == (20, 0)
    press(page, "Jetzt importieren")
    page.goto(f"{live_server.url}/admin/imports/importrun/add/")
    page.set_input_files("input[type=file]", tmp_path / "gewachsen.csv")
    press(page, "Hochladen")
    press(page, "So lesen")
    assert page.get_by_text("„Gewachsen“: Sie ist übernommen.").is_visible()
    clean(page)
    press(page, "Tabelle prüfen")
    again = ImportRun.objects.exclude(pk=run.pk).get()
    assert again.counts["unchanged"] == 20
