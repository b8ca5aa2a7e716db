"""Two topics become one and two again; actors go from one to the other. All of it is one act that can be taken back."""

import pytest
from django.core.exceptions import PermissionDenied

from actors.domain.term_merging import CannotMerge, merge_terms, move_actors, part_again, preview
from actors.domain.term_nouns import noun_of
from actors.enums import TermNoun
from actors.models import Actor, ActorTopic, Service, TermMerge, Topic, TopicLink, TopicSynonym
from actors.search.engine import search
from clusterportal.clusters.models import Cluster
from clusterportal.core.languages import column_names
from clusterportal.history.changes import event_models, versions_of
from clusterportal.history.repointing import references_to
from clusterportal.network.models import CooperationProject
from clusterportal.plans.models import GapDecision
from tests.factories import make_action, make_actor, make_area, make_cluster, make_person, make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return make_person("manager", clusters=[make_cluster()])


@pytest.fixture
def topics():
    """Artificial intelligence twice, each with an actor of its own, and one that has both."""
    kept = Topic.objects.create(
        slug="ai", name_de="Künstliche Intelligenz", name_en="Artificial intelligence"
    )
    merged = Topic.objects.create(slug="ki", name_de="KI", name_en="Machine intelligence")
    for name, own in (("Eins", [kept]), ("Zwei", [merged]), ("Beide", [kept, merged])):
        actor = make_actor(name)
        ActorTopic.objects.bulk_create(ActorTopic(actor=actor, topic=topic) for topic in own)
    TopicSynonym.objects.create(topic=kept, name="AI", kind="acronym")
    TopicSynonym.objects.create(topic=merged, name="A.I.", kind="acronym")
    TopicSynonym.objects.create(topic=merged, name="Maschinelles Lernen", language="de")
    return kept, merged


def picture() -> dict:
    """Everything that a merge may touch, in words."""
    return {
        "actors": set(ActorTopic.objects.values_list("actor__name", "topic__slug")),
        "words": set(TopicSynonym.objects.values_list("topic__slug", "name", "kind", "language")),
        "links": set(TopicLink.objects.values_list("topic__slug", "broader__slug")),
        "topics": set(Topic.objects.values_list("pk", "slug", *column_names("name"))),
    }


def test_merged_and_parted_again(topics, manager):
    kept, merged = topics
    computing, vision = (Topic.objects.create(slug=slug, name_de=slug) for slug in ("computing", "vision"))
    TopicLink.objects.create(topic=merged, broader=computing)
    TopicLink.objects.create(topic=vision, broader=merged)
    TopicLink.objects.create(topic=merged, broader=kept)
    before, told = picture(), preview(noun="topic", kept=kept, merged=merged)
    assert picture() == before
    assert (told.moved, told.both, told.words) == (
        1,
        1,
        ["KI", "Machine intelligence", "A.I.", "Maschinelles Lernen"],
    )
    assert (told.broader, told.narrower, told.dropped) == (
        ["computing"],
        ["vision"],
        ["KI → Künstliche Intelligenz"],
    )

    merge = merge_terms(noun="topic", kept=kept, merged=merged, by=manager)
    assert picture() == {
        "actors": {("Eins", "ai"), ("Zwei", "ai"), ("Beide", "ai")},
        "words": {
            ("ai", "AI", "acronym", ""), ("ai", "A.I.", "acronym", ""),
            ("ai", "Maschinelles Lernen", "synonym", "de"),
            ("ai", "KI", "acronym", "de"), ("ai", "Machine intelligence", "synonym", "en"),
        },
        "links": {("ai", "computing"), ("vision", "ai")},
        "topics": before["topics"] - {(merged.pk, "ki", "KI", "Machine intelligence")},
    }  # fmt: skip
    assert {merge.kept_name, merge.merged_name, merge.by} == {"Künstliche Intelligenz", "KI", manager}
    acts = set(versions_of(ActorTopic).filter(pgh_context=merge.act).values_list("pgh_label", flat=True))
    assert acts == {"update", "delete"}

    undone = part_again(merge=merge, by=manager)
    assert undone.kept == []
    assert picture() == before
    merge.refresh_from_db()
    assert merge.undone_by == manager
    with pytest.raises(CannotMerge, match="schon"):
        part_again(merge=merge, by=manager)


