"""History as acts: one line for what one person did at once, and its way back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actors.models import Actor, LayerPlacement
from clusterportal.history.act_list import SHOWN_INSIDE, read_acts
from clusterportal.history.acts import act, sentences
from clusterportal.history.changes import sources_for
from tests.factories import make_actor, make_cluster, make_person
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
CHANGES = "/admin/history/revision/"


@pytest.fixture
def cluster():
    return make_cluster()


@pytest.fixture
def manager(cluster):
    return make_person("manager", clusters=[cluster], username="anna")


def place(actors, layer, *, by, label="bulk") -> object:
    said = sentences(lambda: f"Ebene {layer.position} bei {len(actors)} Akteuren")
    with act(label, by=by, says=said) as act_id:
        LayerPlacement.objects.bulk_create(LayerPlacement(actor=one, layer=layer) for one in actors)
    return act_id


def undo_page(act_id) -> str:
    return reverse("admin:history_undo", args=[act_id])


# ---------- one line ----------
def test_many_changes_of_one_act_are_one_line(client, manager, cluster, chain):
    actors = [make_actor(clusters=[cluster]) for _number in range(SHOWN_INSIDE + 3)]
    act_id = place(actors, chain[2], by=manager)
    client.force_login(manager)
    entries = client.get(CHANGES, {"kind": "actors.layerplacement"}).context["page"].acts
    assert [(one.id, one.words, one.count, one.person) for one in entries] == [
        (act_id, f"Ebene 3 bei {len(actors)} Akteuren", len(actors), "anna")
    ]
    assert entries[0].changes == [] and entries[0].undo_url == undo_page(act_id)
    whole = client.get(CHANGES, {"act": str(act_id)}).context["page"]
    assert (len(whole.changes), whole.acts, whole.has_next) == (len(actors), [], False)


def test_a_form_that_was_saved_stands_there_change_by_change(chain, admin_user):
    with act("", by=admin_user):
        make_actor("Eins", layers=[1])
    (entry,) = read_acts(sources_for(admin_user), limit=1)
    assert not entry.is_line
    assert sorted(change.model._meta.model_name for change in entry.changes) == ["actor", "layerplacement"]


def test_an_act_without_words_names_what_it_is_about(chain, admin_user):
    with act("", by=admin_user):
        make_actor("Eins", layers=[1, 2, 3, 4])
    (entry,) = read_acts(sources_for(admin_user), limit=1)
    assert (entry.is_line, entry.words, entry.subject) == (True, "", "Eins")
    assert [(label, operation, count) for label, operation, count in entry.parts] == [
        ("Zuordnungen zu Ebenen", "insert", 4), ("Akteure", "insert", 1)
    ]  # fmt: skip


def test_pages_of_acts_follow_on_one_another(chain, admin_user):
    for number in range(5):
        with act("bulk", by=admin_user):
            make_actor(f"Nummer {number}", layers=[1, 2])
    sources = sources_for(admin_user)
    pages = [read_acts(sources, limit=2, offset=offset) for offset in (0, 2, 4)]
    whole = [one.id for page in pages for one in page]
    assert len(set(whole[:5])) == 5
    assert whole == [one.id for one in read_acts(sources, limit=6)]


def test_a_page_of_acts_takes_as_many_queries_for_one_as_for_many(chain, admin_user):
    def told(number: int) -> int:
        with act("bulk", by=admin_user):
            for _one in range(number):
                make_actor(layers=[1])
        with CaptureQueriesContext(connection) as captured:
            assert read_acts(sources_for(admin_user), limit=30)
        return len(captured)

    told(2)
    assert told(2) == told(5) <= 10


def test_others_see_of_an_act_what_is_theirs(client, manager, cluster, chain):
    act_id = place([make_actor(clusters=[cluster]), make_actor(), make_actor()], chain[0], by=manager)
    client.force_login(make_person("manager", clusters=[cluster]))
    (entry,) = client.get(CHANGES, {"kind": "actors.layerplacement"}).context["page"].acts
    assert (entry.id, entry.count) == (act_id, 1)


# ---------- taken back ----------
def test_taking_back_leaves_what_a_later_act_did(client, manager, cluster, chain):
    actors = [make_actor(clusters=[cluster], kind="company") for _number in range(4)]
    first = place(actors, chain[2], by=manager)
    with act("bulk", by=manager):
        Actor.objects.update(kind="startup")
        LayerPlacement.objects.filter(actor=actors[0]).update(basis="both")
    client.force_login(manager)
    page = client.get(undo_page(first))
    assert (page.context["prospect"].restored, page.context["prospect"].kept_count) == (3, 1)
    done = client.post(undo_page(first), {"next": "/admin/actors/actor/"}, follow=True)
    assert list(LayerPlacement.objects.values_list("actor", "basis")) == [(actors[0].pk, "both")]
    assert set(Actor.objects.values_list("kind", flat=True)) == {"startup"}
    texts = [str(message) for message in done.context["messages"]]
    assert texts[0] == "3 Einträge sind wie vorher."
    assert actors[0].name in texts[1] and "seitdem bearbeitet" in texts[1]
    # The taking-back is an act, too.
    assert "/undo/" in texts[2]
    client.post(texts[2].split('"')[1])
    assert LayerPlacement.objects.count() == 4


def test_nobody_takes_back_past_their_reach_or_review(client, manager, cluster, chain):
    """Of the own act, what is out of reach or public stays; an act of others only as a whole."""
    editor = make_person("editor", clusters=[cluster])
    draft, public = (make_actor(state=state, clusters=[cluster]) for state in ("draft", "published"))
    foreign = make_actor(state="draft")
    own = place([draft, public, foreign], chain[0], by=editor)
    client.force_login(editor)
    prospect = client.get(undo_page(own)).context["prospect"]
    assert (prospect.restored, [one.reason for one in prospect.kept]) == (
        1,
        ["Sie dürfen es nicht bearbeiten."] * 2,
    )
    client.post(undo_page(own))
    assert set(LayerPlacement.objects.values_list("actor", flat=True)) == {public.pk, foreign.pk}

    of_another = place([draft], chain[1], by=manager)
    assert client.get(undo_page(of_another)).status_code == 200  # may edit all its records
    with_public = place([draft, public], chain[3], by=manager)
    assert client.get(undo_page(with_public)).status_code == 403
    assert client.post(undo_page(with_public)).status_code == 403
    client.force_login(make_person("viewer"))
    assert client.post(undo_page(of_another)).status_code == 403
    assert LayerPlacement.objects.filter(actor=draft).count() == 2


def test_who_may_not_publish_takes_no_publication_back(client, manager, cluster):
    actor = make_actor(clusters=[cluster])
    with act("move", by=manager) as act_id:
        Actor.objects.update(state="draft")
    client.force_login(make_person("editor", clusters=[cluster]))
    assert client.post(undo_page(act_id)).status_code == 403
    client.force_login(manager)
    assert client.post(undo_page(act_id)).status_code == 302
    actor.refresh_from_db()
    assert actor.state == "published"


@pytest.mark.parametrize("label", ["erasure", "merge"])
def test_what_has_another_way_back_or_none_has_none_here(client, admin_user, label):
    with act(label, by=admin_user, run=1) as act_id:
        make_actor("Eins")
    with act("undo", by=admin_user, undoes=act_id) as undone:
        Actor.objects.update(city="Halle")
    client.force_login(admin_user)
    assert client.get(undo_page(act_id)).status_code == client.get(undo_page(undone)).status_code == 403


def test_an_address_of_elsewhere_leads_to_the_list_of_changes(client, admin_user):
    with act("bulk", by=admin_user) as act_id:
        make_actor("Akteur Eins")
    client.force_login(admin_user)
    answer = client.post(undo_page(act_id), {"next": "https://evil.example"})
    assert answer.headers["Location"] == CHANGES
    assert client.get(undo_page("00000000-0000-0000-0000-000000000000")).status_code == 404
    assert "Akteur Eins" not in markup_of(client.get("/admin/actors/actor/"))
