"""Claiming an entry, signing in, editing it."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from actors.models import ContactPerson, Service
from clusterportal.accounts.models import User
from clusterportal.clusters.models import Cluster
from clusterportal.review.domain.differences import changes_of
from clusterportal.review.domain.moves import ReviewError
from clusterportal.review.domain.representatives import confirm_correct, edit_own, end, recipients_of
from clusterportal.review.domain.review import accept
from clusterportal.review.models import Proposal, Representation
from clusterportal.review.rules import can_represent
from tests.clusterportal.review.forms import YOU
from tests.factories import make_actor, make_person

pytestmark = pytest.mark.django_db
MINE = "pages:my-entries"


@pytest.fixture
def actor(cluster):
    return make_actor(
        "Muster", city="Leipzig", clusters=[cluster], layers=[1], summary_de="Kurz.", website="https://www.muster.example.org",
    )  # fmt: skip


@pytest.fixture
def person(actor):
    person = make_person("representative")
    Representation.objects.create(user=person, actor=actor)
    return person


@pytest.fixture
def manager(cluster):
    return make_person("manager", clusters=[cluster])


def test_from_the_claim_to_the_first_sign_in(client, fill, outbox, path_in, actor, manager):
    assert fill("pages:claim", actor.slug, **YOU).status_code == 302
    client.post(path_in(outbox()[0]))
    proposal = Proposal.objects.get()
    assert (proposal.kind, proposal.state, proposal.shares_domain) == ("claim", "waiting", True)
    outbox()

    client.force_login(manager)
    page = client.get(reverse("admin:review_proposal_change", args=[proposal.pk]))
    client.post(page.request["PATH_INFO"], {"act": "accept", "version": page.context["version"]})
    client.logout()
    person = User.objects.get(email="kontakt@muster.example.org")
    assert (person.role, person.is_staff, person.has_usable_password()) == ("representative", False, False)
    assert can_represent(person, actor)
    assert recipients_of(actor) == [("kontakt@muster.example.org", "de")]

    [welcome] = outbox()
    form = client.get(path_in(welcome), follow=True)
    chosen = {"password1": "sehr-langes-wort-7", "password2": "sehr-langes-wort-7"}
    assert client.post(form.request["PATH_INFO"], chosen).status_code == 302
    assert client.get(path_in(welcome)).context["token_fail"]  # the link serves once
    signed_in = client.post(
        reverse("account_login"), {"login": "kontakt@muster.example.org", "password": "sehr-langes-wort-7"}
    )
    assert signed_in.url == reverse(MINE)
    assert [entry["actor"] for entry in client.get(reverse(MINE)).context["entries"]] == [actor]
    assert client.get("/admin/").status_code == 302


def test_a_claim_with_an_account_brings_no_second_one(client, fill, outbox, path_in, actor, manager):
    known = make_person("representative", email="Kontakt@muster.example.org")
    fill("pages:claim", actor.slug, **YOU)
    client.post(path_in(outbox()[0]))
    accept(proposal=Proposal.objects.get(), by=manager)
    assert Representation.objects.get().user == known
    assert reverse("account_login") in outbox()[-1].body


def test_a_closed_account_stays_closed(client, fill, outbox, path_in, actor, manager):
    make_person("representative", email="kontakt@muster.example.org", is_active=False)
    fill("pages:claim", actor.slug, **YOU)
    client.post(path_in(outbox()[0]))
    with pytest.raises(ReviewError):
        accept(proposal=Proposal.objects.get(), by=manager)
    assert Proposal.objects.get().state == "waiting"


@pytest.mark.parametrize(
    ("email", "website", "shares"),
    [
        ("a@muster.de", "https://www.muster.de/x", True),
        ("a@mail.muster.de", "https://muster.de", True),
        ("a@nichtmuster.de", "https://muster.de", False),
        ("a@muster.de.example.org", "https://muster.de", False),
        ("a@muster.de", "", False),
    ],
)
def test_the_domain_of_the_website(email, website, shares):
    assert Proposal(email=email, record={"website": website}).shares_domain is shares


# ---------- the own entry ----------
def test_an_edit_goes_through_review(client, fill, actor, person):
    client.force_login(person)
    assert fill("pages:edit-entry", actor.slug, **{"facts-city": "Halle"}).url == reverse(MINE)
    actor.refresh_from_db()
    proposal = Proposal.objects.get()
    assert (actor.city, proposal.record, proposal.user, proposal.state) == (
        "Leipzig", {"city": "Halle"}, person, "waiting",
    )  # fmt: skip
    [entry] = client.get(reverse(MINE)).context["entries"]
    assert entry["waiting"] == [proposal]


def test_a_trusting_cluster_lets_it_appear_at_once(client, fill, actor, person, cluster):
    Cluster.objects.filter(pk=cluster.pk).update(trusts_representatives=True)
    hidden = ContactPerson.objects.create(actor=actor, name="Geheim")
    client.force_login(person)
    fill("pages:edit-entry", actor.slug, **{"facts-city": "Halle", "layer-application-market-stands": "on"})
    actor.refresh_from_db()
    assert (actor.city, actor.state, Proposal.objects.count()) == ("Halle", "published", 0)
    assert [placement.layer.position for placement in actor.placements.all()] == [1, 5]
    assert list(actor.contacts.all()) == [hidden]


def test_what_others_represent_is_not_there(client, fill, person):
    other = make_actor("Fremd")
    client.force_login(person)
    assert client.get(reverse("pages:edit-entry", args=[other.slug])).status_code == 404
    assert (
        client.post(reverse("pages:edit-entry", args=[other.slug]), {"facts-city": "Halle"}).status_code
        == 404
    )
    for slug in (other.slug, "\x00", ""):
        assert client.post(reverse(MINE), {"actor": slug}).status_code == 404
    with pytest.raises(PermissionDenied):
        edit_own(actor=other, wanted={"city": "Halle"}, base={}, by=person)
    with pytest.raises(PermissionDenied):
        confirm_correct(actor=other, by=person)


def test_an_ended_representation_opens_nothing(client, actor, person, manager):
    end(representation=Representation.objects.get(), by=manager)
    client.force_login(person)
    assert client.get(reverse("pages:edit-entry", args=[actor.slug])).status_code == 404
    assert client.get(reverse(MINE)).context["entries"] == []
    assert recipients_of(actor) == []


def test_visitors_are_led_to_the_sign_in(client, actor):
    for address in (reverse(MINE), reverse("pages:edit-entry", args=[actor.slug])):
        assert client.get(address).url == f"{reverse('account_login')}?next={address}"


def test_still_correct(client, actor, person):
    client.force_login(person)
    assert client.post(reverse(MINE), {"actor": actor.slug}).status_code == 302
    actor.refresh_from_db()
    assert (actor.verified_on, actor.state) == (datetime.date.today(), "published")


def test_my_entries_ask_as_often_for_three_as_for_one(client, person, django_assert_num_queries):
    client.force_login(person)
    client.get(reverse(MINE))
    for number in range(2):
        actor = make_actor(f"Weitere {number}", layers=[1, 2])
        Representation.objects.create(user=person, actor=actor)
        Proposal.objects.create(
            kind="change", actor=actor, user=person, state="waiting", waiting_since="2026-01-01T00:00Z"
        )
    with django_assert_num_queries(11):
        assert len(client.get(reverse(MINE)).context["entries"]) == 3


@pytest.mark.parametrize("positions", [(0, 0), (0, 1), (3, 7), (5, 5)])
def test_what_a_person_did_not_touch_is_no_change(client, fill, actor, person, positions):
    """Services and contacts keep the places that they have in the record, whatever those are."""
    for place, position in enumerate(positions):
        Service.objects.create(actor=actor, title_de=f"Leistung {place}", position=position)
        ContactPerson.objects.create(
            actor=actor, name=f"Person {place}", consent_on="2026-01-01", position=position
        )
    client.force_login(person)
    fill("pages:edit-entry", actor.slug, **{"facts-phone": "+49 631 1234567"})
    assert set(Proposal.objects.get().record) == {"phone"}


def test_a_new_service_stands_behind_those_that_are_there(client, fill, actor, person):
    for position in (0, 4):
        Service.objects.create(actor=actor, title_de=f"Leistung {position}", position=position)
    client.force_login(person)
    fill("pages:edit-entry", actor.slug, **{"services-2-title_de": "Neu"})
    proposal = Proposal.objects.get()
    assert [change.after for change in changes_of(proposal)] == ["Neu"]
    assert [item["position"] for item in proposal.record["services"] if item["title_de"] == "Neu"] == [5]
