"""Topics that proposers wish for: what exists already is offered first, and one click makes them real."""

import pytest
from django.apps import apps
from django.urls import reverse

from actors.models import Actor, ActorTopic, Topic, TopicSynonym
from clusterportal.review.models import Proposal
from tests.clusterportal.review.forms import NEW
from tests.factories import make_actor, make_cluster, make_person
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic():
    topic = Topic.objects.create(
        slug="ai", name_de="Künstliche Intelligenz", name_en="Artificial intelligence"
    )
    TopicSynonym.objects.create(topic=topic, name="KI", kind="acronym")
    return topic


@pytest.fixture
def manager(client, chain):
    person = make_person("manager", clusters=[make_cluster()])
    client.force_login(person)
    return person


def wish(*words: str, kind: str = "change", **fields) -> Proposal:
    actor = make_actor("Muster", clusters=[_cluster()], layers=[1]) if kind == "change" else None
    state = {"state": "waiting", "waiting_since": "2026-01-01T00:00Z"}
    return Proposal.objects.create(
        **{"kind": kind, "actor": actor, "cluster": _cluster(), "wanted_topics": list(words)} | state | fields
    )


def _cluster():
    return apps.get_model("clusters", "Cluster").objects.get()


def page_of(proposal: Proposal) -> str:
    return reverse("admin:review_proposal_change", args=[proposal.pk])


def click(client, proposal: Proposal, word: str, topic: str = "", act: str = "topic"):
    return client.post(page_of(proposal), {"act": act, "word": word, "topic": topic}, follow=True)


def test_a_wished_topic_is_created_stands_among_the_changes_and_is_assigned_with_them(client, manager):
    proposal = wish("Sensorik", "Photonik", record={"city": "Halle"}, base={"city": "Leipzig"})
    ActorTopic.objects.create(
        actor=proposal.actor, topic=Topic.objects.create(slug="optics", name_de="Optik")
    )
    answer = click(client, proposal, "Sensorik")
    assert "„Sensorik“ steht jetzt bei den Änderungen" in markup_of(answer)
    proposal.refresh_from_db()
    assert (proposal.wanted_topics, Topic.objects.get(name_de="Sensorik").slug) == (["Photonik"], "sensorik")
    assert proposal.record == {"city": "Halle", "topics": [{"topic": "optics"}, {"topic": "sensorik"}]}
    changes = answer.context["changes"]
    data = {"act": "accept", "take": [one.key for one in changes], "version": answer.context["version"]}
    assert [one.after for one in changes] == ["Halle", "Sensorik"]
    client.post(page_of(proposal), data)
    assert set(proposal.actor.actor_topics.values_list("topic__slug", flat=True)) == {"optics", "sensorik"}
    assert Actor.objects.get().city == "Halle"


def test_what_exists_is_offered_first_and_assigned_by_one_click(client, manager, topic):
    proposal = wish("Künstliche Inteligenz", kind="new", record={"name": "Neu", "kind": "company"})
    page = markup_of(client.get(page_of(proposal)))
    assert page.index("„Künstliche Intelligenz“ zuordnen") < page.index("„Künstliche Inteligenz“ anlegen")
    click(client, proposal, "Künstliche Inteligenz", "ai")
    proposal.refresh_from_db()
    assert (proposal.record["topics"], proposal.wanted_topics) == ([{"topic": "ai"}], [])
    assert Topic.objects.count() == 1


def test_after_the_decision_the_actor_gets_the_topic_at_once(client, manager):
    proposal = wish("Sensorik", state="accepted", decided_at="2026-01-02T00:00Z")
    click(client, proposal, "Sensorik")
    assert [one.topic.name_de for one in proposal.actor.actor_topics.all()] == ["Sensorik"]


def test_an_english_wish_has_a_name_in_both_languages(client, manager):
    click(client, wish("Sensing", language="en"), "Sensing")
    assert Topic.objects.values_list("name_de", "name_en").get() == ("Sensing", "Sensing")


def test_a_wish_can_be_left_out(client, manager):
    proposal = wish("Alles Mögliche")
    answer = click(client, proposal, "Alles Mögliche", act="leave_topic")
    proposal.refresh_from_db()
    assert (proposal.wanted_topics, Topic.objects.count()) == ([], 0)
    assert answer.redirect_chain == [(page_of(proposal), 302)]


def test_two_reviewers_at_once_make_one_topic(client, manager, topic):
    proposal = wish("Sensorik")
    click(client, proposal, "Sensorik")
    answer = click(client, proposal, "Sensorik")
    assert answer.status_code == 409 and Topic.objects.filter(name_de="Sensorik").count() == 1
    assert click(client, wish("Optik", kind="new"), "Optik", "never").status_code == 409


def test_who_may_not_decide_makes_no_topics(client, chain):
    make_cluster()
    proposal = wish("Sensorik")
    client.force_login(make_person("editor", clusters=[_cluster()]))
    assert "anlegen" not in markup_of(client.get(page_of(proposal)))
    assert click(client, proposal, "Sensorik").status_code == 403
    assert Topic.objects.count() == 0


def test_the_form_keeps_unknown_words_as_wishes_and_takes_synonyms_for_what_they_mean(fill, cluster, topic):
    fill("pages:propose", **NEW | {"fields-other_topics": "KI, Sensorik, artificial intelligence, Sensorik"})
    proposal = Proposal.objects.get()
    assert (proposal.record["topics"], proposal.wanted_topics) == ([{"topic": "ai"}], ["Sensorik"])
    answer = fill("pages:propose", **NEW | {"fields-other_topics": ",".join(f"T{n}" for n in range(21))})
    assert answer.status_code == 422 and "Höchstens 20 weitere Themen" in markup_of(answer)


def test_erasing_the_proposer_empties_the_wishes(manager):
    from clusterportal.review.domain.erasure import scrub

    proposal = wish("Max Mustermann")
    scrub(Proposal.objects.all())
    proposal.refresh_from_db()
    assert proposal.wanted_topics == []
