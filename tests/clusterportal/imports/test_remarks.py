"""What the command says of a table, the preview says as well: remarks, refusals, and the same values are stored."""

from actors.models import Actor

TABLE = """Firma;Art;Ort;Telefon;Leistungen;Anschrift
A;Unternehmen;Köln;0221 2050;Beratung, Schulung;
B;Unternehmen;6800 Mannheim;;;
C;Unternehmen;;01.03.2024;;
D;Unternehmen;entf.;folgt;Beratung; Markt 1, Bonn
Ende der Liste;;;;;
"""


def test_a_remark_stands_in_the_preview_and_the_row_is_taken(clicker, tmp_path):
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    clicker.upload(tmp_path / "t.csv")
    clicker.map()
    counts = clicker.run.counts
    assert (counts["new"], counts["invalid"], counts["passed"]) == (2, 2, 1)
    page = clicker.page("preview", show="remarked").content.decode()
    for words in (
        "Das gilt als ein einziger Eintrag. Trennen Sie mehrere mit einem senkrechten Strich (|) oder Semikolon.",
        "Hier ist keine Postleitzahl zu erkennen: Alles zusammen gilt als Straße.",
    ):
        assert words in page
    report = b"".join(clicker.page_report("csv")).decode()
    assert "„6800 Mannheim“ enthält eine Zahl." in report and "ist keine Telefonnummer." in report
    clicker.confirm(without_invalid="on")
    assert {*Actor.objects.values_list("name", "city", "phone", "street")} == {
        ("A", "Köln", "+492212050", ""),
        ("D", "", "", "Markt 1, Bonn"),
    }
