"""Two people edit one actor: what does not collide is saved, the rest is chosen side by side, nothing typed is lost."""

import pytest
from django.urls import reverse

from actors.models import Actor, ActorAlias, ApplicationFocus, LayerPlacement
from clusterportal.history.changes import event_models
from clusterportal.review.models import Proposal
from tests import admin_pages
from tests.admin_pages import form_in
from tests.factories import make_actor, make_area, make_cluster, make_person
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


def url_of(actor) -> str:
    return reverse("admin:actors_actor_change", args=[actor.pk])


@pytest.fixture
def actor(chain):
    return make_actor(
        "Eins", slug="eins", layers=[1, 2], areas=[make_area()], summary_de="alt", phone="+496312050"
    )


def form_of(client, actor) -> dict:
    """An opened form; within one transaction of a test nothing else would tell the versions apart."""
    return admin_pages.form_of(client, actor) | {"version": "2020-01-01T00:00:00+00:00"}


def said_by(answer) -> list[tuple]:
    """The collisions of the page, each side in words."""
    assert answer.status_code == 200
    return [
        (one.name, [(cell.mine_in_words, cell.theirs_in_words) for cell in one.cells], one.removed_by)
        for one in answer.context["collisions"]
    ]


def decide(client, actor, answer, *sides, **written):
    """Sends the page of collisions as a browser would, with these sides chosen in their order."""
    codes = [one.code for one in answer.context["collisions"]]
    data = {"_decided": "1", "carried": answer.context["carried"]}
    data |= {f"take:{code}": side for code, side in zip(codes, sides, strict=True)}
    data |= {f"edit:{code}:{name}": text for code in codes for name, text in written.items()}
    return client.post(url_of(actor), data)


# ---------- what does not collide ----------
def test_what_only_one_changed_is_saved(admin_client, actor):
    opened = form_of(admin_client, actor)
    Actor.objects.filter(pk=actor.pk).update(summary_de="neu", website="https://a.example")
    answer = admin_client.post(url_of(actor), opened | {"name": "Zwei"}, follow=True)
    stored = Actor.objects.get(pk=actor.pk)
    assert (stored.name, stored.summary_de, stored.website) == ("Zwei", "neu", "https://a.example")
    texts = " ".join(str(message) for message in answer.context["messages"])
    assert "Kurzbeschreibung [DE]; Website" in texts


def test_parts_that_only_one_changed_are_saved(admin_client, actor, chain):
    opened = form_of(admin_client, actor)
    first, second = actor.placements.order_by("layer__position")
    LayerPlacement.objects.filter(pk=first.pk).update(note_de="Ihr Grund")
    LayerPlacement.objects.create(actor=actor, layer=chain[4])
    ApplicationFocus.objects.filter(actor=actor).delete()
    mine = {
        "placements-1-note_de": "Mein Grund",
        "placements-TOTAL_FORMS": 3,
        "placements-2-layer": chain[2].pk,
        "placements-2-basis": "topic",
        "placements-2-actor": actor.pk,
    }
    assert [opened["placements-0-id"], opened["placements-1-id"]] == [first.pk, second.pk]
    assert admin_client.post(url_of(actor), opened | mine).status_code == 302
    stored = actor.placements.order_by("layer__position").values_list("layer__position", "note_de")
    assert list(stored) == [(1, "Ihr Grund"), (2, "Mein Grund"), (3, ""), (5, "")]
    assert not actor.foci.exists()


def test_a_row_that_i_remove_goes_and_theirs_stay(admin_client, actor, chain):
    opened = form_of(admin_client, actor)
    Actor.objects.filter(pk=actor.pk).update(city="Halle")
    assert admin_client.post(url_of(actor), opened | {"placements-0-DELETE": "on"}).status_code == 302
    actor.refresh_from_db()
    assert (actor.city, actor.positions) == ("Halle", [2])


def test_what_both_wrote_alike_is_no_collision(admin_client, actor, chain):
    opened = form_of(admin_client, actor)
    Actor.objects.filter(pk=actor.pk).update(summary_de="neu")
    LayerPlacement.objects.create(actor=actor, layer=chain[4], basis="topic")
    mine = {
        "summary_de": "neu", "placements-TOTAL_FORMS": 3, "placements-2-layer": chain[4].pk,
        "placements-2-basis": "topic", "placements-2-actor": actor.pk,
    }  # fmt: skip
    assert admin_client.post(url_of(actor), opened | mine).status_code == 302
    assert Actor.objects.get(pk=actor.pk).positions == [1, 2, 5]


def test_all_of_it_is_one_act(admin_client, actor):
    opened = form_of(admin_client, actor)
    Actor.objects.filter(pk=actor.pk).update(summary_de="neu")
    mine = {"name": "Zwei", "placements-0-note_de": "Grund"}
    admin_client.post(url_of(actor), opened | mine)
    acts = {
        event_models()[kind].objects.order_by("-pgh_id").first().pgh_context_id
        for kind in ("actors.actor", "actors.layerplacement")
    }
    assert len(acts) == 1 and None not in acts


