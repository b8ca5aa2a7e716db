"""The public forms where something is wrong: input stays, a sentence says what to do, nothing is stored."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from actors.models import Actor, ContactPerson
from clusterportal.review.domain.throttle import PER_EMAIL, PER_NETWORK, is_allowed, network_of
from clusterportal.review.models import Attempt, Proposal, Representation
from tests.clusterportal.review.forms import NEW, YOU
from tests.factories import make_actor, make_person
from tests.markup import markup_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cluster")]


def mistakes(response) -> list[str]:
    return [one.target for one in response.context["forms"].mistakes]


def test_a_visitor_gets_no_cookie_by_reading_a_form_or_by_sending_one(cluster):
    actor, client = make_actor("Muster"), Client(enforce_csrf_checks=True)
    for view, *names in (("home",), ("propose",), ("propose-change", actor.slug), ("claim", actor.slug)):
        assert client.get(reverse(f"pages:{view}", args=names)).cookies == {}
    answer = client.post(reverse("pages:propose"), {})
    assert (answer.status_code, answer.cookies) == (422, {})


@pytest.mark.parametrize("view", ["propose", "propose-change", "claim"])
def test_another_site_cannot_send_a_form_through_its_visitors(client, cluster, view):
    names = [] if view == "propose" else [make_actor("Muster").slug]
    address = reverse(f"pages:{view}", args=names)
    assert client.post(address, NEW, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.post(address, NEW, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 422


def test_whoever_is_signed_in_acts_only_with_a_token(cluster):
    person, actor = make_person("representative"), make_actor("Muster")
    Representation.objects.create(user=person, actor=actor)
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    for address in (reverse("pages:my-entries"), reverse("pages:edit-entry", args=[actor.slug])):
        assert client.post(address, {"actor": actor.slug}).status_code == 403
        assert "csrfmiddlewaretoken" in client.get(address).content.decode()


def test_what_is_missing_is_asked_for_in_words_and_the_title_says_so(fill):
    with override("en"):
        page = markup_of(fill("pages:propose", **{"facts-country": ""}))
    for text in (
        "Give the name of the organisation.", "Choose what kind of organisation it is.",
        "Give the country, by its name or its two letters.", "Give your e-mail address.", "Give your name.",
        "Say in one sentence, in one language at least, what the organisation does.",
        "Agree that we keep your name and e-mail: without them nobody can check and answer.",
    ):  # fmt: skip
        assert f'">{text}</a></li>' in page
    assert "<title>Error: Propose an entry" in page
    assert 'tabindex="-1" autofocus' in page and "This field is required" not in page
    assert "---------" not in page and 'value="" selected>Please choose<' in page


def test_what_is_missing_is_named_with_a_link_and_what_was_typed_stays(fill):
    response = fill(
        "pages:propose", **{"facts-short_name": "Muster", "facts-phone": "nein", "facts-founded": "3"}
    )
    assert response.status_code == 422
    assert mistakes(response) == [
        "id_facts-name", "id_facts-kind", "id_facts-founded", "id_facts-phone", "id_facts-summary_de",
        "id_you-email", "id_you-name", "id_you-consent",
    ]  # fmt: skip
    page = markup_of(response)
    assert 'href="#id_facts-name"' in page and 'value="Muster"' in page
    assert Proposal.objects.count() == 0


def test_the_rules_of_the_registry_speak_beside_the_field(fill):
    make_actor("Andere").identifiers.create(scheme="register", value="Kaiserslautern HRB 4711")
    response = fill("pages:propose", **NEW | {"facts-founded": "3", "facts-register": "kein Register"})
    assert (response.status_code, mistakes(response)) == (422, ["id_facts-founded", "id_facts-register"])
    response = fill("pages:propose", **NEW | {"facts-founded": "3"})
    assert (response.status_code, mistakes(response)) == (422, ["id_facts-founded"])
    assert Proposal.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"facts-postcode": "1"}, "postcode"),
        ({"facts-postcode": "Mainz", "facts-city": "67663"}, "postcode"),
        ({"facts-country": "RP"}, "country"),
        ({"facts-founded": "3000"}, "founded"),
        ({"facts-phone": "Zentrale"}, "phone"),
    ],
)
def test_values_that_cannot_be_are_refused_as_in_the_admin(fill, changes, field):
    response = fill("pages:propose", **NEW | changes)
    assert (response.status_code, mistakes(response)) == (422, [f"id_facts-{field}"])


def test_values_are_written_as_the_registry_has_them(fill):
    changes = {"facts-phone": "0631 2050 / 2051", "facts-postcode": "D-67655", "facts-country": "Deutschland"}
    assert fill("pages:propose", **NEW | changes).status_code == 302
    record = Proposal.objects.get().record
    assert (record["phone"], record["postcode"]) == ("+496312050", "67655")


def test_possible_entries_are_shown_before_a_new_one_is_made(fill):
    known = make_actor("Muster Software AG", website="https://www.muster.example.org/start")
    response = fill("pages:propose", **NEW)
    assert response.status_code == 422
    assert [match.actor for match in response.context["candidates"]] == [known]
    assert fill("pages:propose", **NEW, is_new="1").status_code == 302
    assert Proposal.objects.get().title == "Muster Software GmbH"


def test_contact_persons_need_consent_and_a_name(fill):
    nameless = {"contacts-0-name": "", "contacts-0-phone": "0631 123456", "contacts-0-consent": ""}
    response = fill("pages:propose", **NEW | nameless)
    assert mistakes(response) == ["id_contacts-0-name", "id_contacts-0-consent"]


def test_a_service_in_one_language_is_enough(fill):
    assert (
        fill(
            "pages:propose", **NEW | {"services-0-title_de": "", "services-0-title_en": "Testing"}
        ).status_code
        == 302
    )
    [service] = Proposal.objects.get().record["services"]
    assert (service["title_de"], service["title_en"]) == ("Testing", "Testing")
    response = fill("pages:propose", **NEW | {"services-1-description_de": "Ohne Titel"})
    assert mistakes(response) == ["id_services-1-title_de"]


def test_a_change_without_a_change_is_no_proposal(fill):
    actor = make_actor("Muster", summary_de="Kurz.", layers=[2])
    response = fill("pages:propose-change", actor.slug, **YOU | {"you-message": ""})
    assert (response.status_code, mistakes(response)) == (422, [""])
    assert (
        fill("pages:propose-change", actor.slug, **YOU).status_code == 302
    )  # a message alone says something


def test_the_form_shows_nobody_without_consent(client):
    actor = make_actor("Muster")
    ContactPerson.objects.create(actor=actor, name="Geheim", email="geheim@example.org")
    ContactPerson.objects.create(actor=actor, name="Offen", consent_on="2026-01-01")
    page = client.get(reverse("pages:propose-change", args=[actor.slug]))
    opened = signing.loads(page.context["forms"].guard.token, salt="pages.forms.opened")
    assert [person["name"] for person in opened["base"]["contacts"]] == ["Offen"]
    assert "Geheim" not in page.content.decode()


@pytest.mark.parametrize("view", ["pages:propose-change", "pages:claim"])
def test_only_published_actors_can_be_spoken_of(client, view):
    draft = make_actor("Entwurf", state="draft")
    assert client.get(reverse(view, args=[draft.slug])).status_code == 404
    assert client.post(reverse(view, args=["unbekannt"])).status_code == 404


def test_an_old_address_leads_to_the_form(client):
    actor = make_actor("Muster")
    Actor.objects.filter(pk=actor.pk).update(slug="neu")
    assert client.get(reverse("pages:propose-change", args=["muster"])).url == reverse(
        "pages:propose-change", args=["neu"]
    )


# ---------- machines ----------
def test_the_trap_answers_as_if_all_were_well_and_stores_nothing(fill, outbox):
    assert fill("pages:propose", **NEW, homepage_2="x").url == reverse("pages:proposal-sent")
    assert fill("pages:claim", make_actor("Muster").slug, **YOU, homepage_2="x").url == reverse(
        "pages:proposal-sent"
    )
    assert (Proposal.objects.count(), outbox(), Attempt.objects.count()) == (0, [], 0)


@pytest.mark.parametrize("wait", [1, 25 * 60 * 60])
def test_too_fast_or_too_late_asks_again_and_keeps_what_was_typed(fill, wait):
    response = fill("pages:propose", wait=wait, **NEW)
    assert (response.status_code, mistakes(response)) == (422, [""])
    assert "Muster Software GmbH" in response.content.decode()
    assert Proposal.objects.count() == 0


def test_a_form_that_was_not_opened_here_asks_again(fill, client):
    response = fill("pages:propose", **NEW, opened="erfunden")
    assert response.status_code == 422
    assert response.context["forms"].guard.token != "erfunden"
    assert client.post(reverse("pages:propose"), {}).status_code == 422


def test_one_address_sends_only_so_many_forms_a_day(fill, outbox):
    for _number in range(PER_EMAIL):
        assert fill("pages:propose", **NEW).status_code == 302
    response = fill("pages:propose", **NEW)
    assert response.status_code == 429
    assert "Muster Software GmbH" in response.content.decode()
    assert Proposal.objects.count() == PER_EMAIL
    assert fill("pages:propose", **NEW | {"you-email": "andere@example.org"}).status_code == 302


def test_one_network_sends_only_so_many_forms_a_day():
    assert all(is_allowed(email=f"{n}@example.org", address="9.9.9.9") for n in range(PER_NETWORK))
    assert not is_allowed(email="neu@example.org", address="9.9.9.200")
    assert is_allowed(email="neu@example.org", address="9.9.8.1")
    assert is_allowed(email="neu@example.org", address="127.0.0.1")
    stored = " ".join(Attempt.objects.values_list("fingerprint", flat=True))
    assert "example.org" not in stored and "9.9.9" not in stored


@pytest.mark.django_db(transaction=True)
def test_forms_that_are_sent_at_once_are_all_counted():
    def send(_number) -> bool:
        try:
            return is_allowed(email="me@example.org", address=None)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as people:
        assert sum(people.map(send, range(PER_EMAIL * 3))) == PER_EMAIL


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("9.9.9.77", "9.9.9.0/24"),
        ("2620:fe:0:1::9", "2620:fe::/48"),
        ("10.0.0.1", ""),
        ("::1", ""),
        (None, ""),
        ("x", ""),
    ],
)
def test_networks_and_addresses_that_say_nothing(address, network):
    assert network_of(address) == network


def test_the_form_speaks_english(fill, outbox):
    with override("en"):
        assert fill("pages:propose", **NEW).status_code == 302
    assert outbox()[0].body.startswith("Hello,")
    assert Proposal.objects.get().language == "en"


def test_a_quick_sender_hears_of_it_only_where_all_else_is_right(fill):
    assert "" not in mistakes(fill("pages:propose", wait=1, **NEW | {"facts-name": ""}))
