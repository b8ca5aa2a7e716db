"""What values stand for is said once for each: in planning, in writing, in the report."""

import pytest

from actors.models import Actor, ActorRelation, Topic
from clusterportal.history.undo import undo
from clusterportal.intake.applying import apply_plan
from clusterportal.intake.differences import reports
from clusterportal.intake.plan import Outcome
from clusterportal.intake.planning import make_plan
from clusterportal.intake.profiles import custom_profile
from clusterportal.intake.report import notes, sections
from tests.factories import make_actor, make_area, make_cluster, make_person

pytestmark = pytest.mark.django_db


def plan_of(*rows: dict, by=None, constants=None, **said):
    rules = custom_profile("mine", columns={}, constants=constants or {}, **said)
    return make_plan(enumerate(rows, start=2), profile=rules, by=by)


def remarks(plan) -> list[tuple]:
    return [tuple(problem) for problem in plan.problems]


NAMED = {
    "kind": {"institut": "research_institute", "firma": "company", "archiv": "-"},
    "topics": {"ki": "artificial-intelligence", "software": "+"},
    "layers": {"markt": "application-market"},
}


@pytest.fixture
def topic(db):
    return Topic.objects.create(slug="artificial-intelligence", name_de="Künstliche Intelligenz")


def test_a_value_becomes_what_was_said_whatever_its_spelling(chain, topic):
    plan = plan_of(
        {"name": "A", "kind": "INSTITUT", "layers": "Markt*; Grundlagenforschung", "topics": "ki"},
        {"name": "B", "kind": "Firma ", "layers": "", "topics": "KI; Künstliche Intelligenz"},
        values=NAMED,
    )
    first, second = plan.entries
    assert (first.fields["kind"], second.fields["kind"]) == ("research_institute", "company")
    assert [(item["layer"], item["primary"]) for item in first.parts["layers"].add] == [
        ("application-market", True),
        ("basic-research", False),
    ]
    assert [item["topic"] for item in first.parts["topics"].add] == ["artificial-intelligence"]
    assert [item["topic"] for item in second.parts["topics"].add] == ["artificial-intelligence"]
    assert plan.problems == []


def test_a_value_that_is_left_out_is_a_remark_and_the_row_is_taken(chain):
    plan = plan_of(
        {"name": "A", "kind": "company", "layers": "Markt; Nirgends; Grundlagenforschung"},
        values={"layers": {"markt": "-"}},
        unknown={"layers": "-"},
    )
    assert [item["layer"] for item in plan.entries[0].parts["layers"].add] == ["basic-research"]
    assert remarks(plan) == [
        (2, "layers", "Markt", "Weggelassen, wie für diesen Wert gewählt."),
        (2, "layers", "Nirgends", "Nicht verstanden und weggelassen; die übrige Zeile wird übernommen."),
    ]
    assert [section.title for section in sections(plan, is_done=False)] == ["Zum Ansehen"]


def test_without_a_rule_a_value_that_is_not_understood_refuses_its_row(chain):
    plan = plan_of({"name": "A", "kind": "company", "layers": "Markt; Nirgends"}, values=NAMED)
    assert plan.entries[0].outcome is Outcome.INVALID
    ((_row, column, value, reason),) = remarks(plan)
    assert (column, value) == ("layers", "Markt; Nirgends") and reason.startswith("„Nirgends“ ist unbekannt.")


def test_of_several_values_that_are_not_understood_each_is_named(chain):
    plan = plan_of({"name": "A", "kind": "company", "layers": "Hier; Dort"})
    assert [problem.reason.partition(" ist ")[0] for problem in plan.problems] == ["„Hier“", "„Dort“"]


def test_the_rule_may_name_a_value_for_all_others():
    plan = plan_of(
        {"name": "A", "kind": "Laden"},
        {"name": "B", "kind": "Verein"},
        unknown={"kind": "company"},
        values={},
    )
    assert [entry.fields["kind"] for entry in plan.entries] == ["company", "company"]


def test_a_kind_that_is_left_out_is_the_one_said_for_all():
    rows = {"name": "A", "kind": "Archiv"}, {"name": "B", "kind": "Archiv", "city": "Köln"}
    plan = plan_of(*rows, values=NAMED, constants={"kind": "other"})
    assert [entry.fields["kind"] for entry in plan.entries] == ["other", "other"]
    plan = plan_of(*rows, values=NAMED)
    assert plan.counts[Outcome.INVALID] == 2
    assert "Art" in plan.notes[0]


