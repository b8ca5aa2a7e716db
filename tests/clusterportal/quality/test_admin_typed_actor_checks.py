"""While an actor is typed: who looks like it, and whether its website answers."""

import threading

import pytest

from clusterportal.quality.admin import typed_actor_checks
from clusterportal.quality.domain.link_checks import LinkFinding
from tests.factories import make_actor, make_cluster, make_person
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
LIKELY, WEBSITE = "/admin/actors/actor/likely/", "/admin/actors/actor/website/"


def test_an_actor_like_one_of_the_registry_is_named(admin_client):
    known = make_actor("Müller & Söhne GmbH", city="Leipzig", slug="mueller")
    said = {"name": "Mueller und Soehne", "city": "Leipzig"}
    markup = markup_of(admin_client.get(LIKELY, said))
    assert f'href="{known.get_absolute_url()}"' in markup and "gleicher Name" in markup
    assert not admin_client.get(LIKELY, said | {"own": known.pk}).content
    assert not admin_client.get(LIKELY, {"name": "Ganz anders"}).content
    for senseless in ({}, {"name": "Mü"}, {"name": "\x00\x00\x00"}, {"name": "Müller", "own": "x"}):
        assert admin_client.get(LIKELY, senseless).status_code == 200


def test_only_actors_that_one_may_see_are_named(client):
    ours, theirs = make_cluster("ours"), make_cluster("theirs")
    make_actor("Geheim AG", clusters=[theirs], state="draft", city="Leipzig")
    client.force_login(make_person("editor", clusters=[ours]))
    assert not client.get(LIKELY, {"name": "Geheim AG", "city": "Leipzig"}).content


@pytest.mark.parametrize(
    ("finding", "text", "is_warning"),
    [
        (LinkFinding("ok"), "Die Website antwortet.", False),
        (
            LinkFinding("failing", "the host is unknown"),
            "Diese Website antwortet nicht: der Rechnername ist unbekannt.",
            True,
        ),
        (LinkFinding("failing", "HTTP 404"), "Diese Website antwortet nicht: HTTP 404.", True),
        (
            LinkFinding("moved", final_url="https://b.example/"),
            "Diese Website ist umgezogen nach https://b.example/.",
            True,
        ),
        (LinkFinding("refused"), "Diese Webadresse führt zu keiner öffentlichen Website.", True),
        (LinkFinding("blocked"), "", False),
        (LinkFinding("guarded", "HTTP 403"), "", False),
    ],
)
def test_a_website_is_looked_at_when_it_is_sent(admin_client, monkeypatch, finding, text, is_warning):
    seen = []
    monkeypatch.setattr(typed_actor_checks, "look", lambda url, **_how: seen.append(url) or finding)
    answer = admin_client.post(WEBSITE, {"website": "a.example"}).json()
    assert (answer, seen) == ({"text": text, "is_warning": is_warning}, ["https://a.example"])


def test_nothing_within_is_ever_visited(admin_client):
    for address in (
        "http://127.0.0.1/",
        "http://localhost:5432/",
        "http://169.254.169.254/",
        "http://[::1]/",
    ):
        answer = admin_client.post(WEBSITE, {"website": address}).json()
        assert answer["text"] == "Diese Webadresse führt zu keiner öffentlichen Website.", address


def test_a_website_that_keeps_one_waiting_is_given_up(admin_client, monkeypatch):
    done = threading.Event()
    monkeypatch.setattr(typed_actor_checks, "SECONDS", 0.05)
    monkeypatch.setattr(typed_actor_checks, "look", lambda url, **_how: done.wait(5))
    answer = admin_client.post(WEBSITE, {"website": "a.example"}).json()
    done.set()
    assert answer == {
        "text": "Diese Website antwortet nicht: keine Antwort in der Frist.",
        "is_warning": True,
    }


def test_what_is_no_address_is_said_and_nothing_is_visited(admin_client, monkeypatch):
    monkeypatch.setattr(typed_actor_checks, "look", None)
    assert admin_client.post(WEBSITE, {"website": "kein Wort"}).json()["is_warning"]
    assert admin_client.post(WEBSITE, {"website": ""}).json() == {"text": "", "is_warning": False}
    assert admin_client.get(WEBSITE).status_code == 405


def test_readers_are_not_answered(client):
    client.force_login(make_person("viewer"))
    assert {client.get(LIKELY).status_code, client.post(WEBSITE, {}).status_code} == {403}
