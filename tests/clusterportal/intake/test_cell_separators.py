"""By which sign the cells of a column are lists is found in all of them together."""

from collections import Counter

import pytest

from clusterportal.intake.cell_separators import found_separator

KNOWN = {"Logistik", "Verkehr", "Energie, Umwelt und Klima"}


def found(column, *cells):
    return found_separator(column, Counter(cells), KNOWN.__contains__)


@pytest.mark.parametrize(
    ("column", "cells", "sign"),
    [
        ("areas", ["Logistik; Verkehr", "Verkehr"], ";"),
        ("areas", ["Logistik\nVerkehr", "Verkehr"], "\n"),
        ("areas", ["Logistik|Verkehr"], "|"),
        ("areas", ["Logistik; Verkehr", "A|B", "C|D"], "|"),  # the sign of most cells
        ("areas", ["Logistik, Verkehr", "Verkehr"], ","),
        ("areas", ["Logistik, Handwerk", "Handwerk, Bau"], ","),
        ("areas", ["Logistik/Verkehr"], "/"),
        ("topics", ["KI, Software"], ","),  # unknown, but short
        ("services", ["Beratung, Schulung", "Schulung, Prüfung", "Prüfung, Beratung"], ","),
        ("aliases", ["Alt; Neu"], ";"),
    ],
)
def test_the_parts_speak_for_the_sign(column, cells, sign):
    assert found(column, *cells) == sign


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        ("areas", ["Energie, Umwelt und Klima", "Logistik"]),
        (
            "areas",
            ["Bau, Holz und Steine", "Logistik"],
        ),  # stands nowhere else: one name, as far as anybody knows
        ("layers", ["Technologie-/Softwareentwicklung"]),
        ("topics", ["Luft-/Raumfahrt", "Forschung/Entwicklung"]),
        ("topics", ["Verfahren, die Wasser in Gebäuden sparen, und anderes"]),
        ("services", ["Beratung, Schulung"]),  # one cell says too little
        ("services", ["Beratung, auch für kleine Unternehmen am Ort", "Prüfung", "Schulung, auch abends"]),
        ("city", ["Köln; Bonn"]),
        ("areas", []),
    ],
)
def test_a_comma_may_belong_to_a_name(column, cells):
    assert found(column, *cells) == ""