def test_a_choice_that_names_what_is_gone_counts_no_more(chain):
    plan = plan_of(
        {"name": "A", "kind": "company", "topics": "KI"},
        values={"topics": {"ki": "no-longer-here"}},
        unknown={"topics": "-"},
    )
    assert plan.entries[0].outcome is Outcome.NEW and remarks(plan)[0][2] == "KI"


def test_a_new_topic_is_made_once_and_taken_back_with_the_import(chain, topic):
    person = make_person("administrator")
    rows = (
        {"name": "A", "kind": "company", "topics": "Software; KI"},
        {"name": "B", "kind": "x", "topics": "Foo"},
    )
    said = {"values": NAMED | {"topics": {"software": "+", "ki": topic.slug, "foo": "+"}}}
    plan = plan_of(*rows, by=person, **said)
    assert plan.used_topics == {"software": "Software"}  # the other row is refused
    assert notes(plan) == ["1 neues Thema: Software."]
    (shown, _refused) = reports(plan)
    assert [change.after for change in shown.differences if change.column == "topics"] == [
        "Software",
        "Künstliche Intelligenz",
    ]
    act = apply_plan(plan, by=person)
    assert set(Topic.objects.values_list("slug", "name_de")) == {
        ("software", "Software"),
        (topic.slug, "Künstliche Intelligenz"),
    }
    again = plan_of(*rows[:1], by=person, **said)
    assert again.counts[Outcome.UNCHANGED] == 1 and again.new_topics == {}
    undo(act, by=person)
    assert [*Topic.objects.values_list("slug", flat=True)] == [topic.slug] and not Actor.objects.exists()


def test_who_may_not_add_topics_makes_none(chain):
    person = make_person("editor", clusters=[make_cluster()])
    person.has_perm = lambda name: name != "actors.add_topic" and type(person).has_perm(person, name)
    plan = plan_of({"name": "A", "kind": "company", "topics": "Software"}, by=person, unknown={"topics": "+"})
    assert plan.used_topics == {} and remarks(plan)[0][:3] == (2, "topics", "Software")
    assert plan.notes == ["Sie dürfen keine Themen anlegen: Was es noch nicht gibt, wird weggelassen."]


def test_a_bad_value_of_any_column_can_be_left_out():
    row = {
        "name": "A", "kind": "company", "email": "keine@", "founded": "damals", "latitude": "xx", "longitude": "7.7",
        "website": "https://a.example",
    }  # fmt: skip
    assert plan_of(row).entries[0].outcome is Outcome.INVALID
    plan = plan_of(row, unknown=dict.fromkeys(("email", "founded", "latitude"), "-"))
    (entry,) = plan.entries
    assert entry.outcome is Outcome.NEW and entry.fields["website"] == "https://a.example"
    assert not {"email", "founded", "latitude", "longitude"} & entry.fields.keys()
    assert sorted((line[1], line[2]) for line in remarks(plan)) == [
        ("email", "keine@"), ("founded", "damals"), ("latitude", "xx"),
    ]  # fmt: skip
    assert all(line[3].endswith("Weggelassen; die übrige Zeile wird übernommen.") for line in remarks(plan))


def test_a_service_that_cannot_be_held_is_left_out_alone():
    services = f"Beratung; {'x' * 201}; Schulung"
    plan = plan_of({"name": "A", "kind": "company", "services": services}, unknown={"services": "-"})
    assert [item["title_de"] for item in plan.entries[0].parts["services"].add] == ["Beratung", "Schulung"]
    assert len(plan.problems) == 1


