"""Letters to the contacts of a selection: who gets one, what they read, and that each is sent once."""

from datetime import timedelta
from email import message_from_bytes, policy
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actors.models import Actor, ContactPerson
from clusterportal.core import outbox
from clusterportal.history.erasure import erase, find_person
from clusterportal.history.person import Person
from clusterportal.review.models import Representation
from clusterportal.teamwork.domain import letters
from clusterportal.teamwork.domain.letters import (
    LetterError,
    distribution,
    filled,
    forget_addresses,
    send_letter,
    unknown_placeholders,
)
from clusterportal.teamwork.domain.outbox import send_due
from clusterportal.teamwork.models import Letter, OutgoingMail
from tests.admin_pages import ACTORS
from tests.factories import make_actor, make_person

pytestmark = pytest.mark.django_db
TEXT = {"kinds": ["contacts"], "subject": "Treffen für {actor}", "text": "Guten Tag {name},\n\nkommen Sie?"}


@pytest.fixture
def contacts(team):
    """Two people of two actors of ours, one of them at both; one actor without anybody; somebody of theirs."""
    team.second, team.silent = (
        make_actor("Zweite", clusters=[team.ours]),
        make_actor("Stumm", clusters=[team.ours]),
    )
    for actor, name, email in (
        (team.actor, "Ada Licht", "ada@optik.example"),
        (team.second, "Ada Licht", "ADA@optik.example"),
        (team.second, "Bo Linse", "bo@zweite.example"),
        (team.second, "Ohne Adresse", ""),
        (team.foreign, "Fremde Person", "fremd@sued.example"),
    ):
        ContactPerson.objects.create(actor=actor, name=name, email=email)
    return team


def sent_by(person, *actors, **data):
    client = Client()
    client.force_login(person)
    chosen = {"action": "write_to_contacts", "_selected_action": [actor.pk for actor in actors]}
    return client.post(ACTORS, chosen | data)


def hidden(page) -> dict:
    return {"ticket": page.context["ticket"], "seen": page.context["to"].version}


def mails() -> list[tuple[str, str, str]]:
    return list(OutgoingMail.objects.order_by("to").values_list("to", "name", "about"))


# ---------- who ----------
def test_each_address_once_with_all_its_actors_and_who_has_none_is_named(contacts):
    team = contacts
    found = distribution(actors=Actor.objects.all(), kinds=["contacts"], by=team.manager)
    assert [(one.address, one.name, one.about) for one in found.addressees] == [
        ("ada@optik.example", "Ada Licht", "Optik Nord, Zweite"),
        ("bo@zweite.example", "Bo Linse", "Zweite"),
    ]
    assert found.without == [team.silent]
    person = make_person("representative", first_name="Rita", last_name="Rot")
    Representation.objects.create(user=person, actor=team.silent)
    Representation.objects.create(user=make_person("representative"), actor=team.second, state="ended")
    every = distribution(actors=Actor.objects.all(), kinds=["actor", "representatives"], by=team.manager)
    assert [one.address for one in every.addressees] == ["info@optik.example", person.email]
    assert every.without == [team.second]


@pytest.mark.parametrize("role", ["editor", "viewer"])
def test_who_may_not_write(contacts, role):
    person = getattr(contacts, role)
    with pytest.raises(PermissionDenied):
        distribution(actors=Actor.objects.all(), kinds=["contacts"], by=person)
    sent_by(person, contacts.actor, send="1", **TEXT)
    assert not Letter.objects.exists()
    client = Client()
    client.force_login(person)
    assert "write_to_contacts" not in client.get(ACTORS).content.decode()
    assert client.get("/admin/teamwork/letter/").status_code == 403


def test_actors_of_other_clusters_are_out_of_reach(contacts):
    sent_by(contacts.manager, contacts.foreign, contacts.actor, preview="1", **TEXT)
    found = distribution(
        actors=Actor.objects.filter(pk=contacts.foreign.pk), kinds=["contacts"], by=contacts.manager
    )
    assert found.addressees == found.without == []


