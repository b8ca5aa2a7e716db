"""What speaks for and against two descriptions being one organisation, and the verdict."""

import pytest

from actors.enums import IdentifierScheme
from clusterportal.intake.identity.description import Description, describe
from clusterportal.intake.identity.evidence import WORTH_A_LOOK, Verdict, compare, judge, score_of


def facts(name: str = "", *more: str, identifiers=None, **other) -> Description:
    numbers = [(scheme, value) for scheme, values in (identifiers or {}).items() for value in values]
    return describe(name=name, others=more, identifiers=numbers, **{"country": "DE"} | other)


def reasons(left: Description, right: Description, **options) -> list[tuple[str, int]]:
    return [(str(reason.code), reason.weight) for reason in compare(left, right, **options)]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (facts("Institut Technik"), facts("Institut Technik"), [("same_name", 50)]),
        (facts("Institut Technik"), facts("Instituttechnik"), [("same_name", 50)]),
        (facts("DFKI"), facts("DFKI GmbH"), [("same_name", 50)]),
        (facts("X", "Wipotec"), facts("Wipotec"), [("other_name_of", 50)]),
        (facts("Zentrum A", "DFKI"), facts("Verein B", "DFKI"), [("same_short_name", 25)]),
        (facts("Forschungszentrum KI", "DFKI"), facts("DFKI"), [("same_short_name", 35)]),
        (facts("Institut Technik"), facts("Technik Institut"), [("similar_name", 50)]),
        (facts("Wipotec Werke"), facts("Wipotek Werke"), [("similar_name", 38)]),
        (facts("Grundschule 12"), facts("Grundschule 13"), []),
        (facts("Alpha Werke"), facts("Zuse Zentrum"), [("other_name", -20)]),
        (facts("M+S"), facts("Zuse Zentrum"), []),
        (facts(website="https://www.a.example/x"), facts(website="http://a.example"), [("same_website", 40)]),
        (facts(website="https://a.example"), facts(website="https://b.example"), [("other_website", -10)]),
        (facts(website="https://a.example"), facts(website="https://shop.a.example"), []),
        (facts(website="https://facebook.com/a"), facts(website="https://facebook.com/b"), []),
        (facts(phone="0631 205-0"), facts(phone="+49 631 2050"), [("same_phone", 25)]),
        (facts(city="Leipzig"), facts(city="Leipzig-Plagwitz"), [("same_city", 15)]),
        (facts(city="München"), facts(city="Munich"), [("same_city", 15)]),
        (facts(city="Leipzig", postcode="4109"), facts(city="Leipzig", postcode="04109"), [("same_postcode", 20)]),
        (facts(city="Leipzig", postcode="04109"), facts(city="Leipzig", postcode="04107"),
         [("same_city", 15), ("other_postcode", -5)]),
        (facts(city="Leipzig", postcode="04109", street="Neue Straße 3"),
         facts(city="LE", postcode="04109", street="Neue Str. 3"), [("same_street", 30)]),
        (facts(city="Leipzig", street="Neue Straße 3"), facts(city="Leipzig", street="Neue Str. 3"),
         [("same_street", 30)]),
        (facts(city="Leipzig"), facts(city="Halle"), [("other_place", -25)]),
        (facts(city="Valencia"), facts(city="Valencia", country="ES"), [("other_place", -25)]),
        (facts(city="Weimar"), facts(), []),
        (facts(city="Kaiserslautern", position=(51.482, 11.97)), facts(city="Halle Saale", position=(51.484, 11.972)),
         [("nearby", 15)]),
        (facts("Institut Technik", identifiers={"wikidata": {"Q1"}}),
         facts("Institut Technik", identifiers={"wikidata": {"Q2"}}), [("other_identifier", -70), ("same_name", 50)]),
        (facts("Institut Technik", identifiers={"register": {"Leipzig HRB 1"}}),
         facts("Institut Technik", identifiers={"register": {"Leipzig HRB 2"}}),
         [("other_register", -15), ("same_name", 50)]),
        (facts("Alpha Werke", identifiers={"register": {"AG Leipzig, HRB 1"}}),
         facts("Alpha Werke", identifiers={"register": {"Leipzig HRB 1"}}),
         [("same_identifier", 70), ("same_name", 50)]),
        (facts("Alpha Werke", identifiers={"vat": {"DE1"}}), facts("Alpha Werke", identifiers={"register": {"DE1"}}),
         [("same_identifier", 70), ("same_name", 50)]),
    ],
)  # fmt: skip
def test_each_reason_has_its_weight(left, right, expected):
    assert reasons(left, right) == expected
    assert reasons(right, left) == expected


def test_a_reason_says_what_it_saw():
    left = facts("Institut Technik", city="Leipzig", identifiers={"ror": {"A"}})
    right = facts("Institut Techniks", city="Halle", identifiers={"ror": {"B"}})
    assert [reason.as_json() for reason in compare(left, right)] == [
        {"code": "other_identifier", "weight": -70, "scheme": "ror", "left": "A", "right": "B"},
        {"code": "similar_name", "weight": 44, "percent": 96},
        {"code": "other_place", "weight": -25, "left": "Leipzig", "right": "Halle"},
    ]


