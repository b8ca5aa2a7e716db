"""Relations that editors state of published actors: they wait for review, one joins the other."""

import pytest
from django.urls import reverse

from actors.models import ActorRelation
from clusterportal.history.models import current_revision
from clusterportal.review.models import Proposal
from tests.factories import make_actor, make_person
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
ADD = reverse("admin:actors_actorrelation_add")


@pytest.fixture
def editor(client, cluster):
    editor = make_person("editor", clusters=[cluster])
    client.force_login(editor)
    return editor


@pytest.fixture
def ours(cluster):
    return make_actor("Unser", slug="unser", clusters=[cluster])


@pytest.fixture
def other(cluster):
    return make_actor("Anderer", slug="anderer")


def test_a_new_relation_waits_and_nothing_is_written(client, editor, ours, other):
    revision = current_revision()
    response = client.post(
        f"{ADD}?of={ours.pk}", {"source": ours.pk, "target": other.pk, "kind": "supply", "since": 2001}
    )
    assert response.url == reverse("admin:actors_actor_change", args=[ours.pk]) + "#network"
    assert (ActorRelation.objects.count(), current_revision()) == (0, revision)
    proposal = Proposal.objects.get()
    assert (proposal.actor, proposal.user, proposal.state) == (ours, editor, "waiting")
    assert proposal.record == {"relations": [{"target": "anderer", "kind": "supply", "since": 2001}]}


def test_a_second_relation_joins_the_first(client, editor, ours, other):
    third = make_actor("Dritter", slug="dritter")
    stands = ActorRelation.objects.create(source=ours, target=third, kind="research")
    client.post(ADD, {"source": ours.pk, "target": other.pk, "kind": "supply"})
    client.post(ADD, {"source": ours.pk, "target": other.pk, "kind": "cooperation"})
    client.post(reverse("admin:actors_actorrelation_delete", args=[stands.pk]), {"post": "yes"})
    proposal = Proposal.objects.get()
    kinds = sorted(one["kind"] for one in proposal.record["relations"])
    assert kinds == ["cooperation", "supply"]
    assert [one["kind"] for one in proposal.base["relations"]] == ["research"]
    assert ActorRelation.objects.get() == stands


def test_a_change_waits_and_keeps_the_actor_it_begins_at(client, editor, ours, other):
    relation = ActorRelation.objects.create(source=ours, target=other, kind="supply")
    address = reverse("admin:actors_actorrelation_change", args=[relation.pk])
    page = client.get(address)
    assert "geht in die Prüfung" in markup_of(page)
    assert "source" not in page.context["adminform"].form.fields
    sent = {"source": other.pk, "target": other.pk, "kind": "supply", "since": 1999}
    assert client.post(address, sent).status_code == 302
    relation.refresh_from_db()
    assert (relation.source, relation.since) == (ours, None)
    assert Proposal.objects.get().record["relations"] == [
        {"target": "anderer", "kind": "supply", "since": 1999}
    ]


def test_a_mistake_is_said_as_ever(client, editor, ours, other):
    page = client.post(ADD, {"source": ours.pk, "target": other.pk, "kind": "supply", "since": 3})
    assert list(page.context["adminform"].form.errors) == ["since"]
    assert not Proposal.objects.exists()


def test_a_relation_that_begins_at_another_actor_is_that_actors_to_state(client, editor, ours, other):
    refused = client.post(ADD, {"source": other.pk, "target": ours.pk, "kind": "supply"})
    assert refused.context["adminform"].form.non_field_errors()
    relation = ActorRelation.objects.create(source=other, target=ours, kind="supply")
    for act in ("change", "delete"):
        address = reverse(f"admin:actors_actorrelation_{act}", args=[relation.pk])
        sent = {"source": other.pk, "target": ours.pk, "kind": "supply", "since": 1999, "post": "yes"}
        assert client.post(address, sent).status_code == 403
    (row,) = client.get(reverse("admin:actors_actor_relations", args=[ours.pk])).context["relations"].rows
    assert (row.change_url, row.delete_url) == ("", "")
    assert not Proposal.objects.exists()


def test_a_relation_to_a_draft_is_written_at_once(client, editor, ours, cluster):
    draft = make_actor("Entwurf", state="draft", clusters=[cluster])
    assert client.post(ADD, {"source": ours.pk, "target": draft.pk, "kind": "supply"}).status_code == 302
    assert (ActorRelation.objects.count(), Proposal.objects.count()) == (1, 0)