# ---------- the way there ----------
def test_from_the_list_over_the_preview_to_the_mail_server(contacts, post):
    team = contacts
    first = sent_by(team.manager, team.actor, team.second, team.silent)
    assert first.status_code == 200 and first.context["count"] == 3
    preview = sent_by(team.manager, team.actor, team.second, team.silent, preview="1", **TEXT)
    page = preview.content.decode()
    assert preview.context["subject"] == "Treffen für Optik Nord, Zweite"
    assert preview.context["text"].startswith("Guten Tag Ada Licht,\n\nkommen Sie?\n\n-- \nSie erhalten")
    assert list(preview.context["without"]) == [team.silent]
    assert all(words in page for words in ("ada@optik.example", "bo@zweite.example", "kim@example.org"))
    assert not Letter.objects.exists()
    done = sent_by(team.manager, team.actor, team.second, team.silent, send="1", **TEXT, **hidden(preview))
    letter = Letter.objects.get()
    assert done.url == letter.get_absolute_url()
    assert (letter.by, letter.reply_to, letter.language) == (team.manager, "kim@example.org", "de")
    again = sent_by(team.manager, team.actor, team.second, team.silent, send="1", **TEXT, **hidden(preview))
    assert again.url == done.url and OutgoingMail.objects.count() == 2  # a second press sends nothing more
    assert send_due() == 2
    contents = {to[0]: message_from_bytes(text.encode(), policy=policy.default) for to, text in post.accepted}
    assert {
        address: (one["Subject"], one["Reply-To"], one["Auto-Submitted"]) for address, one in contents.items()
    } == {
        "ada@optik.example": ("Treffen für Optik Nord, Zweite", "kim@example.org", None),
        "bo@zweite.example": ("Treffen für Zweite", "kim@example.org", None),
    }
    assert contents["bo@zweite.example"].get_content().startswith("Guten Tag Bo Linse,")
    assert "keine solchen Rundschreiben" in contents["bo@zweite.example"].get_content()
    client = Client()
    client.force_login(team.manager)
    shown = client.get(letter.get_absolute_url()).content.decode()
    assert shown.count("Gesendet") >= 2 and "bo@zweite.example" in shown
    assert (
        "Treffen für {actor}"
        in client.get(reverse("admin:teamwork_note_of", args=[team.actor.pk])).content.decode()
    )


def test_other_recipients_than_were_shown_are_shown_first(contacts):
    preview = sent_by(contacts.manager, contacts.actor, preview="1", **TEXT)
    ContactPerson.objects.create(actor=contacts.actor, name="Neu", email="neu@optik.example")
    page = sent_by(contacts.manager, contacts.actor, send="1", **TEXT, **hidden(preview))
    assert page.status_code == 200 and len(page.context["to"].addressees) == 2
    assert not Letter.objects.exists()


def test_what_is_missing_or_unknown_is_said(contacts):
    pages = [
        sent_by(contacts.manager, contacts.actor, preview="1", **TEXT | {"kinds": []}),
        sent_by(contacts.manager, contacts.actor, preview="1", **TEXT | {"subject": ""}),
        sent_by(contacts.manager, contacts.actor, preview="1", **TEXT | {"text": "Hallo {Name} {ort}"}),
    ]
    assert [list(page.context["form"].errors) for page in pages] == [["kinds"], ["subject"], ["text"]]
    assert unknown_placeholders("{name} {Name} {x} {x}") == ["Name", "x"]
    assert filled("{name}: {actor} {x}", name="", about="A{name}") == "A{name}: A{name} {x}"
    back = sent_by(contacts.manager, contacts.actor, edit="1", **TEXT)
    assert back.context["form"]["text"].value() == TEXT["text"]


def test_a_whole_list_of_several_pages(contacts):
    for number in range(60):
        make_actor(f"Viele {number:02}", clusters=[contacts.ours], email=f"a{number}@viele.example")
    chosen = sent_by(
        contacts.manager, contacts.actor, preview="1", select_across="1", **TEXT | {"kinds": ["actor"]}
    )
    assert len(chosen.context["to"].addressees) == 61


# ---------- limits ----------
def test_a_day_has_a_limit_and_a_letter_too(contacts, monkeypatch):
    monkeypatch.setattr(letters, "MOST_A_DAY", 3)
    to = distribution(actors=Actor.objects.all(), kinds=["contacts"], by=contacts.manager)
    about = {"subject": "a", "text": "b", "to": to, "by": contacts.manager}
    send_letter(ticket=uuid4(), **about)
    with pytest.raises(LetterError, match="heute sind noch 1"):
        send_letter(ticket=uuid4(), **about)
    Letter.objects.update(created_at=timezone.now())  # the database keeps the moment itself
    assert OutgoingMail.objects.count() == 2 and Letter.objects.count() == 1
    monkeypatch.setattr(letters, "MOST_ACTORS", 1)
    with pytest.raises(LetterError, match="höchstens 1"):
        distribution(actors=Actor.objects.all(), kinds=["contacts"], by=contacts.manager)


