"""Who may decide, once only, and about what they saw."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from actors.domain.consents import step_of, steps
from actors.domain.history import sources_of
from actors.models import Actor
from clusterportal.history.changes import read
from clusterportal.review.domain.differences import changes_of
from clusterportal.review.domain.moves import AlreadyMoved, ReviewError
from clusterportal.review.domain.proposal_writing import CannotWrite
from clusterportal.review.domain.proposing import Proposer, propose
from clusterportal.review.domain.review import ChangedMeanwhile, accept, ask_back, reject, version_of
from clusterportal.review.models import Proposal
from tests.factories import make_actor, make_area, make_cluster, make_person

pytestmark = pytest.mark.django_db
BY = Proposer("me@example.org", "Vertretung")


def waiting(**fields) -> Proposal:
    proposal = propose(by=BY, **{"kind": "change"} | fields)
    proposal.state, proposal.waiting_since = "waiting", proposal.created_at
    proposal.save()
    return proposal


@pytest.fixture
def actor(cluster):
    return make_actor(
        "Muster", city="Leipzig", clusters=[cluster], layers=[1, 2], areas=[make_area("logistics")]
    )


@pytest.fixture
def proposal(actor):
    return waiting(
        actor=actor, base={"city": "Leipzig", "street": ""}, wanted={"city": "Halle", "street": "Markt 1"}
    )


@pytest.fixture
def manager(cluster):
    return make_person("manager", clusters=[cluster])


@pytest.mark.parametrize(
    ("role", "is_own", "page", "decision"),
    [
        ("administrator", False, 200, 302),
        ("manager", True, 200, 302),
        ("manager", False, 404, 404),
        ("editor", True, 200, 403),
        ("editor", False, 404, 404),
        ("viewer", True, 404, 404),
    ],
)
@pytest.mark.parametrize("kind", ["change", "claim", "new"])
def test_who_sees_and_who_decides(client, actor, cluster, role, is_own, page, decision, kind):
    wanted = {"name": "Neu", "kind": "company"} if kind == "new" else {"city": "Halle"}
    proposal = waiting(
        kind=kind, wanted=wanted, **{"cluster": cluster} if kind == "new" else {"actor": actor}
    )
    person = make_person(role, clusters=[cluster if is_own else make_cluster("other")])
    client.force_login(person)
    address = reverse("admin:review_proposal_change", args=[proposal.pk])
    response = client.get(address)
    assert response.status_code == page
    assert list(Proposal.objects.seen_by(person)) == ([proposal] if page == 200 else [])
    is_offered = "may_decide" in response.context and response.context["may_decide"]
    assert is_offered is (decision == 302)
    answer = client.post(address, {"act": "reject", "text": "Nein."})
    proposal.refresh_from_db()
    assert (answer.status_code, proposal.state) == (decision, "rejected" if decision == 302 else "waiting")


@pytest.mark.parametrize("role", ["representative", "partner"])
def test_the_queue_is_for_staff(client, proposal, role):
    client.force_login(make_person(role))
    assert client.get(reverse("admin:review_proposal_changelist")).status_code == 302
    for decide in (
        lambda by: accept(proposal=proposal, by=by),
        lambda by: reject(proposal=proposal, by=by, reason="x"),
        lambda by: ask_back(proposal=proposal, by=by, question="x"),
    ):
        with pytest.raises(PermissionDenied):
            decide(make_person(role))


def test_of_two_reviewers_the_second_is_told(proposal, actor, manager, cluster):
    stale = Proposal.objects.get(pk=proposal.pk)
    accept(proposal=proposal, by=manager)
    with pytest.raises(AlreadyMoved, match=str(manager)):
        reject(proposal=stale, by=make_person("manager", clusters=[cluster]), reason="Nein.")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.reviewer, proposal.reason) == ("accepted", manager, "")


def test_the_second_reviewer_reads_it_on_the_page(client, proposal, manager):
    client.force_login(manager)
    accept(proposal=proposal, by=manager)
    response = client.post(
        reverse("admin:review_proposal_change", args=[proposal.pk]), {"act": "reject", "text": "x"}
    )
    assert response.status_code == 409
    assert str(manager) in response.content.decode()


def test_a_page_that_is_no_longer_true_decides_nothing(proposal, actor, manager):
    seen = version_of(proposal)
    Actor.objects.filter(pk=actor.pk).update(street="Ring 9")
    with pytest.raises(ChangedMeanwhile):
        accept(proposal=proposal, by=manager, seen="earlier" + seen)
    actor.refresh_from_db()
    assert (actor.city, actor.street) == ("Leipzig", "Ring 9")


def test_what_changed_meanwhile_is_marked(proposal, actor):
    Actor.objects.filter(pk=actor.pk).update(street="Ring 9")
    shown = {
        change.key: (change.before, change.after, change.is_overtaken) for change in changes_of(proposal)
    }
    assert shown == {"city": ("Leipzig", "Halle", False), "street": ("Ring 9", "Markt 1", True)}


def test_items_that_came_meanwhile_stay(actor, manager):
    """The proposer saw layers 1 and 2, takes out 2 and adds 3; meanwhile a curator added 5."""
    base = [{"layer": "basic-research", "primary": True}, {"layer": "applied-research"}]
    proposal = waiting(
        actor=actor, base={"layers": base}, wanted={"layers": [base[0], {"layer": "technology-development"}]}
    )
    actor.placements.create(layer_id=actor.placements.first().layer_id + 4)
    assert [(one.key, one.nature) for one in changes_of(proposal)] == [
        ("layers.0", "removed"),
        ("layers.1", "added"),
    ]
    accept(proposal=proposal, by=manager)
    assert [one.layer.position for one in actor.placements.order_by("layer__position")] == [1, 3, 5]


def test_people_are_taken_out_when_that_is_accepted(actor, manager):
    gone = actor.contacts.create(name="Gehend", consent_on="2026-01-01")
    hidden = actor.contacts.create(name="Geheim")
    person = {"name": "Gehend", "consent_on": "2026-01-01"}
    proposal = waiting(actor=actor, base={"contacts": [person]}, wanted={"contacts": []})
    accept(proposal=proposal, by=manager)
    assert list(actor.contacts.all()) == [hidden] and gone.pk != hidden.pk


def test_the_history_keeps_to_what_a_person_agreed(actor, manager):
    person, wording = {"name": "Ada", "consent_on": "2026-01-01"}, "Diese Person willigt ein."
    accept(proposal=waiting(actor=actor, wanted={"contacts": [person]}, consent=wording), by=manager)
    [step] = map(step_of, steps())
    assert (step.person, step.by, step.how, step.wording) == (
        "Ada",
        manager.username,
        "Vorschlag übernommen",
        wording,
    )
    assert waiting(actor=actor, wanted={"city": "Halle"}, consent=wording).consent == ""  # it names nobody


def test_nothing_chosen_is_no_decision(proposal, manager):
    with pytest.raises(ReviewError):
        accept(proposal=proposal, by=manager, columns=[])
    proposal.refresh_from_db()
    assert proposal.state == "waiting"


def test_what_is_not_valid_is_said_in_words_and_nothing_is_written(client, actor, manager):
    make_actor("Andere").identifiers.create(scheme="wikidata", value="Q565533")
    number = {"scheme": "wikidata", "value": "Q565533"}
    proposal = waiting(actor=actor, wanted={"city": "Halle", "identifiers": [number]})
    with pytest.raises(CannotWrite):
        accept(proposal=proposal, by=manager)
    client.force_login(manager)
    address = reverse("admin:review_proposal_change", args=[proposal.pk])
    version = client.get(address).context["version"]
    response = client.post(address, {"act": "accept", "take": ["city", "identifiers.0"], "version": version})
    assert response.status_code == 409
    assert response.context["is_chosen"] == ["city", "identifiers.0"]
    actor.refresh_from_db()
    proposal.refresh_from_db()
    assert (actor.city, proposal.state) == ("Leipzig", "waiting")


def test_a_new_entry_never_changes_one_that_stands(cluster, actor, manager):
    actor.identifiers.create(scheme="wikidata", value="Q565533")
    number = {"scheme": "wikidata", "value": "Q565533"}
    wanted = {"name": "Neu", "kind": "company", "identifiers": [number]}
    proposal = waiting(kind="new", cluster=cluster, wanted=wanted)
    with pytest.raises(CannotWrite):
        accept(proposal=proposal, by=manager)
    same_name = waiting(
        kind="new", cluster=cluster, wanted={"name": actor.name, "kind": "company", "city": "Leipzig"}
    )
    made = accept(proposal=same_name, by=manager, state="in_review")
    assert made.pk != actor.pk and made.state == "in_review"


def test_the_history_names_the_reviewer(proposal, actor, manager):
    accept(proposal=proposal, by=manager)
    changes = read(sources_of(actor.pk, user=make_person("administrator")), limit=20)
    people = [change.person for change in changes if change.model is Actor]
    assert people.count(manager.get_username()) == 1


@pytest.mark.parametrize("act", ["ask_back", "reject"])
def test_a_question_and_a_rejection_need_words(client, proposal, manager, act):
    client.force_login(manager)
    response = client.post(
        reverse("admin:review_proposal_change", args=[proposal.pk]), {"act": act, "text": " "}
    )
    assert response.status_code == 409
    proposal.refresh_from_db()
    assert proposal.state == "waiting"
