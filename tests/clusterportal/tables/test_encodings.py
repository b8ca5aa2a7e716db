"""Which characters a file holds is told by its words, or asked with line and byte."""

import pytest
from django.utils.translation import override

from clusterportal.intake.profiles import profile
from clusterportal.tables.encodings import encoding_named, encoding_of
from clusterportal.tables.formats import UnreadableTable
from clusterportal.tables.inspection import ReadOptions
from clusterportal.tables.reader import read_table


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


TEXTS = [
    "Firma;Ort\nMüller & Söhne;Köln\nÄrzte GmbH;Große Straße 5\n",
    "Firma;Ort\nBäcker;Kassel\n",  # one letter in the whole file
    "Firma;Ort\nA;Straße\n",
    "FIRMA;ORT\nMÜLLER GMBH;KÖLN\n",
    "Firma;Ort\nCafé Noël;Besançon\nSociété Générale;Orléans\n",
    "Firma;Ort\nEspaña S.A.;Málaga\n",
    "Firma;Text\nA;„Gut“ – sagt’s\nB;5 € – billig…\n",
    "Firma;Ort\nMuster\u00a0GmbH;10\u00a0000 e.\u00a0V.\n",
]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-16", "cp1252", "iso8859-15", "mac-roman", "cp850", "cp437"]
)
@pytest.mark.parametrize("text", TEXTS)
def test_the_characters_are_found_by_their_words(tmp_path, text, encoding):
    path = tmp_path / "t.csv"
    try:
        path.write_bytes(text.encode(encoding))
    except UnicodeEncodeError:
        pytest.skip(f"{encoding} cannot hold this text")
    try:
        found = encoding_of(path)
    except UnreadableTable:
        # A few signs may be asked about, but German letters are always known.
        assert not set(text) & set("äöüÄÖÜß")
        return
    assert path.read_bytes().decode(found).removeprefix("\ufeff") == text


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("Müller;Kassel\n".encode() + b"Saarbr\xfccken;x\n", ("line 1", "0xC3")),
        ("name;Ort\nПривет Мир;Иванов\n".encode("cp1251"), ("line 2", "0xCF")),
        ("name\nŁódź Zażółć gęślą jaźń\n".encode("cp1250"), ("line 2", "0xA3")),
        (b"name\n\x81\x8d\xff\x90\n", ("line 2", "0x81")),
    ],
)
def test_what_cannot_be_told_is_asked_with_line_and_byte(tmp_path, content, place):
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableTable) as refusal:
        encoding_of(path)
    assert all(word in str(refusal.value) for word in (*place, "--encoding"))


def rows_of(path, **options):
    table = read_table(path, name_of=profile("registry").column_of, options=ReadOptions(**options))
    return [row for _number, row in table.rows]


def test_one_broken_byte_spoils_one_cell(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes("Firma;Ort\nMüller;Köln\nGröße;".encode() + b"Saarbr\xfccken\nC;Kiel\n")
    rows = rows_of(path)
    assert rows == [
        {"name": "Müller", "city": "Köln"}, {"name": "Größe", "city": "Saarbr�cken"}, {"name": "C", "city": "Kiel"},
    ]  # fmt: skip
    assert [getattr(row["city"], "reason", None) is not None for row in rows] == [False, True, False]


@pytest.mark.parametrize("text", ["MÃ¼ller", "Ã\u0096l", "â€žZitatâ€œ", "M√ºller", "M├╝ller", "a\ufffdb"])
def test_broken_letters_are_marked_wherever_they_come_from(tmp_path, text):
    path = tmp_path / "t.csv"
    path.write_text(f"Firma;Ort\n{text};Köln\n", encoding="utf-8")
    ((row),) = rows_of(path)
    assert row["name"] == text and row["name"].reason and not hasattr(row["city"], "reason")


@pytest.mark.parametrize("text", ["Ãvila", "São Paulo", "√2", "Škoda", "Çelik", "Ångström", "日本"])
def test_letters_of_other_languages_are_none_of_these(tmp_path, text):
    path = tmp_path / "t.csv"
    path.write_text(f"Firma;Ort\n{text};Köln\n", encoding="utf-8")
    ((row),) = rows_of(path)
    assert row["name"] == text and not hasattr(row["name"], "reason")


def test_an_encoding_that_people_choose_counts_and_is_checked(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes("Firma;Ort\nŁódź;x\n".encode("cp1250"))
    assert rows_of(path, encoding="cp1250") == [{"name": "Łódź", "city": "x"}]
    path.write_bytes(b"Firma;Ort\nA;x\nB;\x81\n")
    with pytest.raises(UnreadableTable, match=r"Line 3 .*0x81.*cp1252"):
        rows_of(path, encoding="cp1252")


def test_encodings_have_many_names():
    names = {"UTF-8": "utf-8-sig", "latin1": "cp1252", "Windows-1252": "cp1252", "macintosh": "mac-roman"}
    assert {name: encoding_named(name) for name in names} == names
    for name in ("klingon", "rot13", "idna", ""):
        with pytest.raises(UnreadableTable, match="cp1252"):
            encoding_named(name)