def test_what_was_changed_since_stays_and_is_named(topics, manager):
    kept, merged = topics
    merge = merge_terms(noun="topic", kept=kept, merged=merged, by=manager)
    new = make_actor("Neu")
    ActorTopic.objects.create(actor=new, topic=kept)
    ActorTopic.objects.filter(actor__name="Zwei").delete()
    kept.refresh_from_db()
    kept.name_en = "AI"
    kept.save()
    TopicSynonym.objects.create(topic=kept, name="Neuronale Netze")
    undone = part_again(merge=merge, by=manager)
    assert len(undone.kept) == 1 and undone.kept[0].kind_label == "Thema eines Akteurs"
    assert set(ActorTopic.objects.values_list("actor__name", "topic__slug")) == {
        ("Eins", "ai"), ("Neu", "ai"), ("Beide", "ai"), ("Beide", "ki"),
    }  # fmt: skip
    assert set(kept.synonyms.values_list("name", flat=True)) == {"AI", "Neuronale Netze"}
    kept.refresh_from_db()
    assert kept.name_en == "AI"


def test_the_actors_are_found_by_the_words_of_both(topics, manager):
    merge = merge_terms(noun="topic", kept=topics[0], merged=topics[1], by=manager)
    assert len(search("ki").keys) == len(search("künstliche intelligenz").keys) == 3
    part_again(merge=merge, by=manager)
    assert {*search("machine intelligence").keys} == {
        *Actor.objects.exclude(name="Eins").values_list("pk", flat=True)
    }


def test_a_merge_that_was_built_upon_is_taken_back_after_the_later_one(topics, manager):
    third = Topic.objects.create(slug="third", name_de="Drittes")
    first = merge_terms(noun="topic", kept=topics[0], merged=topics[1], by=manager)
    second = merge_terms(noun="topic", kept=third, merged=topics[0], by=manager)
    with pytest.raises(CannotMerge, match="Künstliche Intelligenz"):
        part_again(merge=first, by=manager)
    part_again(merge=second, by=manager)
    part_again(merge=first, by=manager)
    assert Topic.objects.count() == 3


def test_where_the_address_is_taken_the_merge_stays_as_a_whole(topics, manager):
    merge = merge_terms(noun="topic", kept=topics[0], merged=topics[1], by=manager)
    Topic.objects.create(slug="ki", name_de="Kitas")
    after = picture()
    with pytest.raises(CannotMerge, match="„Kitas“"):
        part_again(merge=merge, by=manager)
    assert picture() == after
    assert TermMerge.objects.standing().count() == 1


@pytest.mark.parametrize("role", ["editor", "viewer"])
def test_who_may_not_merge_actors_merges_no_topics(topics, role):
    somebody = make_person(role, clusters=[make_cluster("other")])
    with pytest.raises(PermissionDenied):
        merge_terms(noun="topic", kept=topics[0], merged=topics[1], by=somebody)
    with pytest.raises(PermissionDenied):
        move_actors(noun="topic", source=topics[0], target=topics[1], by=somebody)
    assert Topic.objects.count() == 2


def test_managers_merge_no_areas_which_are_the_administrators(manager):
    with pytest.raises(PermissionDenied):
        merge_terms(noun="area", kept=make_area("one"), merged=make_area("two"), by=manager)


def test_a_topic_is_not_merged_with_itself_nor_with_one_that_is_gone(topics, manager):
    with pytest.raises(CannotMerge):
        merge_terms(noun="topic", kept=topics[0], merged=topics[0], by=manager)
    gone = Topic.objects.get(slug="ki")
    topics[1].delete()
    with pytest.raises(CannotMerge):
        merge_terms(noun="topic", kept=topics[0], merged=gone, by=manager)


