"""What a person may write by an import: their own actors, no publication, no people, no clusters of others."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied

from actors.models import Actor, ContactPerson, Membership
from actors.resources import ActorResource, PublicActorResource
from clusterportal.history.undo import undo
from clusterportal.intake.applying import apply_plan
from clusterportal.intake.plan import LEFT_OUT, Outcome, Probable
from clusterportal.intake.planning import make_plan
from clusterportal.intake.profiles import profile
from tests.factories import make_actor, make_cluster, make_person

pytestmark = pytest.mark.django_db


def plan_of(*rows, **choices):
    return make_plan(enumerate(rows, start=2), profile=profile("registry"), **choices)


def reasons(plan) -> list[str]:
    return [problem.reason for problem in plan.problems]


@pytest.fixture
def ours():
    return make_cluster("ours")


@pytest.fixture
def theirs():
    return make_cluster("theirs")


def test_only_actors_of_ones_own_clusters(ours, theirs):
    mine, foreign = make_actor("Mine", clusters=[ours]), make_actor("Foreign", clusters=[theirs])
    rows = [{"slug": actor.slug, "city": "Trier"} for actor in (mine, foreign)]
    plan = plan_of(*rows, by=make_person("manager", clusters=[ours]))
    assert [entry.outcome for entry in plan.entries] == [Outcome.CHANGED, Outcome.INVALID]
    assert reasons(plan) == ["Dieser Akteur gehört zu keinem Ihrer Cluster: Sie dürfen ihn nicht ändern."]
    assert [entry.outcome for entry in plan_of(*rows, by=make_person("administrator")).entries] == [
        Outcome.CHANGED, Outcome.CHANGED,
    ]  # fmt: skip


def test_somebody_who_may_not_change_actors_may_not_import_at_all():
    with pytest.raises(PermissionDenied):
        plan_of({"name": "A", "kind": "other"}, by=make_person("viewer"))


def test_a_new_actor_joins_the_only_cluster_of_its_curator(ours):
    apply_plan(plan_of({"name": "New", "kind": "other"}, by=make_person("editor", clusters=[ours])))
    member = Membership.objects.get(actor__name="New")
    assert (member.cluster, member.is_cleared) == (ours, False)


def test_with_several_clusters_one_must_be_named(ours, theirs):
    person, row = make_person("manager", clusters=[ours, theirs]), {"name": "New", "kind": "other"}
    plan = plan_of(row, by=person)
    assert plan.has_invalid and plan.problems[0].column == "clusters"
    apply_plan(plan_of(row, by=person, cluster="ours"))
    assert Membership.objects.get(actor__name="New").is_cleared


def test_into_a_cluster_of_others_nobody_imports(ours, theirs):
    with pytest.raises(PermissionDenied, match="theirs"):
        plan_of({"name": "A", "kind": "other"}, by=make_person("manager", clusters=[ours]), cluster="theirs")


def test_memberships_in_clusters_of_others_stay(ours, theirs):
    actor = make_actor("Both", clusters=[ours, theirs])
    row, manager = {"slug": "both", "clusters": "ours:partner"}, make_person("manager", clusters=[ours])
    rules = replace(profile("registry"), replaces=frozenset({"clusters"}))
    apply_plan(make_plan([(2, row)], profile=rules, by=manager))
    assert set(actor.memberships.values_list("cluster__slug", "kind")) == {
        ("ours", "partner"), ("theirs", "member"),
    }  # fmt: skip
    plan = plan_of({"slug": "both", "clusters": "theirs:partner"}, by=make_person("manager", clusters=[ours]))
    assert plan.notes == ["Mitgliedschaften in Clustern anderer bleiben, wie sie sind."]


def test_without_the_right_to_publish_nothing_is_published_or_cleared(ours):
    actor = make_actor("Old", clusters=[ours], state="draft")
    actor.memberships.update(is_cleared=False)
    editor = make_person("editor", clusters=[ours])
    rows = [
        {"slug": "old", "publication": "published", "clusters": "ours"},
        {"name": "New", "kind": "other", "publication": "published"},
    ]
    plan = plan_of(*rows, by=editor, state="published")
    apply_plan(plan)
    assert set(Actor.objects.values_list("state", flat=True)) == {"draft"} and len(plan.notes) == 2
    assert not Membership.objects.filter(is_cleared=True).exists()
    apply_plan(plan_of({"name": "Next", "kind": "other"}, by=editor, state="in_review"))
    assert Actor.objects.get(name="Next").state == "in_review"


# ---------- people ----------
def contacts(actor) -> list[tuple]:
    return list(actor.contacts.values_list("name", "email", "consent_on"))


def test_people_are_added_and_updated_but_never_removed():
    actor = make_actor("Muster")
    ContactPerson.objects.create(actor=actor, name="Vertretung", email="a@example.org")
    ContactPerson.objects.create(actor=actor, name="Büro", phone="+49631205")
    row = {"slug": "muster", "contacts": "Vertretung <b@example.org>|Neue Stelle"}
    apply_plan(plan_of(row))
    assert contacts(actor) == [
        ("Vertretung", "b@example.org", None),
        ("Büro", "", None),
        ("Neue Stelle", "", None),
    ]
    assert not plan_of(row).entries[0].parts
    assert not plan_of({"slug": "muster", "contacts": ""}).entries[0].parts


def test_a_table_says_only_what_it_names_of_a_person():
    actor = make_actor("Muster")
    ContactPerson.objects.create(actor=actor, name="Vertretung", email="a@example.org", phone="+49631205")
    apply_plan(plan_of({"slug": "muster", "contacts": '[{"name": "Vertretung", "email": ""}]'}))
    person = actor.contacts.get()
    assert (person.email, person.phone) == ("", "+49631205")


def test_nobody_is_named_by_a_placeholder():
    plan = plan_of(
        *({"name": f"A{n}", "kind": "other", "contacts": w} for n, w in enumerate(["n/a", "n.n.", "-"]))
    )
    assert not any(entry.parts for entry in plan.entries)


def test_people_go_out_and_in_again_without_a_change():
    actor = make_actor("Muster")
    for number in range(2):
        ContactPerson.objects.create(actor=actor, name="Büro", role_de=f"Leitung {number}", position=number)
    resource = ActorResource(with_contacts=True)
    (record,) = resource.records(Actor.objects.all())
    assert [one["role_de"] for one in record["contacts"]] == ["Leitung 0", "Leitung 1"]
    assert plan_of(record).entries[0].outcome is Outcome.UNCHANGED
    (cells,) = resource.rows(Actor.objects.all())
    assert plan_of(dict(zip(resource.columns, cells, strict=True))).entries[0].outcome is Outcome.UNCHANGED
    for other in (ActorResource(), PublicActorResource(), PublicActorResource(with_contacts=True)):
        assert "contacts" not in other.columns


def test_people_are_passed_over_without_the_right_to_see_them(ours, settings):
    actor = make_actor("Muster", clusters=[ours])
    person = make_person("editor", clusters=[ours])
    settings.ROLES = settings.ROLES | {"editor": settings.ROLES["editor"] - {"actors.view_contacts"}}
    plan = plan_of({"slug": actor.slug, "contacts": "Vertretung", "city": "Trier"}, by=person)
    apply_plan(plan)
    assert not actor.contacts.exists() and len(plan.notes) == 1


# ---------- probable matches ----------
@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"name": "Mueller & Soehne", "city": "Leipzig"}, "gleicher Name, gleicher Ort Leipzig"),
        ({"name": "MÜLLER und SÖHNE GMBH", "city": "Dresden"},
         "gleicher Name, verschiedene Orte: Dresden und Leipzig"),
        ({"name": "M+S", "city": "Leipzig", "website": "http://example.org/x"},
         "gleiche Domain der Website: example.org, gleicher Ort Leipzig"),
        ({"name": "Müller u. Söhne", "city": "Leipzig"}, "Namen zu 92 % gleich, gleicher Ort Leipzig"),
        ({"name": "Schmidt", "city": "Leipzig"}, ""),
    ],
)  # fmt: skip
def test_probable_matches_are_offered_and_explained(row, why):
    make_actor("Müller & Söhne GmbH", city="Leipzig", postcode="04103", website="https://www.example.org/")
    (entry,) = plan_of(row | {"kind": "company"}, probable=Probable.ASK).entries
    assert [candidate.why for candidate in entry.candidates] == ([why] if why else [])
    assert entry.outcome is (Outcome.POSSIBLE if why else Outcome.NEW)


def test_numbers_and_identifiers_tell_actors_apart():
    school = make_actor("Grundschule 12", city="Leipzig")
    other = make_actor("Institut Alpha", city="Leipzig")
    other.identifiers.create(scheme="ror", value="019hjw009")
    rows = [
        {"name": "Grundschule 13", "kind": "education", "city": "Leipzig"},
        {"name": "Institut Alpha gGmbH", "kind": "other", "city": "Leipzig", "identifiers": "ror:00r1wdc11"},
    ]
    assert not any(entry.candidates for entry in plan_of(*rows, probable=Probable.ASK).entries)
    assert school.pk


def test_decisions():
    actor = make_actor("Muster GmbH", city="Leipzig")
    rows = [{"name": f"Muster{end}", "kind": "other", "city": "Leipzig"} for end in ("", " AG", " KG", " eG")]
    plan = plan_of(*rows, decisions={2: actor.pk, 3: None, 4: LEFT_OUT}, probable=Probable.ASK)
    assert [entry.outcome for entry in plan.entries] == [
        Outcome.CHANGED, Outcome.NEW, Outcome.SKIPPED, Outcome.NEW,
    ]  # fmt: skip
    assert plan.entries[0].pk == actor.pk
    gone = plan_of(rows[0], decisions={2: 0}, probable=Probable.ASK)
    assert gone.has_invalid is False and gone.entries[0].outcome is Outcome.NEW


def test_an_import_is_one_act_and_can_be_taken_back(ours):
    actor, person = make_actor("Old", city="Leipzig"), make_person("administrator")
    plan = plan_of({"slug": "old", "city": "Trier"}, {"name": "New", "kind": "other", "clusters": "ours"})
    act_id = apply_plan(plan, by=person)
    assert plan.entries[1].pk == Actor.objects.get(name="New").pk
    undo(act_id, by=person)
    actor.refresh_from_db()
    assert actor.city == "Leipzig" and not Actor.objects.filter(name="New").exists()
    assert apply_plan(plan_of({"slug": "old", "city": "Leipzig"}), by=person) is None
