"""Countries are those of ISO 3166, by whatever name people write."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from clusterportal.core.countries import check_country, country_codes, country_name, country_of


def test_the_assigned_codes():
    assert len(country_codes()) == 250  # 249 of ISO 3166-1, and Kosovo
    assert not country_codes() & {"XX", "RP", "EN", "EU", "UK", "ZZ", "XA"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Deutschland", "DE"),
        ("D", "DE"),
        ("DEU", "DE"),
        ("de", "DE"),
        ("Bundesrepublik Deutschland", "DE"),
        ("Germany", "DE"),
        ("Österreich", "AT"),
        ("Oesterreich", "AT"),
        ("AUT", "AT"),
        ("A", "AT"),
        ("CH", "CH"),
        ("Suisse", "CH"),
        ("UK", "GB"),
        ("U.K.", "GB"),
        ("England", "GB"),
        ("Schottland", "GB"),
        ("Großbritannien", "GB"),
        ("Holland", "NL"),
        ("Niederlande", "NL"),
        ("USA", "US"),
        ("U.S.A.", "US"),
        ("Tschechische Republik", "CZ"),
        ("FL", "LI"),
        ("Türkei", "TR"),
        ("Namibia", "NA"),
        ("RP", None),
        ("EN", None),
        ("XX", None),
        ("EU", None),
        ("Rheinland-Pfalz", None),
        ("276", None),
        ("", None),
        ("Neverland", None),
    ],
)
def test_what_people_write(text, code):
    assert country_of(text) == code


def test_a_code_that_is_not_assigned_is_refused_in_words():
    check_country("AT")
    with pytest.raises(ValidationError, match="„RP“ ist kein Land"):
        check_country("RP")


def test_names_in_the_language_of_the_reader():
    assert country_name("AT") == "Österreich"
    with translation.override("en"):
        assert country_name("AT") == "Austria"
