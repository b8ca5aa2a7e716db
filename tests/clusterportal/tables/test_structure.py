"""Where rows begin and end: quotation marks, headers, group titles, totals, notes."""

import json

import pytest
from django.utils.translation import override
from openpyxl import Workbook

from clusterportal.intake.planning import make_plan
from clusterportal.intake.profiles import custom_profile, profile
from clusterportal.tables.body_rows import EXTRA_CELLS, SKIPPED_LINE
from clusterportal.tables.delimited import delimiter_named
from clusterportal.tables.formats import UnreadableTable
from clusterportal.tables.reader import read_table


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def table_of(path, name_of=None):
    return read_table(path, name_of=name_of or profile("registry").column_of)


def csv(tmp_path, text: str):
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    return path


HEAD = "Firma;Art;Ort;Kurzbeschreibung\n"


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ('A;U;Köln;"Beste Stelle\nB;U;Köln;gut\nC;U;Köln;auch gut\n', "2"),  # never closed
        (
            'A;U;Köln;gut\nB;U;Köln;"Beste\nC;U;Köln;"auch gut"\n',
            "3",
        ),  # closed by the mark that opens another
        ('A;U;Köln;"Beste\nB;U;Köln;Schirm 16"\nC;U;Köln;x\n', "2"),  # closed by inches
        ('A;U;Köln;"Beste\nB;U;Köln;\nC;U;Köln;"\n', "2"),
    ],
)
def test_a_mark_that_swallows_rows_is_refused_with_its_line(tmp_path, lines, line):
    with pytest.raises(UnreadableTable, match=f"Line {line}:"):
        list(table_of(csv(tmp_path, HEAD + lines)).rows)


@pytest.mark.parametrize(
    "cell",
    [
        "Erste Zeile.\nZweite, mit Komma; und mehr.",
        'sagt "ja"\nund "nein"',
        "a; b; c; d\ne; f; g; h",
        "\n\nx",
    ],
)
def test_texts_of_several_lines_are_read(tmp_path, cell):
    quoted = cell.replace('"', '""')
    table = table_of(csv(tmp_path, f'{HEAD}A;U;Köln;"{quoted}"\nB;U;Bonn;gut\n'))
    assert [(row["name"], row["summary_de"]) for _number, row in table.rows] == [("A", cell), ("B", "gut")]


def test_a_header_shorter_than_the_rows(tmp_path):
    table = table_of(csv(tmp_path, "Firma;Art;Ort;;;\nA;U;Köln;siehe Notiz;intern;ja\nB;U;Köln;;;\n"))
    assert [row["name"] for _number, row in table.rows] == ["A", "B"]
    assert table.ignored == ["Column D", "Column E", "Column F"]
    table = table_of(csv(tmp_path, "Firma,Art,Ort\nA,U,Köln,Büro,Halle,Lager\nB,U,Köln\nC,U,Köln\n"))
    assert [(row["name"], row.get(EXTRA_CELLS)) for _number, row in table.rows] == [
        ("A", 6),
        ("B", None),
        ("C", None),
    ]


def test_values_that_sound_like_headings_are_no_header(tmp_path):
    table = table_of(
        csv(tmp_path, "Betrieb;Typus\nA;Unternehmen\nB;Stadt\n"), name_of={"Betrieb": "name"}.get
    )
    assert [number for number, _row in table.rows] == [2, 3]


def test_group_titles_do_not_hide_the_headings_below(tmp_path):
    book = Workbook()
    for line in [
        ["Firma", "Art", "Anschrift", None, None, "Kontakt", None],
        [None, None, "Straße", "PLZ", "Ort", "Telefon", "E-Mail"],
        ["A", "U", "Weg 1", 67655, "Kaiserslautern", "0631 2050", "a@example.org"],
        ["B", "U", "Weg 2", 67655, "Kaiserslautern", "0631 2051", "b@example.org"],
    ]:
        book.active.append(line)
    book.active.merge_cells("C1:E1")
    book.active.merge_cells("A1:A2")
    book.save(tmp_path / "t.xlsx")
    table = table_of(tmp_path / "t.xlsx")
    assert (
        table.columns == ["name", "kind", "street", "postcode", "city", "phone", "email"]
        and not table.ignored
    )
    assert [row["postcode"] for _number, row in table.rows] == [67655, 67655]