def test_postcodes_are_said_as_they_are_written():
    """The zero that is left out to compare them is no part of a sentence."""
    here, there = facts(city="Leipzig", postcode="04109"), facts(city="Leipzig", postcode="04107")
    assert "verschiedene Postleitzahlen: 04109 und 04107" in judge(here, there).in_words
    assert "gleiche Postleitzahl 04109" in judge(facts(postcode="4109"), here).in_words


def test_parent_and_part_are_two():
    left, right = facts("Institut Technik", city="Leipzig"), facts("Institut Technik", city="Leipzig")
    assert score_of(compare(left, right)) == 65 >= WORTH_A_LOOK
    assert score_of(compare(left, right, are_related=True)) == 0


def test_the_score_is_a_percentage():
    whole = facts(
        "Institut Technik", website="https://a.example", postcode="1", city="X", identifiers={"vat": {"1"}}
    )
    assert score_of(compare(whole, whole)) == 100


KL = {"city": "Kaiserslautern", "postcode": "67655"}


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        # A name alone, and what agrees with it.
        (facts("Stadtwerke"), facts("Stadtwerke"), "same"),
        (facts("Stadtwerke", **KL), facts("Stadtwerke"), "same"),
        (facts("STADTWERKE", **KL), facts("Stadtwerke", **KL), "same"),
        (facts("Stadt\u2010werke\u200e"), facts("Stadt-werke"), "same"),
        (facts("Stadtwerke GmbH", **KL), facts("Stadtwerke G.m.b.H.", **KL), "probable"),
        (facts("Stadtwerke", **KL), facts("Stadtwerke", city="Kaiserslautern-Siegelbach"), "same"),
        # What contradicts a name.
        (facts("Stadtwerke", **KL), facts("Stadtwerke", city="Leipzig"), "probable"),
        (facts("Stadtwerke", **KL), facts("Stadtwerke", postcode="04109"), "probable"),
        (facts("Stadtwerke", website="https://a.example", **KL),
         facts("Stadtwerke", website="https://b.example", **KL), "probable"),
        (facts("Stadtwerke", city="Basel", country="CH"), facts("Stadtwerke", city="Basel"), "probable"),
        (facts("Stadtwerke", identifiers={"ror": {"a"}}), facts("Stadtwerke", identifiers={"ror": {"b"}}), "different"),
        (facts("Stadtwerke", identifiers={"register": {"A HRB 1"}}, **KL),
         facts("Stadtwerke", identifiers={"register": {"A HRB 2"}}, **KL), "probable"),
        (facts("Stadtwerke", identifiers={"register": {"A HRB 1"}}),
         facts("Stadtwerke", identifiers={"register": {"A HRB 2"}}), "different"),
        # Other names.
        (facts("Xaver Haus", **KL), facts("Ypsilon Werk", "Xaver Haus", **KL), "same"),
        (facts("Xaver Haus"), facts("Ypsilon Werk", "Xaver Haus", **KL), "probable"),
        (facts("Xaver Haus", city="Leipzig"), facts("Ypsilon Werk", "Xaver Haus", **KL), "probable"),
        (facts("ZHF58", city="Leipzig"), facts("Zentrum für Holzforschung", "ZHF58", **KL), "different"),
        (facts("ZHF58", **KL), facts("Zentrum für Holzforschung", "ZHF58", **KL), "probable"),
        # Neither name nor number.
        (facts("Alpha Werke", **KL), facts("Zuse Zentrum", **KL), "different"),
        (facts("Alpha Werke", phone="0631 2050", street="Weg 1", website="https://a.example", **KL),
         facts("Zuse Zentrum", phone="0631 2050", street="Weg 1", website="https://a.example", **KL), "probable"),
        (facts("Alpha Werke", identifiers={"vat": {"DE136695976"}}),
         facts("Zuse Zentrum", identifiers={"vat": {"DE 136 695 976"}}), "same"),
        (facts(""), facts(""), "different"),
        (facts("!!!"), facts("???"), "different"),
    ],
)  # fmt: skip
def test_the_verdict_needs_more_than_a_name(left, right, verdict):
    assert judge(left, right).verdict == judge(right, left).verdict == Verdict(verdict)


def test_the_verdict_in_words():
    left = facts("Alpha Werke GmbH", city="Leipzig", street="Weg 1", phone="0341 123456")
    right = facts(
        "Alpha Werke", city="Leipzig", street="Weg 1", phone="0341 123456", website="https://a.example"
    )
    assert (
        judge(left, right).in_words
        == "gleicher Name, gleiche Straße Weg 1, gleiche Telefonnummer 0341 123456"
    )


def test_every_scheme_of_numbers_is_compared():
    """A number of a scheme that nobody thought of must not make two organisations one."""
    left, right = (
        facts("Alpha Werke", identifiers={scheme: {value} for scheme in IdentifierScheme.values})
        for value in "12"
    )
    assert judge(left, right).verdict is Verdict.DIFFERENT
