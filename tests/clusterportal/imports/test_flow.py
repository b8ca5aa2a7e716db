"""The hard files of the world go through by clicking alone, or are refused with a sentence that helps."""

import gzip
import io
import json
import zipfile

import pytest
from openpyxl import Workbook

from actors.models import Actor, ContactPerson, Identifier
from clusterportal.imports.models import ImportRun

ROWS = [
    ("Firma", "Art", "PLZ", "Ort", "Webseite", "Telefon"),
    ("Müller & Söhne GmbH", "Unternehmen", "4103", "Leipzig", "www.example.org", "0341 123 456"),
    ("Institut Ä", "Forschungseinrichtung", "67663", "Kaiserslautern", "", ""),
]


def semicolons(rows=ROWS) -> str:
    return "".join(";".join(row) + "\r\n" for row in rows)


def written(clicker) -> set:
    return set(Actor.objects.values_list("name", "postcode", "website", "phone", "legal_form"))


EXPECTED = {
    ("Müller & Söhne GmbH", "04103", "https://www.example.org", "+49341123456", "2HBR"),
    ("Institut Ä", "67663", "", "", ""),
}


def workbook(rows) -> bytes:
    book, content = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("excel-unicode.txt", semicolons([tuple(row) for row in ROWS]).replace(";", "\t").encode("utf-16")),
        ("excel-bom.csv", b"\xef\xbb\xbf" + semicolons().encode()),
        ("excel-ansi.csv", semicolons().encode("cp1252")),
        ("packed.csv.gz", gzip.compress(semicolons().encode())),
        ("book.xlsx", workbook(ROWS)),
        ("wrong-ending.csv", workbook(ROWS)),
        ("list.json", json.dumps([dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]).encode()),
    ],
)  # fmt: skip
def test_what_excel_and_others_write(clicker, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert clicker.upload(tmp_path / name).status_code == 302
    clicker.read(next="1")
    clicker.map()
    page = clicker.page("preview")
    assert clicker.run.counts == {
        "new": 2, "changed": 0, "unchanged": 0, "possible": 0, "skipped": 0, "passed": 0, "invalid": 0,
        "normalised": 1, "losses": 0,
    }  # fmt: skip
    assert "Müller &amp; Söhne GmbH" in page.content.decode() and not Actor.objects.exists()
    clicker.confirm()
    assert clicker.run.state == "done" and written(clicker) == EXPECTED
    assert clicker.page("result").status_code == 200


def test_ods(clicker, tmp_path):
    from tablib import Dataset

    (tmp_path / "table.ods").write_bytes(Dataset(*ROWS[1:], headers=ROWS[0]).export("ods"))
    clicker.upload(tmp_path / "table.ods")
    clicker.map()
    clicker.confirm()
    assert written(clicker) == EXPECTED


def test_schools_with_the_address_in_one_cell(clicker, shared_data):
    clicker.upload(shared_data / "messy" / "leipzig_berufsschulen_semicolon_space.csv")
    page = clicker.page("columns")
    guesses = {title: page.context["form"][name].value() for name, title in page.context["form"].columns}
    assert guesses == {
        "Name": "name", "Adresse": "address", "Ansprechpartner": "contacts", "E-mail": "email",
        "Webseite": "website", "Ortsteil": "",
    }  # fmt: skip
    clicker.map(k_kind="education")
    assert (clicker.run.counts["new"], clicker.run.counts["invalid"]) == (39, 0)
    clicker.confirm()
    actor = Actor.objects.get(name__contains='"Robert Blum"')
    assert (actor.street, actor.postcode, actor.city, actor.website) == (
        "Rosenowstraße 60", "04357", "Leipzig", "http://www.bsz12leipzig.de/",
    )  # fmt: skip
    assert set(ContactPerson.objects.values_list("name", flat=True)) == {"Träger"}


def test_register_entries_in_windows_encoding(clicker, shared_data):
    clicker.upload(shared_data / "messy" / "transcoded_offeneregister_cp1252_semicolon.csv")
    assert (clicker.run.options["encoding"], clicker.run.options["delimiter"]) == ("cp1252", ";")
    assert clicker.run.options["profile"] == "offeneregister"
    clicker.map()
    clicker.confirm()
    assert clicker.run.state == "done"
    assert Identifier.objects.filter(scheme="register").count() == 765


def test_a_statistical_workbook(clicker, shared_data):
    clicker.upload(shared_data / "messy" / "destatis_04-kreise_merged_headers.xlsx")
    sheet = "Kreisfreie Städte u. Landkreise"
    clicker.read(sheet=sheet)
    assert (clicker.run.options["sheet"], clicker.run.options["header"]) == (sheet, [4, 5])
    page = clicker.page("columns")
    titles = [title for _name, title in page.context["form"].columns]
    assert titles[2] == "Kreisfreie Stadt Kreis / Landkreis" and "Bevölkerung2) männlich" in titles
    clicker.map(columns={titles[2]: "name", titles[1]: "summary_de"}, k_kind="public_body")
    # Federal states have no name in that column, or "-", and some towns share theirs with the district around them.
    assert (clicker.run.counts["new"], clicker.run.counts["invalid"]) == (387, 72)
    notes = clicker.run.rows.filter(outcome="passed", number__gt=480).values_list("problems", flat=True)
    assert len(notes) == 9 and "Quelle: Gemeindeverzeichnis" in str(notes[0])
    assert clicker.confirm().status_code == 200 and clicker.run.state == "checked"
    clicker.confirm(without_invalid="on")
    assert Actor.objects.filter(kind="public_body", name="Kiel, Landeshauptstadt").exists()


def test_header_and_sheet_can_be_corrected(clicker, tmp_path):
    (tmp_path / "t.csv").write_text("A;firm;other\nB;Muster GmbH;x\n", encoding="utf-8")
    clicker.upload(tmp_path / "t.csv")
    clicker.read(first="0", last="0")
    titles = [title for _name, title in clicker.page("columns").context["form"].columns]
    assert titles == ["Spalte A", "Spalte B", "Spalte C"]
    clicker.read(delimiter="|")
    assert clicker.run.options["delimiter"] == "|"
    assert "A;firm;other" in clicker.page("read").content.decode()


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.csv", b" ", "leer"),
        ("a.pdf", b"%PDF-1.7 ...", "CSV, XLSX, ODS oder JSON"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Passwort"),
        ("a.html", b"<html><table></table></html>", "Webseite"),
        ("a.xlsx", b"PK\x03\x04 broken", "beschädigt"),
        ("a.json", b'[{"name": ', "JSON"),
        ("a.json", b"7", "Liste"),
    ],
)
def test_what_is_no_table_is_refused_in_words(clicker, tmp_path, name, content, word):
    (tmp_path / name).write_bytes(content)
    response = clicker.upload(tmp_path / name)
    assert response.status_code == 200 and word.casefold() in clicker.errors(response).casefold()
    assert not ImportRun.objects.exists() and not list((tmp_path / "data").rglob("table*"))


