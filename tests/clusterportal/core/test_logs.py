"""Tokens of personal links stand in no log and in no history."""

import io
import logging

import pytest
from django.core import signing
from django.urls import reverse

from clusterportal.core.logs import RefusedInOneLine, WithoutTokens, without_tokens
from clusterportal.history.middleware import HistoryMiddleware
from clusterportal.quality.domain.tokens import token_of
from clusterportal.quality.models import Reminder


@pytest.fixture
def log():
    """What stands in the log of the portal, as its handler writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(WithoutTokens())
    handler.addFilter(RefusedInOneLine())
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


def test_the_console_of_the_portal_has_the_filter(settings):
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["without_tokens", "refused_in_one_line"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["pages:proposal-status", "pages:proposal-confirm", "pages:verify"])
@pytest.mark.parametrize("language", ["de", "en"])  # an address of one language under the other is none
def test_a_line_of_a_personal_link_names_no_token(client, log, name, language):
    token = token_of(Reminder(pk=7)) if name == "pages:verify" else signing.dumps("x" * 36, salt="any")
    response = client.get(reverse(name, args=[token]).replace("/de/", f"/{language}/"))
    assert response.status_code in (404, 410)
    assert "***" in log.getvalue()
    assert all(part not in log.getvalue() for part in token.split(":") if len(part) > 5)


@pytest.mark.django_db
def test_a_refused_request_is_one_line(client, log):
    response = client.get("/de/?" + "&".join(f"a{number}=1" for number in range(1001)))
    lines = log.getvalue().splitlines()
    assert response.status_code == 400
    assert len(lines) <= 2 and "Traceback" not in log.getvalue()


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/de/konto/reset/key/1-d2bxyz-0123456789abcdef0123456789abcdef/", "/de/konto/reset/key/***/"),
        ("/de/konto/confirm-email/MQ:1vTabc:Xyz-_1/", "/de/konto/confirm-email/***/"),
        ("/de/a/MQ%3A1vTabc%3AXyz", "/de/a/***"),
        ("/de/akteure/fraunhofer-institut-fuer-techno-und-wirtschaftsmathematik/", None),
        ("/api/v1/actors/3f2504e0-4f89-41d3-9a0c-0305e82c3301/", None),
        ("/de/akteure/?identifier=ror:019hjw009", None),
    ],
)
def test_only_tokens_are_masked(path, kept):
    assert without_tokens(path) == (kept or path)


def test_the_history_of_a_change_names_no_token(rf):
    request = rf.post("/de/noch-richtig/" + signing.dumps(7, salt="any") + "/")
    assert HistoryMiddleware(None).get_context(request)["url"] == "/de/noch-richtig/***/"
