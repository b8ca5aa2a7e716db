"""Labels in boxes: whole where two lines hold them, cut with a word where not."""

import pytest

from clusterportal.pages.drawing.lettering import halved, text_width
from clusterportal.pages.drawing.shapes import Node, pill


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Leipziger Stadtwerke", ("Leipziger ", "Stadtwerke")),
        ("Fraunhofer-Gesellschaft", ("Fraunhofer-", "Gesellschaft")),
        ("Netzwerk Logistik Mitteldeutschland", ("Netzwerk Logistik ", "Mitteldeutschland")),
        ("Verwaltungsgesellschaft", ("Verwaltungsgesells…",)),
        ("Historische Kommission bei der Bayerischen Akademie", ("Historische ", "Kommission bei der…")),
    ],
)
def test_a_label_breaks_after_a_blank_or_a_hyphen(text, lines):
    assert halved(text, 112, 11) == lines
    assert all(text_width(line.rstrip(), 11) <= 112 for line in lines)


@pytest.mark.parametrize(
    "label", ["DFKI", "Leipziger Stadtwerke", "Historische Kommission bei der Akademie in Bayern"]
)
def test_what_a_pill_shows_begins_its_label(label):
    drawn = pill(Node(1, label, "/x/", (2, 3)), x=0, y=0, width=146)
    assert label.startswith(drawn.text.rstrip("…"))
    assert len(drawn.lines) == len(drawn.text_y) and drawn.is_fine is (label != "DFKI")