def packed(**parts) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return content.getvalue()


def test_a_bomb_and_macros_are_refused(clicker, tmp_path):
    bomb = packed(xl__workbook_xml="<x/>", xl__sheet_xml=b" " * (30 << 20))
    macros = io.BytesIO()
    with zipfile.ZipFile(macros, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/vbaProject.bin", "x")
    for content, word in ((bomb, "entpackt"), (macros.getvalue(), "Makros")):
        (tmp_path / "a.xlsx").write_bytes(content)
        assert word in clicker.errors(clicker.upload(tmp_path / "a.xlsx"))


def test_a_file_too_large_is_refused(clicker, tmp_path, monkeypatch):
    monkeypatch.setattr("clusterportal.imports.domain.uploading.MAX_BYTES", 10)
    (tmp_path / "a.csv").write_text("name;kind\nA;other\n")
    assert "100 MB" in clicker.errors(clicker.upload(tmp_path / "a.csv"))


def test_two_columns_for_one_field_and_none_for_the_name(clicker, tmp_path):
    (tmp_path / "a.csv").write_text("Firma;Ort;Sonst\nA;B;C\n", encoding="utf-8")
    clicker.upload(tmp_path / "a.csv")
    assert "Ort" in clicker.errors(clicker.map(columns={"Sonst": "city"}))
    assert "Name" in clicker.errors(clicker.map(columns={"Firma": ""}))
    assert clicker.run.state == "uploaded"


def test_a_formula_without_a_result_is_said(clicker, tmp_path):
    book = Workbook()
    book.active.append(["name", "kind", "founded"])
    book.active.append(["A", "other", "=1990+5"])
    book.save(tmp_path / "a.xlsx")
    clicker.upload(tmp_path / "a.xlsx")
    clicker.map()
    assert (clicker.run.counts["new"], clicker.run.counts["invalid"]) == (0, 1)
    ((column, value, reason),) = clicker.run.rows.get(number=2).problems
    assert (column, value) == ("founded", "=1990+5") and "Formel ohne Ergebnis" in reason


def test_a_second_import_of_the_same_file_changes_nothing(clicker, tmp_path):
    (tmp_path / "a.csv").write_text(semicolons(), encoding="utf-8")
    for outcome in ("new", "unchanged"):
        clicker.upload(tmp_path / "a.csv")
        clicker.map()
        assert clicker.run.counts[outcome] == 2
        clicker.confirm()
    assert (clicker.run.state, clicker.run.act_id) == ("done", None)
