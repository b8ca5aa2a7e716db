"""Limits of the API: per key and per address, over all processes, and told in the draft's headers."""

import time

import pytest

from clusterportal.partners.api.limiting import network_of
from clusterportal.partners.domain import counting, limits, usage
from clusterportal.partners.domain.limits import Policy
from clusterportal.partners.models import ApiKey, RequestCount, Usage
from tests.clusterportal.test_answers import Door
from tests.factories import make_key

ROOT = "/api/v1/"
MOMENT = 1_800_000_000.0 + 20  # 40 seconds before a minute ends


@pytest.fixture(autouse=True)
def _fresh_counts(monkeypatch):
    """A process that has counted nothing yet, at a known moment."""
    monkeypatch.setattr(limits, "_counts", {})
    monkeypatch.setattr(usage, "_fresh", type(usage._fresh)())
    monkeypatch.setattr(time, "time", lambda: MOMENT)


def other_process(monkeypatch):
    monkeypatch.setattr(limits, "_counts", {})


def test_over_its_limit_a_client_hears_when_to_come_back(client, db, settings):
    settings.API_LIMITS = {"anonymous": [2, 10], "local": [2, 10], "key": [3, 0]}
    answers = [client.get(ROOT, REMOTE_ADDR="192.0.2.1") for _time in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert [one.headers["RateLimit-Policy"] for one in answers] == [
        '"burst";q=2;w=60, "daily";q=10;w=86400'
    ] * 3
    assert [one.headers["RateLimit"] for one in answers] == [
        '"burst";r=1;t=40, "daily";r=9;t=57580',
        '"burst";r=0;t=40, "daily";r=8;t=57580',
        '"burst";r=0;t=40, "daily";r=8;t=57580',
    ]
    assert answers[2].headers["Retry-After"] == "40"
    assert answers[2].json() == {
        "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
        "title": "Zu viele Anfragen",
        "status": 429,
        "detail": "Mehr Anfragen, als die Grenze erlaubt. Bitte fragen Sie in 40 Sekunden wieder.",
        "violated-policies": ["burst"],
    }
    assert client.get(ROOT, REMOTE_ADDR="192.0.2.2").status_code == 200  # each address has its own
    _key, headers = make_key()
    keyed = client.get(ROOT, REMOTE_ADDR="192.0.2.1", **headers)
    assert (keyed.status_code, keyed.headers["RateLimit"]) == (200, '"burst";r=2;t=40')


def test_keys_that_are_tried_count_for_the_address(client, db, settings):
    settings.API_LIMITS = {"anonymous": [2, 0], "local": [2, 0], "key": [2, 0]}
    wrong = {"HTTP_AUTHORIZATION": "Bearer cp_guess", "REMOTE_ADDR": "192.0.2.1"}
    assert [client.get(ROOT, **wrong).status_code for _time in range(3)] == [401, 401, 429]


def test_all_processes_count_as_one(db, monkeypatch):
    policy = [Policy("burst", 5, 60)]
    for _time in range(3):
        assert not limits.take("192.0.2.1", policy).violated
    counting.write()
    other_process(monkeypatch)
    limits.take("192.0.2.1", policy)
    counting.write()
    assert limits.take("192.0.2.1", policy).standings[0].left == 0
    assert [one.policy.name for one in limits.take("192.0.2.1", policy).violated] == ["burst"]
    assert "192.0.2.1" not in RequestCount.objects.get().client


def test_a_new_window_begins_anew_and_old_counts_go(db, monkeypatch):
    policy = [Policy("burst", 1, 60)]
    assert not limits.take("192.0.2.1", policy).violated
    assert limits.take("192.0.2.1", policy).violated
    counting.write()
    monkeypatch.setattr(time, "time", lambda: MOMENT + 41)
    assert not limits.take("192.0.2.1", policy).violated
    counting.write()
    assert RequestCount.objects.get().count == 1
    RequestCount.objects.update(ends_at="2020-01-01T00:00Z")
    assert limits.forget_old_counts() == 1


def test_quiet_clients_are_forgotten_by_the_process_and_remembered_by_the_table(db, monkeypatch):
    policy = [Policy("daily", 5, 86_400)]
    limits.take("192.0.2.1", policy)
    counting.write()
    monkeypatch.setattr(time, "time", lambda: MOMENT + 61)
    limits.write()
    assert limits._counts == {}
    limits.take("192.0.2.1", policy)
    counting.write()
    assert limits.take("192.0.2.1", policy).standings[0].left == 2


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", ("192.0.2.7", "anonymous")),
        ("::ffff:192.0.2.7", ("192.0.2.7", "anonymous")),
        ("2001:db8:1:2:3::7", ("2001:db8:1:2::/64", "anonymous")),
        ("127.0.0.1", ("127.0.0.1", "local")),
        ("::1", ("::1", "local")),
        ("", ("", "local")),
    ],
)
def test_who_is_counted(address, network):
    assert network_of(address) == network


def test_visitors_behind_proxies_are_told_apart(client, db, settings):
    settings.API_LIMITS = {"anonymous": [1, 0], "local": [1, 0], "key": [1, 0]}
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    said = [
        client.get(ROOT, headers={"X-Forwarded-For": f"1.1.1.{number}, 198.51.100.{visitor}"}).status_code
        for number, visitor in [(1, 1), (2, 1), (3, 2)]  # only the last one was written by our proxy
    ]
    assert said == [200, 429, 200]
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    assert client.get(ROOT, headers={"X-Forwarded-For": "198.51.100.3"}).status_code == 200


def test_no_kept_answer_tells_of_anybodys_limit(transactional_db):
    door = Door()
    first, kept = door.get(f"{ROOT}layers/"), door.get(f"{ROOT}layers/")
    assert door.asked == 1 and kept["body"] == first["body"]
    assert [{*one} for one in door.limits] == [{"RateLimit", "RateLimit-Policy"}, set()]
    _key, headers = make_key()
    for _time in range(2):
        keyed = door.get(f"{ROOT}layers/", **headers)
        assert keyed["headers"]["Cache-Control"] == "private, max-age=0, must-revalidate"
        assert "Authorization" in keyed["headers"]["Vary"].split(", ")
    assert door.asked == 3


def test_use_is_summed_by_day_and_key(client, db, settings):
    settings.API_LIMITS = {"anonymous": [0, 0], "local": [0, 0], "key": [2, 0]}
    key, headers = make_key()
    for _time in range(3):
        client.get(ROOT, **headers)
        counting.write()
    client.get(ROOT)
    client.get(f"{ROOT}layers/")
    counting.write()
    assert sorted(Usage.objects.values_list("key", "answers", "refused"), key=str) == [
        (key.pk, 2, 1),
        (None, 2, 0),
    ]
    assert ApiKey.objects.get(pk=key.pk).last_used_at is not None
    Usage.objects.update(day="2020-01-01")
    assert usage.forget_old_days() == 2


def test_a_database_that_is_away_costs_no_count(db, monkeypatch, caplog):
    limits.take("192.0.2.1", [Policy("burst", 5, 60)])
    usage.note(None, refused=False)
    with monkeypatch.context() as broken:
        broken.setattr(limits, "_WRITE", "SELECT broken")
        broken.setattr(usage, "_STATEMENTS", ["SELECT broken"])
        counting.write()
    assert "could not be written down" in caplog.text
    counting.write()
    assert RequestCount.objects.get().count == 1 and Usage.objects.get().answers == 1
