"""Personal data go in time, or when somebody asks."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from clusterportal.history.erasure import erase, find_person
from clusterportal.history.person import Person
from clusterportal.review.models import Attempt, Proposal, ProposalNote, Representation
from clusterportal.review.tasks import forget
from tests.factories import make_actor, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.PORTAL_DATA_DIR = tmp_path


def proposal(**fields) -> Proposal:
    return Proposal.objects.create(
        **{
            "kind": "new",
            "name": "Vertretung",
            "email": "me@example.org",
            "message": "Hallo",
            "record": {"name": "Muster"},
        }
        | fields
    )


def decided(days: int) -> Proposal:
    return proposal(state="rejected", decided_at=timezone.now() - timedelta(days=days))


def made(days: int, **fields) -> Proposal:
    """An unconfirmed proposal of so many days ago; the database keeps `created_at` itself."""
    return proposal(**fields, created_at=timezone.now() - timedelta(days=days))


def test_every_night_what_is_over_is_forgotten():
    old, new = made(15), made(13)
    long_ago, lately = decided(401), decided(399)
    ProposalNote.objects.create(proposal=long_ago, side="proposer", text="Ich heiße so.")
    Attempt.objects.create(fingerprint="a" * 64)
    Attempt.objects.update(created_at=timezone.now() - timedelta(days=2))
    Attempt.objects.create(fingerprint="b" * 64)
    forget(0)
    assert set(Proposal.objects.values_list("pk", "name", "email", "message")) == {
        (new.pk, "Vertretung", "me@example.org", "Hallo"),
        (long_ago.pk, "", "", ""),
        (lately.pk, "Vertretung", "me@example.org", "Hallo"),
    }
    assert old.pk not in Proposal.objects.values_list("pk", flat=True)
    assert ProposalNote.objects.get().text == ""
    assert Proposal.objects.get(pk=long_ago.pk).record == {"name": "Muster"}
    assert [attempt.fingerprint[0] for attempt in Attempt.objects.all()] == ["b"]


def test_a_person_is_taken_out_of_proposals():
    people = [{"name": "Eins", "email": "Me@example.org"}, {"name": "Zwei", "email": "zwei@example.org"}]
    own = proposal(email="ME@example.org", record={"name": "Muster"})
    named = proposal(email="andere@example.org", record={"contacts": people}, base={"contacts": people[:1]})
    other = proposal(email="zwei@example.org", record={"contacts": people[1:]})
    found = find_person(Person("", "me@example.org"))
    assert [one.kind for one in found.values()] == ["Vorgeschlagen von", "Vorgeschlagene Ansprechperson"]
    erasure, _done = erase(
        person=Person("", "me@example.org"), keys=found, ground="request", by=make_person("administrator")
    )
    assert erasure.counts == {"proposal": 2}
    own.refresh_from_db(), named.refresh_from_db(), other.refresh_from_db()
    assert (own.name, own.email, own.message, own.user) == ("", "", "", None)
    assert (named.record, named.base, named.name) == (
        {"contacts": people[1:]},
        {"contacts": []},
        "Vertretung",
    )
    assert other.record == {"contacts": people[1:]}


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("proposal_kind_known", {"kind": "other", "actor": True}),
        ("proposal_state_known", {"state": "other"}),
        ("proposal_is_about_an_actor", {"kind": "claim"}),
        ("proposal_decided_has_a_date", {"state": "rejected"}),
        ("proposal_open_has_a_date", {"state": "waiting"}),
    ],
)
def test_the_database_refuses_nonsense(name, wrong):
    about = {"actor": make_actor()} if wrong.pop("actor", False) else {}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        proposal(**wrong | about)


def test_one_person_represents_an_actor_once():
    person, actor = make_person("representative"), make_actor()
    Representation.objects.create(user=person, actor=actor)
    with pytest.raises(IntegrityError, match="representation_once"), transaction.atomic():
        Representation.objects.create(user=person, actor=actor)