def test_headings_that_mean_the_same_below_their_groups_are_not_guessed(tmp_path):
    lines = "Firma;Rechnung;;Lieferung;\n;Ort;Straße;Ort;Telefon\nA;Köln;Weg 1;Bonn;1\nB;Köln;Weg 1;Bonn;1\n"
    table = table_of(csv(tmp_path, lines))
    assert table.columns == ["name", "street", "phone"]
    assert table.ignored == ["Rechnung Ort", "Lieferung Ort"]


def test_lines_that_are_no_rows_are_marked_with_the_reason(tmp_path):
    lines = [
        "Firma;PLZ;Ort", "A;50667;Köln", "Firma;PLZ;Ort", "B;50667;Köln", "FIRMA; plz;", "Zwischensumme;2;",
        "C;50667;Köln",
        "Summe: 3;;", "Gesamt;;3", "Total;3", ";Stand: 01.03.2025;", "Stand 2025;;", "Quelle: eigene Erhebung;;",
        "Seite 1 von 2;;", "Gesamt Metall GmbH;50667;Köln", "Total;50667;Köln",
    ]  # fmt: skip
    rows = list(table_of(csv(tmp_path, "\n".join(lines) + "\n")).rows)
    assert [number for number, _row in rows] == list(range(2, 17))
    assert [row["name"] for _number, row in rows if SKIPPED_LINE not in row] == [
        "A",
        "B",
        "C",
        "Gesamt Metall GmbH",
        "Total",
    ]
    said = {number: row[SKIPPED_LINE].reason for number, row in rows if SKIPPED_LINE in row}
    assert said == {
        3: "The heading stands here once more: Firma PLZ Ort", 5: "The heading stands here once more: FIRMA plz",
        6: "A total, no row of the table: Zwischensumme 2", 8: "A total, no row of the table: Summe: 3",
        9: "A total, no row of the table: Gesamt 3", 10: "A total, no row of the table: Total 3",
        11: "A note under the table: Stand: 01.03.2025", 12: "A note under the table: Stand 2025",
        13: "A note under the table: Quelle: eigene Erhebung", 14: "A note under the table: Seite 1 von 2",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "column"),
    {
        "Kürzel": "short_name", "Straße u. Nr.": "street", "Strasse u. Nr": "street", "Str./Nr.": "street",
        "Schlagworte": "topics", "Typ": "kind", "gegr.": "founded", "Gruendungsjahr": "founded", "Groesse": "size",
        "Kurztext": "summary_de", "PLZ Ort": "address", "PLZ/Ort": "address", "Tel.-Nr.": "phone",
        "Mail-Adresse": "email", "Ansprechpartner/in": "contacts", "Haus-Nr.": "house_number",
        "Firma / Institution": "name",
    }.items(),
)  # fmt: skip
def test_headings_as_people_shorten_them(heading, column):
    assert profile("registry").column_of(heading) == column


def test_protected_numbers_lose_their_protection(tmp_path):
    cells = {
        '="04109"': "04109", "'04109": "04109", "'+49 341 1": "+49 341 1", "'s Heeren": "'s Heeren",
        "'68er Verein": "'68er Verein", '="a ""b"""': 'a "b"',
    }  # fmt: skip
    lines = "".join('A;"' + cell.replace('"', '""') + '"\n' for cell in cells)
    rows = table_of(csv(tmp_path, f"Firma;Ort\n{lines}")).rows
    assert [row["city"] for _number, row in rows] == list(cells.values())


def test_delimiters_have_names():
    assert [delimiter_named(name) for name in ("comma", "Tab", r"\t", "^", ";")] == [
        ",",
        "\t",
        "\t",
        "^",
        ";",
    ]
    for name in ("", "ab", "x", '"', "7"):
        with pytest.raises(UnreadableTable, match="semicolon"):
            delimiter_named(name)


