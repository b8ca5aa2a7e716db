"""An address in one cell is taken apart where that is certain, else all of it is the street."""

import pytest

from clusterportal.intake.address_cells import read_address


@pytest.mark.parametrize(
    ("text", "country", "address"),
    [
        ("Am Feld 3/5, 04205, Leipzig", "", ("Am Feld 3/5", "04205", "Leipzig", "")),
        ("Museumsplatz 1, 67657 Kaiserslautern", "", ("Museumsplatz 1", "67657", "Kaiserslautern", "")),
        ("Museumsplatz 1 - 67657 Kaiserslautern", "", ("Museumsplatz 1", "67657", "Kaiserslautern", "")),
        ("Museumsplatz 1 67657 Kaiserslautern", "", ("Museumsplatz 1", "67657", "Kaiserslautern", "")),
        ("D-67657 Kaiserslautern, Museumsplatz 1", "", ("Museumsplatz 1", "67657", "Kaiserslautern", "DE")),
        ("Weg 1\n67655 Kaiserslautern\nDeutschland", "", ("Weg 1", "67655", "Kaiserslautern", "DE")),
        ("Stephansplatz 1, A-1010 Wien", "", ("Stephansplatz 1", "1010", "Wien", "AT")),
        ("Stephansplatz 1, 1010 Wien", "AT", ("Stephansplatz 1", "1010", "Wien", "")),
        ("Stephansplatz 1, 1010 Wien, Österreich", "", ("Stephansplatz 1", "1010", "Wien", "AT")),
        ("67655 Kaiserslautern", "", ("", "67655", "Kaiserslautern", "")),
        ("Werkstr.", "", ("Werkstr.", "", "", "")),
        ("Straße des 17. Juni 135", "", ("Straße des 17. Juni 135", "", "", "")),
        ("Frankfurt (Oder)", "", ("Frankfurt (Oder)", "", "", "")),
    ],
)
def test_an_address_in_one_cell(text, country, address):
    assert read_address(text, country) == address
