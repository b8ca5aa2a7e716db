"""Partners and keys in the admin: made, shown once, replaced, revoked, and how much they are used."""

import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clusterportal.history.erasure import erase, find_person
from clusterportal.history.person import Person
from clusterportal.partners.domain import keys
from clusterportal.partners.domain.usage import Day, by_day
from clusterportal.partners.domain.usage_chart import chart_of
from clusterportal.partners.models import ApiKey, Partner, Usage
from tests.factories import make_cluster, make_key, make_partner, make_person

pytestmark = pytest.mark.django_db
PARTNERS, KEYS = "/admin/partners/partner/", "/admin/partners/apikey/"
TEXT = re.compile(r"cp_[A-Za-z0-9]{8}_[A-Za-z0-9]{38}")


@pytest.fixture
def administrator(client):
    person = make_person("administrator")
    client.force_login(person)
    return person


def test_from_a_new_partner_to_a_key_that_is_shown_once(client, administrator, caplog):
    cluster = make_cluster("medical", name_de="Medizincluster")
    said = {"name": "Ministerium", "purpose": "Landesportal", "is_active": "on", "contact_name": "Kim Vogt"}
    answer = client.post(f"{PARTNERS}add/", said)
    partner = Partner.objects.get()
    assert (answer.status_code, partner.account.username) == (302, "partner-ministerium")
    page = client.get(partner.get_absolute_url()).content.decode()
    assert "noch nicht angenommen" in page and f"{KEYS}add/" not in page
    Partner.objects.update(terms_accepted_at=timezone.now(), terms_accepted_by="Kim Vogt")
    assert f"{KEYS}add/?partner={partner.pk}" in client.get(partner.get_absolute_url()).content.decode()

    form = {"partner": partner.pk, "name": "Website", "scopes": ["propose", keys.write_scope(cluster)]}
    shown = client.post(f"{KEYS}add/", form)
    assert shown.status_code == 200 and "no-store" in shown["Cache-Control"]
    (text,) = set(TEXT.findall(shown.content.decode()))
    key = ApiKey.objects.get()
    assert keys.find(text) == key
    assert key.scopes == ["read", "propose", keys.write_scope(cluster)]

    secret = text.split("_")[2]
    history = reverse("admin:partners_apikey_history", args=[key.pk])
    for address in (key.get_absolute_url(), partner.get_absolute_url(), KEYS, history):
        page = client.get(address).content.decode()
        assert key.prefix in page, address
        assert secret not in page and key.digest not in page, address
    kept = [str(one.get_decoded()) for one in Session.objects.all()]
    kept += [entry.change_message + entry.object_repr for entry in LogEntry.objects.all()]
    assert not any(secret in one for one in [*kept, caplog.text])
    assert "Akteure von Medizincluster ändern" in client.get(key.get_absolute_url()).content.decode()


def test_no_key_that_has_ended_already_and_none_with_rights_that_do_not_exist(client, administrator):
    partner, off = make_partner(), make_partner(is_active=False)
    yesterday = timezone.localdate() - timedelta(days=1)
    for wrong in ({"expires_on": yesterday}, {"scopes": ["write"]}, {"partner": off.pk}, {"name": ""}):
        answer = client.post(f"{KEYS}add/", {"partner": partner.pk, "name": "x"} | wrong)
        assert answer.status_code == 200 and answer.context["errors"], wrong
    assert not ApiKey.objects.exists()


def test_a_key_is_replaced_and_revoked_after_a_question(client, administrator):
    key, _headers = make_key("propose")
    replace, revoke = (
        reverse(f"admin:partners_apikey_{name}", args=[key.pk]) for name in ("replace", "revoke")
    )
    for address in (replace, revoke):
        assert client.get(address).status_code == 200
    assert ApiKey.objects.count() == 1 and ApiKey.objects.get().revoked_at is None
    (text,) = set(TEXT.findall(client.post(replace).content.decode()))
    assert keys.find(text).scopes == ["read", "propose"]
    assert client.post(revoke).status_code == 302
    key.refresh_from_db()
    assert key.state == "revoked"
    assert [client.post(address).status_code for address in (replace, revoke)] == [404, 404]
    page = client.get(key.get_absolute_url()).content.decode()
    assert "widerrufen" in page and 'name="name"' not in page and revoke not in page