def test_areas_take_services_with_them():
    admin = make_person("administrator")
    kept, merged = make_area("health"), make_area("medtech")
    services = [
        Service.objects.create(actor=make_actor(areas=[merged]), title_de="Prüfung"),
        Service.objects.create(actor=make_actor(areas=[kept, merged]), title_de="Beratung"),
    ]
    services[0].areas.set([merged])
    services[1].areas.set([kept, merged])
    assert preview(noun="area", kept=kept, merged=merged).services == 2
    merge = merge_terms(noun="area", kept=kept, merged=merged, by=admin)
    assert [[area.slug for area in one.areas.all()] for one in services] == [["health"], ["health"]]
    assert part_again(merge=merge, by=admin).kept == []
    assert [{area.slug for area in one.areas.all()} for one in services] == [
        {"medtech"},
        {"health", "medtech"},
    ]


def test_two_links_that_would_close_a_circle_together_do_not(topics, manager):
    """The one in the middle is broader than the kept topic and narrower than the merged one."""
    kept, merged = topics
    middle = Topic.objects.create(slug="middle", name_de="Mitte")
    TopicLink.objects.create(topic=kept, broader=middle)
    TopicLink.objects.create(topic=middle, broader=merged)
    before = picture()
    merge = merge_terms(noun="topic", kept=kept, merged=merged, by=manager)
    assert set(TopicLink.objects.values_list("topic__slug", "broader__slug")) == {("ai", "middle")}
    part_again(merge=merge, by=manager)
    assert picture() == before


def test_moving_all_actors_or_some_of_those_within_reach(manager):
    source, target = (Topic.objects.create(slug=slug, name_de=slug) for slug in ("source", "target"))
    cluster = Cluster.objects.get()
    mine = [make_actor(f"Mein {number}", clusters=[cluster]) for number in range(3)]
    foreign = make_actor("Fremd")
    for actor in [*mine, foreign]:
        ActorTopic.objects.create(actor=actor, topic=source)
    ActorTopic.objects.create(actor=mine[0], topic=target)
    both = {"noun": "topic", "source": source, "target": target, "by": manager}
    assert move_actors(**both, actors=[mine[0].pk, foreign.pk]) == 1
    assert set(ActorTopic.objects.values_list("actor__name", "topic__slug")) == {
        ("Mein 0", "target"), ("Mein 1", "source"), ("Mein 2", "source"), ("Fremd", "source"),
    }  # fmt: skip
    assert move_actors(**both) == 2
    assert [*ActorTopic.objects.filter(topic=source).values_list("actor__name", flat=True)] == ["Fremd"]


def test_what_other_rooms_say_of_an_area_goes_with_it(chain):
    admin, cluster = make_person("administrator"), make_cluster()
    kept, merged = make_area("health"), make_area("medtech")
    plan = make_plan(cluster, areas=[kept, merged])
    action = make_action(plan)
    action.areas.set([merged])
    project = CooperationProject.objects.create(slug="p", title_de="P", cluster=cluster)
    project.areas.set([merged])
    gap = {"plan": plan, "cluster": cluster, "layer": chain[0], "actor": make_actor(), "verdict": "partner"}
    decision = GapDecision.objects.create(area=merged, **gap)

    def said() -> list:
        decision.refresh_from_db()
        return [
            *({area.slug for area in one.areas.all()} for one in (plan, action, project)),
            decision.area.slug,
        ]

    before = said()
    merge = merge_terms(noun="area", kept=kept, merged=merged, by=admin)
    assert said() == [{"health"}, {"health"}, {"health"}, "health"]
    assert part_again(merge=merge, by=admin).kept == []
    assert said() == before


@pytest.mark.parametrize("code", TermNoun.values)
def test_every_column_that_names_a_term_keeps_its_history(code):
    """Whatever a merge points elsewhere is pointed back by the history when it is taken back."""
    tracked = {event.pgh_tracked_model._meta.concrete_model for event in event_models().values()}
    naming = {column.model for column in references_to(noun_of(code).model)}
    assert naming - tracked == set()
