"""Secrets of the second factor: encrypted at rest, of use with the right SECRET_KEY only."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

from clusterportal.review.second_factor import SecondFactorAdapter
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_what_stands_in_the_database_is_no_secret():
    secret = generate_totp_secret()
    factor = TOTP.activate(make_person("editor"), secret)
    stored = Authenticator.objects.get().data["secret"]
    assert secret not in stored and stored.startswith("fernet:")
    assert factor.validate_code(code_of(secret))


def test_another_key_opens_nothing_and_says_why(settings, caplog):
    secret, former = generate_totp_secret(), settings.SECRET_KEY
    TOTP.activate(make_person("editor"), secret)
    settings.SECRET_KEY = "another"
    assert not TOTP(Authenticator.objects.get()).validate_code(code_of(secret))
    assert "another SECRET_KEY" in caplog.text
    assert SecondFactorAdapter().decrypt(Authenticator.objects.get().data["secret"]) != secret
    settings.SECRET_KEY_FALLBACKS = [former]
    assert TOTP(Authenticator.objects.get()).validate_code(code_of(secret))