# ---------- what collides ----------
def test_a_collision_is_chosen_and_the_rest_is_saved_already(admin_client, actor):
    opened = form_of(admin_client, actor)
    Actor.objects.filter(pk=actor.pk).update(summary_de="ihr Satz")
    answer = admin_client.post(url_of(actor), opened | {"summary_de": "mein Satz", "phone": "+49 631 2051"})
    assert said_by(answer) == [("Kurzbeschreibung [DE]", [("mein Satz", "ihr Satz")], "")]
    stored = Actor.objects.get(pk=actor.pk)
    assert (stored.summary_de, stored.phone) == ("ihr Satz", "+496312051")
    page = markup_of(answer)
    assert "Telefon" in page and "mein Satz" in page and "ihr Satz" in page
    assert decide(admin_client, actor, answer, "theirs").status_code == 302
    assert Actor.objects.get(pk=actor.pk).summary_de == "ihr Satz"
    assert decide(admin_client, actor, answer, "mine").status_code == 302
    assert Actor.objects.get(pk=actor.pk).summary_de == "mein Satz"


def test_a_third_text_can_be_written(admin_client, actor):
    opened = form_of(admin_client, actor)
    Actor.objects.filter(pk=actor.pk).update(summary_de="ihr Satz")
    answer = admin_client.post(url_of(actor), opened | {"summary_de": "mein Satz"})
    assert 'name="edit://summary_de:summary_de"' in markup_of(answer)
    assert decide(admin_client, actor, answer, "edited", summary_de="beide Sätze").status_code == 302
    assert Actor.objects.get(pk=actor.pk).summary_de == "beide Sätze"


def test_nothing_is_decided_for_the_person(admin_client, actor):
    opened = form_of(admin_client, actor)
    Actor.objects.filter(pk=actor.pk).update(summary_de="ihr Satz", founded=1999)
    answer = admin_client.post(url_of(actor), opened | {"summary_de": "mein Satz", "founded": 2001})
    again = decide(admin_client, actor, answer, "mine", "")
    assert said_by(again) == said_by(answer)
    assert "Bitte wählen Sie in jeder Zeile" in markup_of(again)
    assert Actor.objects.get(pk=actor.pk).summary_de == "ihr Satz"
    assert decide(admin_client, actor, again, "mine", "theirs").status_code == 302
    stored = Actor.objects.get(pk=actor.pk)
    assert (stored.summary_de, stored.founded) == ("mein Satz", 1999)


def test_an_address_is_chosen_as_a_whole(admin_client, actor):
    opened = form_of(admin_client, actor)
    Actor.objects.filter(pk=actor.pk).update(city="Halle")
    answer = admin_client.post(url_of(actor), opened | {"street": "Markt 1"})
    assert said_by(answer) == [("Straße, Ort", [("Markt 1", ""), ("Leipzig", "Halle")], "")]
    assert decide(admin_client, actor, answer, "mine").status_code == 302
    stored = Actor.objects.get(pk=actor.pk)
    assert (stored.street, stored.city) == ("Markt 1", "Leipzig")


def test_a_field_of_a_row_collides(admin_client, actor):
    opened = form_of(admin_client, actor)
    first = actor.placements.order_by("layer__position")[0]
    LayerPlacement.objects.filter(pk=first.pk).update(note_de="Ihr Grund")
    answer = admin_client.post(url_of(actor), opened | {"placements-0-note_de": "Mein Grund"})
    name = "Zuordnung zu einer Ebene „1 Grundlagenforschung“: Begründung [DE]"
    assert said_by(answer) == [(name, [("Mein Grund", "Ihr Grund")], "")]
    decide(admin_client, actor, answer, "mine")
    first.refresh_from_db()
    assert first.note_de == "Mein Grund"


def test_a_row_that_they_removed_and_i_changed(admin_client, actor):
    opened = form_of(admin_client, actor)
    actor.placements.filter(layer__position=1).delete()
    answer = admin_client.post(url_of(actor), opened | {"placements-0-note_de": "Mein Grund"})
    ((name, _cells, removed_by),) = said_by(answer)
    assert (name, removed_by) == ("Zuordnung zu einer Ebene „1 Grundlagenforschung“", "them")
    assert decide(admin_client, actor, answer, "theirs").status_code == 302
    assert actor.placements.count() == 1
    assert decide(admin_client, actor, answer, "mine").status_code == 302
    assert actor.placements.get(layer__position=1).note_de == "Mein Grund"


def test_a_row_that_i_removed_and_they_changed(admin_client, actor):
    opened = form_of(admin_client, actor)
    actor.placements.filter(layer__position=1).update(note_de="Ihr Grund")
    answer = admin_client.post(url_of(actor), opened | {"placements-0-DELETE": "on"})
    assert [removed_by for _name, _cells, removed_by in said_by(answer)] == ["me"]
    assert decide(admin_client, actor, answer, "theirs").status_code == 302
    assert actor.placements.count() == 2
    assert decide(admin_client, actor, answer, "mine").status_code == 302
    assert [placement.layer.position for placement in actor.placements.all()] == [2]


