"""From the form over the confirmation to a real mail server: what arrives where, and what does not."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from actors.enums import ContactBy, MembershipKind
from actors.models import Actor, ContactPerson, Membership
from clusterportal.core import outbox
from clusterportal.enquiries.domain.confirmation_link import CONFIRMATION, VALID_FOR
from clusterportal.enquiries.domain.outbox import send_due
from clusterportal.enquiries.models import Enquiry, EnquiryMail
from clusterportal.review.domain.throttle import PER_EMAIL
from clusterportal.review.models import Representation
from tests.clusterportal.enquiries.conftest import path_in
from tests.factories import make_actor, make_cluster, make_person
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
DONE = reverse("pages:enquiry-sent")


def heads(mail) -> tuple:
    return mail["To"], mail["Reply-To"], mail["Subject"]


def test_an_enquiry_is_confirmed_and_arrives_with_a_copy_and_the_visitor_to_answer(client, ask, mails, actor):
    assert ask(actor).url == DONE
    [confirmation] = mails()
    assert heads(confirmation) == ("ada@frage.example", None, "Bitte bestätigen Sie Ihre Anfrage: Optik Nord")
    assert "Bildverarbeitung" not in confirmation.get_content() and "Ada" not in confirmation.get_content()
    path = path_in(confirmation)
    assert client.get(path).status_code == 200 and mails() == []  # opening the link changes nothing
    assert client.post(path).url == path
    to_actor, copy = mails()
    assert heads(to_actor) == ("info@optik.example", "ada@frage.example", "Anfrage an Optik Nord")
    assert heads(copy) == (
        "kontakt@cluster.example",
        "ada@frage.example",
        "Kopie einer Anfrage an Optik Nord",
    )
    said = to_actor.get_content()
    for words in ("Wir suchen Bildverarbeitung", "Ada Fragend, Hof GmbH", "ada@frage.example", "0631 123456"):
        assert words in said
    assert to_actor.get_content_type() == "text/plain" and "info@optik.example" not in copy.get_content()
    assert "Ihre Anfrage ist unterwegs" in markup_of(client.get(path))
    assert client.post(path).status_code == 302 and mails() == []  # a second time sends nothing


def test_in_english(ask, mails, actor, client):
    with translation.override("en"):
        ask(actor)
    [confirmation] = mails()
    assert confirmation["Subject"] == "Please confirm your enquiry: Optik Nord"
    assert path_in(confirmation).startswith("/en/enquiry/confirm/")
    client.post(path_in(confirmation))
    assert mails()[0]["Subject"] == "Anfrage an Optik Nord"  # its reader's language


def recipients(mails) -> list[str]:
    return [mail["To"] for mail in mails()]


def test_who_receives_it_where_the_organisation_has_no_address(asked, client, mails, cluster):
    actor = make_actor("Stumm", clusters=[cluster])
    client.post(asked(actor))
    [stand_in] = mails()
    assert stand_in["To"] == "kontakt@cluster.example" and "keine Adresse bekannt" in stand_in.get_content()
    person = make_person("representative", language="en")
    Representation.objects.create(user=person, actor=actor)
    client.post(asked(actor))
    assert recipients(mails) == [person.email, "kontakt@cluster.example"]
    ContactPerson.objects.create(actor=actor, name="Nein", email="nein@example.org")
    ContactPerson.objects.create(actor=actor, name="Ja", email="ja@example.org", consent_on="2026-01-01")
    client.post(asked(actor, **{"ask-email": "b@frage.example"}))
    assert recipients(mails) == ["ja@example.org", "kontakt@cluster.example"]


def test_the_management_is_the_clusters_address_its_organisation_or_its_managers(asked, client, mails):
    cluster = make_cluster("leer", name_de="Leer")
    manager, _editor = (make_person(role, clusters=[cluster]) for role in ("manager", "editor"))
    actor = make_actor("Stumm", clusters=[cluster])
    client.post(asked(actor))
    assert recipients(mails) == [manager.email]
    managing = make_actor("Verein", email="verein@example.org")
    Membership.objects.create(actor=managing, cluster=cluster, kind=MembershipKind.MANAGEMENT)
    client.post(asked(actor))
    assert recipients(mails) == ["verein@example.org"]


def test_without_anybody_else_it_goes_to_the_operator(asked, client, mails, settings):
    make_cluster("eins"), make_cluster("zwei")
    path = asked(make_actor("Allein"))
    client.post(path)
    assert mails() == [] and Enquiry.objects.with_state().get().state == "unaddressed"
    administrator = make_person("administrator")
    client.post(asked(None))
    assert recipients(mails) == [administrator.email]
    settings.OPERATOR_EMAIL = "betrieb@portal.example"
    for cluster, about in (("", "Betreiber des Portals"), ("eins", "Management von: Eins")):
        client.post(asked(None, **{"ask-cluster": cluster}))
        assert [heads(mail) for mail in mails()] == [
            ("betrieb@portal.example", "ada@frage.example", f"Anfrage an {about}")
        ]


def test_we_seek_goes_to_the_management_that_was_chosen(client, asked, mails, cluster):
    make_cluster("zweites", name_de="Zweites")
    page = client.get(reverse("pages:enquiry"), {"q": "CE-Prüfung <b>", "cluster": "it"})
    text = markup_of(page)
    assert "CE-Prüfung &lt;b&gt;</textarea>" in text and '<option value="it" selected>' in text
    client.post(asked(None, **{"ask-cluster": "it"}))
    assert recipients(mails) == ["kontakt@cluster.example"]


def test_the_only_cluster_is_meant_without_asking(client, asked, mails, cluster):
    assert "ask-cluster" not in markup_of(client.get(reverse("pages:enquiry")))
    client.post(asked(None))
    assert recipients(mails) == ["kontakt@cluster.example"]


# ---------- what goes wrong ----------
def targets(response) -> list[str]:
    return [one.target for one in response.context["mistakes"]]


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"ask-text": "", "ask-name": "", "ask-email": "", "ask-consent": ""}, ["text", "name", "email", "consent"]),
        ({"ask-text": "x" * 4001, "ask-name": "x" * 161, "ask-phone": "1" * 41}, ["text", "name", "phone"]),
        ({"ask-email": "ada@frage.example\nBcc: alle@example.org"}, ["email"]),
        ({"ask-email": "ada"}, ["email"]),
    ],
)  # fmt: skip
def test_what_is_missing_or_too_long_is_named_and_nothing_is_kept(ask, actor, changes, wrong):
    response = ask(actor, **changes)
    assert (response.status_code, targets(response)) == (422, [f"id_ask-{name}" for name in wrong])
    assert Enquiry.objects.count() == 0


def test_what_the_form_does_not_ask_is_not_taken(ask, actor):
    smuggled = {
        "confirmed_at": "2026-01-01",
        "sent_at": "2026-01-01",
        "state": "sent",
        "id": "99",
        "pk": "99",
    }
    assert ask(actor, **smuggled, actor_id="1").url == DONE
    enquiry = Enquiry.objects.get()
    assert (enquiry.confirmed_at, enquiry.actor) == (None, actor) and enquiry.pk != 99


def test_no_head_of_a_mail_is_injected(asked, client, mails, actor):
    evil = "Ada\r\nBcc: alle@example.org"
    client.post(
        asked(actor, **{"ask-name": evil, "ask-organisation": evil, "ask-text": f"{evil}\r\n\r\n.\r\n"})
    )
    sent = mails()
    assert [mail["Subject"] for mail in sent] == [
        "Anfrage an Optik Nord",
        "Kopie einer Anfrage an Optik Nord",
    ]
    assert [mail["Bcc"] for mail in sent] == [None, None]
    assert Enquiry.objects.get().name == "Ada Bcc: alle@example.org"


def test_machines_and_quick_senders_and_other_sites(ask, actor, client):
    assert ask(actor, homepage_2="x").url == DONE
    assert ask(actor, wait=1).status_code == ask(actor, opened="erfunden").status_code == 422
    address = reverse("pages:actor-enquiry", args=[actor.slug])
    assert client.post(address, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert Enquiry.objects.count() == 0
    assert Client(enforce_csrf_checks=True).get(address).cookies == {}


def test_one_address_asks_only_so_often_a_day(ask, actor):
    assert [ask(actor).status_code for _number in range(PER_EMAIL + 1)] == [302] * PER_EMAIL + [429]
    assert Enquiry.objects.count() == PER_EMAIL


def test_where_nobody_can_be_asked(client, ask, cluster):
    declining = make_actor("Lieber nicht", contact_by=ContactBy.NOT)
    withdrawn, moved = make_actor("Weg"), make_actor("Alt")
    Actor.objects.filter(pk=withdrawn.pk).update(state="archived")
    Actor.objects.filter(pk=moved.pk).update(slug="neu")
    draft = make_actor("Entwurf", state="draft")
    for slug, status in (
        (declining.slug, 404),
        (withdrawn.slug, 410),
        (draft.slug, 404),
        ("nie", 404),
        ("alt", 301),
    ):
        for view in ("actor-enquiry", "actor-vcard", "actor-qr"):
            expected = 200 if slug == declining.slug and view != "actor-enquiry" else status
            assert client.get(reverse(f"pages:{view}", args=[slug])).status_code == expected, (slug, view)
    assert ask(withdrawn).status_code == 410
    assert client.get(reverse("pages:actor-enquiry", args=["alt"])).url == "/de/akteure/neu/anfrage/"


def test_an_actor_that_withdraws_meanwhile_gets_nothing(asked, client, mails, actor):
    path = asked(actor)
    Actor.objects.filter(pk=actor.pk).update(state="archived")
    assert client.post(path).status_code == 410 and mails() == []


def test_a_link_ends_after_two_days_and_a_changed_one_is_none(asked, client, actor, mails, monkeypatch):
    path = asked(actor)
    changed = path.replace(path[-5:-1], "AAAA")
    assert [client.get(changed).status_code, client.post(changed).status_code] == [410, 410]
    later = timezone.now().timestamp() + VALID_FOR.total_seconds() + 5
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert [client.get(path).status_code, client.post(path).status_code] == [410, 410]
    assert "Dieser Link ist abgelaufen" in markup_of(client.get(path)) and mails() == []
    gone = reverse("pages:enquiry-confirm", args=[CONFIRMATION.token("0" * 32)])
    assert client.get(gone).status_code == 410


def test_after_a_crash_it_is_unclear_and_not_sent_again(asked, client, post, actor, monkeypatch):
    client.post(asked(actor))

    def die(**_mail):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "send_once", die)
        with pytest.raises(KeyboardInterrupt):
            send_due()
    EnquiryMail.objects.filter(state="sending").update(
        claimed_at=timezone.now() - outbox.IN_HAND - timedelta(seconds=1)
    )
    assert send_due() == 1  # the copy
    assert [to for to, _content in post.accepted] == [["kontakt@cluster.example"]]
    assert Enquiry.objects.with_state().get().state == "unclear"


def test_whoever_has_the_address_of_the_actor_too_gets_no_copy(asked, client, mails, cluster):
    client.post(asked(make_actor("Geschäftsstelle", clusters=[cluster], email="Kontakt@cluster.example")))
    assert recipients(mails) == ["Kontakt@cluster.example"]
