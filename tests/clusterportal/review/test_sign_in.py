"""Signing in: by name or e-mail, with a second factor for whoever set one up, and never by signing up."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import caches
from django.urls import reverse
from django.utils import translation

from clusterportal.accounts.models import User
from clusterportal.core.models import Count
from tests.factories import make_person
from tests.markup import markup_of

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
    text = markup_of(wrong)
    assert "<title>Fehler: Anmelden – " in text
    assert '<div class="alert" role="alert" aria-labelledby="h-mistakes" tabindex="-1" autofocus>' in text
    assert "<li>Der Anmeldename und/oder das Passwort sind leider falsch.</li>" in text


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
def test_a_reset_says_the_same_to_everybody_and_writes_to_no_stranger(client, person, outbox, email):
    answer = client.post(reverse("account_reset_password"), {"email": email})
    assert answer.url == reverse("account_reset_password_done")
    written = outbox()
    assert [message.to for message in written] == ([[email]] if email == person.email else [])


def test_a_reset_leads_to_the_portal_and_not_where_the_request_came_from(client, person, outbox, settings):
    settings.ALLOWED_HOSTS = ["*"]
    address = reverse("account_reset_password")
    client.post(address, {"email": person.email}, headers={"host": "evil.example:6666"})
    [message] = outbox()
    assert message.body.startswith("Hello from Clusterregister!")  # in the language of the person
    assert "https://portal.example.org/de/konto/password/reset/key/" in message.body
    assert message.body.strip().endswith("\nportal.example.org")
    assert "evil" not in message.body
    page = client.get(message.body.split("https://portal.example.org")[1].split()[0], follow=True)
    assert "password1" in page.content.decode()


@pytest.mark.parametrize(
    "login",
    ["leitung", "leitung@example.org", "vertretung@example.org", "gast", "niemand", "niemand@example.org"],
)
def test_a_wrong_password_costs_the_same_whoever_is_meant(client, person, monkeypatch, login):
    """One check of a password, also where name and e-mail are the same, and where there is no password yet."""
    make_person("representative", username="vertretung@example.org", email="vertretung@example.org")
    make_person("viewer", username="gast").set_unusable_password()
    hashed = []
    whole = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashed.append(1) or whole(*args))
    assert sign_in(client, login, "falsch").status_code == 200
    assert len(hashed) == 1


def test_attempts_are_counted_for_all_workers_and_over_restarts(client, person):
    for _attempt in range(5):
        sign_in(client, person.email, "falsch")
    known = set(Count.objects.values_list("cache_key", flat=True))
    assert known
    assert not [
        key for key in known if "127.0.0.1" in key or "leitung" in key
    ]  # nobody can be read out of them
    caches["default"].close()  # what a worker knows is in the database, not in its memory
    answer = sign_in(client, person.email)  # the right one, too late
    assert answer.status_code == 200
    assert answer.context["form"].errors


@pytest.mark.parametrize(
    "view", ["account_login", "account_reset_password", "account_signup", "account_reset_password_done"]
)
def test_the_pages_wear_the_portals_frame(client, view):
    page = markup_of(client.get(reverse(view)))
    assert '<main id="content"' in page and "css/forms.css" in page
    assert "<script" not in page and "style=" not in page


@pytest.mark.parametrize("view", ["account_change_password", "mfa_index", "account_logout"])
def test_the_own_account_wears_it_too(client, person, view):
    sign_in(client, "leitung")
    page = markup_of(client.get(reverse(view)))
    assert '<main id="content"' in page and "<script" not in page


def test_the_e_mail_of_an_account_is_not_changed_in_passing(client, person):
    sign_in(client, "leitung")
    address = reverse("account_email")
    for response in (
        client.get(address),
        client.post(address, {"email": "neu@example.org", "action_add": ""}),
    ):
        assert response.url == reverse("pages:my-entries")


@pytest.mark.parametrize(("language", "heading"), [("de", "Zu viele Versuche"), ("en", "Too many attempts")])
def test_too_many_attempts_get_a_page_of_the_portal_in_its_language(client, person, language, heading):
    with translation.override(language):
        address = reverse("account_reset_password")
    for _attempt in range(6):
        response = client.post(address, {"email": person.email})
    page = markup_of(response)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "300")
    assert f"<h1>{heading}</h1>" in page and f'<html lang="{language}"' in page
    assert page.count('class="top"') == 1 and "Content-Security-Policy" in response.headers


def test_people_are_told_when_what_they_sign_in_with_was_changed(client, person, outbox):
    """In their language, and without network address and browser: nobody keeps those."""
    client.force_login(person)
    new = "ein-langes-Wort-7"
    sent = {"oldpassword": "x", "password1": new, "password2": new}
    client.post(reverse("account_change_password"), sent, headers={"user-agent": "Browser 7"})
    [message] = outbox()
    assert (message.to, message.subject) == ([person.email], "Clusterregister: your sign-in was changed")
    assert "The password of your account was changed." in message.body
    assert "https://portal.example.org/en/account/password/reset/" in message.body
    assert "127.0.0.1" not in message.body and "Browser 7" not in message.body