def test_what_a_key_may_can_be_changed_and_is_in_its_history(client, administrator):
    key, _headers = make_key("propose")
    client.post(
        key.get_absolute_url(), {"name": "Neu", "scopes": ["read:contacts"], "expires_on": "2099-01-31"}
    )
    key.refresh_from_db()
    assert (key.name, key.scopes, str(key.expires_on)) == ("Neu", ["read", "read:contacts"], "2099-01-31")
    page = client.get(reverse("admin:partners_apikey_history", args=[key.pk])).content.decode()
    assert "read:contacts" in page and administrator.username in page


def test_managers_look_and_change_nothing(client):
    key, _headers = make_key()
    client.force_login(make_person("manager"))
    for address in (
        PARTNERS,
        KEYS,
        key.get_absolute_url(),
        key.partner.get_absolute_url(),
        f"{PARTNERS}use/",
    ):
        page = client.get(address)
        assert page.status_code == 200
        assert "/revoke/" not in page.content.decode() and "/add/?partner" not in page.content.decode()
    for name in ("replace", "revoke"):
        assert client.post(reverse(f"admin:partners_apikey_{name}", args=[key.pk])).status_code == 403
    assert client.post(f"{KEYS}add/", {"partner": key.partner.pk, "name": "x"}).status_code == 403


def test_lists_take_as_many_questions_for_three_as_for_one(client, administrator):
    counts = []
    for _time in range(2):
        for _place in range(1 + len(counts)):
            make_key("propose")
        with CaptureQueriesContext(connection) as queries:
            assert {client.get(address).status_code for address in (PARTNERS, KEYS)} == {200}
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_use_is_a_picture_beside_its_table(client, administrator):
    key, _headers = make_key()
    today = timezone.localdate()
    Usage.objects.create(day=today, key=key, answers=1200, refused=3)
    Usage.objects.create(day=today - timedelta(days=1), key=None, answers=40)
    Usage.objects.create(day=today - timedelta(days=60), key=key, answers=7)
    assert [day for day in by_day(days=30) if day.total] == [
        Day(today - timedelta(days=1), 0, 40, 0),
        Day(today, 1200, 0, 3),
    ]
    assert sum(day.keyed for day in by_day(days=90, keys=[key.pk])) == 1207
    assert not any(day.total for day in by_day(days=30, keys=[]))
    whole = client.get(f"{PARTNERS}use/?days=90").content.decode()
    assert whole.count("<rect") == 4 and "1.200" in whole and "40" in whole
    own = client.get(f"{key.get_absolute_url()}?days=nonsense").content.decode()
    assert own.count('class="pa-keyed"') == 2  # a column and the legend
    assert ">40<" not in own


def test_columns_stand_on_each_other_within_the_picture():
    day = timezone.localdate()
    chart = chart_of([Day(day, 30, 20, 10), Day(day, 0, 0, 0)])
    assert [number for _height, number in chart.marks] == [0, 30, 60]
    assert [(one.kind, one.y, one.height) for one in chart.blocks] == [
        ("keyed", "91.00", "75.00"),
        ("others", "41.00", "50.00"),
        ("refused", "16.00", "25.00"),
    ]
    assert chart_of([Day(day, 0, 0, 0)]).marks[-1][1] == 10


def test_the_contact_of_a_partner_is_erased_everywhere():
    partner = make_partner(contact_name="Xerika Zümpelmann", contact_email="xz@example.org")
    Partner.objects.filter(pk=partner.pk).update(terms_accepted_by="Xerika Zümpelmann")
    person = Person(name="Xerika Zümpelmann", email="xz@example.org")
    erase(person=person, keys=find_person(person), ground="request", by=make_person("administrator"))
    partner.refresh_from_db()
    assert (partner.contact_name, partner.contact_email) == ("[entfernt]", "")
    assert find_person(person) == {}
