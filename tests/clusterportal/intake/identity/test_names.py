"""Names, towns, sites, streets and telephones whose spellings differ are compared as one."""

import pytest

from clusterportal.intake.identity.names import (
    full_name_key,
    is_other_site,
    is_other_town,
    name_key,
    phone_key,
    street_key,
    town_key,
)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Müller & Söhne GmbH & Co. KG", "muller sohne"), ("Mueller und Soehne", "muller sohne"),
        ("Weiß-Bau UG (haftungsbeschränkt)", "weiss bau"), ("Technik Leipzig e. V.", "technik leipzig"),
        ("AG", "ag"), ("Agrar eG", "agrar"), ("Meyer GmbH Niederlassung Leipzig", "meyer niederlassung leipzig"),
        ("\u200fLinks\u00adläufer\u200e", "linkslaufer"), ("Tief\u2010strich", "tief strich"),
    ],
)  # fmt: skip
def test_names_are_compared_without_what_says_nothing(name, key):
    assert name_key(name) == key


def test_a_name_as_it_is_read():
    assert full_name_key("„Müller“ – Bau") == full_name_key("MÜLLER  - BAU") != full_name_key("Müller Bau")


@pytest.mark.parametrize(
    ("one", "other", "is_other"),
    [
        ("Frankfurt", "Frankfurt am Main", False), ("Frankfurt/M.", "Frankfurt am Main", False),
        ("Frankfurt (Oder)", "Frankfurt am Main", True), ("Halle", "Halle (Saale)", False),
        ("Halle", "Hallenberg", True),
        ("St. Ingbert", "Sankt Ingbert", False), ("Rothenburg o. d. T.", "Rothenburg ob der Tauber", False),
        ("Prag 5", "Prague", False), ("Genf", "Geneva", False), ("Saint Gallen", "St. Gallen", False),
        ("Rom", "Prag", True), ("Den Haag", "The Hague", False),
        ("Stadt Köln", "Cologne", False), ("Kaiserslautern", "Leipzig", True), ("", "Leipzig", False),
    ],
)  # fmt: skip
def test_towns(one, other, is_other):
    assert is_other_town(town_key(one), town_key(other)) is is_other
    assert is_other_town(town_key(other), town_key(one)) is is_other


def test_sites_streets_and_telephones():
    assert is_other_site("a.example", "b.example") and not is_other_site("a.de", "a.com")
    assert is_other_site("a.co.uk", "b.co.uk")
    assert (
        street_key("Bismarckstraße 14 a") == street_key("Bismarck-Str. 14a") != street_key("Bismarckstr. 14")
    )
    assert phone_key("0049 (0)631 205-0") == phone_key("+496312050") == phone_key("0631/2050")
    assert phone_key("110") == ""
