"""Two actors become one, and two again: nothing is lost on either way."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import models

from actors.models import (
    Actor,
    ActorAlias,
    ActorRelation,
    ActorTopic,
    ContactPerson,
    FormerSlug,
    FormerUid,
    Identifier,
    LayerPlacement,
    Membership,
    Service,
    ServiceArea,
    Topic,
)
from clusterportal.history.undo import edited_since
from clusterportal.quality.domain.merging import CannotTakeBack, ChangedMeanwhile, merge, take_back
from clusterportal.quality.enums import PairState
from clusterportal.quality.models import DuplicatePair, Merge
from tests.factories import make_actor, make_area, make_cluster, make_person, make_project

pytestmark = pytest.mark.django_db

TABLES = [
    Actor, ActorAlias, ActorRelation, ActorTopic, ContactPerson, FormerSlug, FormerUid, Identifier, LayerPlacement,
    Membership, Service, ServiceArea,
]  # fmt: skip

_IDENTITY = [
    "Actor",
    "FormerSlug",
    "FormerUid",
    "LayerPlacement",
    "Membership",
    "Identifier",
    "ActorRelation",
]


def everything() -> dict:
    """All rows of all tables of the registry, but for the moments of the last change and what follows from others."""
    return {
        model.__name__: sorted(
            model._base_manager.values_list(*(f.attname for f in _columns(model))), key=repr
        )
        for model in TABLES
    }


def _columns(model: type[models.Model]) -> list[models.Field]:
    moments = {"updated_at", "public_updated_at"}
    return [f for f in model._meta.concrete_fields if f.name not in moments and not f.generated]


@pytest.fixture
def twins(chain):
    """The same institute twice, each with things that the other lacks."""
    area, other_area = make_area("logistics"), make_area("public-sector")
    cluster = make_cluster("one")
    kept = make_actor(
        "Institut für Technik e. V.", short_name="IfT", layers=[1, 2], areas=[area], clusters=[cluster],
        website="https://ift.example", summary_de="Kurz.", postcode="04109", street="Weg 1", verified_on="2024-05-01",
    )  # fmt: skip
    merged = make_actor(
        "Inst. f. Technik", layers=[3, 2], areas=[area, other_area], clusters=[cluster], city="Leipzig",
        summary_de="Eine viel längere Zusammenfassung.", summary_en="English", latitude=51.3, longitude=12.4,
        logo="logos/ift.png", state="draft",
    )  # fmt: skip
    ActorAlias.objects.create(actor=merged, name="Technikinstitut", kind="colloquial")
    Identifier.objects.create(actor=merged, scheme="wikidata", value="Q42")
    Service.objects.create(actor=merged, title_de="Prüfung").areas.add(area)
    ContactPerson.objects.create(actor=merged, name="Vertretung", email="a@example.org")
    ActorTopic.objects.create(actor=merged, topic=Topic.objects.create(slug="ki", name_de="KI"))
    FormerSlug.objects.create(slug="ganz-alt", actor=merged)
    return kept, merged


def test_the_kept_actor_has_what_either_had(twins, admin_user):
    kept, merged = twins
    record = merge(kept=kept, merged=merged, choices={}, by=admin_user)
    actor = Actor.objects.get()
    assert (actor.pk, actor.uid, actor.slug, actor.name) == (kept.pk, kept.uid, kept.slug, kept.name)
    assert (actor.summary_de, actor.summary_en) == (
        "Kurz.",
        "English",
    )  # the kept actor's where it says something
    assert (actor.street, actor.postcode, actor.latitude, actor.longitude) == ("Weg 1", "04109", 51.3, 12.4)
    assert (actor.logo.name, actor.state) == ("logos/ift.png", "published")
    assert actor.positions == [1, 2, 3]
    assert [p.layer.position for p in actor.placements.filter(is_primary=True)] == [1]
    assert sorted(f.area.slug for f in actor.foci.all()) == ["logistics", "public-sector"]
    assert actor.memberships.count() == actor.identifiers.count() == actor.contacts.count() == 1
    assert actor.topics.get().slug == "ki"
    assert actor.services.get().areas.get().slug == "logistics"
    assert sorted(actor.aliases.values_list("name", "kind")) == [
        ("Inst. f. Technik", "former"),
        ("Technikinstitut", "colloquial"),
    ]
    assert sorted(actor.former_slugs.values_list("slug", flat=True)) == ["ganz-alt", "inst-f-technik"]
    assert actor.former_uids.get().uid == merged.uid
    assert (record.kept, record.merged_name, record.by) == (actor, "Inst. f. Technik", admin_user)


def test_the_kept_actor_wins_wherever_it_says_something(admin_user):
    """Neither the later day, nor publication, nor the longer text makes one organisation of two others' words."""
    kept = make_actor(
        "Leipziger Wasserwerke GmbH", short_name="LWW", summary_de="Wasser.", street="", postcode="", city="Leipzig",
        state="draft",
    )  # fmt: skip
    merged = make_actor(
        "Leipziger Wasserwerke Gesellschaft mbH", short_name="LVB", summary_de="Busse und Bahnen für alle.",
        website="https://lvb.example", street="Weg 1", postcode="04109", city="Leipzig", verified_on="2026-01-01",
    )  # fmt: skip
    merge(kept=kept, merged=merged, choices={}, by=admin_user)
    actor = Actor.objects.get()
    assert (actor.name, actor.short_name, actor.summary_de) == (
        "Leipziger Wasserwerke GmbH",
        "LWW",
        "Wasser.",
    )
    assert (actor.website, str(actor.verified_on)) == (
        "https://lvb.example",
        "2026-01-01",
    )  # where it says nothing
    assert (actor.street, actor.postcode) == ("Weg 1", "04109")  # the same town, and more
    assert actor.state == "published"  # what everybody sees does not vanish


