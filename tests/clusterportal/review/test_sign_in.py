"""Signing in: by name or e-mail, with a second factor for whoever set one up, and never by signing up."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse

from clusterportal.accounts.models import User
from tests.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make_person("manager", username="leitung", email="leitung@example.org", language="en")


def sign_in(client, login: str, password: str = "x"):
    return client.post(reverse("account_login"), {"login": login, "password": password})


@pytest.mark.parametrize("login", ["leitung", "leitung@example.org", "LEITUNG@example.org"])
def test_by_name_or_e_mail(client, person, login):
    assert sign_in(client, login).url == reverse("admin:index")
    assert client.get("/admin/").status_code == 200


def test_the_admin_leads_to_the_same_sign_in(client, person):
    assert client.get("/admin/login/?next=/admin/actors/actor/").url == (
        f"{reverse('account_login')}?next=%2Fadmin%2Factors%2Factor%2F"
    )
    answer = client.post("/admin/login/?next=/admin/actors/actor/", {"username": "leitung", "password": "x"})
    assert answer.url == "/admin/actors/actor/"


def test_a_second_factor_stands_before_the_admin_too(client, person):
    TOTP.activate(person, generate_totp_secret())
    codes = RecoveryCodes.activate(person).get_unused_codes()
    answer = client.post("/admin/login/?next=/admin/", {"username": "leitung", "password": "x"})
    assert answer.url.startswith(reverse("mfa_authenticate"))
    assert client.get("/admin/").status_code == 302
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert client.get("/admin/").status_code == 302
    assert client.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 302
    assert client.get("/admin/").status_code == 200


def test_a_wrong_password_and_an_unknown_name_look_alike(client, person):
    wrong, unknown = (sign_in(client, name, "falsch") for name in ("leitung", "niemand"))
    assert wrong.context["form"].errors == unknown.context["form"].errors


def test_representatives_are_not_for_the_admin(client):
    make_person("representative", username="vertretung")
    assert sign_in(client, "vertretung").url == reverse("pages:my-entries")
    assert client.get("/admin/login/").status_code == 403


def test_nobody_signs_up(client):
    response = client.post(
        reverse("account_signup"),
        {"email": "neu@example.org", "password1": "sehr-langes-wort-7", "password2": "sehr-langes-wort-7"},
    )
    assert response.status_code == 200
    assert User.objects.count() == 0


@pytest.mark.parametrize("email", ["leitung@example.org", "niemand@example.org"])
def test_a_reset_says_the_same_to_everybody(client, person, outbox, email):
    answer = client.post(reverse("account_reset_password"), {"email": email})
    assert answer.url == reverse("account_reset_password_done")
    [message] = outbox()
    assert message.to == [email]
    assert ("/password/reset/key/" in message.body) is (email == person.email)
    if email == person.email:
        assert message.body.startswith("Hello from Clusterregister!")  # in the language of the person


@pytest.mark.parametrize(
    "view", ["account_login", "account_reset_password", "account_signup", "account_reset_password_done"]
)
def test_the_pages_wear_the_portals_frame(client, view):
    page = client.get(reverse(view)).content.decode()
    assert '<main id="content"' in page and "css/forms.css" in page
    assert "<script" not in page and "style=" not in page


@pytest.mark.parametrize("view", ["account_change_password", "mfa_index", "account_logout"])
def test_the_own_account_wears_it_too(client, person, view):
    sign_in(client, "leitung")
    page = client.get(reverse(view)).content.decode()
    assert '<main id="content"' in page and "<script" not in page


def test_the_e_mail_of_an_account_is_not_changed_in_passing(client, person):
    sign_in(client, "leitung")
    address = reverse("account_email")
    for response in (
        client.get(address),
        client.post(address, {"email": "neu@example.org", "action_add": ""}),
    ):
        assert response.url == reverse("pages:my-entries")