def test_both_added_the_same_row_with_other_words(admin_client, actor):
    opened = form_of(admin_client, actor)
    ActorAlias.objects.create(actor=actor, name="Alt", kind="former")
    mine = {
        "aliases-TOTAL_FORMS": 1, "aliases-0-name": "Alt", "aliases-0-kind": "acronym", "aliases-0-actor": actor.pk,
    }  # fmt: skip
    answer = admin_client.post(url_of(actor), opened | mine)
    assert [cells for _name, cells, _removed in said_by(answer)] == [[("Abkürzung", "Früherer Name")]]
    assert decide(admin_client, actor, answer, "mine").status_code == 302
    assert [alias.kind for alias in actor.aliases.all()] == ["acronym"]


def test_what_changed_once_more_collides_once_more(admin_client, actor):
    opened = form_of(admin_client, actor)
    Actor.objects.filter(pk=actor.pk).update(summary_de="ihr Satz")
    answer = admin_client.post(url_of(actor), opened | {"summary_de": "mein Satz"})
    Actor.objects.filter(pk=actor.pk).update(summary_de="dritter Satz", founded=1999)
    again = decide(admin_client, actor, answer, "mine")
    assert said_by(again) == [("Kurzbeschreibung [DE]", [("mein Satz", "dritter Satz")], "")]
    assert decide(admin_client, actor, again, "mine").status_code == 302
    stored = Actor.objects.get(pk=actor.pk)
    assert (stored.summary_de, stored.founded) == ("mein Satz", 1999)


# ---------- mistakes ----------
def test_a_mistake_loses_nothing_and_the_collision_comes_afterwards(admin_client, actor):
    opened = form_of(admin_client, actor)
    Actor.objects.filter(pk=actor.pk).update(summary_de="ihr Satz", website="https://a.example")
    page = admin_client.post(url_of(actor), opened | {"summary_de": "mein Satz", "founded": "3"})
    # The save onto today's state was tried first, and rendered: what is answered is the last.
    page.context = [context for context in page.context if "adminform" in context][-1]
    form = page.context["adminform"].form
    assert (page.status_code, "founded" in form.errors) == (200, True)
    assert "mein Satz</textarea>" in markup_of(page)
    assert (form["summary_de"].value(), form["website"].value()) == ("mein Satz", "https://a.example")
    assert Actor.objects.get(pk=actor.pk).summary_de == "ihr Satz"
    answer = admin_client.post(url_of(actor), form_in(page) | {"founded": "2003"})
    assert said_by(answer) == [("Kurzbeschreibung [DE]", [("mein Satz", "ihr Satz")], "")]
    assert Actor.objects.get(pk=actor.pk).founded == 2003


@pytest.mark.parametrize(
    "carried", ["", "x", "[1]", '[{"code": 1}]', "{}", '[{"code":"a","part":"x","pk":"1"}]']
)
def test_a_page_that_was_tampered_with_is_refused(admin_client, actor, carried):
    answer = admin_client.post(url_of(actor), {"_decided": "1", "carried": carried})
    assert answer.status_code in (302, 400)
    assert Actor.objects.get(pk=actor.pk).summary_de == "alt"


@pytest.mark.parametrize("opened", ["", "x", "[]", '{"": 1}', '{"": {"": 1}}'])
def test_a_form_that_does_not_say_what_it_was_opened_with_is_refused(admin_client, actor, opened):
    data = form_of(admin_client, actor) | {"name": "Zwei", "opened": opened}
    Actor.objects.filter(pk=actor.pk).update(summary_de="ihr Satz")
    answer = admin_client.post(url_of(actor), data)
    assert answer.status_code == 200
    assert Actor.objects.get(pk=actor.pk).name == "Eins"


# ---------- editors, whose save becomes a proposal ----------
def test_an_editors_change_is_proposed_onto_todays_state(client, actor):
    cluster = make_cluster()
    actor.memberships.create(cluster=cluster, is_cleared=True)
    client.force_login(make_person("editor", clusters=[cluster]))
    opened = form_of(client, actor)
    Actor.objects.filter(pk=actor.pk).update(summary_de="ihr Satz")
    answer = client.post(url_of(actor), opened | {"summary_de": "mein Satz", "founded": 2001})
    assert said_by(answer) == [("Kurzbeschreibung [DE]", [("mein Satz", "ihr Satz")], "")]
    assert Proposal.objects.get().record == {"founded": 2001}
    assert decide(client, actor, answer, "mine").status_code == 302
    proposal = Proposal.objects.get()
    assert proposal.record == {"founded": 2001, "summary_de": "mein Satz"}
    assert proposal.base["summary_de"] == "ihr Satz"
    assert Actor.objects.get(pk=actor.pk).summary_de == "ihr Satz"


def test_nobody_decides_for_an_actor_out_of_reach(client, actor):
    client.force_login(make_person("manager", clusters=[make_cluster()]))
    answer = client.post(url_of(actor), {"_decided": "1", "carried": "[]"})
    assert answer.status_code in (302, 403)
    assert Actor.objects.get(pk=actor.pk).summary_de == "alt"
