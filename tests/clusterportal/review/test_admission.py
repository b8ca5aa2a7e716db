"""An organisation joins a cluster: asked on a page, confirmed by mail, decided by the team of that cluster."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from actors.models import Actor, ActorAlias, Membership
from clusterportal.review.admin.attention import attention
from clusterportal.review.domain.retention import UNCONFIRMED_FOR, forget_expired
from clusterportal.review.models import Proposal
from tests.factories import make_actor, make_cluster, make_person
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
ASKED = {
    "you-organisation": "Muster Software GmbH", "you-kind": "company", "you-website": "muster.example.org",
    "you-cluster": "it-cluster", "you-message": "Wir prüfen Software.", "you-name": "Vertretung",
    "you-role": "Leitung", "you-email": "kontakt@muster.example.org", "you-speaks": "on", "you-consent": "on",
}  # fmt: skip


@pytest.fixture
def other(cluster):
    return make_cluster("other", name_de="Anderes")


def confirmed(client, outbox, path_in) -> Proposal:
    [message] = outbox()
    client.get(path_in(message))  # a mail program opened it
    proposal = Proposal.objects.get()
    assert proposal.state == "unconfirmed"
    client.post(path_in(message))
    proposal.refresh_from_db()
    assert (proposal.kind, proposal.state) == ("admission", "waiting")
    outbox()
    return proposal


def page_of(proposal: Proposal) -> str:
    return reverse("admin:review_proposal_change", args=[proposal.pk])


def test_an_organisation_that_is_not_in_the_registry_becomes_a_draft_and_a_member(
    client, fill, outbox, path_in, cluster, other
):
    assert client.get(reverse("pages:admission"), {"actor": "\0", "cluster": "\0"}).status_code == 200
    assert fill("pages:admission", **ASKED).url == reverse("pages:proposal-sent")
    proposal = confirmed(client, outbox, path_in)
    assert proposal.record == {
        "name": "Muster Software GmbH", "kind": "company", "website": "https://muster.example.org",
    }  # fmt: skip
    theirs, ours = (make_person("manager", clusters=[one]) for one in (other, cluster))
    assert (attention(theirs), [task["label"] for task in attention(ours)]) == ([], ["Aufnahmen"])
    client.force_login(theirs)
    assert client.get(page_of(proposal)).status_code == 404
    client.force_login(make_person("editor", clusters=[cluster]))
    assert client.post(page_of(proposal), {"act": "accept"}).status_code == 403
    client.force_login(ours)
    page = markup_of(client.get(page_of(proposal)))
    assert "<dd>Muster Software GmbH</dd>" in page and "Wir prüfen Software." in page
    answer = client.post(page_of(proposal), {"act": "accept", "kind": "member", "is_committed": "on"})
    assert answer.status_code == 302
    membership = Membership.objects.get()
    assert (membership.actor.name, membership.actor.state, membership.cluster) == (
        "Muster Software GmbH", "draft", cluster,
    )  # fmt: skip
    assert (membership.kind, membership.is_committed, membership.since) == (
        "member", True, timezone.localdate(),
    )  # fmt: skip
    [message] = outbox()
    assert message.subject == "Aufgenommen: Muster Software GmbH" and "noch nicht öffentlich" in message.body
    assert client.post(page_of(proposal), {"act": "accept"}).status_code == 409  # nobody twice


def test_who_is_in_the_registry_is_known_by_any_of_its_names_and_is_admitted_as_it_stands(
    client, fill, outbox, path_in, cluster, other
):
    actor = make_actor("Muster GmbH", clusters=[other], website="https://muster.example.org")
    ActorAlias.objects.create(actor=actor, name="Muster Software GmbH", kind="former")
    with translation.override("en"):
        fill("pages:admission", **ASKED | {"you-organisation": " muster software gmbh "})
    proposal = confirmed(client, outbox, path_in)
    assert (proposal.actor, proposal.record, proposal.shares_domain) == (actor, {}, True)
    # The team that knows the actor does not decide about another cluster.
    theirs, ours = (make_person("manager", clusters=[one]) for one in (other, cluster))
    assert not Proposal.objects.seen_by(theirs).exists()
    assert list(Proposal.objects.seen_by(ours)) == [proposal]
    client.force_login(ours)
    client.post(page_of(proposal), {"act": "accept", "kind": "partner"})
    assert {(one.cluster.slug, one.kind) for one in actor.memberships.all()} == {
        ("other", "member"), ("it-cluster", "partner"),
    }  # fmt: skip
    [message] = outbox()
    assert message.subject == "Admitted: Muster GmbH" and "/en/actors/muster-gmbh/" in message.body
    assert Actor.objects.count() == 1


def test_a_reviewer_finds_the_entry_that_is_meant_and_nobody_joins_twice(
    client, fill, outbox, path_in, cluster
):
    actor = make_actor("Muster-Software", website="https://muster.example.org", kind="company")
    Membership.objects.create(actor=actor, cluster=cluster, kind="partner", since="2020-01-01")
    fill("pages:admission", **ASKED)
    proposal = confirmed(client, outbox, path_in)
    client.force_login(make_person("manager", clusters=[cluster]))
    assert f'<option value="{actor.uid}">Muster-Software' in markup_of(client.get(page_of(proposal)))
    chosen = {"act": "accept", "entry": str(actor.uid)}
    assert client.post(page_of(proposal), chosen | {"kind": "partner"}).status_code == 409
    assert client.post(page_of(proposal), chosen | {"kind": "management"}).status_code == 409
    stranger = {"act": "accept", "entry": str(make_actor("Fremd").uid)}
    assert client.post(page_of(proposal), stranger).status_code == 409
    assert client.post(page_of(proposal), chosen | {"kind": "member"}).status_code == 302
    membership = Membership.objects.get()
    assert (membership.kind, str(membership.since)) == ("member", "2020-01-01")  # one record, as a member now


def test_it_is_rejected_with_a_reason_or_forgotten_when_nobody_confirms(
    client, fill, outbox, path_in, cluster
):
    fill("pages:admission", **ASKED)
    proposal = confirmed(client, outbox, path_in)
    client.force_login(make_person("manager", clusters=[cluster]))
    client.post(page_of(proposal), {"act": "reject", "text": "Bitte erst ein Gespräch."})
    [message] = outbox()
    assert "Bitte erst ein Gespräch." in message.body and not Membership.objects.exists()
    old = timezone.now() - UNCONFIRMED_FOR - timedelta(days=1)
    Proposal.objects.create(kind="admission", cluster=cluster, record={"name": "Alt"}, created_at=old)
    forget_expired()
    assert list(Proposal.objects.all()) == [proposal]


def test_what_is_missing_is_said_at_its_field_and_nothing_is_kept(client, fill, outbox, cluster):
    page = markup_of(fill("pages:admission", **ASKED | {"you-organisation": " ", "you-cluster": "none"}))
    assert "<title>Fehler: Aufnahme beantragen" in page
    for words in ("Geben Sie den Namen der Organisation an.", "Wählen Sie eines der Cluster."):
        assert words in page
    for missing in ("you-speaks", "you-consent", "you-role"):
        assert fill("pages:admission", **ASKED | {missing: ""}).status_code == 422
    assert fill("pages:admission", **ASKED | {"homepage_2": "x"}).url == reverse("pages:proposal-sent")
    assert not Proposal.objects.exists() and outbox() == []


def test_the_form_is_filled_for_a_cluster_and_an_entry(client, cluster):
    make_actor("Muster", kind="startup", website="https://muster.example.org")
    page = markup_of(client.get(reverse("pages:admission"), {"cluster": "it-cluster", "actor": "muster"}))
    for part in (
        'value="Muster"',
        '<option value="startup" selected>',
        '<option value="it-cluster" selected>',
    ):
        assert part in page
