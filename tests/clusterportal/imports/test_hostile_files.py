"""Files that would fill a server end on the page of the upload with a sentence; so do files that cannot be told."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from actors.models import Actor
from clusterportal.imports.models import ImportRun
from tests.workbooks import ods_cell, ods_row, ods_table, write_ods, write_xlsx, xlsx_row

pytestmark = pytest.mark.real_sandbox


@pytest.mark.parametrize("name", ["deep.ods", "strings.xlsx", "wide.csv"])
def test_a_hostile_file_is_a_sentence_and_leaves_nothing(clicker, tmp_path, settings, name):
    path = tmp_path / name
    if name == "deep.ods":
        write_ods(path, ods_table(ods_row(ods_cell("A" + "<x:span>" * 200_000 + "</x:span>" * 200_000))))
    elif name == "strings.xlsx":
        write_xlsx(path, xlsx_row(1, "name"), strings="<si/>" * 3_500_000)
    else:
        path.write_text(";".join(["name"] * 1_000_000) + "\nA;B\n")
    page = clicker.upload(path)
    assert page.status_code == 200 and len(page.context["form"].errors["file"]) == 1
    assert not ImportRun.objects.exists()
    assert not [file for file in (settings.PORTAL_DATA_DIR / "imports").rglob("*") if file.is_file()]


def test_a_file_of_no_telling_encoding_can_be_uploaded_with_its_encoding(clicker, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("Firma;Art\nМир;Unternehmen\n".encode()[:-1] + b"\xfc\n")
    path.write_bytes("Müller;Köln\n".encode() + "Müller;Köln\n".encode("cp1252"))
    page = clicker.upload(path)
    assert "Zeile 1, Byte 0xC3" in str(page.context["form"].errors["file"])
    with path.open("rb") as file:
        data = {"noun": "actors", "file": file, "encoding": "cp1252"}
        page = clicker.client.post(reverse("admin:imports_importrun_add"), data)
    assert page.status_code == 302 and ImportRun.objects.get().options["encoding"] == "cp1252"


def test_a_run_whose_file_cannot_be_read_any_more_says_so(clicker, tmp_path):
    (tmp_path / "a.csv").write_text("Firma;Art\nA;Unternehmen\n")
    clicker.upload(tmp_path / "a.csv")
    clicker.run.path.write_bytes(b"")
    assert clicker.page("columns").url == clicker.url("read")
    assert "leer" in clicker.page("read").context["error"]


def test_what_cannot_be_read_further_down_does_not_keep_the_columns_from_being_mapped(clicker, tmp_path):
    """Such a line is below the rows of a first look; the check of all rows names it."""
    path = tmp_path / "a.csv"
    path.write_text("Firma;Art\n" + "A;Unternehmen\n" * 60 + ";" * 2_000 + "\n")
    clicker.upload(path)
    page = clicker.page("columns")
    assert page.status_code == 200
    assert [(str(one.title), samples) for one, samples in page.context["columns"]] == [
        ("Firma", []),
        ("Art", []),
    ]


def test_what_no_row_says_is_said_once_on_the_page_of_the_columns(clicker, tmp_path):
    (tmp_path / "a.csv").write_text("Firma;Ort\nA;Kiel\nB;Bonn\n")
    clicker.upload(tmp_path / "a.csv")
    page = clicker.map()
    assert page.status_code == 200 and [*page.context["form"].errors] == ["k_kind"]
    clicker.map(known_only="on")
    assert clicker.run.counts["invalid"] == 2 and len(clicker.run.notes) == 1
    clicker.map(k_kind="company", known_only="")
    assert clicker.run.counts["new"] == 2 and clicker.run.notes == []


def test_group_titles_are_guessed_by_the_headings_below(clicker, tmp_path):
    lines = "Firma;Art;Anschrift;;\n;;Straße;PLZ;Ort\nA;Unternehmen;Weg 1;24103;Kiel\nB;Unternehmen;Weg 2;24103;Kiel\n"
    (tmp_path / "a.csv").write_text(lines, encoding="utf-8")
    clicker.upload(tmp_path / "a.csv")
    page = clicker.page("columns")
    guesses = {title: page.context["form"][name].value() for name, title in page.context["form"].columns}
    assert guesses == {
        "Firma": "name", "Art": "kind", "Anschrift Straße": "street", "Anschrift PLZ": "postcode",
        "Anschrift Ort": "city",
    }  # fmt: skip
    clicker.map()
    assert clicker.run.counts["new"] == 2


def test_hidden_rows_totals_and_repeated_headings_are_passed_over_with_a_word(clicker, tmp_path):
    rows = (
        xlsx_row(1, "Firma", "Art") + xlsx_row(2, "A", "Unternehmen") + xlsx_row(3, "Firma", "Art")
        + xlsx_row(4, "B", "Unternehmen", attributes='hidden="1"') + xlsx_row(5, "Summe: 2")
    )  # fmt: skip
    write_xlsx(tmp_path / "a.xlsx", rows)
    clicker.upload(tmp_path / "a.xlsx")
    clicker.map()
    said = {row.number: str(row.problems) for row in clicker.run.rows.exclude(problems=[])}
    assert clicker.run.counts["new"] == 1 and [*said] == [3, 4, 5]
    assert "noch einmal" in said[3] and "ausgeblendet" in said[4] and "Summe" in said[5]


def test_a_file_is_read_as_the_command_line_says(tmp_path, db):
    path = tmp_path / "a.csv"
    path.write_bytes("Firma^Art\nŁódź^Unternehmen\n".encode("cp1250"))
    with pytest.raises(CommandError, match="Byte 0xA3"):
        call_command("import_actors", path)
    call_command("import_actors", path, encoding="windows-1250", delimiter="^")
    assert Actor.objects.get().name == "Łódź"
    for wrong in ({"encoding": "klingon"}, {"delimiter": "xx"}):
        with pytest.raises(CommandError, match=next(iter(wrong.values()))):
            call_command("import_actors", path, **wrong)


def test_a_mark_that_swallows_rows_is_refused_on_the_command_line(tmp_path, db):
    path = tmp_path / "a.csv"
    path.write_text('Firma;Art;Ort\nA;Unternehmen;"Köln\nB;Unternehmen;Bonn\n', encoding="utf-8")
    with pytest.raises(CommandError, match="Zeile 2"):
        call_command("import_actors", path, skip_invalid=True)
    assert not Actor.objects.exists()
