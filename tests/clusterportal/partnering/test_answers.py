"""Interest and following without an account; nothing happens by a GET; everybody is forgotten in time."""

import re
import time
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clusterportal.core.models import Standstill
from clusterportal.core.standstill import allow_sending
from clusterportal.enquiries.models import Enquiry
from clusterportal.history.erasure import erase, find_person
from clusterportal.history.person import Person
from clusterportal.partnering.domain import publishing, retention
from clusterportal.partnering.models import Follower, SearchMail
from tests.clusterportal.partnering.conftest import path_in
from tests.factories import make_person

INTEREST = {
    "ask-text": "Wir können das.",
    "ask-name": "Ina Institut",
    "ask-email": "ina@institut.example",
    "ask-consent": "on",
}


@pytest.fixture
def send(client):
    """`send(view, search, data)` sends a form some seconds after it was opened."""

    def sent(view: str, search, data: dict):
        opened = signing.dumps({"at": time.time() - 10, "base": {}}, salt="pages.forms.opened", compress=True)
        address = reverse(f"pages:partner-search-{view}", args=[search.slug])
        assert client.get(address).status_code == 200
        return client.post(address, {"opened": opened} | data, REMOTE_ADDR="9.9.9.9")

    return sent


def scan(client, mail) -> None:
    """What a scanner of mails does: opens every link."""
    for link in re.findall(r"https://portal\.example(\S+)", mail.get_content()):
        client.get(link)


def follow(send, client, mails, search, email="fred@folgt.example"):
    assert send("follow", search, {"follow-email": email, "follow-consent": "on"}).status_code == 302
    [asked] = mails()
    scan(client, asked)
    assert not Follower.objects.filter(confirmed_at__isnull=False).exists()
    assert client.post(path_in(asked)).status_code == 302
    return asked


def test_interest_reaches_the_actor_and_says_what_it_answers(search, send, client, mails):
    assert send("interest", search, INTEREST).status_code == 302
    [asked] = mails()
    scan(client, asked)
    assert mails() == []
    client.post(path_in(asked))
    to_actor, copy = sorted(mails(), key=lambda mail: mail["To"], reverse=False)
    assert [to_actor["To"], copy["To"]] == ["info@schweiss.example", "kontakt@cluster.example"]
    assert to_actor["Reply-To"] == "ina@institut.example"
    assert "Es antwortet auf: Bildverarbeitung für die Sichtprüfung 1" in to_actor.get_content()
    assert "https://portal.example/de/partnersuche/sichtpruefung-1/" in to_actor.get_content()
    assert Enquiry.objects.get().subject_uid == search.uid


def test_who_wants_no_enquiries_still_gets_answers_to_what_it_posts(search, seeker, send, client, mails):
    seeker.contact_by = "not"
    seeker.save()
    send("interest", search, INTEREST)
    client.post(path_in(mails()[0]))
    assert len(mails()) == 2


def test_a_wrong_form_says_so_and_what_is_over_takes_no_answer(search, send, client):
    refused = send("interest", search, INTEREST | {"ask-text": ""})
    assert refused.status_code == 422
    assert "Schreiben Sie einen Satz." in refused.content.decode()
    long = f"{'a' * 60}@{'.'.join(['b' * 60] * 4)}.de"  # an address by its form, and longer than any can be
    assert send("interest", search, INTEREST | {"ask-email": long}).status_code == 422
    assert send("follow", search, {"follow-email": long, "follow-consent": "on"}).status_code == 422
    search.deadline = timezone.localdate() - timedelta(days=1)
    search.save()
    for view in ("interest", "follow"):
        answer = client.get(reverse(f"pages:partner-search-{view}", args=[search.slug]))
        assert (answer.status_code, answer["Location"]) == (302, search.get_absolute_url())


