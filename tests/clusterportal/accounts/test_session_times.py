"""Sessions end by themselves, with the account, with its password, and leave nothing in the browser's cache."""

import re
from datetime import timedelta
from time import time
from unittest.mock import patch

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse
from django.utils import timezone

from clusterportal.accounts.models import User
from tests.factories import make_person

pytestmark = pytest.mark.django_db
MINUTE, HOUR = 60, 3600


@pytest.fixture
def signed_in(client):
    person = make_person("administrator", username="leitung")
    client.force_login(person)
    return client


def get_after(client, seconds: float):
    with patch("clusterportal.accounts.session_times.time", lambda: time() + seconds):
        return client.get("/admin/")


def test_after_two_quiet_hours_and_after_twelve_in_any_case(signed_in):
    assert get_after(signed_in, 119 * MINUTE).status_code == 200
    assert get_after(signed_in, (119 + 119) * MINUTE).status_code == 200
    over = get_after(signed_in, (119 + 119 + 121) * MINUTE)
    assert (over.status_code, over.headers["Clear-Site-Data"]) == (302, '"cache"')
    assert signed_in.get("/admin/").status_code == 302  # and does not come back


def test_who_is_never_quiet_signs_in_again_the_next_day(signed_in):
    for hour in range(1, 12):
        assert get_after(signed_in, hour * HOUR).status_code == 200
    assert get_after(signed_in, 12 * HOUR + MINUTE).status_code == 302


def test_most_requests_do_not_write_the_session(signed_in):
    seen = signed_in.session["seen_at"]
    get_after(signed_in, 4 * MINUTE)
    assert signed_in.session["seen_at"] == seen
    get_after(signed_in, 6 * MINUTE)
    assert signed_in.session["seen_at"] > seen


def test_signing_out_ends_the_session_where_it_is_kept(signed_in):
    key = signed_in.session.session_key
    answer = signed_in.post(reverse("account_logout"))
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert not type(signed_in.session)().exists(key)


@pytest.mark.parametrize("change", ["is_active", "password"])
def test_an_administrator_ends_the_sessions_of_a_person(signed_in, change):
    person = make_person("editor", username="weg")
    other = type(signed_in)()
    other.force_login(person)
    assert other.get("/admin/").status_code == 200
    if change == "is_active":
        person.is_active = False
    else:
        person.set_unusable_password()
    person.save()
    assert other.get("/admin/").status_code == 302


def test_a_new_sign_in_has_a_new_session(client):
    make_person("editor", username="leitung")
    client.get(reverse("account_login"))
    client.session["a"] = 1
    before = client.cookies.get("sessionid")
    client.post(reverse("account_login"), {"login": "leitung", "password": "x"})
    after = client.cookies["sessionid"].value
    assert len(after) == 32 and (before is None or before.value != after)
    client.post(reverse("account_logout"))
    client.post(reverse("account_login"), {"login": "leitung", "password": "x"})
    assert client.cookies["sessionid"].value != after


def test_a_password_is_changed_with_the_old_one_and_ends_other_sessions(client):
    person = make_person("editor", username="leitung")
    other = type(client)()
    for one in (client, other):
        one.force_login(person)
    address, new = reverse("account_change_password"), "ein-langes-Wort-7"
    client.post(address, {"oldpassword": "falsch", "password1": new, "password2": new})
    assert other.get("/admin/").status_code == 200
    client.post(address, {"oldpassword": "x", "password1": new, "password2": new})
    assert [one.get("/admin/").status_code for one in (client, other)] == [200, 302]


def test_a_password_counts_as_it_was_typed(client):
    person = make_person("editor", username="leitung")
    password = "Ä" * 40 + " gross und klein " + "x" * 40
    person.set_password(password)
    person.last_login = timezone.now() - timedelta(days=3000)  # no password grows old
    person.save()
    for typed, status in (
        (password.lower(), 200),
        (password[:-1], 200),
        (password + " ", 200),
        (password, 302),
    ):
        assert (
            client.post(reverse("account_login"), {"login": "leitung", "password": typed}).status_code
            == status
        )


def test_fields_of_passwords_hide_and_may_be_filled_by_a_manager(signed_in):
    pages = [
        signed_in.get(reverse("account_change_password")),
        type(signed_in)().get(reverse("account_login")),
    ]
    for page in pages:
        fields = re.findall(r"<input[^>]*name=\"(?:old)?password\d?\"[^>]*>", page.content.decode())
        assert fields and all('type="password"' in one and "autocomplete=" in one for one in fields)
        assert "onpaste" not in page.content.decode() and 'autocomplete="off"' not in "".join(fields)
    assert not [one for one in User._meta.get_fields() if "question" in one.name or "hint" in one.name]


def test_a_reset_does_not_go_around_the_second_factor(client):
    person = make_person("editor", username="leitung", email="leitung@example.org")
    TOTP.activate(person, generate_totp_secret())
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    uid, token = key.split("-", 1)
    address = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
    page = client.get(address, follow=True)
    new = "ein-langes-Wort-7"
    client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    assert client.get("/admin/").status_code == 302
    asked = client.post(reverse("account_login"), {"login": "leitung", "password": new})
    assert asked.url.startswith(reverse("mfa_authenticate"))