def test_notes_stand_below_a_gap_and_rows_come_in_their_order(tmp_path):
    lines = "Firma;PLZ;Ort\nA;1;x\n\nB;;\nSumme: 2;;\nC;2;y\n\nStand: heute;;\nZweite Anmerkung;;\n;;dritte\n"
    rows = list(table_of(csv(tmp_path, lines)).rows)
    assert [(number, row.get("name") or row[SKIPPED_LINE].reason) for number, row in rows] == [
        (2, "A"), (4, "B"), (5, "A total, no row of the table: Summe: 2"), (6, "C"),
        (8, "A note under the table: Stand: heute"), (9, "A note under the table: Zweite Anmerkung"),
        (10, "A note under the table: dritte"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "- 2 -", "Anzahl Firmen: 2", "Alle Angaben ohne Gewähr", "Fortsetzung", "Übertrag", "Insgesamt 2 Einträge",
        "Gedruckt am 01.03.2024", "2 Datensätze", "Ende der Liste",
    ],
)  # fmt: skip
def test_lines_of_a_printed_list_are_notes(tmp_path, line):
    rows = [row for _number, row in table_of(csv(tmp_path, f"Firma;PLZ;Ort\nA;1;x\n{line};;\nB;2;y\n")).rows]
    assert [SKIPPED_LINE in row for row in rows] == [False, True, False]


def test_a_row_of_a_name_alone_is_told(db):
    rows = [(2, {"name": "Sektor Energie", "postcode": "", "city": None}), (3, {"name": "A", "city": "Köln"})]
    plan = make_plan(rows, profile=custom_profile("own", columns={}, constants={"kind": "company"}))
    assert [(problem.row, problem.value, problem.reason) for problem in plan.problems] == [
        (2, "Sektor Energie", "The row holds nothing but a name. Is it a group's title, or a note?")
    ]


def test_broken_json_is_told_without_words_of_a_program(tmp_path):
    path = tmp_path / "t.ndjson"
    path.write_text('{"name": "A"}\n{broken\n')
    with pytest.raises(UnreadableTable) as refused:
        list(table_of(path).rows)
    assert str(refused.value) == "This is no valid JSON: line 2, character 2."


def test_what_is_no_point_on_a_map_is_told(tmp_path):
    path = tmp_path / "t.geojson"
    shapes = [{"type": "Polygon", "coordinates": []}, None, {"type": "Point", "coordinates": [7.7, 49.4]}]
    features = [{"type": "Feature", "geometry": shape, "properties": {"name": "A"}} for shape in shapes]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    table = table_of(path)
    assert table.ignored == ["geometry"]
    assert [row for _number, row in table.rows] == [
        {"name": "A"},
        {"name": "A"},
        {"name": "A", "latitude": 49.4, "longitude": 7.7},
    ]


def test_many_lines_with_one_cell_are_rows(tmp_path):
    lines = "Firma;PLZ;Ort\nA;1;x\n\n" + "".join(f"F{number};;\n" for number in range(150))
    rows = [row for _number, row in table_of(csv(tmp_path, lines)).rows]
    assert len(rows) == 151 and not any(SKIPPED_LINE in row for row in rows[:100])


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (r'"A \"B\" C";Unternehmen', 'A "B" C'),
        (r'"Verein \"Anker\"";Unternehmen', 'Verein "Anker"'),
        (r'"Das \"Haus\", ein Verein";Unternehmen', 'Das "Haus", ein Verein'),
        (r'"A ""B"" C";Unternehmen', 'A "B" C'),
        ('"C:\\";Unternehmen', "C:\\"),
        (r"Rohr 5\" lang;Unternehmen", r"Rohr 5\" lang"),
    ],
)
def test_marks_within_a_cell_are_read_as_databases_and_spreadsheets_write_them(tmp_path, line, name):
    path = tmp_path / "table.csv"
    path.write_text(f"Firma;Art\n{line}\nB;Unternehmen\n", encoding="utf-8")
    rows = read_table(path, name_of=profile("registry").column_of).rows
    assert [row["name"] for _number, row in rows] == [name, "B"]
