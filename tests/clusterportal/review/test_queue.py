"""The queue and what the first page says of it."""

import pytest
from django.urls import reverse

from clusterportal.review.admin.attention import attention
from clusterportal.review.models import Proposal, ProposalNote, Representation
from tests.factories import make_actor, make_cluster, make_person

pytestmark = pytest.mark.django_db
QUEUE = "/admin/review/proposal/"


def waiting(actor, **fields) -> Proposal:
    values = {
        "kind": "change",
        "state": "waiting",
        "waiting_since": "2026-05-01T10:00Z",
        "record": {"city": "Halle"},
    }
    return Proposal.objects.create(actor=actor, **values | fields)


@pytest.fixture
def manager(client, cluster):
    manager = make_person("manager", clusters=[cluster])
    client.force_login(manager)
    return manager


def listed(response) -> list:
    return list(response.context["cl"].result_list)


def test_the_queue_holds_what_is_open_oldest_first(client, manager, cluster):
    actor = make_actor("Muster", clusters=[cluster])
    newer = waiting(actor, state="asked_back", waiting_since="2026-06-01T10:00Z")
    older = waiting(actor, kind="claim")
    decided = waiting(actor, state="rejected", decided_at="2026-06-01T10:00Z")
    waiting(actor, state="unconfirmed")
    waiting(make_actor("Fremd", clusters=[make_cluster("other")]))
    assert listed(client.get(QUEUE)) == [older, newer]
    assert listed(client.get(QUEUE, {"state": "all"})) == [older, decided, newer]
    assert listed(client.get(QUEUE, {"state": "rejected"})) == [decided]


def test_the_queue_asks_as_often_for_three_as_for_one(
    client, manager, cluster, django_assert_max_num_queries
):
    waiting(make_actor(clusters=[cluster]))
    client.get(QUEUE)
    for _number in range(2):
        waiting(make_actor(clusters=[cluster]), cluster=cluster, user=manager)
    with django_assert_max_num_queries(11):
        assert len(listed(client.get(QUEUE))) == 3


def test_the_page_of_a_proposal_asks_as_often_for_many_changes(
    client, manager, cluster, django_assert_max_num_queries
):
    actor = make_actor("Muster", clusters=[cluster], layers=[1, 2, 3])
    layers = [{"layer": "basic-research"}, {"layer": "applied-research", "basis": "both"}]
    record = {"city": "Halle", "layers": layers, "areas": [{"area": "health-medtech"}], "street": "Markt 1"}
    proposal = waiting(actor, record=record)
    address = reverse("admin:review_proposal_change", args=[proposal.pk])
    client.get(address)
    with django_assert_max_num_queries(30):
        client.get(address)


def test_attention_names_what_waits_for_this_person(cluster):
    actor = make_actor("Muster", clusters=[cluster])
    waiting(actor)
    answered = waiting(actor)
    ProposalNote.objects.create(proposal=answered, side="proposer", text="Seit Mai.")
    waiting(actor, kind="claim")
    waiting(actor, state="asked_back")
    tasks = attention(make_person("manager", clusters=[cluster]))
    assert [(task["count"], task["url"]) for task in tasks] == [
        (2, f"{QUEUE}?state=waiting"),
        (1, f"{QUEUE}?state=waiting&kind__exact=claim"),
        (1, f"{QUEUE}?state=waiting"),
        (1, f"{QUEUE}?state=asked_back"),
    ]
    assert "1. Mai 2026" in tasks[0]["why"]
    assert attention(make_person("manager", clusters=[make_cluster("other")])) == []
    assert attention(make_person("viewer")) == []


def test_a_representation_ends_by_those_who_may_publish(client, manager, cluster):
    actor = make_actor("Muster", clusters=[cluster])
    own = Representation.objects.create(user=make_person("representative"), actor=actor)
    foreign = Representation.objects.create(user=own.user, actor=make_actor("Fremd"))
    address = "/admin/review/representation/"
    assert listed(client.get(address)) == [own]
    client.post(address, {"action": "end", "_selected_action": [own.pk, foreign.pk]})
    states = dict(Representation.objects.values_list("pk", "state"))
    assert states == {own.pk: "ended", foreign.pk: "active"}
    client.force_login(make_person("editor", clusters=[cluster]))
    assert client.get(address).status_code == 403
