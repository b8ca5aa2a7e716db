"""What `check --deploy` says of settings that make limits useless, or leave nobody to ask."""

import pytest

from clusterportal.core.checks import (
    LOOPBACK,
    NO_OPERATOR,
    NO_PROXY,
    check_operator,
    check_proxies,
    check_ways,
    check_webhooks,
)


@pytest.mark.parametrize(
    ("is_https", "is_public", "proxies", "warns"),
    [
        (True, True, 0, True),
        (True, True, 1, False),
        (False, True, 0, False),  # it is reached directly
        (True, False, 0, False),
    ],
)
def test_a_proxy_that_nobody_counted_is_told(settings, is_https, is_public, proxies, warns):
    settings.IS_HTTPS, settings.IS_PUBLIC, settings.ALLAUTH_TRUSTED_PROXY_COUNT = is_https, is_public, proxies
    assert check_proxies(None) == ([NO_PROXY] if warns else [])


@pytest.mark.parametrize(
    ("is_public", "operator", "says"),
    [(True, "", True), (True, "betrieb@portal.example", False), (False, "", False)],
)
def test_a_public_portal_without_an_operator_is_told(settings, is_public, operator, says):
    settings.IS_PUBLIC, settings.OPERATOR_EMAIL = is_public, operator
    assert check_operator(None) == ([NO_OPERATOR] if says else [])


@pytest.mark.parametrize(
    ("is_public", "is_open", "warns"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_a_public_portal_that_opens_its_own_machine_is_told(settings, is_public, is_open, warns):
    settings.IS_PUBLIC, settings.WEBHOOKS_TO_LOOPBACK = is_public, is_open
    assert check_webhooks(None) == ([LOOPBACK] if warns else [])


@pytest.mark.parametrize(
    ("database", "mail", "cache", "told"),
    [
        ({"HOST": "/run/postgresql"}, ("127.0.0.1", False), "", []),
        ({"HOST": "db.example"}, ("mail.example", False), "redis://u:p@cache.example:6379", [
            "DATABASE_URL leads to db.example", "EMAIL_URL leads to mail.example", "CACHE_URL leads to cache.example",
        ]),
        ({"HOST": "db.example", "OPTIONS": {"sslmode": "prefer"}}, ("localhost", False), "redis://127.0.0.1", [
            "DATABASE_URL leads to db.example",
        ]),
        ({"HOST": "db.example", "OPTIONS": {"sslmode": "verify-full"}}, ("mail.example", True),
         ["rediss://cache.example", "valkeys://cache.example"], []),
    ],
)  # fmt: skip
def test_ways_to_other_machines_without_encryption_are_told(settings, database, mail, cache, told):
    settings.DATABASES = {"default": database}
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS = mail
    settings.CACHES = {"default": {"LOCATION": cache}}
    found = [one.msg.removesuffix(" without encryption.") for one in check_ways(None)]
    assert found == told
    assert "p@" not in str(found)
