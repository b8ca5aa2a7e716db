"""A key that came unencrypted opens nothing and is not led on: its sender learns that others could read it."""

import json

import pytest
from django.core.exceptions import MiddlewareNotUsed

from clusterportal.api.middleware import KeysOverHttps

KEY = {"headers": {"Authorization": "Bearer cp_Ab12Cd34_x"}}


def passed(request):
    return None


@pytest.mark.parametrize(
    ("method", "path", "sent", "is_refused"),
    [
        ("get", "/api/v1/actors/", KEY, True),
        ("post", "/api/v1/actors/", {}, True),
        ("get", "/api/v1/actors/", {}, False),  # is led on to https
        ("get", "/api/v1/actors/", KEY | {"secure": True}, False),
        ("post", "/api/v1/actors/", {"secure": True}, False),
        ("post", "/de/konto/login/", {}, False),
    ],
)
def test_what_is_refused_over_http(rf, settings, method, path, sent, is_refused):
    settings.SECURE_SSL_REDIRECT = True
    answer = KeysOverHttps(passed)(getattr(rf, method)(path, **sent))
    assert (answer is not None) is is_refused
    if is_refused:
        assert (answer.status_code, answer.headers["Content-Type"]) == (403, "application/problem+json")
        assert "https://" in json.loads(answer.content)["detail"]


def test_without_https_nothing_is_refused(settings):
    settings.SECURE_SSL_REDIRECT = False
    with pytest.raises(MiddlewareNotUsed):
        KeysOverHttps(passed)
