"""Which actor a row means: a name is no proof, other names count, and what is doubtful is said."""

import pytest

from actors.models import Actor, ActorAlias, Identifier
from clusterportal.intake.applying import apply_plan
from clusterportal.intake.plan import Outcome, Probable
from clusterportal.intake.planning import make_plan
from clusterportal.intake.profiles import profile
from clusterportal.quality.domain.merging import merge
from tests.factories import make_actor

pytestmark = pytest.mark.django_db
NEW, CHANGED, UNCHANGED, SKIPPED, INVALID = (
    Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.SKIPPED, Outcome.INVALID,
)  # fmt: skip


def plan_of(*rows, **choices):
    return make_plan(enumerate(rows, start=2), profile=profile("registry"), **choices)


def row(name: str, **cells) -> dict:
    return {"name": name, "kind": "company"} | cells


def done(*rows, **choices) -> tuple[list[Outcome], list[str]]:
    """Imports the rows; the outcome of each, and the words about them."""
    plan = plan_of(*rows, **choices)
    apply_plan(plan)
    return [entry.outcome for entry in plan.entries], [problem.reason for problem in plan.problems]


@pytest.fixture
def works():
    return make_actor(
        "Stadtwerke", kind="company", city="Kaiserslautern", postcode="67655", street="Bismarckstr. 14",
        phone="+496318001", website="https://www.stadtwerke.example/",
    )  # fmt: skip


def as_now(actor) -> dict:
    return Actor.objects.filter(pk=actor.pk).values().get()


@pytest.mark.parametrize(
    "cells",
    [
        {"city": "Leipzig", "street": "Augustusplatz 7", "phone": "0341 1210"},
        {"postcode": "04109"},
        {"city": "Kaiserslautern", "postcode": "67663"},
        {"city": "Kaiserslautern", "website": "https://andere.example"},
        {"country": "AT", "city": "Kaiserslautern"},
        {"country": "AT"},
    ],
)
def test_what_contradicts_the_name_makes_another_actor_and_is_said(works, cells):
    before = as_now(works)
    entry = (plan := plan_of(row("Stadtwerke", **cells))).entries[0]
    assert (entry.outcome, [candidate.pk for candidate in entry.candidates]) == (NEW, [works.pk])
    apply_plan(plan)
    assert as_now(works) == before and Actor.objects.count() == 2
    assert done(row("Stadtwerke", **cells))[0] == [UNCHANGED]


@pytest.mark.parametrize(
    "cells",
    [
        {"city": "Kaiserslautern"},
        {"postcode": "67655", "city": "Kaiserslautern-Siegelbach"},
        {"city": "Stadt Kaiserslautern", "website": "https://shop.stadtwerke.example/de"},
        {"phone": "0631 8001"},
    ],
)
def test_what_agrees_or_says_nothing_is_the_same_actor(works, cells):
    (entry,) = plan_of(row("Stadtwerke", email="post@stadtwerke.example", **cells)).entries
    assert (entry.outcome, entry.pk) == (CHANGED, works.pk)


def test_a_name_alone_is_taken_and_said(works):
    outcomes, words = done(row("Stadtwerke", email="post@stadtwerke.example"))
    assert outcomes == [CHANGED]
    assert words == ["Allein nach dem Namen zugeordnet: Nur eine der beiden Seiten sagt, wo der Akteur ist."]
    assert done(row("Stadtwerke", email="post@stadtwerke.example")) == ([UNCHANGED], [])


def test_of_several_the_one_in_the_place(works):
    other = make_actor("Stadtwerke", slug="stadtwerke-2", city="Leipzig")
    rows = [
        row("Stadtwerke", city=city, founded=1990 + number) for number, city in enumerate(("Leipzig", ""))
    ]
    plan = plan_of(*rows)
    assert [(entry.outcome, entry.pk) for entry in plan.entries] == [(CHANGED, other.pk), (INVALID, None)]
    assert "Mehrere Akteure haben diesen Namen" in plan.problems[0].reason


def test_the_registry_keeps_its_spelling_of_the_name(works):
    outcomes, _words = done(row("STADTWERKE\u200e", postcode="67655", founded=1990))
    works.refresh_from_db()
    assert (outcomes, works.name, works.founded) == ([CHANGED], "Stadtwerke", 1990)


