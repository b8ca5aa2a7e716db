"""Keys: shown once, kept as a digest, known by their text alone, gone as soon as they are revoked."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from clusterportal.partners.domain import keys
from clusterportal.partners.models import ApiKey, Partner
from tests.factories import make_cluster, make_key, make_partner, make_person

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/"


def text_of(headers: dict) -> str:
    return headers["HTTP_AUTHORIZATION"].removeprefix("Bearer ")


def test_a_key_is_found_by_its_text_and_by_nothing_else():
    key, headers = make_key("propose")
    text = text_of(headers)
    assert re.fullmatch(r"cp_[A-Za-z0-9]{8}_[A-Za-z0-9]{38}", text)
    assert keys.find(text) == key
    other, _headers = make_key()
    for wrong in ("", text[:-1], text + "x", text.swapcase(), text.replace(key.prefix, other.prefix), "ä"):
        assert keys.find(wrong) is None, wrong


def test_a_text_with_a_right_check_sum_is_not_enough():
    key, _headers = make_key()
    forged = f"{key.prefix}_{'x' * 32}"
    forged += keys._check_sum(forged)
    assert keys.prefix_of(forged) == key.prefix and keys.find(forged) is None


def test_the_secret_stands_nowhere_in_the_database():
    _key, headers = make_key()
    secret = text_of(headers).split("_")[2]
    with connection.cursor() as cursor:
        for table in ("partners_apikey", "partners_apikeyevent", "pghistory_context"):
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{secret[:20]}%"])
            assert cursor.fetchone() == (0,), table
        cursor.execute("SELECT to_jsonb(t) FROM partners_apikeyevent t")
        assert not {"digest", "last_used_at"} & {name for (row,) in cursor.fetchall() for name in row}


@pytest.mark.parametrize(
    "ends",
    [
        lambda key: keys.revoke(key=key, by=make_person("administrator")),
        lambda key: ApiKey.objects.update(expires_on=timezone.localdate() - timedelta(days=1)),
        lambda key: type(key.partner).objects.update(is_active=False),
    ],
    ids=["revoked", "expired", "partner switched off"],
)
def test_a_key_that_ended_stops_at_once_and_gets_the_answer_of_one_that_never_was(client, ends):
    key, headers = make_key(expires_on=timezone.localdate())
    assert client.get(ROOT, **headers).status_code == 200
    ends(key)
    gone = client.get(ROOT, **headers)
    assert (gone.status_code, gone["WWW-Authenticate"]) == (401, 'Bearer realm="api"')
    assert gone.json() == {
        "type": "/api/v1/docs/#problem-unauthorized",
        "title": "Schlüssel fehlt oder ist ungültig",
        "status": 401,
        "detail": "Der Schlüssel ist nicht gültig: Er ist unbekannt, abgelaufen oder widerrufen.",
    }
    never = client.get(ROOT, HTTP_AUTHORIZATION="Bearer cp_nothing")
    assert never.content == gone.content
    told = [{*one.headers.items()} - {("RateLimit", one.headers["RateLimit"])} for one in (gone, never)]
    assert told[0] == told[1]  # but for how often the address asked


def test_a_revoked_key_stays_revoked_whoever_writes():
    key, headers = make_key()
    keys.revoke(key=key, by=make_person("administrator"))
    ApiKey.objects.update(revoked_at=None)
    assert keys.find(text_of(headers)) is None


def test_a_replaced_key_goes_on_for_a_week():
    key, headers = make_key("propose")
    new, text = keys.rotate(key=key, by=make_person("administrator"))
    assert (new.name, new.scopes, new.expires_on) == (key.name, ["read", "propose"], None)
    assert keys.find(text) == new and keys.find(text_of(headers)) == key
    assert ApiKey.objects.get(pk=key.pk).expires_on == timezone.localdate() + timedelta(days=7)


def test_only_administrators_make_replace_and_revoke_keys():
    key, _headers = make_key()
    manager = make_person("manager")
    for act in (
        lambda: keys.create(partner=key.partner, name="x", by=manager),
        lambda: keys.rotate(key=key, by=manager),
        lambda: keys.revoke(key=key, by=manager),
        lambda: keys.admit(partner=Partner(name="x", purpose="x"), by=manager),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_no_key_without_accepted_terms_and_none_with_an_unknown_right():
    administrator = make_person("administrator")
    for partner, said in (
        (make_partner(terms_accepted_at=None, terms_accepted_by=""), {}),
        (make_partner(is_active=False), {}),
        (make_partner(), {"scopes": ["write"]}),
        (make_partner(), {"scopes": ["write:4b1d8d4e-0000-4000-8000-000000000000"]}),
        (make_partner(), {"expires_on": timezone.localdate() - timedelta(days=1)}),
    ):
        with pytest.raises(keys.CannotMakeKey):
            keys.create(partner=partner, name="x", by=administrator, **said)


def test_a_key_writes_its_clusters_whatever_their_address():
    cluster, other = make_cluster("medical"), make_cluster("space")
    key, _headers = make_key(keys.write_scope(cluster))
    type(cluster).objects.filter(pk=cluster.pk).update(slug="health")
    assert [one.slug for one in keys.writable_clusters(key)] == ["health"]
    assert key.has_scope("write") and key.has_scope(keys.write_scope(cluster))
    assert not key.has_scope(keys.write_scope(other))
    assert not make_key("propose")[0].has_scope("write")


def test_nobody_signs_in_as_a_partner():
    account = make_partner().account
    assert (account.role, account.is_active, account.is_staff) == ("partner", False, False)
    assert not account.has_usable_password() and not account.email
