"""What speaks for and against two actors being one, reason by reason."""

import pytest

from clusterportal.quality.domain.similarity import WORTH_A_LOOK, Facts, compare, score_of


def facts(name: str = "", *more: str, **other) -> Facts:
    """A name and what matters; a city is label and plain at once."""
    city = other.pop("city", "")
    return Facts(
        names=frozenset(filter(None, (name, *more))),
        country="DE",
        city=city.lower(),
        city_label=city,
        **other,
    )


def reasons(left: Facts, right: Facts, **options) -> list[tuple[str, int]]:
    return [(str(reason.code), reason.weight) for reason in compare(left, right, **options)]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (facts("institut technik"), facts("institut technik"), [("same_name", 50)]),
        (facts("institut technik"), facts("instituttechnik"), [("same_name", 50)]),
        (facts("x", "wipotec"), facts("wipotec"), [("same_name", 50)]),
        (facts("dfki"), facts("dfki"), [("same_short_name", 25)]),
        (facts("institut technik"), facts("technik institut"), [("similar_name", 50)]),
        (facts("wipotec werke"), facts("wipotek werke"), [("similar_name", 38)]),
        (facts("alpha werke"), facts("zuse zentrum"), [("other_name", -20)]),
        (facts(website_host="a.example"), facts(website_host="a.example"), [("same_website", 40), ("other_name", -20)]),
        (facts("institut technik", city="Leipzig"), facts("institut technik", city="Leipzig"),
         [("same_name", 50), ("same_city", 15)]),
        (facts("institut technik", city="Leipzig", postcode="04109"),
         facts("institut technik", city="Leipzig", postcode="04109"), [("same_name", 50), ("same_postcode", 20)]),
        (facts("institut technik", city="Leipzig"), facts("institut technik", city="Halle"),
         [("same_name", 50), ("other_place", -25)]),
        (facts("institut technik", city="Halle", position=(51.482, 11.97)),
         facts("institut technik", city="Halle Saale", position=(51.484, 11.972)),
         [("same_name", 50), ("nearby", 15)]),
        (facts("institut technik", identifiers={"wikidata": frozenset({"Q1"})}),
         facts("institut technik", identifiers={"wikidata": frozenset({"Q2"})}),
         [("other_identifier", -70), ("same_name", 50)]),
        (facts("institut technik", identifiers={"register": frozenset({"LEIPZIGHRB1"})}),
         facts("institut technik", identifiers={"register": frozenset({"LEIPZIGHRB2"})}), [("same_name", 50)]),
        (facts("alpha werke", identifiers={"vat": frozenset({"DE1"})}),
         facts("alpha werke", identifiers={"register": frozenset({"DE1"})}),
         [("same_identifier", 70), ("same_name", 50)]),
    ],
)  # fmt: skip
def test_each_reason_has_its_weight(left, right, expected):
    assert reasons(left, right) == expected


def test_a_reason_says_what_it_saw():
    left = facts("institut technik", city="Leipzig", identifiers={"ror": frozenset({"A"})})
    right = facts("institut techniks", city="Halle", identifiers={"ror": frozenset({"B"})})
    assert [reason.as_json() for reason in compare(left, right)] == [
        {"code": "other_identifier", "weight": -70, "scheme": "ror", "left": "A", "right": "B"},
        {"code": "similar_name", "weight": 44, "percent": 96},
        {"code": "other_place", "weight": -25, "left": "Leipzig", "right": "Halle"},
    ]


def test_parent_and_part_are_two():
    left, right = facts("institut technik", city="Leipzig"), facts("institut technik", city="Leipzig")
    assert score_of(compare(left, right)) == 65 >= WORTH_A_LOOK
    assert score_of(compare(left, right, are_related=True)) == 0


def test_the_score_is_a_percentage():
    whole = facts(
        "institut technik", website_host="a", postcode="1", city="X", identifiers={"vat": frozenset({"1"})}
    )
    assert score_of(compare(whole, whole)) == 100
