"""Postcodes by country, the letters before them, and points that lie in their country."""

import csv
import gzip

import pytest

from clusterportal.places.points import point_problem
from clusterportal.places.postcodes import may_have_lost_a_zero, postcode_problem, split_prefix


@pytest.mark.parametrize(
    ("written", "code", "country"),
    [
        ("A-5020", "5020", "AT"),
        ("CH-4051", "4051", "CH"),
        ("L-1855", "1855", "LU"),
        ("DE-06108", "06108", "DE"),
        ("D 67663", "67663", "DE"),
        ("D67663", "67663", "DE"),
        ("D – 67663", "67663", "DE"),
        ("D-67 663", "67663", "DE"),
        ("FL-9490", "9490", "LI"),
        ("NL-1012 AB", "1012 AB", "NL"),
        ("F-75001", "75001", "FR"),
        ("a 1010", "1010", "AT"),
        ("LV-1050", "LV-1050", "LV"),
        ("SE-111 20", "111 20", "SE"),
        ("67663", "67663", ""),
        ("SW1A 1AA", "SW1A 1AA", ""),
        ("L1 8JQ", "L1 8JQ", ""),
        ("N1 9GU", "N1 9GU", ""),
        ("D02 X285", "D02 X285", ""),
        ("Mainz", "Mainz", ""),
        ("X-123", "X-123", ""),
    ],
)
def test_letters_before_the_code_name_the_country(written, code, country):
    assert split_prefix(written) == (code, country)


@pytest.mark.parametrize(
    ("code", "country"),
    [
        ("67655", "DE"),
        ("1010", "AT"),
        ("8001", "CH"),
        ("1012 AB", "NL"),
        ("SW1A 1AA", "GB"),
        ("00-950", "PL"),
        ("111 20", "SE"),
        ("", "DE"),
        ("1000-205", "PT"),
        ("12345-678", "BR"),
    ],
)
def test_a_postcode_of_its_country(code, country):
    assert postcode_problem(code, country) == ""


@pytest.mark.parametrize(
    ("code", "country", "words"),
    [
        ("663", "DE", "fünf Ziffern"),
        ("1", "DE", "fünf Ziffern"),
        ("67.663", "DE", "fünf Ziffern"),
        ("67663-", "DE", "fünf Ziffern"),
        ("Mainz", "DE", "fünf Ziffern"),
        ("A-5020", "DE", "Österreich"),
        ("67655", "AT", "1010"),
        ("x", "IT", "Italien"),
    ],
)
def test_what_is_none_is_said_in_words(code, country, words):
    assert words in postcode_problem(code, country)


def test_where_a_zero_may_be_lost():
    assert [code for code in ("4103", "6108", "1010", "8001", "5020", "9000", "410") if may_have_lost_a_zero(code)] == [
        "4103", "6108",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("point", "country", "words"),
    [
        ((7.7689, 49.4441), "DE", "vertauscht"),
        ((0.0, 0.0), "DE", "0, 0"),
        ((0.0, 0.0), "BR", "0, 0"),
        ((40.0, -70.0), "DE", "außerhalb des Landes (Deutschland)"),
        ((48.2, 16.3), "DE", "außerhalb des Landes (Deutschland)"),
        ((49.4, 7.8), "DE", ""),
        ((54.9, 8.3), "DE", ""),
        ((28.1, -15.4), "ES", ""),
        ((-3.1, -60.0), "BR", ""),
    ],
)
def test_points_and_countries(point, country, words):
    problem = point_problem(*point, country)
    assert words in problem and bool(problem) == bool(words)


def test_no_place_of_the_world_is_refused(shared_data):
    with gzip.open(shared_data / "ror_world.csv.gz", "rt", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["lat"]]
    refused = [
        row for row in rows if point_problem(float(row["lat"]), float(row["lng"]), row["country_code"])
    ]
    assert len(rows) > 40_000 and refused == []


def test_no_german_postcode_is_refused(shared_data):
    with open(shared_data / "plz_de_with_nuts.csv", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["looks_like_bulk_customer"] != "1"]
    assert not [row for row in rows if postcode_problem(row["plz"], "DE")]
    assert not [row for row in rows if point_problem(float(row["lat"]), float(row["lng"]), "DE")]
    with_zero = [row["plz"] for row in rows if row["plz"].startswith("0")]
    assert len(with_zero) > 1_000
    assert [code for code in with_zero if not may_have_lost_a_zero(code[1:])] == []