def test_an_address_is_never_mixed_from_two(admin_user):
    kept = make_actor("A", city="Leipzig", postcode="")
    merge(kept=kept, merged=make_actor("B", city="Halle", postcode="06108"), choices={}, by=admin_user)
    actor = Actor.objects.get()
    assert (actor.city, actor.postcode) == ("Leipzig", "")


def test_what_was_chosen_is_taken(twins, admin_user):
    kept, merged = twins
    chosen = {
        "name": "merged",
        "summary_de": "merged",
        "short_name": "merged",
        "address": "merged",
        "logo": "kept",
    }
    merge(kept=kept, merged=merged, choices=chosen, by=admin_user)
    actor = Actor.objects.get()
    assert (actor.name, actor.short_name, actor.slug) == ("Inst. f. Technik", "", kept.slug)
    assert (actor.summary_de, actor.street, actor.logo.name) == ("Eine viel längere Zusammenfassung.", "", "")
    assert sorted(actor.aliases.values_list("name", "kind")) == [
        ("IfT", "colloquial"),
        ("Institut für Technik e. V.", "former"),
        ("Technikinstitut", "colloquial"),
    ]


def test_of_parts_that_both_have_one_stays_and_says_what_both_said(twins, admin_user):
    kept, merged = twins
    LayerPlacement.objects.filter(actor=kept, layer__position=2).update(basis="topic", note_de="Forschung")
    LayerPlacement.objects.filter(actor=merged, layer__position=2).update(
        basis="service", note_de="x", note_en="Tests"
    )
    Membership.objects.filter(actor=kept).update(since="2020-01-01", until="2024-01-01", is_cleared=False)
    Membership.objects.filter(actor=merged).update(since="2018-01-01", is_committed=True)
    merge(kept=kept, merged=merged, choices={}, by=admin_user)
    placement = LayerPlacement.objects.get(layer__position=2)
    assert (placement.basis, placement.note_de, placement.note_en) == ("both", "Forschung", "Tests")
    membership = Membership.objects.get()
    assert (str(membership.since), membership.until, membership.is_committed, membership.is_cleared) == (
        "2018-01-01", None, True, True,
    )  # fmt: skip


def test_relations_move_and_none_stands_twice(twins, admin_user):
    kept, merged = twins
    a, b = make_actor("A"), make_actor("B")
    relate = ActorRelation.objects.create
    relate(source=kept, target=merged, kind="cooperation")  # between the two: goes
    relate(source=kept, target=a, kind="cooperation", until=2015)
    relate(
        source=a, target=merged, kind="cooperation", note_de="seit langem", since=2011, until=2019
    )  # the same, other way
    relate(source=merged, target=a, kind="supply")
    relate(source=a, target=kept, kind="supply")  # supply runs both ways
    relate(source=b, target=merged, kind="parent")
    merge(kept=kept, merged=merged, choices={}, by=admin_user)
    found = ActorRelation.objects.values_list(
        "source__name", "target__name", "kind", "note_de", "since", "until"
    )
    own = kept.name
    assert sorted(found, key=str) == sorted(
        [
            (own, "A", "cooperation", "seit langem", 2011, 2019),
            (own, "A", "supply", "", None, None),
            ("A", own, "supply", "", None, None),
            ("B", own, "parent", "", None, None),
        ],
        key=str,
    )