def test_a_run_sends_only_some(contacts, post):
    to = distribution(actors=Actor.objects.all(), kinds=["contacts"], by=contacts.manager)
    send_letter(ticket=uuid4(), subject="a", text="b", to=to, by=contacts.manager)
    assert (send_due(limit=1), send_due(limit=1), send_due(limit=1)) == (1, 1, 0)


def test_nobody_to_write_to_and_nobody_to_answer(contacts):
    nobody = distribution(actors=Actor.objects.none(), kinds=["contacts"], by=contacts.manager)
    with pytest.raises(LetterError):
        send_letter(ticket=uuid4(), subject="a", text="b", to=nobody, by=contacts.manager)
    contacts.manager.email = ""
    some = distribution(actors=Actor.objects.all(), kinds=["contacts"], by=contacts.manager)
    with pytest.raises(LetterError, match="keine E-Mail"):
        send_letter(ticket=uuid4(), subject="a", text="b", to=some, by=contacts.manager)
    assert not Letter.objects.exists()


# ---------- what goes wrong ----------
def a_letter(team) -> Letter:
    to = distribution(actors=Actor.objects.filter(pk=team.actor.pk), kinds=["contacts"], by=team.manager)
    return send_letter(ticket=uuid4(), subject="a", text="b", to=to, by=team.manager)


def test_after_a_crash_it_is_unclear_shown_and_sent_again_only_by_a_person(contacts, post, monkeypatch):
    letter = a_letter(contacts)

    class Died(BaseException):
        pass

    def die(**about):
        raise Died

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "send_once", die)
        with pytest.raises(Died):
            send_due()
    assert OutgoingMail.objects.get().state == "sending"  # noted before the mail server was spoken to
    OutgoingMail.objects.update(claimed_at=timezone.now() - outbox.IN_HAND - timedelta(seconds=1))
    assert send_due() == 0 and post.accepted == []
    client = Client()
    client.force_login(contacts.manager)
    assert "Unklar" in client.get(letter.get_absolute_url()).content.decode()
    mail = OutgoingMail.objects.get()
    client.force_login(contacts.administrator)
    assert client.post(letter.get_absolute_url(), {"mail": mail.pk}).status_code == 403
    client.force_login(contacts.manager)
    assert client.post(letter.get_absolute_url(), {"mail": "x"}).status_code == 404
    client.post(letter.get_absolute_url(), {"mail": mail.pk})
    assert send_due() == 1
    client.post(letter.get_absolute_url(), {"mail": mail.pk})  # what was sent is not sent again
    assert send_due() == 0 and len(post.accepted) == 1


def test_a_line_that_breaks_is_unclear_too(contacts, post, monkeypatch):
    a_letter(contacts)
    monkeypatch.setattr(
        "django.core.mail.EmailMessage.send", lambda self: (_ for _ in ()).throw(TimeoutError())
    )
    assert send_due() == 0
    assert OutgoingMail.objects.get().state == "unclear"


def test_a_refused_address_is_shown_and_not_tried_for_ever(contacts, post):
    letter = a_letter(contacts)
    post.refusal = "550 unknown"
    assert send_due() == 0
    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.reason) == ("refused", "recipient refused (550)")
    assert letter.mails.get() == mail


def test_letters_of_others_are_for_administrators(contacts):
    letter = a_letter(contacts)
    for person, status in ((contacts.manager, 200), (contacts.administrator, 200), (contacts.stranger, 404)):
        client = Client()
        client.force_login(person)
        assert client.get(letter.get_absolute_url()).status_code == status, person


# ---------- people ----------
def test_an_erased_person_gets_nothing_and_stands_nowhere(contacts, post):
    a_letter(contacts)
    person = Person("Ada Licht", "ada@optik.example", "")
    found = find_person(person)
    assert any(key.startswith("letter:") for key in found)
    erase(person=person, keys=found, ground="request", by=contacts.administrator)
    assert not OutgoingMail.objects.exists() and send_due() == 0


def test_addresses_are_forgotten_in_time(contacts):
    letter = a_letter(contacts)
    assert forget_addresses() == 0
    later = timezone.now() + letters.FORGET_AFTER
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: later + timedelta(days=1))
        assert forget_addresses() == 1
    assert (letter.mails.get().to, letter.mails.get().name) == ("", "")
