"""Sessions end by themselves, with the account, with its password, and leave nothing in the browser's cache."""

from time import time
from unittest.mock import patch

import pytest
from django.urls import reverse

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


def test_most_requests_do_not_write_the_session(signed_in, django_assert_num_queries):
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
