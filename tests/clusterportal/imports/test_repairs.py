"""Bad cells are repaired where they are seen; the file stays as it was uploaded."""

import io

import pytest
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from actors.models import Actor
from clusterportal.imports.domain import replanning
from tests.clusterportal.imports.test_choices import counts, known, outcomes, say
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
LINES = (
    "Firma;Art;Gründungsjahr;Telefon;PLZ;Ort;Rest",
    "Alpha GmbH;Unternehmen;1999;0631 123456;67655;Kaiserslautern;x",
    "Beta GmbH;Unternehmen;bald;+49 341 99;4109;Leipzig;y",
    "Gamma GmbH;Quatsch;2001;0631 77;67663;Kaiserslautern;z",
)


@pytest.fixture(params=["whole", "some"])
def replanned(request, monkeypatch):
    if request.param == "some":
        monkeypatch.setattr(replanning, "PLANNED_WHOLE_UP_TO", 0)


def write(tmp_path, *lines: str):
    (tmp_path / "table.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path / "table.csv"


@pytest.fixture
def uploaded(clicker, tmp_path):
    clicker.upload(write(tmp_path, *LINES))
    clicker.map()
    return clicker


def test_a_cell_is_repaired_in_the_preview(uploaded, replanned):
    assert outcomes(uploaded) == {2: "new", 3: "invalid", 4: "invalid"}
    page = uploaded.page("preview", show="invalid")
    offered = {
        field.html_name: (field.label, field.value())
        for shown in page.context["rows"]
        for field in shown.cells
    }
    assert offered == {"r3-0": ("Gründungsjahr", "bald"), "r4-0": ("Art", "Quatsch")}
    before = uploaded.run.path.read_bytes()
    response = say(uploaded, show="invalid", **{"r3-0": "2015"})
    assert response.status_code == 302
    assert (outcomes(uploaded), counts(uploaded, "new", "invalid")) == (
        {2: "new", 3: "new", 4: "invalid"},
        (2, 1),
    )
    page = uploaded.page("preview", show="new")
    assert [str(message) for message in page.context["messages"]] == ["Zeile 3 ist berichtigt: Neu."]
    repaired = {shown.row.number: shown.repairs for shown in page.context["rows"] if shown.repairs}
    assert repaired == {3: [("Gründungsjahr", "bald", "2015")]} and "<del>bald</del>" in markup_of(page)
    assert ["founded", "", "2015"] in uploaded.run.rows.get(number=3).changes
    assert ["postcode", "", "04109"] in uploaded.run.rows.get(number=3).changes
    assert uploaded.run.path.read_bytes() == before
    uploaded.confirm(without_invalid="on")
    assert uploaded.run.state == "done", uploaded.run.message
    assert set(Actor.objects.values_list("name", "founded")) == {("Alpha GmbH", 1999), ("Beta GmbH", 2015)}
    report = b"".join(uploaded.page_report("csv")).decode()
    assert "3,Neu,Beta GmbH,Gründungsjahr,bald,2015,berichtigt" in report


def test_a_repair_that_is_no_better_says_so_again(uploaded, replanned):
    say(uploaded, show="invalid", **{"r3-0": "übermorgen"})
    (row,) = uploaded.run.rows.filter(number=3)
    assert (row.outcome, row.cells, row.problems[0][:2]) == (
        "invalid", [["Gründungsjahr", "übermorgen"]], ["founded", "übermorgen"],
    )  # fmt: skip


def test_repairs_survive_going_back_to_the_columns_and_are_taken_back_by_the_old_text(uploaded, replanned):
    say(uploaded, show="invalid", **{"r3-0": "2015"})
    uploaded.read(next="1")
    uploaded.map(columns={"Telefon": ""})
    assert outcomes(uploaded)[3] == "new" and uploaded.run.repairs.count() == 1
    page = uploaded.client.get(reverse("admin:imports_importrun_row", args=[uploaded.run.pk, 3]))
    form = page.context["form"]
    assert [(field.label, field.value()) for field in form] == [
        ("Firma", "Beta GmbH"), ("Art", "Unternehmen"), ("Gründungsjahr", "2015"), ("PLZ", "4109"), ("Ort", "Leipzig"),
    ]  # fmt: skip
    data = {field.html_name: field.value() for field in form} | {"c2": "bald"}
    uploaded.client.post(reverse("admin:imports_importrun_row", args=[uploaded.run.pk, 3]), data)
    assert (outcomes(uploaded)[3], uploaded.run.repairs.count()) == ("invalid", 0)


def test_reading_the_file_otherwise_forgets_repairs(uploaded):
    say(uploaded, show="invalid", **{"r3-0": "2015"})
    uploaded.read(first="0", last="0")
    assert not uploaded.run.repairs.exists() and not uploaded.run.rows.exists()


def test_a_repaired_row_finds_its_actor_and_the_rows_about_it(clicker, tmp_path, replanned):
    known("One")
    clicker.upload(
        write(tmp_path, "slug;name;kind;city;founded", "one;One;;Trier;", "none-such;One;other;Trier;kaputt")
    )
    clicker.map()
    assert outcomes(clicker) == {2: "changed", 3: "invalid"}
    row = reverse("admin:imports_importrun_row", args=[clicker.run.pk, 3])
    data = {field.html_name: field.value() for field in clicker.client.get(row).context["form"]}
    clicker.client.post(row, data | {"c0": "one", "c4": ""})
    (problem,) = clicker.run.rows.get(number=3).problems
    assert problem[2] == "Zeile 2 betrifft bereits denselben Akteur."
    clicker.client.post(row, data | {"c0": "two", "c1": "Two", "c4": ""})
    assert outcomes(clicker) == {2: "changed", 3: "new"}
    clicker.confirm()
    assert clicker.run.state == "done", clicker.run.message
    assert set(Actor.objects.values_list("slug", flat=True)) == {"one", "two"}


def test_a_row_whose_cells_are_not_repaired_one_by_one(uploaded):
    url = reverse("admin:imports_importrun_row", args=[uploaded.run.pk, 99])
    assert uploaded.client.get(url).status_code == 404
    uploaded.confirm(without_invalid="on")
    assert uploaded.client.get(url).status_code == 302


def test_texts_of_several_lines_are_no_repair_by_themselves(clicker, tmp_path):
    book = Workbook()
    book.active.append(["name", "kind", "summary_de", "founded"])
    book.active.append(["A", "Quatsch", "eins\nzwei", 1999.0])
    book.save(tmp_path / "a.xlsx")
    clicker.upload(tmp_path / "a.xlsx")
    clicker.map()
    row = reverse("admin:imports_importrun_row", args=[clicker.run.pk, 2])
    data = {field.html_name: field.value() for field in clicker.client.get(row).context["form"]}
    clicker.client.post(row, data | {"c1": "other", "c2": "eins\r\nzwei"})
    assert [*clicker.run.repairs.values_list("heading", "before", "after")] == [("kind", "Quatsch", "other")]
    assert outcomes(clicker) == {2: "new"}


# ---------- the invalid rows as a table ----------
def table_of(clicker, ending: str):
    response = clicker.client.get(reverse("admin:imports_importrun_invalid", args=[clicker.run.pk, ending]))
    return b"".join(response.streaming_content)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_the_invalid_rows_come_back_as_a_table(uploaded, tmp_path, ending, language):
    uploaded.client.cookies["django_language"] = language
    content = table_of(uploaded, ending)
    if ending == "xlsx":
        lines = [list(row) for row in load_workbook(io.BytesIO(content)).active.values]
    else:
        lines = [line.split(",") for line in content.decode("utf-8-sig").split("\r\n")[:-1]]
    phone = "+49 341 99" if ending == "xlsx" else "'+49 341 99"  # no formula to run
    assert [line[:7] for line in lines] == [
        ["Firma", "Art", "Gründungsjahr", "Telefon", "PLZ", "Ort", "Rest"],
        ["Beta GmbH", "Unternehmen", "bald", phone, "4109", "Leipzig", "y"],
        ["Gamma GmbH", "Quatsch", "2001", "0631 77", "67663", "Kaiserslautern", "z"],
    ]  # fmt: skip
    assert lines[0][7] == {"de": "Warum nicht importiert", "en": "Why it was not imported"}[language]
    assert "bald" in lines[1][7] and "Quatsch" in lines[2][7]
    # Repaired in a spreadsheet it is uploaded again; the reasons are passed over, and the next table has them once.
    path = tmp_path / f"again.{ending}"
    if ending == "csv":
        path.write_bytes(content.replace(b",bald,", b",2015,"))
    else:
        book = load_workbook(io.BytesIO(content))
        book.active["C2"] = 2015
        book.save(path)
    uploaded.upload(path)
    page = uploaded.page("columns")
    guesses = {title: page.context["form"][name].value() for name, title in page.context["form"].columns}
    assert guesses[lines[0][7]] == "" and guesses["Gründungsjahr"] == "founded"
    uploaded.map()
    assert outcomes(uploaded) == {2: "new", 3: "invalid"}
    changes = {column: after for column, _before, after in uploaded.run.rows.get(number=2).changes}
    assert (changes["phone"], changes["postcode"], changes["founded"]) == ("+4934199", "04109", "2015")
    again = table_of(uploaded, "csv").decode("utf-8-sig").split("\r\n")
    assert again[0].count(lines[0][7]) == 1 and len(again) == 3


def test_no_table_without_invalid_rows_or_for_others(uploaded, as_person):
    url = reverse("admin:imports_importrun_invalid", args=[uploaded.run.pk, "csv"])
    assert uploaded.client.get(url.replace(".csv", ".exe")).status_code == 404
    other = as_person("viewer")
    assert other.client.get(url).status_code in (302, 403)
    uploaded.client.force_login(uploaded.person)
    say(uploaded, show="invalid", **{"r3-0": "2015", "r4-0": "Unternehmen"})
    assert counts(uploaded, "new", "invalid") == (3, 0)
    assert uploaded.client.get(url).status_code == 404
