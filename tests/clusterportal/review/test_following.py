"""The links of our mails."""

import datetime

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from clusterportal.review.domain.proposer_links import status_token
from clusterportal.review.domain.proposing import Proposer, propose
from clusterportal.review.domain.review import ask_back
from clusterportal.review.models import Proposal
from tests.factories import make_actor, make_person
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_second(monkeypatch):
    """A link holds the second in which it was made, and the next may have begun."""
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now)


@pytest.fixture
def proposal(cluster):
    actor = make_actor("Muster", clusters=[cluster])
    return propose(
        kind="change", by=Proposer("me@example.org", "Vertretung"), actor=actor, wanted={"city": "Halle"}
    )


@pytest.fixture
def link(proposal, outbox, path_in):
    """The path of the link that confirms."""
    outbox()
    return reverse("pages:proposal-confirm", args=[signing.dumps(str(proposal.uid), salt="review.confirm")])


def followed(proposal) -> str:
    return reverse("pages:proposal-status", args=[status_token(proposal)])


def test_confirming_twice_is_no_mistake(client, link, proposal, outbox):
    for _time in range(2):
        assert client.post(link).url == followed(proposal)
    assert Proposal.objects.get().state == "waiting"
    assert len(outbox()) == 1


def test_an_expired_link_says_so(client, link, monkeypatch, proposal):
    later = signing.time.time() + 7 * 24 * 60 * 60 + 60
    monkeypatch.setattr(signing.time, "time", lambda: later)
    for response in (client.get(link), client.post(link)):
        assert (response.status_code, response.context["is_expired"]) == (410, True)
    assert Proposal.objects.get().state == "unconfirmed"


@pytest.mark.parametrize("salt", ["review.status", "something else"])
def test_another_token_confirms_nothing(client, proposal, salt):
    token = signing.dumps(str(proposal.uid), salt=salt)
    response = client.post(reverse("pages:proposal-confirm", args=[token]))
    assert (response.status_code, response.context["is_expired"]) == (410, False)
    assert Proposal.objects.get().state == "unconfirmed"


def test_a_token_that_was_changed_leads_nowhere(client, proposal):
    token = status_token(proposal)
    for wrong in (
        token[:-1] + ("a" if token[-1] != "a" else "b"),
        "x",
        signing.dumps(str(proposal.uid), salt="review.confirm"),
    ):
        assert client.get(reverse("pages:proposal-status", args=[wrong])).status_code == 404
    proposal.delete()
    assert client.get(reverse("pages:proposal-status", args=[token])).status_code == 404


def test_question_answer_and_decision(client, link, proposal, cluster):
    client.post(link)
    ask_back(proposal=proposal, question="Seit wann?", by=make_person("manager", clusters=[cluster]))
    address = followed(proposal)
    assert "Seit wann?" in markup_of(client.get(address))
    assert client.post(address, {"act": "answer", "text": ""}).status_code == 422
    answered = client.post(address, {"act": "answer", "text": "Seit Mai."})
    assert (answered.url, answered.cookies) == (f"{address}?done=answered", {})
    assert 'role="status"' in markup_of(client.get(answered.url))
    proposal.refresh_from_db()
    assert (proposal.state, [note.text for note in proposal.notes.all()]) == (
        "waiting",
        ["Seit wann?", "Seit Mai."],
    )
    assert client.post(address, {"act": "answer", "text": "Noch einmal."}).url == f"{address}?done=late"
    assert proposal.notes.count() == 2


def test_withdrawing(client, link, proposal):
    client.post(link)
    assert client.post(followed(proposal), {"act": "withdraw"}).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_at is not None) == ("withdrawn", True)
    client.post(link)
    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"
    assert proposal.decided_at <= timezone.now() + datetime.timedelta(seconds=1)
