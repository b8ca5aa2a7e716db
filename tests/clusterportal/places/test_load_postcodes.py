"""Postcodes come from open data by command, all of a country or none."""

import pytest
from django.core.management import CommandError, call_command

from clusterportal.history.models import current_revision
from clusterportal.places.models import Postcode

pytestmark = pytest.mark.django_db

HEADER = "plz,place,lat,lng,kreis_ags,nuts3,kreis,land,looks_like_bulk_customer"


def geonames(*rows) -> str:
    """Lines of GeoNames' format: country, code, place, state, district, latitude, longitude."""
    return "".join(
        f"{country}\t{code}\t{place}\t{state}\tXX\tRegierungsbezirk\t\t{district}\t07\t{north}\t{east}\t4\n"
        for country, code, place, state, district, north, east in rows
    )


LAUTERN = ("DE", "67655", "Kaiserslautern", "Rheinland-Pfalz", "Kaiserslautern", 49.44, 7.77)
LEIPZIG = ("DE", "04103", "Leipzig", "Sachsen", "Leipzig", 51.34, 12.39)
WIEN = ("AT", "1010", "Wien", "Wien", "Wien Stadt", 48.21, 16.37)


@pytest.fixture
def load(tmp_path):
    def run(text: str | bytes, **options):
        file = tmp_path / "postcodes.txt"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        call_command("load_postcodes", file, **options)

    return run


def stored() -> list[tuple]:
    columns = ("country", "code", "place", "district", "state_name", "latitude", "longitude")
    return list(Postcode.objects.values_list(*columns))


def test_geonames_format(load, capsys):
    load(geonames(LAUTERN, WIEN))
    assert stored() == [
        ("AT", "1010", "Wien", "Wien Stadt", "Wien", 48.21, 16.37),
        ("DE", "67655", "Kaiserslautern", "Kaiserslautern", "Rheinland-Pfalz", 49.44, 7.77),
    ]
    assert capsys.readouterr().out == "2 postcodes of AT, DE\n"


def test_a_table_by_its_header_leaves_out_large_recipients(load):
    load(
        f"{HEADER}\n04103,Leipzig,51.34,12.39,14713,DED51,Leipzig,Sachsen,0\n10875,Bank AG,48.8,9.1,0,DE1,S,BW,1\n"
    )
    assert stored() == [("DE", "04103", "Leipzig", "Leipzig", "Sachsen", 51.34, 12.39)]


def test_a_country_is_replaced_as_a_whole_and_others_stay(load):
    load(geonames(LAUTERN, WIEN))
    load(geonames(LEIPZIG))
    assert [(row[0], row[1]) for row in stored()] == [("AT", "1010"), ("DE", "04103")]
    load(f"{HEADER}\n1020,Wien,48.2,16.4,,,,,0\n", country="at")
    assert [(row[0], row[1]) for row in stored()] == [("AT", "1020"), ("DE", "04103")]


def test_a_place_that_stands_there_twice_counts_once(load):
    load(geonames(LAUTERN, (*LAUTERN[:4], "Landkreis", 49.5, 7.8)))
    assert [row[3] for row in stored()] == ["Kaiserslautern"]


@pytest.mark.django_db(transaction=True)
def test_loading_raises_the_revision(load):
    before = current_revision()
    load(geonames(LAUTERN))
    assert current_revision() == before + 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\n1,2\n", "its header lacks lat, lng, place, plz"),
        ("DE\t67655\tKaiserslautern\n", "Line 1 has 3 columns; GeoNames' postal codes have 12."),
        (geonames(LAUTERN, (*LEIPZIG[:5], "north", 12)), "Line 2: “north” and “12” are no degrees"),
        (geonames((*LEIPZIG[:5], 91, 12)), "Line 1: “91” and “12” are no degrees"),
        (geonames((*LEIPZIG[:5], "nan", 12)), "no degrees"),
        (geonames(("DE", "", *LEIPZIG[2:])), "Line 1: the postcode “” is empty or too long."),
        (geonames(("Deutschland", *LEIPZIG[1:])), "the country “Deutschland” is empty or too long"),
        (b"PK\x03\x04\xff\xfe", "is no text in UTF-8. Unpack it first"),
    ],
)
def test_a_broken_file_changes_nothing_and_says_where(load, settings, text, words):
    from django.utils.translation import override

    load(geonames(LAUTERN))
    with override("en"), pytest.raises(CommandError, match=words.replace("(", r"\(")):
        load(text)
    assert [row[1] for row in stored()] == ["67655"]


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.txt"):
        call_command("load_postcodes", tmp_path / "nowhere.txt")


def test_the_table_of_germany(shared_data, capsys):
    call_command("load_postcodes", shared_data / "plz_de_with_nuts.csv")
    assert capsys.readouterr().out == "19190 postcodes of DE\n"