def test_another_number_of_one_scheme_is_another_actor(works):
    Identifier.objects.create(actor=works, scheme="wikidata", value="Q1")
    plan = plan_of(row("Stadtwerke", postcode="67655", identifiers="wikidata:Q2"))
    assert (plan.entries[0].outcome, plan.entries[0].candidates) == (NEW, [])


def test_a_row_with_a_key_of_its_own_is_not_found_by_its_name(works):
    plan = plan_of(row("Stadtwerke", slug="neue-stadtwerke", postcode="67655"))
    assert [(entry.outcome, entry.pk) for entry in plan.entries] == [(NEW, None)]
    assert [candidate.pk for candidate in plan.entries[0].candidates] == [works.pk]


# ---------- legal forms and identifiers ----------
def test_legal_forms_in_every_spelling_are_probable():
    for name in ("BC21 Kranbau GmbH", "BC21 Ziegelei e.V.", "BC21 Auenwerk AG"):
        make_actor(name, city="Köln", postcode="50667")
    rows = [
        row(name, postcode="50667", city="Köln")
        for name in (
            "BC21 Kranbau G.m.b.H.", "BC21 Ziegelei, eingetragener Verein", "BC21 Auenwerk Aktiengesellschaft",
            "BC21 Kranbau G m b H", "BC21 Kranbau Gesellschaft mit beschränkter Haftung",
        )
    ]  # fmt: skip
    entries = plan_of(*rows).entries
    assert [entry.candidates[0].title.split(",")[0] for entry in entries] == [
        "BC21 Kranbau GmbH", "BC21 Ziegelei e.V.", "BC21 Auenwerk AG", "BC21 Kranbau GmbH", "BC21 Kranbau GmbH",
    ]  # fmt: skip
    assert [entry.fields["legal_form"] for entry in entries] == ["2HBR", "QZ3L", "6QQB", "2HBR", "2HBR"]


def test_a_register_entry_is_one_in_every_spelling():
    assert done(row("BC22 Sandsteinwerk", register="Kaiserslautern HRB 2300"))[0] == [NEW]
    for spelt in (
        "Amtsgericht Kaiserslautern, HRB 2300",
        "AG Kaiserslautern HRB 2300",
        "hrb 2300 kaiserslautern",
    ):
        (entry,) = plan_of(row("BC22 Sandstein-Werke Pfalz", register=spelt)).entries
        assert (entry.outcome, entry.fields) == (CHANGED, {"name": "BC22 Sandstein-Werke Pfalz"})
    outcomes, words = done(row("BC22 Gipshof", register="HRB 2302"))
    assert outcomes == [INVALID] and "nennt kein Gericht" in words[0]


# ---------- other names ----------
@pytest.fixture
def survivor(admin_user):
    kept = make_actor("BC57 Ypsilon Werk", city="Köln", postcode="50667", kind="company")
    merged = make_actor("BC57 Xaver Haus", city="Köln", postcode="50667", kind="company")
    merge(kept=kept, merged=merged, choices={}, by=admin_user)
    kept.uid_of_the_merged = merged.uid
    return kept


OLD_LIST = [row(name, postcode="50667", city="Köln") for name in ("BC57 Xaver Haus", "BC57 Ypsilon Werk")]


@pytest.mark.parametrize("rows", [OLD_LIST, OLD_LIST[::-1]])
def test_a_merged_actor_does_not_come_back(survivor, rows):
    outcomes, words = done(*rows)
    assert sorted(outcomes) == [SKIPPED, UNCHANGED] and Actor.objects.count() == 1
    assert "von dem eine andere Zeile spricht" in words[0]
    assert done(OLD_LIST[0]) == ([UNCHANGED], [])


def test_a_former_name_fills_gaps_and_overwrites_nothing(survivor):
    outcomes, words = done(OLD_LIST[0] | {"phone": "0221 12345", "kind": "association", "city": "Cologne"})
    survivor.refresh_from_db()
    assert (outcomes, survivor.name, survivor.kind, survivor.city, survivor.phone) == (
        [CHANGED], "BC57 Ypsilon Werk", "company", "Köln", "+4922112345",
    )  # fmt: skip
    assert "BC57 Ypsilon Werk" in words[0] and "auch unter diesem Namen bekannt" in words[0]


