"""Saving at the placing desk: one act, for those who may, overwriting nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.models import Actor, ApplicationFocus, LayerPlacement, Topic
from clusterportal.history.changes import event_models, read, sources_for
from clusterportal.history.models import current_revision
from clusterportal.placing.models import Walk
from clusterportal.review.models import Proposal
from tests.clusterportal.placing.desk import DESK, UNPLACED, enter, save, sent_from, texts_of
from tests.factories import make_actor, make_area, make_cluster, make_person
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
PARTS = ("actors.layerplacement", "actors.applicationfocus", "actors.actortopic")


def placements_of(actor) -> list[tuple]:
    rows = LayerPlacement.objects.filter(actor=actor)
    return list(rows.values_list("layer__position", "basis", "note_de", "note_en", "is_primary"))


def acts_of(actor) -> int:
    """How many acts gave the actor its present placements, areas and topics, but for what it had before."""
    events = [
        set(event.objects.filter(actor=actor).exclude(pgh_context=None).values_list("pgh_context", flat=True))
        for event in (event_models()[name] for name in PARTS)
    ]
    return len(set.union(*events))


# ---------- saving ----------
@pytest.mark.django_db(transaction=True)
def test_layers_areas_and_topics_are_written_as_one_act(client, manager, chain, drafts):
    area, topic = make_area("logistics"), Topic.objects.create(slug="robotik", name_de="Robotik")
    kept = Topic.objects.create(slug="ki", name_de="KI")
    drafts[0].actor_topics.create(topic=kept)
    research, market = chain[0], chain[4]
    page = enter(client, UNPLACED)
    save(
        client, page, layers=[research.pk, market.pk], main=market.pk, areas=[area.pk],
        topics=[kept.pk, topic.pk],
        **{f"basis_{market.pk}": "both", f"note_{market.pk}": "Verkauft Roboter."},
    )  # fmt: skip
    assert placements_of(drafts[0]) == [
        (1, "topic", "", "", False),
        (5, "both", "Verkauft Roboter.", "", True),
    ]
    assert list(drafts[0].foci.values_list("area", flat=True)) == [area.pk]
    assert set(drafts[0].actor_topics.values_list("topic", flat=True)) == {kept.pk, topic.pk}
    changes = [one for one in read(sources_for(manager), limit=10) if one.at > Walk.objects.get().begun_at]
    assert {one.person for one in changes} == {manager.username}
    assert acts_of(drafts[0]) == 1


def test_an_only_layer_is_the_main_one_and_what_is_taken_away_goes(client, manager, chain, cluster):
    area = make_area("logistics")
    actor = make_actor("Haus", state="draft", layers=[1, 2], areas=[area], clusters=[cluster])
    LayerPlacement.objects.filter(actor=actor, layer=chain[1]).update(note_en="Tests.", note_de="Prüft.")
    page = enter(client, "state=draft")
    save(client, page, layers=[chain[1].pk], main="", areas=[])
    assert placements_of(actor) == [(2, "topic", "Prüft.", "Tests.", True)]
    assert not ApplicationFocus.objects.exists()


def test_the_main_layer_moves(client, manager, chain, cluster):
    actor = make_actor("Haus", state="draft", layers=[1, 2], clusters=[cluster])
    save(client, enter(client, "state=draft"), main=chain[1].pk)
    assert [(row[0], row[4]) for row in placements_of(actor)] == [(1, False), (2, True)]


def test_saving_untouched_changes_nothing(client, manager, chain, cluster):
    actor = make_actor("Haus", layers=[1, 2], areas=[make_area()], clusters=[cluster])
    revision, page = current_revision(), enter(client)
    page = save(client, page)
    assert texts_of(page) == [f"Nichts wurde geändert: {actor}."]
    assert current_revision() == revision
    assert Walk.objects.get().placed == []


def test_a_topic_is_found_by_its_name_where_no_script_runs(client, manager, chain, drafts):
    topic = Topic.objects.create(
        slug="kuenstlich", name_de="Künstliche Intelligenz", name_en="Artificial intelligence"
    )
    page = enter(client, UNPLACED)
    assert "<noscript>" in markup_of(page)
    save(client, page, layers=[chain[0].pk], topic_names="kuenstliche intelligenz, Artificial Intelligence")
    assert list(drafts[0].actor_topics.values_list("topic", flat=True)) == [topic.pk]


def test_a_mistake_keeps_what_was_chosen(client, manager, chain, drafts):
    page = save(client, enter(client, UNPLACED), layers=[chain[2].pk], topic_names="Nirgendwas")
    assert page.context["actor"] == drafts[0]
    assert "Es gibt kein Thema namens “Nirgendwas”." in page.context["form"].errors["topic_names"][0].replace(
        "„", "“"
    )
    assert [row.is_chosen for row in page.context["rows"].layers] == [False, False, True, False, False]
    assert placements_of(drafts[0]) == []


@pytest.mark.parametrize(
    "chosen", [{"layers": ["9999"]}, {"areas": ["x"]}, {"topics": ["-1"]}, {"main": "777"}]
)
def test_what_is_not_offered_is_refused(client, manager, drafts, chosen):
    page = save(client, enter(client, UNPLACED), **chosen)
    assert page.context["form"].errors
    assert placements_of(drafts[0]) == []


# ---------- two people at once ----------
@pytest.mark.django_db(transaction=True)
def test_what_others_changed_meanwhile_is_shown_and_not_overwritten(client, manager, chain, drafts):
    page = enter(client, UNPLACED)
    drafts[0].placements.create(layer=chain[4], note_de="Von anderer Hand.")
    refused = save(client, page, layers=[chain[1].pk])
    assert refused.status_code == 409
    assert [row[0] for row in placements_of(drafts[0])] == [5]
    assert [change.kind for change in refused.context["conflict"]["changes"]] == ["actors.layerplacement"]
    assert [row.is_chosen for row in refused.context["rows"].layers] == [False, True, False, False, False]
    save(client, refused)  # now that it was seen
    assert [row[0] for row in placements_of(drafts[0])] == [2]


@pytest.mark.parametrize("version", ["", "yesterday", "2020-13-45T00:00:00"])
def test_a_form_without_its_version_saves_nothing(client, manager, chain, drafts, version):
    page = save(client, enter(client, UNPLACED), layers=[chain[1].pk], version=version)
    assert placements_of(drafts[0]) == []
    assert page.context["actor"] == drafts[0]


# ---------- who may ----------
def test_actors_of_others_are_not_in_the_walk_and_cannot_be_reached(client, manager, chain, drafts):
    other = make_actor("Geheim", state="draft", clusters=[make_cluster("theirs")])
    page = enter(client, UNPLACED)
    address = f"{DESK}{other.pk}/?{UNPLACED}"
    assert other.pk not in Walk.objects.get().keys
    Walk.objects.update(keys=[other.pk, drafts[0].pk])  # as if it had been taken away from them since
    for answer in (client.get(address), client.post(address, sent_from(page, layers=[chain[0].pk]))):
        assert answer.status_code == 404
        assert b"Geheim" not in answer.content
    assert placements_of(other) == []
    assert enter(client, UNPLACED).context["actor"] == drafts[0]


def test_viewers_and_strangers_stay_outside(client, cluster, drafts):
    for role in ("viewer", "representative"):
        client.force_login(make_person(role, clusters=[cluster]))
        assert client.get(DESK).status_code in (302, 403)
        assert client.get(DESK, follow=True).context.get("form") is None
    client.force_login(make_person("viewer", clusters=[cluster]))
    assert "placing_url" not in client.get("/admin/actors/actor/").context
    assert not Walk.objects.exists()


def test_a_walk_is_the_own_one(client, manager, cluster, drafts):
    enter(client, UNPLACED)
    client.force_login(make_person("manager", clusters=[cluster]))
    assert client.get(f"{DESK}{drafts[0].pk}/?{UNPLACED}").status_code == 404
    assert client.get(f"{DESK}end/?{UNPLACED}").status_code == 404


def test_an_editors_placing_of_a_published_actor_waits_for_review(client, cluster, chain):
    editor = make_person("editor", clusters=[cluster])
    client.force_login(editor)
    actor = make_actor("Haus", clusters=[cluster], layers=[1])
    make_actor("Zweites Haus", clusters=[cluster], layers=[1])
    before, revision = Actor.objects.values().get(pk=actor.pk), current_revision()
    page = enter(client)
    assert page.context["is_proposing"]
    page = save(client, page, layers=[chain[0].pk, chain[1].pk], areas=[make_area("logistics").pk])
    proposal = Proposal.objects.get()
    assert (proposal.actor, proposal.user, proposal.state) == (actor, editor, "waiting")
    assert sorted(proposal.record) == ["areas", "layers"]
    assert [one["layer"] for one in proposal.record["layers"]] == ["basic-research", "applied-research"]
    assert placements_of(actor) == [(1, "topic", "", "", True)]
    assert Actor.objects.values().get(pk=actor.pk) == before
    assert "wartet auf die Prüfung" in texts_of(page)[0]
    assert page.context["placed"] == 1
    assert revision <= current_revision()


def test_an_editors_draft_is_placed_at_once(client, cluster, chain, drafts):
    client.force_login(make_person("editor", clusters=[cluster]))
    save(client, enter(client, UNPLACED), layers=[chain[0].pk])
    assert [row[0] for row in placements_of(drafts[0])] == [1]
    assert not Proposal.objects.exists()


# ---------- the page ----------
def test_nothing_is_chosen_before_the_person_chooses(client, manager, cluster, chain, drafts):
    make_actor("Muster", layers=[3], areas=[make_area()], clusters=[cluster])
    rows = enter(client, UNPLACED).context["rows"]
    boxes = [*rows.layers, *rows.areas, *rows.topics]
    assert not any(row.is_chosen or row.is_main for row in boxes)
    assert [row.rank for row in rows.layers] == [0, 0, 1, 0, 0]


def test_keys_are_one_each(client, manager, drafts):
    for number in range(30):
        make_area(f"area-{number:02}", position=number)
    rows = enter(client, UNPLACED).context["rows"]
    given = [row.key for row in [*rows.layers, *rows.areas, *rows.topics] if row.key]
    assert len(given) == len(set(given)) == 5 + 23
    assert not {"g", "t", "w", "Enter", "ArrowLeft", "ArrowRight"} & set(given)
    assert [row.key for row in rows.areas[:7]] == ["a", "b", "c", "d", "e", "f", "h"]


@pytest.mark.parametrize("number", [1, 9])
def test_the_queries_stay_the_same(client, manager, cluster, chain, number):
    areas = [make_area(f"area-{one}") for one in range(number)]
    actor = make_actor("Haus 0", state="draft", clusters=[cluster])
    for one in range(number):
        topic = Topic.objects.create(slug=f"t-{one}", name_de=f"Thema {one}")
        actor.actor_topics.create(topic=topic)
        actor.services.create(title_de=f"Prüfung {one}", layer=chain[0])
        other = make_actor(f"Haus {one + 1}", layers=[1, 2], areas=areas, clusters=[cluster], state="draft")
        other.actor_topics.create(topic=topic)
    first = enter(client, "state=draft")
    with CaptureQueriesContext(connection) as queries:
        page = client.get(first.request["PATH_INFO"] + "?state=draft")
    assert page.context["actor"] == actor
    assert len(queries) == 26