@pytest.mark.django_db(transaction=True)
def test_of_two_partners_of_a_project_one_stays_and_coordinates_it(admin_user):
    kept, merged = make_actor("A"), make_actor("B")
    project = make_project(make_cluster(), "p", [merged, kept])
    record = merge(kept=kept, merged=merged, choices={}, by=admin_user)
    assert [*project.partnerships.values_list("actor__name", "role")] == [("A", "coordinator")]
    assert take_back(merge=record, by=admin_user).kept == []
    assert {*project.partnerships.values_list("actor__name", "role")} == {
        ("A", "partner"),
        ("B", "coordinator"),
    }


def test_taken_back_everything_is_as_it_was(twins, admin_user):
    kept, merged = twins
    other = make_actor("Dritter")
    ActorRelation.objects.create(source=merged, target=other, kind="supply")
    ActorRelation.objects.create(source=merged, target=kept, kind="parent")
    first, second = sorted((kept, merged), key=lambda actor: actor.pk)
    DuplicatePair.objects.create(first=first, second=second, score=80)
    DuplicatePair.objects.create(
        first=merged, second=other, score=60, state=PairState.DISMISSED, decided_at="2026-01-01T00:00Z"
    )
    before, pairs = everything(), sorted(DuplicatePair.objects.values_list("first", "second", "state"))
    record = merge(kept=kept, merged=merged, choices={"name": "merged"}, by=admin_user)
    assert list(DuplicatePair.objects.values_list("first", "second", "state")) == [
        (kept.pk, other.pk, "dismissed")
    ]
    assert edited_since(record.act).kept == []
    undone = take_back(merge=record, by=admin_user)
    assert (everything(), undone.kept) == (before, [])
    assert sorted(DuplicatePair.objects.values_list("first", "second", "state")) == pairs
    record.refresh_from_db()
    assert record.undone_by == admin_user
    with pytest.raises(CannotTakeBack):
        take_back(merge=record, by=admin_user)


@pytest.mark.django_db(transaction=True)
def test_what_was_edited_since_stays_and_is_named(twins, admin_user):
    kept, merged = twins
    record = merge(kept=kept, merged=merged, choices={}, by=admin_user)
    Actor.objects.filter(pk=kept.pk).update(summary_en="Edited since")
    assert [one.title for one in edited_since(record.act).kept] == ["IfT"]
    undone = take_back(merge=record, by=admin_user)
    assert [one.title for one in undone.kept] == ["IfT"]
    assert Actor.objects.get(pk=kept.pk).summary_en == "Edited since"
    assert Actor.objects.get(uid=merged.uid).summary_en == "English"


@pytest.mark.django_db(transaction=True)
def test_a_merge_that_was_built_upon_waits_for_the_later_one(twins, admin_user):
    kept, merged = twins
    top = make_actor("Oben")
    before = everything()
    inner = merge(kept=kept, merged=merged, choices={}, by=admin_user)
    outer = merge(kept=top, merged=kept, choices={}, by=admin_user)
    assert set(FormerUid.objects.values_list("uid", "actor")) == {(merged.uid, top.pk), (kept.uid, top.pk)}
    with pytest.raises(CannotTakeBack):
        take_back(merge=inner, by=admin_user)
    take_back(merge=outer, by=admin_user)
    take_back(merge=inner, by=admin_user)
    after = everything()
    assert [after[name] for name in _IDENTITY] == [before[name] for name in _IDENTITY]


def test_who_saw_another_state_merges_nothing(twins, admin_user):
    kept, merged = (Actor.objects.get(pk=actor.pk) for actor in twins)
    seen = {kept.pk: kept.updated_at, merged.pk: "another moment"}
    before = everything()
    with pytest.raises(ChangedMeanwhile) as refused:
        merge(kept=kept, merged=merged, choices={}, by=admin_user, seen=seen)
    assert refused.value.since == {merged.pk: "another moment"}
    assert everything() == before


def test_only_those_who_work_with_both_may_merge(twins, admin_user):
    kept, merged = twins
    Membership.objects.filter(actor=merged).delete()
    manager = make_person("manager", clusters=[Membership.objects.get().cluster])
    with pytest.raises(PermissionDenied):
        merge(kept=kept, merged=merged, choices={}, by=manager)
    with pytest.raises(PermissionDenied):
        merge(kept=kept, merged=merged, choices={}, by=make_person("editor"))
    assert Actor.objects.count() == 2
    assert not Merge.objects.exists()


def test_an_actor_that_is_gone_cannot_be_merged(twins, admin_user):
    kept, merged = twins
    Actor.objects.filter(pk=merged.pk).delete()
    with pytest.raises(Actor.DoesNotExist):
        merge(kept=kept, merged=merged, choices={}, by=admin_user)
