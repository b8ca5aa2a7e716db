"""Cells of workbooks as people see them, and a word where that is not what is stored."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.styles import numbers

from actors.models import Actor
from clusterportal.intake.profiles import profile
from clusterportal.tables.body_rows import SKIPPED_LINE
from clusterportal.tables.formats import UnreadableTable
from clusterportal.tables.reader import read_table
from tests.workbooks import ods_cell, ods_row, ods_table, write_ods, write_xlsx, xlsx_row


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


NAME_OF = profile("registry").column_of


def column(path, name="city") -> list:
    """The cells of one column, what is unreadable as (text, True)."""
    cells = [row[name] for _number, row in read_table(path, name_of=NAME_OF).rows]
    return [(str(cell), True) if hasattr(cell, "reason") else cell for cell in cells]


def test_cells_of_excel_as_they_are_seen(tmp_path):
    book = Workbook()
    shown = [
        (datetime.date(2024, 3, 1), "dd.mm.yyyy", datetime.date(2024, 3, 1)),
        (datetime.datetime(2024, 3, 1, 9, 30), "dd.mm.yyyy hh:mm", datetime.datetime(2024, 3, 1, 9, 30)),
        (datetime.time(9, 30), "hh:mm", datetime.time(9, 30)), (datetime.date(1997, 1, 1), "yyyy", 1997),
        (True, "General", True), (0.25, "0%", "25 %"), (0.125, "0.0%", "12,5 %"), (0.5, "# ?/?", 0.5),
        (4109, "00000", "04109"), (4109, '"D-"00000', "D-04109"), (49631, "+0", "+49631"), (4109, "0", 4109),
        (12.0, "General", 12), (datetime.timedelta(hours=30), numbers.FORMAT_DATE_TIMEDELTA, ("1 day, 6:00:00", True)),
        ("#N/A", "General", ("#N/A", True)), ("#BEZUG!", "General", ("#BEZUG!", True)),
        ("#1 GmbH", "General", "#1 GmbH"),
        ("=1+1", "General", ("=1+1", True)), ("Fehler:502", "General", ("Fehler:502", True)),
    ]  # fmt: skip
    book.active.append(["Firma", "Ort"])
    for value, code, _seen in shown:
        book.active.append(["A", value])
        book.active.cell(book.active.max_row, 2).number_format = code
    book.save(tmp_path / "t.xlsx")
    assert column(tmp_path / "t.xlsx") == [seen for _value, _code, seen in shown]


def test_escapes_of_the_format_are_undone(tmp_path):
    texts = {
        "Amt_x000D_\nEins": "Amt\r\nEins", "a_x0009_b": "a\tb", "_x005F_x000D_": "_x000D_", "x_y": "x_y",
        "_xD83D__xDE00_": "😀", "_x00zz_": "_x00zz_",
    }  # fmt: skip
    strings = "".join(f"<si><t>{text}</t></si>" for text in texts)
    rows = "".join(
        xlsx_row(number, f'<c r="A{number}" t="s"><v>{number - 2}</v></c>')
        for number in range(2, len(texts) + 2)
    )
    write_xlsx(tmp_path / "t.xlsx", xlsx_row(1, "Ort") + rows, strings=strings)
    assert column(tmp_path / "t.xlsx") == list(texts.values())


def test_formulas_without_a_result_are_told_from_empty_ones(tmp_path):
    cells = [
        '<c r="A2"><f>1+1</f></c>', '<c r="A3"><f>1+1</f><v></v></c>', '<c r="A4" t="str"><f>"a"</f><v>a</v></c>',
        '<c r="A5"><f>1+1</f><v>0</v></c>', '<c r="A6"><f>1+1</f><v>2</v></c>',
        '<c r="A7" t="e"><f>A1</f><v>#REF!</v></c>',
        '<c r="A8" t="str"><f>""</f><v></v></c>',
    ]  # fmt: skip
    head = xlsx_row(1, "Ort", "Firma")
    rows = "".join(xlsx_row(n, cell, f'<c r="B{n}"><v>7</v></c>') for n, cell in enumerate(cells, start=2))
    write_xlsx(tmp_path / "t.xlsx", head + rows)
    seen = [("=1+1", True), ("=1+1", True), "a", 0, 2, ("#REF!", True), None]
    assert column(tmp_path / "t.xlsx") == seen
    # A library that counts nothing writes nought, and asks for counting when the file is opened.
    write_xlsx(tmp_path / "u.xlsx", head + rows, book='<calcPr fullCalcOnLoad="1"/>')
    assert column(tmp_path / "u.xlsx") == [*seen[:3], ("=1+1", True), *seen[4:]]


def test_merged_cells_hold_for_all_their_rows(tmp_path):
    book = Workbook()
    for line in [["Firma", "PLZ", "Ort"], ["A", 67655, "Kaiserslautern"], ["B"], ["C"], ["D", 50667, "Köln"]]:
        book.active.append(line)
    book.active.merge_cells("B2:B4")
    book.active.merge_cells("C2:C4")
    book.active.merge_cells("A7:C9")
    book.save(tmp_path / "t.xlsx")
    assert column(tmp_path / "t.xlsx") == ["Kaiserslautern"] * 3 + ["Köln"]
    assert column(tmp_path / "t.xlsx", "postcode") == [67655] * 3 + [50667]
    covered = "<t:covered-table-cell/>"
    write_ods(
        tmp_path / "t.ods",
        ods_table(
            ods_row("Firma", "Ort"), ods_row("A", ods_cell("Kiel", 't:number-rows-spanned="2"')), ods_row("B", covered),
            ods_row("C"),
        ),
    )  # fmt: skip
    assert column(tmp_path / "t.ods") == ["Kiel", "Kiel", ""]


def test_cells_of_libreoffice_as_they_are_seen(tmp_path):
    def typed(kind, value, text):
        value = f'o:{"value" if kind in ("float", "percentage") else f"{kind}-value"}="{value}"'
        return f'<t:table-cell o:value-type="{kind}" {value}><x:p>{text}</x:p></t:table-cell>'

    shown = [
        (typed("date", "2024-03-01", "01.03.24"), datetime.date(2024, 3, 1)),
        (typed("date", "2024-03-01T09:30:00", "01.03.24 09:30"), datetime.datetime(2024, 3, 1, 9, 30)),
        (typed("time", "PT09H30M00S", "09:30"), datetime.time(9, 30)),
        (typed("time", "PT30H00M00S", "30:00"), ("30:00", True)),
        (typed("boolean", "true", "WAHR"), True), (typed("percentage", "0.25", "25 %"), "25 %"),
        (typed("float", "4109", "4109"), 4109), (typed("float", "4109", "04109"), "04109"),
        (typed("float", "0.5", "1/2"), 0.5),
        ('<t:table-cell t:formula="of:=1+1"/>', ("of:=1+1", True)),
        ('<t:table-cell t:formula="of:=A1" o:value-type="string"><x:p>#NAME?</x:p></t:table-cell>', ("#NAME?", True)),
        ("a<x:s x:c=\"3\"/>b<x:line-break/>c<x:tab/><x:span>d<x:s/>e</x:span>", "a   b\nc\td e"),
        ('<t:table-cell><o:annotation><x:p>Notiz</x:p></o:annotation><x:p>Trier</x:p></t:table-cell>', "Trier"),
    ]  # fmt: skip
    cells = [
        cell if cell.startswith("<t:") else f"<t:table-cell><x:p>{cell}</x:p></t:table-cell>"
        for cell, _seen in shown
    ]
    write_ods(tmp_path / "t.ods", ods_table(ods_row("Firma", "Ort"), *(ods_row("A", cell) for cell in cells)))
    assert column(tmp_path / "t.ods") == [seen for _cell, seen in shown]


def test_hidden_sheets_are_not_chosen(tmp_path):
    full = ["Firma", "Art", "PLZ", "Ort", "Telefon"]
    hidden = '<s:style s:name="h"><s:table-properties t:display="false"/></s:style>'
    write_ods(
        tmp_path / "t.ods",
        ods_table(ods_row(*full), ods_row("X", "U"), name="Alt", attributes='t:style-name="h"'),
        ods_table(ods_row("Firma", "Ort"), ods_row("A", "Kiel"), name="Liste"), styles=hidden,
    )  # fmt: skip
    book = Workbook()
    book.active.title = "Alt"
    book.active.append(full)
    book.active.sheet_state = "hidden"
    sheet = book.create_sheet("Liste")
    sheet.append(["Firma", "Ort"])
    sheet.append(["A", "Kiel"])
    book.active = 1
    book.save(tmp_path / "t.xlsx")
    for name in ("t.ods", "t.xlsx"):
        assert column(tmp_path / name) == ["Kiel"]


def test_sheets_that_are_not_read_are_named_and_can_be_chosen(tmp_path, db):
    book = Workbook()
    book.active.title = "Erste"
    for sheet in (book.active, book.create_sheet("Zweite")):
        sheet.append(["Firma", "Art"])
        sheet.append([f"A {sheet.title}", "company"])
    book.save(tmp_path / "t.xlsx")
    said = StringIO()
    call_command("import_actors", str(tmp_path / "t.xlsx"), stdout=said)
    assert "Only the sheet “Erste” is read; not read: Zweite. --sheet chooses another one." in said.getvalue()
    call_command("import_actors", str(tmp_path / "t.xlsx"), "--sheet", "Zweite", stdout=StringIO())
    assert [*Actor.objects.order_by("pk").values_list("name", flat=True)] == ["A Erste", "A Zweite"]


def test_hidden_rows_are_passed_over_with_a_word_unless_a_filter_hides_them(tmp_path):
    rows = (
        xlsx_row(1, "techname", "x", attributes='hidden="1"') + xlsx_row(2, "Firma", "Ort") + xlsx_row(3, "A", "Kiel")
        + xlsx_row(4, "B", "Bonn", attributes='hidden="1"')
    )  # fmt: skip
    write_xlsx(tmp_path / "t.xlsx", rows)
    write_ods(
        tmp_path / "t.ods",
        ods_table(
            ods_row("techname", "x", attributes='t:visibility="collapse"'), ods_row("Firma", "Ort"),
            ods_row("A", "Kiel"), ods_row("B", "Bonn", attributes='t:visibility="collapse"'),
        ),
    )  # fmt: skip
    for name in ("t.xlsx", "t.ods"):
        (first, second) = read_table(tmp_path / name, name_of=NAME_OF).rows
        assert first == (3, {"name": "A", "city": "Kiel"}) and second[0] == 4
        assert second[1][SKIPPED_LINE].reason == "The row is hidden in the spreadsheet: B Bonn"
    write_xlsx(
        tmp_path / "u.xlsx", rows, behind='<autoFilter ref="A1:B4"><filterColumn colId="0"/></autoFilter>'
    )
    assert column(tmp_path / "u.xlsx")[-1] == "Bonn"


def test_rows_keep_their_numbers_over_gaps(tmp_path):
    write_xlsx(tmp_path / "t.xlsx", xlsx_row(1, "Firma", "Ort") + xlsx_row(5000, "A", "Kiel"))
    gap = ods_row(attributes='t:number-rows-repeated="4998"')
    write_ods(tmp_path / "t.ods", ods_table(ods_row("Firma", "Ort"), gap, ods_row("A", "Kiel")))
    for name in ("t.xlsx", "t.ods"):
        assert list(read_table(tmp_path / name, name_of=NAME_OF).rows) == [
            (5000, {"name": "A", "city": "Kiel"})
        ]


def test_a_sheet_that_is_not_there_is_said(tmp_path):
    from clusterportal.tables.inspection import ReadOptions

    write_xlsx(tmp_path / "t.xlsx", xlsx_row(1, "Firma"))
    with pytest.raises(UnreadableTable, match=r"no sheet “B”\. It has: A"):
        read_table(tmp_path / "t.xlsx", name_of=NAME_OF, options=ReadOptions("xlsx", sheet="B"))
