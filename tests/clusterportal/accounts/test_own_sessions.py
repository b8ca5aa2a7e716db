"""People see where they are signed in, and end what they do not use: their own sessions, and after their password."""

import logging

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from tests.factories import make_person

pytestmark = pytest.mark.django_db
PAGE = "/de/konto/sitzungen/"


def signed_in(username: str, *, is_sure: bool = True) -> Client:
    """`is_sure`: the password was asked again."""
    client = Client()
    client.post(reverse("account_login"), {"login": username, "password": "x"})
    if is_sure:
        assert client.post(reverse("account_reauthenticate"), {"password": "x", "next": PAGE}).url == PAGE
    return client


@pytest.fixture
def two():
    """A person in two browsers, and another one in one."""
    for name in ("leitung", "andere"):
        make_person("editor", username=name)
    return [signed_in("leitung"), signed_in("leitung"), signed_in("andere")]


def shown(client) -> list:
    return client.get(PAGE).context["sessions"]


def is_in(client) -> bool:
    return client.get("/admin/").status_code == 200


def test_the_own_ones_are_shown_by_their_times_and_no_key_with_them(two):
    page = two[0].get(PAGE)
    assert [one.is_this for one in page.context["sessions"]] == [True, False]
    assert "no-store" in page.headers["Cache-Control"]
    for key in Session.objects.values_list("pk", flat=True):
        assert key not in page.content.decode()


def test_one_or_all_others_are_ended_and_nobody_elses(two, caplog):
    caplog.set_level(logging.INFO)
    this, _second, stranger = two
    foreign = shown(stranger)[0].handle
    this.post(PAGE, {"session": foreign})
    this.post(PAGE, {"session": shown(this)[0].handle})  # the one at hand is ended by signing out
    assert [is_in(one) for one in two] == [True, True, True]
    third = signed_in("leitung")
    this.post(PAGE, {"session": next(one.handle for one in shown(third) if one.is_this)})
    assert [is_in(one) for one in (*two, third)] == [True, True, True, False]
    assert this.post(PAGE).url == PAGE
    assert [is_in(one) for one in two] == [True, False, True]
    assert "ended other sessions: 1" in caplog.text


def test_one_that_is_over_is_not_shown(two):
    held = two[1].session
    held["seen_at"] -= 3 * 3600
    held.save()
    assert [one.is_this for one in shown(two[0])] == [True]


def test_the_password_is_asked_again(two):
    third = signed_in("leitung", is_sure=False)
    for answer in (third.get(PAGE), third.post(PAGE)):
        assert answer.url.startswith(reverse("account_reauthenticate"))
    assert is_in(two[1])


def test_nobody_else_gets_there(client):
    assert client.get(PAGE).url == f"{reverse('account_login')}?next={PAGE}"
