"""With the setting, whoever works in the admin sets up a second factor before anything else."""

import time

import pytest
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.urls import reverse

from tests.clusterportal.review.test_second_factor import code_of
from tests.clusterportal.review.test_sign_in import sign_in
from tests.factories import make_actor, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(settings):
    settings.SECOND_FACTOR = "staff"
    return make_person("administrator", username="leitung", language="de")


def test_staff_come_nowhere_without_one_and_everywhere_with_it(client, person):
    sign_in(client, "leitung")
    set_up, actor = reverse("mfa_activate_totp"), make_actor()
    pages = [
        "/admin/",
        f"/admin/actors/actor/{actor.pk}/change/",
        "/admin/autocomplete/",
        "/admin/search/?q=a",
    ]
    for address in (*pages, "/de/", "/media/x.png"):
        assert client.get(address).headers.get("Location") == set_up, address
        assert client.post(address).status_code in (403, 405), address
    again = client.get(set_up).headers["Location"]  # whoever sits down at an open page sets up nothing
    assert client.post(again, {"password": "x"}).url == set_up
    page = client.get(set_up)
    assert "Ihr Konto braucht einen zweiten Faktor" in page.content.decode()
    for address in ("/api/v1/", reverse("account_logout"), reverse("account_change_password"), "/health/"):
        assert client.get(address).status_code == 200, address
    secret = page.context["form"].secret
    assert client.post(set_up, {"code": code_of(secret)}).status_code == 302
    assert {client.get(address).status_code for address in pages[:2]} == {200}


def test_it_is_not_taken_away_again(client, person):
    TOTP.activate(person, generate_totp_secret())
    client.force_login(person)
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=person, type="totp").exists()


@pytest.mark.parametrize(
    ("setting", "role", "is_led"),
    [("off", "viewer", False), ("staff", "representative", False), ("everybody", "representative", True)],
)
def test_whom_it_concerns_is_a_setting(client, settings, setting, role, is_led):
    settings.SECOND_FACTOR = setting
    client.force_login(make_person(role))
    assert client.get(reverse("pages:my-entries")).headers.get("Location") == (
        reverse("mfa_activate_totp") if is_led else None
    )


def test_a_code_opens_once(person):
    secret = generate_totp_secret()
    factor = TOTP.activate(person, secret)
    code = code_of(secret)
    assert [factor.validate_code(code), factor.validate_code(code)] == [True, False]


def test_a_code_lasts_half_a_minute(person):
    secret = generate_totp_secret()
    factor = TOTP.activate(person, secret)
    old = format_hotp_value(hotp_value(secret, int(time.time()) // 30 - 2))
    assert not factor.validate_code(old)
    assert (mfa_settings.TOTP_PERIOD, mfa_settings.TOTP_TOLERANCE) == (30, 0)


def test_recovery_codes_are_long_enough(person):
    codes = RecoveryCodes.activate(person).get_unused_codes()
    assert len({*codes}) == 10 and {len(code) for code in codes} == {8}  # digits: 26 bits
