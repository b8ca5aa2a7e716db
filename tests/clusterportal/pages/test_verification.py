"""The link of a reminder: a person's click counts, a scanner's does not."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actors.models import Actor
from clusterportal.history.changes import Source, read
from clusterportal.quality.domain import reminders
from clusterportal.quality.domain.reminders import STILL_RIGHT
from clusterportal.quality.models import Reminder
from tests.factories import make_actor
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def reminder():
    actor = make_actor("Institut Technik", verified_on="2020-05-01")
    return Reminder.objects.create(actor=actor, sent_at=timezone.now(), to="info@example.org")


def page_of(reminder) -> str:
    return reverse("pages:verify", args=[STILL_RIGHT.token(reminder.pk)])


def is_confirmed() -> bool:
    is_fresh = Actor.objects.get().verified_on == timezone.localdate()
    assert is_fresh == (Reminder.objects.get().answered_at is not None)
    return is_fresh


@pytest.mark.parametrize(
    ("method", "headers", "counts"),
    [
        ("get", {}, False),
        ("get", {"Sec-Fetch-User": "?1"}, True),
        ("get", {"Sec-Fetch-User": "?0"}, False),
        ("head", {"Sec-Fetch-User": "?1"}, False),
        ("post", {}, True),
    ],
)
def test_whose_visit_counts(reminder, method, headers, counts):
    """No session, no token of a form: the link is the right."""
    response = getattr(Client(enforce_csrf_checks=True), method)(page_of(reminder), headers=headers)
    assert (response.status_code, is_confirmed()) == (200, counts)
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]


def test_the_page_offers_what_there_is_to_do(client, reminder):
    asked = markup_of(client.get(page_of(reminder)))
    assert asked.count('<form method="post">') == 1
    assert reverse("pages:propose-change", args=[reminder.actor.slug]) in asked
    thanked = markup_of(client.post(page_of(reminder)))
    assert '<form method="post">' not in thanked
    assert "noindex" in thanked


def test_the_history_knows_it(client, reminder):
    client.post(page_of(reminder))
    change = read([Source(Actor)], limit=1)[0]
    assert [difference.name for difference in change.differences] == ["verified_on"]
    assert (change.person, change.context["act"]) == ("", "verified")


def test_a_second_click_changes_nothing(client, reminder):
    client.post(page_of(reminder))
    first = Reminder.objects.get().answered_at
    assert client.post(page_of(reminder)).status_code == 200
    assert Reminder.objects.get().answered_at == first


def test_links_that_do_not_hold(client, reminder, monkeypatch):
    token = STILL_RIGHT.token(reminder.pk)
    for broken in (f"{token}x", "nothing", f"{token[:-4]}AAAA", "a:b:c"):
        assert client.get(reverse("pages:verify", args=[broken])).status_code == 404
    monkeypatch.setattr(reminders, "STILL_RIGHT", replace(STILL_RIGHT, valid_for=timedelta(seconds=-1)))
    assert client.post(reverse("pages:verify", args=[token])).status_code == 410
    monkeypatch.undo()
    reminder.delete()
    assert client.get(reverse("pages:verify", args=[token])).status_code == 404
    assert not is_fresh()


def is_fresh() -> bool:
    return Actor.objects.get().verified_on == timezone.localdate()
