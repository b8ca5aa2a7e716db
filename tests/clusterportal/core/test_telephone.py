"""Telephone numbers: one number beyond doubt, or the text as it stands, or a reason; never the digits of two."""

import pytest
from django.core.exceptions import ValidationError

from clusterportal.core.telephone import clean_phone, link


@pytest.mark.parametrize(
    "written",
    [
        "0631 2050",
        "0631 205-0",
        "0631/2050",
        "0631 / 2050",
        "(0631) 2050",
        "0631-2050",
        "0631.2050",
        "0631 - 2050",
        "+49 631 2050",
        "+49 (0)631/205 0",
        "+49 (0)631 / 2050",
        "0049 631 2050",
        "0049 631 / 2050",
        "++49 631 2050",
        "+49 0631 2050",
        "0 631 2050",
        "Tel. 0631 2050",
        "Tel.: 0631 2050",
        "tel:+49-631-2050",
        "'0631 2050",
        '="0631 2050"',
        "0631 2050 Zentrale",
        "0631 205-0 (Mo-Fr 9-12)",
        "Zentrale: 0631 2050",
        "0631 2050 / 2051",
        "0631 2050 / 0631 2051",
        "0631/2050 od. -2051",
        "0631-205-0/-1",
        "0631 2050, 0631 2051",
        "0631 2050; 0631 2051",
        "0631 2050 0631 2051",
        "0631 2050\n0631 2051",
        "0631 2050 u. 2051",
        "0631 2050 - 2052",
        "0631 2050 bis 2059",
        "0631 2050 Fax 0631 2051",
        "+49 631 2050 +49 631 2051",
        "0631 2050 (privat) 0171 1234567",
        "0631 2050 / Zentrale",
        "0631\u20112050",
    ],
)
def test_one_number_beyond_doubt(written):
    assert clean_phone(written) == "+496312050"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("49 631 20500", "+4963120500"),
        ("496312050000", "+496312050000"),
        (496312050000, "+496312050000"),
        (496312050000.0, "+496312050000"),
        ("06131/12345 o. 12346", "+49613112345"),
        ("0171/1234567", "+491711234567"),
        ("034297/2050", "+49342972050"),
        ("01805/123456 (0,14 €/Min)", "+491805123456"),
        ("030 123456-78/79", "+493012345678"),
        ("0900-1234-5678", "+4990012345678"),
        ("+43 1 58801", "+43158801"),
    ],
)
def test_other_numbers(written, number):
    assert clean_phone(written) == number


@pytest.mark.parametrize(
    ("written", "country", "number"),
    [
        ("01 58801", "AT", "+43158801"),
        ("912 345 678", "ES", "+34912345678"),
        ("01 23 45 06 78", "FR", "+33123450678"),
        ("(202) 555-0123", "US", "+12025550123"),
        ("06 1234 5678", "IT", "+390612345678"),
        ("01 58801 / 01 58802", "AT", "+43158801"),
    ],
)
def test_by_the_country_of_the_actor(written, country, number):
    assert clean_phone(written, country) == number


@pytest.mark.parametrize(
    "written",
    [
        "0631 205-0 ext. 12",
        "0631 205-0 x12",
        "0631 2050 DW 12",
        "0631 2050 Durchwahl 12",
        "0631 2050 App. 12",
        "tel:+49-631-2050;ext=12",
        "+496312050 ext. 12",
    ],
)
def test_an_extension_is_kept_apart(written):
    assert clean_phone(written) == "+496312050 ext. 12"
    assert link(written) == "tel:+496312050;ext=12"


@pytest.mark.parametrize(
    "written",
    [
        "6312050",
        "115",
        "2050",
        "0631 2050 2051",
        "0631 2050-2051",
        "0631/205/12",
        "0631 2050 Zimmer 12",
        "(0631) 2050-0, Fax -99",
        "49631",
        "43158801",
    ],
)
def test_in_doubt_the_text_stands_and_nothing_is_called(written):
    assert clean_phone(written) == written
    assert link(written) == ""


@pytest.mark.parametrize(
    "written",
    [
        "Zentrale",
        "01.03.2024",
        "2024-03-01",
        "2024-03-01 00:00:00",
        "12",
        "0631",
        "+49 631",
        "0800 FLOWERS",
        "06312050206312051",
        49631205000000000,
        "siehe Webseite",
    ],
)
def test_what_is_no_number_is_refused(written):
    with pytest.raises(ValidationError, match="keine Telefonnummer"):
        clean_phone(written)


@pytest.mark.parametrize("written", ["4,96312E+11", "4.96312E11"])
def test_a_rounded_number_is_refused_in_words(written):
    with pytest.raises(ValidationError, match="gerundet"):
        clean_phone(written)


@pytest.mark.parametrize("text", ["", "Zentrale", "4,9E+11"])
def test_no_link_without_a_number(text):
    assert link(text) == ""


def test_a_number_that_a_program_took_for_one_with_a_fraction_keeps_its_digits():
    assert clean_phone("06312050.0") == clean_phone("+496312050,0") == "+496312050"
    assert clean_phone("0631.205.0") == "+496312050"
