"""Every sign-in, whether it works or not, is a line of the log, in which nobody's name, address or password stands."""

import logging

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse

from tests.factories import make_person

pytestmark = pytest.mark.django_db
SECRETS = ("geheim-7-geheim", "leitung", "example.org", "127.0.0.1", "000000")


def test_what_happens_at_the_door_is_noted_without_secrets(client, caplog):
    caplog.set_level(logging.INFO, logger="clusterportal.accounts.sign_in_log")
    person = make_person("editor", username="leitung", email="leitung@example.org")
    sign_in = reverse("account_login")
    for login in ("leitung", "leitung", "niemand"):
        client.post(sign_in, {"login": login, "password": "geheim-7-geheim"})
    client.post(sign_in, {"login": "leitung", "password": "x"})
    client.post(reverse("account_logout"))
    TOTP.activate(person, generate_totp_secret())
    client.post(sign_in, {"login": "leitung", "password": "x"})
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    lines = [one.getMessage() for one in caplog.records if one.name.endswith("sign_in_log")]
    first, second, stranger = (line.partition("account ")[2] for line in lines[:3])
    assert first == second != stranger
    assert lines[3:] == [
        f"person {person.pk} signed in (password)",
        f"person {person.pk} signed out",
        f"second factor of person {person.pk} failed",
    ]
    assert not [secret for secret in SECRETS if secret in caplog.text]


def test_no_line_is_smuggled_into_the_log(client, caplog):
    """Neither by what is typed nor by an address: a line break of a visitor is none of the log."""
    caplog.set_level(logging.INFO)
    client.post(reverse("account_login"), {"login": "a\nperson 1 signed in", "password": "b\r\nx"})
    client.get("/de/nichts/%0a2026-01-01 person 1 signed in")
    assert caplog.records
    for record in caplog.records:
        assert "\n" not in record.getMessage() and "\r" not in record.getMessage()
        assert "person 1 signed in" not in record.getMessage().splitlines()[0][:18]
