"""Files that would fill memory or time end with a sentence, and end only the process that reads them."""

import gzip
import json
import os
import pickle
import subprocess
import time
from io import BytesIO

import pytest
from django.utils.translation import override

from clusterportal.intake.profiles import profile
from clusterportal.tables import sandbox
from clusterportal.tables.formats import UnreadableTable
from clusterportal.tables.inspection import ReadOptions
from clusterportal.tables.reader import read_table
from tests.workbooks import ods_cell, ods_row, ods_table, write_ods, write_xlsx, xlsx_row


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


HEAD = xlsx_row(1, "Firma", "Ort")


def rows_of(path):
    return list(read_table(path, name_of=profile("registry").column_of).rows)


def blanks(path):
    write_ods(
        path, ods_table(ods_row('<t:table-cell><x:p>Firma<x:s x:c="2000000000"/>x</x:p></t:table-cell>'))
    )


def nested(path):
    write_ods(path, ods_table(ods_row(ods_cell("A" + "<x:span>" * 200_000 + "</x:span>" * 200_000))))


def nested_deeply(path):
    write_xlsx(path, HEAD + "<a>" * 200_000 + "</a>" * 200_000)


def strings(path):
    write_xlsx(path, HEAD, strings="<si/>" * 3_500_000)


def comments(path):
    write_xlsx(path, HEAD, behind=("<!--" + "x" * 40 + "-->" + " " * 4000) * 55_000)


def wide_text(path):
    path.write_text(";".join(f"x{number}" for number in range(1_000_000)) + "\nA;B\n")


def wide_sheet(path):
    write_xlsx(path, HEAD + xlsx_row(2, '<c r="ALM2"><v>1</v></c>'))


def wide_open_document(path):
    write_ods(path, ods_table(ods_row(ods_cell("Firma", 't:number-columns-repeated="1000000000"'))))


def wide_objects(path):
    path.write_text(json.dumps([{f"k{number}": 1} for number in range(1_001)]))


def far_row(path):
    write_xlsx(path, HEAD + xlsx_row(1_048_577, "A", "B"))


def repeated_rows(path):
    again = ods_row("A", attributes='t:number-rows-repeated="1000000000"')
    write_ods(path, ods_table(ods_row("Firma"), again))


def long_line(path):
    path.write_text("Firma;Ort\n" + "x" * 11_000_000 + ";B\n")


def packed(path):
    path.write_bytes(gzip.compress(b"Firma;Ort\n" + b"A;B\n" * 53_000_000, compresslevel=1))


def deep_objects(path):
    path.write_text("[" * 100_000 + "]" * 100_000)


@pytest.mark.parametrize(
    ("make", "name", "word"),
    [
        (blanks, "t.ods", "2000000000 blanks"), (nested, "t.ods", "nested"), (nested_deeply, "t.xlsx", "nested"),
        (strings, "t.xlsx", "more texts"),
        (comments, "t.xlsx", "unfolds"), (wide_text, "t.csv", "columns"), (wide_sheet, "t.xlsx", "columns"),
        (wide_open_document, "t.ods", "columns"), (wide_objects, "t.json", "columns"), (far_row, "t.xlsx", "more rows"),
        (repeated_rows, "t.ods", "more rows"), (long_line, "t.csv", "no end"), (packed, "t.csv.gz", "unfolds"),
        (deep_objects, "t.json", "nested"),
    ],
)  # fmt: skip
def test_a_file_beyond_every_table_is_refused(tmp_path, make, name, word):
    make(tmp_path / name)
    with pytest.raises(UnreadableTable, match=word):
        rows_of(tmp_path / name)


def test_a_cell_beyond_every_cell_is_marked(tmp_path):
    (tmp_path / "t.csv").write_text(f"Firma;Ort\nA;{'x' * 100_001}\nB;Kiel\n")
    (tmp_path / "t.json").write_text(
        '[{"name":"A","city":' + "[" * 900 + "]" * 900 + '},{"name":"B","city":"Kiel"}]'
    )
    for name in ("t.csv", "t.json"):
        first, second = (row for _number, row in rows_of(tmp_path / name))
        assert len(first["city"]) < 200 and first["city"].reason and second == {"name": "B", "city": "Kiel"}


# ---------- the process itself ----------
@pytest.fixture
def table(tmp_path):
    (tmp_path / "t.csv").write_text("Firma;Ort\n" + "A;Kiel\n" * 5_000)
    return tmp_path / "t.csv"


READING = ReadOptions("csv", "utf-8-sig", ";")


def test_memory_is_limited(table, monkeypatch):
    monkeypatch.setattr(sandbox, "MEMORY_BYTES", 256 << 20)
    huge = table.with_suffix(".json")
    huge.write_text("[" + "[]," * 5_000_000 + "[]]")  # 15 MB that become 400
    with pytest.raises(UnreadableTable, match="memory"):
        list(sandbox.rows(huge, ReadOptions("json", "utf-8-sig")))


def test_time_is_limited(table, monkeypatch):
    monkeypatch.setattr(sandbox, "BRIEF_SECONDS", 0)
    began = time.monotonic()
    with pytest.raises(UnreadableTable, match="too long"):
        sandbox.preview(table)
    assert time.monotonic() - began < 30


def test_silence_is_limited(table, monkeypatch):
    monkeypatch.setattr(sandbox, "MAX_SILENT_SECONDS", 0)
    with pytest.raises(UnreadableTable, match="too long"):
        list(sandbox.rows(table, READING))


def test_a_process_that_cannot_even_begin_is_a_sentence(table, monkeypatch):
    monkeypatch.setattr(sandbox, "MEMORY_BYTES", 1 << 20)
    with pytest.raises(UnreadableTable):
        list(sandbox.rows(table, READING))


def test_the_process_ends_with_its_reader(table, monkeypatch):
    begun = []
    real = sandbox.subprocess.Popen
    monkeypatch.setattr(
        sandbox.subprocess, "Popen", lambda *args, **kw: begun.append(real(*args, **kw)) or begun[-1]
    )
    found = sandbox.rows(table, READING)
    next(found)
    assert begun[0].poll() is None
    found.close()
    assert begun[0].poll() is not None


def test_the_process_knows_no_secrets(table, monkeypatch):
    seen = []
    real = sandbox.subprocess.Popen
    monkeypatch.setenv("SECRET_KEY", "s3cret")
    monkeypatch.setattr(
        sandbox.subprocess, "Popen", lambda *args, **kw: seen.append(kw["env"]) or real(*args, **kw)
    )
    sandbox.preview(table)
    assert "SECRET_KEY" not in seen[0] and "DATABASE_URL" not in seen[0]


def test_not_many_read_for_pages_at_the_same_time(table, monkeypatch):
    monkeypatch.setattr(sandbox, "BRIEF_SECONDS", 0.1)
    monkeypatch.setattr(sandbox, "_free", sandbox.threading.BoundedSemaphore(1))
    with sandbox._free, pytest.raises(UnreadableTable, match="again in a minute"):
        sandbox.preview(table)


@pytest.mark.parametrize("thing", [os.system, subprocess.Popen, eval, print])
def test_an_answer_names_nothing_but_tables(thing):
    with pytest.raises(pickle.UnpicklingError, match="is no part of a table"):
        sandbox._Message(BytesIO(pickle.dumps(("found", thing)))).load()
