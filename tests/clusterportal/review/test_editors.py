"""Editors in the admin: what is published stays as it was cleared, and their change waits."""

import pytest
from django.urls import reverse

from actors.models import Actor, ApplicationFocus
from clusterportal.history.models import current_revision
from clusterportal.review.models import Proposal
from tests.admin_pages import save
from tests.factories import make_actor, make_area, make_person

pytestmark = pytest.mark.django_db
LIST = "/admin/actors/actor/"


@pytest.fixture
def actor(cluster):
    return make_actor("Muster", city="Leipzig", clusters=[cluster], layers=[1], summary_de="Kurz.")


@pytest.fixture
def editor(client, cluster):
    editor = make_person("editor", clusters=[cluster])
    client.force_login(editor)
    return editor


def page_of(actor) -> str:
    return reverse("admin:actors_actor_change", args=[actor.pk])


def test_the_change_waits_and_the_record_stays(client, editor, actor):
    make_area("logistics")
    before, revision = Actor.objects.values().get(), current_revision()
    response = save(
        client, actor, city="Halle",
        **{"foci-TOTAL_FORMS": 1, "foci-0-area": make_area("energy").pk, "foci-0-actor": actor.pk},
    )  # fmt: skip
    assert response.status_code == 302
    assert (Actor.objects.values().get(), ApplicationFocus.objects.count()) == (before, 0)
    assert revision == current_revision()
    proposal = Proposal.objects.get()
    assert (proposal.kind, proposal.state, proposal.user) == ("change", "waiting", editor)
    assert proposal.record == {"city": "Halle", "areas": [{"area": "energy"}]}
    assert proposal.base == {"city": "Leipzig", "areas": []}
    page = client.get(page_of(actor))
    assert [one["proposal"] for one in page.context["waiting"]] == [proposal]
    assert page.context["is_proposing"]


def test_a_second_save_joins_what_waits(client, editor, actor):
    save(client, actor, city="Halle")
    save(client, actor, summary_de="Länger.")
    assert Proposal.objects.get().record == {"city": "Halle", "summary_de": "Länger."}
    save(client, actor)
    assert Proposal.objects.count() == 1


def test_a_mistake_is_said_as_ever(client, editor, actor):
    response = save(client, actor, founded="3")
    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == ["founded"]
    assert Proposal.objects.count() == 0


def test_drafts_are_written_at_once(client, editor, actor):
    Actor.objects.update(state="draft")
    assert save(client, actor, city="Halle").status_code == 302
    actor.refresh_from_db()
    assert (actor.city, Proposal.objects.count()) == ("Halle", 0)


def test_whoever_may_publish_writes_at_once(client, cluster, actor):
    client.force_login(make_person("manager", clusters=[cluster]))
    save(client, actor, city="Halle")
    actor.refresh_from_db()
    assert (actor.city, Proposal.objects.count()) == ("Halle", 0)


def test_what_no_record_holds_is_not_offered(client, editor, actor):
    page = client.get(page_of(actor))
    assert {"logo", "slug"}.isdisjoint(page.context["adminform"].form.fields)


def test_editors_delete_nothing_published(client, editor, actor):
    address = reverse("admin:actors_actor_delete", args=[actor.pk])
    assert client.post(address, {"post": "yes"}).status_code == 403
    assert Actor.objects.exists()


def test_the_editor_withdraws_the_own_proposal_only(client, editor, actor, cluster):
    save(client, actor, city="Halle")
    proposal = Proposal.objects.get()
    address = reverse("admin:review_proposal_change", args=[proposal.pk])
    client.force_login(make_person("editor", clusters=[cluster]))
    assert client.post(address, {"act": "withdraw"}).status_code == 403
    client.force_login(editor)
    assert client.post(address, {"act": "withdraw"}).status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"