def test_followers_hear_of_change_and_end_and_stop_without_a_session(search, speaker, send, client, mails):
    asked = follow(send, client, mails, search)
    assert (
        send("follow", search, {"follow-email": "FRED@folgt.example", "follow-consent": "on"}).status_code
        == 302
    )
    assert mails() == []  # who follows already is not told so
    publishing.extend(search=search, deadline=search.deadline + timedelta(days=5), by=speaker)
    [changed] = mails()
    assert (changed["To"], changed["Subject"].strip()) == (
        "fred@folgt.example",
        "Geändert: Bildverarbeitung für die Sichtprüfung 1",
    )
    scan(client, changed)
    assert Follower.objects.count() == 1
    publishing.close(search=search, outcome="found", note="Mit Institut Alpha.", by=speaker)
    [ended] = mails()
    assert "Was daraus wurde: Partner über das Portal gefunden. Mit Institut Alpha." in ended.get_content()
    stops = [path_in(mail, "beenden") for mail in (changed, ended)]
    named = [f"<https://portal.example{stop}>" for stop in stops]
    assert {mail["Auto-Submitted"] for mail in (asked, changed, ended)} == {"auto-generated"}
    assert [str(mail["List-Unsubscribe"]).strip() for mail in (asked, changed, ended)] == [
        "None",
        *named,
    ]
    stop = stops[-1]
    assert ended["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    program = Client(enforce_csrf_checks=True)  # of mails, elsewhere: no session, any body, always 200
    answers = [
        program.post(path, "{", content_type="application/json", headers={"Sec-Fetch-Site": "cross-site"})
        for path in (stop[:-3] + "/", stop, stop)
    ]
    assert [(one.status_code, one.cookies) for one in answers] == [(200, {})] * 3
    assert not Follower.objects.exists() and not SearchMail.objects.exists()
    assert "nicht mehr" in client.get(stop).content.decode()
    assert client.get(stop[:-3] + "/").status_code == 410


def test_a_change_that_was_overtaken_by_the_end_is_not_told(search, speaker, send, client, mails):
    follow(send, client, mails, search)
    publishing.extend(search=search, deadline=search.deadline + timedelta(days=5), by=speaker)
    publishing.extend(search=search, deadline=search.deadline + timedelta(days=9), by=speaker)
    publishing.close(search=search, outcome="nobody", by=speaker)
    assert [mail["Subject"].strip()[:8] for mail in mails()] == ["Beendet:"]


def test_nothing_is_told_of_an_actor_that_nobody_sees_nor_before_a_restored_portal_may(
    search, seeker, speaker, send, client, mails, monkeypatch
):
    follow(send, client, mails, search)
    Standstill.objects.create(pk=1)
    publishing.extend(search=search, deadline=search.deadline + timedelta(days=5), by=speaker)
    assert mails() == []
    allow_sending()
    [told] = mails()
    publishing.extend(search=search, deadline=search.deadline + timedelta(days=9), by=speaker)
    seeker.state = "archived"
    seeker.save()
    assert mails() == []
    page = client.get(path_in(told, "beenden")).content.decode()
    assert "fred@folgt.example" in page and "Sichtprüfung" not in page
    retention.forget_expired()
    assert Follower.objects.exists()
    monkeypatch.setattr(retention, "KEPT_FOR", timedelta(seconds=-1))  # as if that were long ago
    retention.forget_expired()
    assert not Follower.objects.exists()


def test_followers_are_forgotten_in_time(search, send, client, mails, speaker):
    follow(send, client, mails, search)
    Follower.objects.create(search=search, email="nie@bestaetigt.example")
    Follower.objects.filter(confirmed_at=None).update(created_at=timezone.now() - timedelta(days=3))
    retention.forget_expired()
    assert [one.email for one in Follower.objects.all()] == ["fred@folgt.example"]
    publishing.close(search=search, outcome="found", by=speaker)
    type(search).objects.update(closed_at=timezone.now() - timedelta(days=31))
    retention.forget_expired()
    assert not Follower.objects.exists() and not SearchMail.objects.exists()


def test_a_person_who_follows_is_found_and_erased(search, send, client, mails, settings, tmp_path):
    settings.PORTAL_DATA_DIR = tmp_path
    follow(send, client, mails, search)
    person = Person("", "fred@folgt.example")
    found = find_person(person)
    assert [one.kind for one in found.values()] == ["Wer folgt"]  # with the mails
    erase(person=person, keys=found, ground="request", by=make_person("administrator"))
    assert not Follower.objects.exists() and not SearchMail.objects.exists()
