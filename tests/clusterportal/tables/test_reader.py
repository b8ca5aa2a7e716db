"""Files as people have them: encodings, delimiters, titles above the header, workbooks with gaps."""

import gzip
import zipfile

import pytest
from openpyxl import Workbook

from clusterportal.intake.profiles import profile
from clusterportal.tables.body_rows import SKIPPED_LINE
from clusterportal.tables.formats import UnreadableTable
from clusterportal.tables.formula_guards import escape_formula, unescape_formula
from clusterportal.tables.reader import examine, read_table

ROWS = [("name", "city"), ("Müller & Söhne", "Köln"), ("Größe, mit Komma", "Wien")]


def read(path, format=None):
    table = read_table(path, format=format, name_of=profile("registry").column_of)
    return table, [(number, row.get("name"), row.get("city")) for number, row in table.rows]


EXPECTED = [(2, "Müller & Söhne", "Köln"), (3, "Größe, mit Komma", "Wien")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_found(tmp_path, encoding, delimiter):
    lines = [delimiter.join(f'"{cell}"' for cell in row) for row in ROWS]
    path = tmp_path / "table.csv"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    assert read(path)[1] == EXPECTED


def test_a_packed_file(tmp_path):
    path = tmp_path / "table.csv.gz"
    path.write_bytes(gzip.compress("\n".join('"' + '","'.join(row) + '"' for row in ROWS).encode()))
    assert read(path)[1] == EXPECTED


def test_titles_above_the_header_and_blank_rows_keep_their_numbers(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("Members 2026;;\n;;\nFirma; Ort; Remark\n\nA; Leipzig; x\n", encoding="utf-8")
    table, rows = read(path)
    assert rows == [(5, "A", "Leipzig")] and table.ignored == ["Remark"]


def test_workbook(tmp_path):
    book = Workbook()
    for row in [("List",), *ROWS]:
        book.active.append(row)
    book.save(tmp_path / "table.xlsx")
    assert read(tmp_path / "table.xlsx")[1] == [(number + 1, name, city) for number, name, city in EXPECTED]


def test_open_document_with_repeated_cells_and_rows(tmp_path):
    office, table, text = (
        f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text")
    )

    def row(*cells):
        return "<t:table-row>" + "".join(cells) + "</t:table-row>"

    def cell(value, times=1):
        return f'<t:table-cell t:number-columns-repeated="{times}"><x:p>{value}</x:p></t:table-cell>'

    gap = '<t:table-cell t:number-columns-repeated="2"/>'
    content = (
        f'<o:d xmlns:o="{office}" xmlns:t="{table}" xmlns:x="{text}"><t:table>'
        + row(cell("name"), cell("phone"), cell("email"), cell("city"))
        + '<t:table-row t:number-rows-repeated="2"><t:table-cell/></t:table-row>'
        + row(cell("A"), gap, cell("Leipzig"))
        + row(cell("Trier"), gap, cell("Trier"))
        + "</t:table></o:d>"
    )
    with zipfile.ZipFile(tmp_path / "table.ods", "w") as archive:
        archive.writestr("content.xml", content)
    assert read(tmp_path / "table.ods")[1] == [(4, "A", "Leipzig"), (5, "Trier", "Trier")]


def test_a_header_of_two_lines_is_joined_and_notes_are_marked(tmp_path):
    book = Workbook()
    book.active.title = "Deckblatt"
    book.active.append(["Verzeichnis"])
    sheet = book.create_sheet("Daten")
    lines = [
        ["Verzeichnis der Betriebe"], [], ["Betrieb", "Lage", None, "Zahl"], [None, "Straße", "PLZ", None],
        [1, 2, 3, 4], ["A", "Weg 1", 4103, 7], ["B", "Weg 2", 4105, 8], [], ["Quelle: eigene Erhebung"],
    ]  # fmt: skip
    for line in lines:
        sheet.append(line)
    book.save(tmp_path / "t.xlsx")
    found = examine(tmp_path / "t.xlsx", name_of=profile("registry").column_of)
    assert (found.options.sheet, found.options.header) == ("Daten", (3, 4))
    titles = found.titles
    assert titles == ["Betrieb", "Lage Straße", "Lage PLZ", "Zahl"]
    rows = list(read_table(tmp_path / "t.xlsx", name_of=dict(zip(titles, "abcd", strict=True)).get).rows)
    assert rows == [
        (6, {"a": "A", "b": "Weg 1", "c": 4103, "d": 7}), (7, {"a": "B", "b": "Weg 2", "c": 4105, "d": 8}),
        (9, {SKIPPED_LINE: "Quelle: eigene Erhebung"}),
    ]  # fmt: skip


def test_a_row_repeated_without_end_is_no_table(tmp_path):
    office, table, text = (
        f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text")
    )
    row = "<t:table-row{}><t:table-cell><x:p>name</x:p></t:table-cell></t:table-row>"
    content = (
        f'<o:d xmlns:o="{office}" xmlns:t="{table}" xmlns:x="{text}"><t:table>{row.format("")}'
        + row.format(' t:number-rows-repeated="1000000000"') + "</t:table></o:d>"
    )  # fmt: skip
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("content.xml", content)
    with pytest.raises(UnreadableTable):
        list(read_table(tmp_path / "a.ods", name_of={"name": "name"}.get).rows)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b""), ("a.json", b"{"), ("a.json", b"3"), ("a.xlsx", b"no zip"), ("a.ods", b"no zip"),
        ("a.doc", b"%PDF-1.7"), ("a.csv", b"name;name\nA;B\n"), ("a.csv", b"\x81\x8d\xff"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_said_so(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableTable):
        read(path)


@pytest.mark.parametrize(
    "value", ["=1+1", "+49 631", "-x", "@a", "\tx", "'=x", "''+x", "plain", "'s", "", "a=b"]
)
def test_escaping_formulae_can_be_undone(value):
    assert unescape_formula(escape_formula(value)) == value
    assert not escape_formula(value).startswith(("=", "+", "-", "@", "\t"))