def test_a_former_name_in_another_place_or_without_one_is_a_question(survivor):
    elsewhere, nowhere = plan_of(row("BC57 Xaver Haus", city="Leipzig"), row("BC57 Xaver Haus")).entries
    assert elsewhere.outcome == NEW  # and said to be a question, like the other
    assert [[one.pk for one in entry.candidates] for entry in (elsewhere, nowhere)] == [[survivor.pk]] * 2
    assert plan_of(row("BC57 Xaver Haus"), probable=Probable.ASK).entries[0].outcome is Outcome.POSSIBLE


@pytest.mark.parametrize("key", ["slug", "uid"])
def test_a_former_key_does_not_rename_the_survivor(survivor, key):
    value = {"slug": "bc57-xaver-haus", "uid": str(survivor.uid_of_the_merged)}[key]
    stale = {key: value, "name": "BC57 Xaver Haus", "kind": "company", "city": "Leipzig", "street": "Weg 1",
             "phone": "0221 12345", "aliases": "former:BC57 X",
             "latitude": "51.3", "longitude": "12.4", "location_accuracy": "exact"}  # fmt: skip
    outcomes, words = done(stale)
    survivor.refresh_from_db()
    assert (outcomes, survivor.name, survivor.slug) == ([CHANGED], "BC57 Ypsilon Werk", "bc57-ypsilon-werk")
    assert (survivor.city, survivor.street, survivor.phone) == ("Köln", "", "+4922112345")
    assert (survivor.latitude, survivor.location_accuracy) == (None, "")  # an address is never mixed from two
    assert {"BC57 X", "BC57 Xaver Haus"} == set(survivor.aliases.values_list("name", flat=True))
    assert "zusammengeführt" in words[0]
    assert done(stale) == ([UNCHANGED], [])


def test_a_former_address_of_a_renamed_actor_is_its_key_still(works):
    works.slug = "werke"
    works.save()
    assert done({"slug": "stadtwerke", "name": "Stadtwerke AG", "city": "Trier"})[0] == [CHANGED]
    assert as_now(works)["city"] == "Trier"


def test_short_and_other_names_count():
    actor = make_actor("Zentrum für Holzforschung", short_name="ZHF58", city="Köln", postcode="50667")
    ActorAlias.objects.create(actor=actor, name="Holzforschungsstelle BC58", kind="colloquial")
    short, other = plan_of(
        row("ZHF58", postcode="50667"), row("Holzforschungsstelle BC58", postcode="50667")
    ).entries
    assert [candidate.pk for candidate in short.candidates] == [actor.pk]  # an acronym is many: a question
    assert (other.outcome, other.pk) == (UNCHANGED, actor.pk)


# ---------- twice in one file ----------
def test_the_same_firm_twice_in_a_file_is_said():
    names = ("BC36 Wellenhof GmbH", "BC36 WELLENHOF GMBH", "BC36 Wellenhof")
    rows = [row(name, postcode="50667", city="Köln") for name in names]
    outcomes, words = done(*rows)
    assert outcomes == [NEW, NEW, NEW]
    assert [text[:46] for text in words] == ["Wahrscheinlich dieselbe Organisation wie in Ze"] * 2
    assert done(*rows) == ([UNCHANGED] * 3, [])
    assert [entry.fields for entry in plan_of(*rows).entries] == [{}, {}, {}]


def test_two_of_one_name_in_two_towns_are_two_and_in_one_town_one():
    rows = [row("Stadtwerke", city=city) for city in ("Köln", "Leipzig", "Cologne")]
    plan = plan_of(*rows)
    assert [entry.outcome for entry in plan.entries] == [NEW, NEW, INVALID]
    assert [(problem.row, problem.reason) for problem in plan.problems] == [
        (4, "Zeile 2 betrifft bereits denselben Akteur.")
    ]


def test_a_probable_repetition_is_left_out_where_probable_rows_are():
    rows = [row("Wellenhof GmbH", city="Köln"), row("Wellenhof", city="Köln")]
    assert done(*rows, probable=Probable.SKIP)[0] == [NEW, SKIPPED]