@pytest.mark.parametrize(
    ("separator", "cell", "found"),
    [
        ("", "Energie, Umwelt und Klima", ["Energie, Umwelt und Klima"]),
        ("", "Logistik, Energie, Umwelt und Klima", ["Logistik", "Energie, Umwelt und Klima"]),
        ("", "Logistik/Verkehr", ["Logistik", "Verkehr"]),
        ("", "Logistik\nVerkehr", ["Logistik", "Verkehr"]),
        (",", "Energie, Umwelt und Klima, Verkehr", ["Energie, Umwelt und Klima", "Verkehr"]),
        ("/", "Verkehr/Logistik", ["Verkehr", "Logistik"]),
        ("whole", "Energie, Umwelt und Klima", ["Energie, Umwelt und Klima"]),
    ],
)
def test_names_with_a_comma_are_not_cut(separator, cell, found):
    slugs = {
        name: make_area(slug, name_de=name).slug
        for slug, name in {
            "energy": "Energie, Umwelt und Klima", "logistics": "Logistik", "traffic": "Verkehr",
        }.items()
    }  # fmt: skip
    plan = plan_of({"name": "A", "kind": "company", "areas": cell}, separators={"areas": separator})
    assert [item["area"] for item in plan.entries[0].parts["areas"].add] == [slugs[name] for name in found]


def test_a_chosen_separator_parts_services_and_only_it():
    row = {"name": "A", "kind": "company", "services": "Beratung, auch abends, Schulung; Prüfung"}
    plan = plan_of(row, separators={"services": ","})
    assert [item["title_de"] for item in plan.entries[0].parts["services"].add] == [
        "Beratung", "auch abends", "Schulung; Prüfung",
    ]  # fmt: skip
    assert plan.problems == []
    (item,) = plan_of(row, separators={"services": "whole"}).entries[0].parts["services"].add
    assert item["title_de"] == row["services"]


def test_only_what_is_empty_is_filled(chain):
    held = make_actor("A", city="Köln", website="", summary_de="Von Hand.", layers=[1])
    row = {
        "slug": held.slug, "city": "Bonn", "website": "https://a.example", "summary": "Aus der Liste.", "layers": "2",
        "topics": "KI",
    }  # fmt: skip
    Topic.objects.create(slug="ki", name_de="KI")
    fills = ["city", "website", "summary", "layers", "topics"]
    (entry,) = plan_of(row, fills=fills).entries
    assert entry.fields == {"website": "https://a.example"}
    assert [*entry.parts] == ["topics"] and len(entry.parts["topics"].add) == 1
    (entry,) = plan_of(row).entries
    assert entry.fields["city"] == "Bonn" and "layers" in entry.parts


def test_an_address_is_never_mixed_by_filling():
    held = make_actor("A", city="Köln", postcode="50667", street="")
    row = {"slug": held.slug, "city": "Bonn", "street": "Markt 1"}
    (entry,) = plan_of(row, fills=["city", "street"]).entries
    assert entry.outcome is Outcome.UNCHANGED
    (entry,) = plan_of(row | {"city": "Köln"}, fills=["city", "street"]).entries
    assert entry.fields == {"street": "Markt 1"}


def test_relations_fill_only_where_there_are_none():
    one, two, three = (make_actor(name) for name in ("Eins", "Zwei", "Drei"))
    rows = {"slug": one.slug, "relations": f"cooperation>{two.slug}"}, {"slug": three.slug, "relations": ""}
    apply_plan(plan_of(*rows, fills=["relations"]))
    assert ActorRelation.objects.get().target == two
    plan = plan_of({"slug": one.slug, "relations": f"cooperation>{three.slug}"}, fills=["relations"])
    assert plan.relations.add == []


def test_the_cluster_of_the_import_is_joined_although_memberships_are_only_filled():
    old, new, other = (make_cluster(slug) for slug in ("old", "new", "other"))
    actor = make_actor("A", clusters=[old])
    rules = custom_profile("mine", columns={}, constants={}, fills=["clusters"])
    rows = [(2, {"slug": actor.slug, "clusters": other.slug})]
    (entry,) = make_plan(rows, profile=rules, cluster=new.slug).entries
    assert [item["cluster"] for item in entry.parts["clusters"].add] == [new.slug]


def test_what_a_cell_names_twice_counts_once_unless_it_says_two_things(chain):
    (entry,) = plan_of({"name": "A", "kind": "company", "layers": "1|Grundlagenforschung"}).entries
    assert len(entry.parts["layers"].add) == 1
    plan = plan_of({"name": "A", "kind": "company", "layers": "1:both|Grundlagenforschung*"})
    assert remarks(plan) == [
        (2, "layers", "1:both|Grundlagenforschung*", "„Grundlagenforschung“ ist doppelt genannt.")
    ]
