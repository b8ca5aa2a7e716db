"""The documentation page: our own look, our own host."""

import re
from html import unescape

import pytest

from clusterportal.core.api.problems import DOCUMENTED, KINDS
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


def test_the_page_explains_how_to_begin(client, settings):
    answer = client.get("/api/v1/docs/", {"lang": "en"})
    page = markup_of(answer)
    assert settings.SITE_NAME in page
    assert '<html lang="en">' in page
    assert "http://testserver/api/v1/actors/?cursor=" in page
    linked = re.search(r'curl -L -H .Accept: text/turtle. "([^"]+)"', unescape(page))[1]
    told = client.get(linked.removeprefix(settings.SITE_URL), headers={"Accept": "text/turtle"}, follow=True)
    assert (told.status_code, told.headers["Content-Type"]) == (200, "text/turtle; charset=utf-8")
    for status in DOCUMENTED:
        assert f'id="problem-{KINDS[status][0]}"' in page
    assert 'data-schema="/api/v1/schema/?format=json&amp;lang=en"' in page
    assert '<html lang="de">' in markup_of(client.get("/api/v1/docs/"))


def test_nothing_comes_from_elsewhere_or_stands_inline(client):
    page = markup_of(client.get("/api/v1/docs/"))
    loaded = re.findall(
        r'<(?:script|img)[^>]* src="([^"]*)"|<link rel="(?:stylesheet|icon)" href="([^"]*)"', page
    )
    assert loaded
    assert all((script or sheet).startswith("/static/") for script, sheet in loaded)
    assert not re.findall(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=", page)
