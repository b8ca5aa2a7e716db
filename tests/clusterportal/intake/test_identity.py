"""What speaks for and against two descriptions being one organisation, and the verdict."""

import pytest

from actors.enums import IdentifierScheme, LegalForm
from clusterportal.intake.identity.description import Description, describe
from clusterportal.intake.identity.evidence import WORTH_A_LOOK, Verdict, compare, judge, score_of
from clusterportal.intake.identity.legal_forms import FORMS, legal_form_at_end
from clusterportal.intake.identity.names import (
    full_name_key,
    is_other_site,
    is_other_town,
    name_key,
    phone_key,
    street_key,
    town_key,
)


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


# ---------- legal forms ----------
SPELLINGS = {
    LegalForm.GMBH: "GmbH|gmbh|GMBH|G.m.b.H.|G. m. b. H.|G m b H|mbH|m.b.H.|Gesellschaft mbH|Gesellschaft m.b.H.|"
    "Gesellschaft mit beschränkter Haftung|Ges.m.b.H.|GesmbH|GmbH i. L.|GmbH i.L.|GmbH in Liquidation|GmbH i. G.|"
    "GmbH in Gründung|GmbH, i.L.",
    LegalForm.GGMBH: "gGmbH|g.GmbH|gemeinnützige GmbH|gemeinnützige Gesellschaft mbH",
    LegalForm.UG: "UG|U.G.|UG (haftungsbeschränkt)|Unternehmergesellschaft (haftungsbeschränkt)",
    LegalForm.AG: "AG|A.G.|A G|Aktiengesellschaft|AG i.L.",
    LegalForm.SE: "SE|S.E.|Societas Europaea",
    LegalForm.KG: "KG|K.G.|Kommanditgesellschaft|GmbH & Co. KG|GmbH & Co KG|GmbH und Co. KG|G.m.b.H. & Co. K.G.|"
    "Gesellschaft mbH & Co. KG|UG (haftungsbeschränkt) & Co. KG|AG & Co. KG",
    LegalForm.KGAA: "KGaA|K.G.a.A.|GmbH & Co. KGaA|Kommanditgesellschaft auf Aktien|SE & Co. KGaA",
    LegalForm.OHG: "OHG|oHG|O.H.G.|offene Handelsgesellschaft",
    LegalForm.GBR: "GbR|G.b.R.|Gesellschaft bürgerlichen Rechts|eGbR",
    LegalForm.PARTG: "PartG|Partnerschaftsgesellschaft",
    LegalForm.PARTG_MBB: "PartG mbB|PartGmbB|PartG (mbB)|Partnerschaftsgesellschaft mbB|Partnerschaft mbB",
    LegalForm.SOLE: "e. K.|e.K.|eK|e.Kfm.|e. Kfr.|eingetragener Kaufmann|eingetragene Kauffrau",
    LegalForm.EG: "eG|e.G.|e. G.|eingetragene Genossenschaft",
    LegalForm.EV: "e. V.|e.V.|eV|E.V.|e V|eingetragener Verein",
    LegalForm.VVAG: "VVaG|V.V.a.G.|Versicherungsverein auf Gegenseitigkeit",
    LegalForm.AOR: "AöR|A.ö.R.|Anstalt des öffentlichen Rechts|Anstalt öffentlichen Rechts",
    LegalForm.KDOR: "KdöR|K.d.ö.R.|Körperschaft des öffentlichen Rechts",
    LegalForm.FOUNDATION: "Stiftung des bürgerlichen Rechts|rechtsfähige Stiftung bürgerlichen Rechts",
    LegalForm.PUBLIC_FOUNDATION: "Stiftung des öffentlichen Rechts|Stiftung öffentlichen Rechts",
}


@pytest.mark.parametrize(
    ("form", "spelt"), [(form, spelt) for form, texts in SPELLINGS.items() for spelt in texts.split("|")]
)
@pytest.mark.parametrize("between", [" ", ", "])
def test_a_legal_form_is_one_in_every_spelling(form, spelt, between):
    name = f"BC21 Kranbau{between}{spelt}"
    assert (name_key(name), legal_form_at_end(name)) == ("bc21 kranbau", form.value)
    assert legal_form_at_end(name.upper().replace("ß", "SS")) == form.value


FROM_ABROAD = (
    "Ltd.|Limited|Inc.|LLC|L.L.C.|S.A.|SA|S.à r.l.|SARL|B.V.|BV|N.V.|SAS|S.p.A.|SpA|S.r.l.|s.r.o.|Oy|AB|ApS|A/S|AS|"
    "Sp. z o.o.|Co., Ltd.|Pty Ltd|Corp.|PLC"
)


@pytest.mark.parametrize("spelt", FROM_ABROAD.split("|"))
def test_forms_from_abroad_are_compared_and_not_stored(spelt):
    assert (name_key(f"Alpha Maison {spelt}"), legal_form_at_end(f"Alpha Maison {spelt}")) == (
        "alpha maison",
        "",
    )


@pytest.mark.parametrize("name", ["AG Zukunft", "GmbH", "Verein für Technik", "Co-Working Mitte", "SE"])
def test_a_word_is_no_legal_form_where_it_is_the_name(name):
    assert legal_form_at_end(name) == ""
    assert name_key(name) == " ".join(name_key(name).split()) != ""


def test_every_stored_form_is_recognised():
    assert {form.code for form in FORMS} - {""} == set(LegalForm.values)


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


def test_every_scheme_of_numbers_is_compared():
    """A number of a scheme that nobody thought of must not make two organisations one."""
    left, right = (
        facts("Alpha Werke", identifiers={scheme: {value} for scheme in IdentifierScheme.values})
        for value in "12"
    )
    assert judge(left, right).verdict is Verdict.DIFFERENT
