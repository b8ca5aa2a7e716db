"""One cleaning for every text: what nobody sees goes, what only looks different becomes the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterportal.core.texts import clean_line, clean_text


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("\u200f BC20 Linksläufer \u200e", "BC20 Linksläufer"),
        ("Tief\u2010strich", "Tief-strich"),
        ("Tief\u2011strich", "Tief-strich"),
        ("Bindestrich – bleibt", "Bindestrich – bleibt"),
        ("Straßen\u00adbau", "Straßenbau"),
        ("\ufeffAnfang", "Anfang"),
        ("Bad\u00a0 Dürkheim\u202f", "Bad Dürkheim"),
        ("Mu\u0308nchen", "München"),
        ("u\u00ad\u0308", "ü"),
        ("eins\x0bzwei\x0cdrei\tvier", "eins zwei drei vier"),
        ("a\x00\x01\x1f\x7f\x85b", "a b"),
        ("Latein\u200dbund", "Lateinbund"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🔬", "👩\u200d🔬"),
        ("halb\ud800es", "halbes"),
        ("\uffff\ufffe", ""),
        ("\u200b\u2060", ""),
    ],
)
def test_a_line(written, line):
    assert clean_line(written) == line


def test_a_text_keeps_its_lines():
    assert clean_text("eins\r\nzwei\x0bdrei\u2028vier  \tfünf\n") == "eins\nzwei\ndrei\nvier  \tfünf"


@given(st.text())
def test_what_is_clean_stays_as_it_is(text):
    assert clean_text(clean_text(text)) == clean_text(text)
    line = clean_line(text)
    assert clean_line(line) == line and "\n" not in line
    line.encode("utf-8")  # nothing is left that cannot be stored
