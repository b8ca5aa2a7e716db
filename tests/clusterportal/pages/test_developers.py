"""The page for partner sites: every example on it is carried out."""

import io
import json
import re
import shlex
import time
from argparse import ArgumentParser
from datetime import UTC, datetime
from html import unescape
from urllib.parse import urlencode, urlsplit

import pytest
from django.http import StreamingHttpResponse
from django.urls import reverse
from standardwebhooks import Webhook

from actors.models import Actor
from clusterportal.api.root import ENDPOINTS
from tests.clusterportal.partners.mirror import asking, snapshot
from tests.factories import make_actor, make_area, make_chain, make_cluster
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
PAGES = ("/de/schnittstelle/", "/en/developers/")
BOTH = {"ex-list": 200, "ex-oembed": 200, "ex-changes": 200, "ex-mistake": 400, "ex-head": 200}
WITH_A_KEY = {"ex-key"}  # the key in it is none

_curl = ArgumentParser()
_curl.add_argument("address")
_curl.add_argument("--get", action="store_true")
_curl.add_argument("--head", action="store_true")
_curl.add_argument("--data", "--data-urlencode", dest="data", action="append", default=[])


@pytest.fixture
def registry():
    make_chain()
    areas = [make_area(), make_area("logistics", position=2)]
    make_actor("Muster & Söhne GmbH", slug="muster", layers=[2], areas=areas, clusters=[make_cluster()])
    make_actor("Beispiel", slug="beispiel", layers=[1])


def examples(client, page: str) -> dict[str, str]:
    """The lines to copy by their id, as a browser reads them."""
    text = client.get(page).content.decode()
    found = re.findall(r'id="(ex-[a-z]+)".*?><code>(.*?)</code>', text, re.DOTALL)
    return {name: unescape(lines).strip() for name, lines in found}


def carried_out(client, line: str):
    """The answer to a curl line: GET, or HEAD, with what it sends."""
    asked = _curl.parse_args(shlex.split(line.replace("\\\n", " "))[1:])
    assert asked.get or not asked.data
    address = urlsplit(asked.address)
    query = "&".join([address.query] if address.query else [])
    query = "&".join(filter(None, [query, urlencode([tuple(one.split("=", 1)) for one in asked.data])]))
    return (client.head if asked.head else client.get)(f"{address.path}?{query}")


@pytest.mark.parametrize("page", PAGES)
def test_every_call_on_the_page_answers_as_it_says(client, registry, page):
    lines = {name: text for name, text in examples(client, page).items() if text.startswith("curl ")}
    assert lines.keys() == BOTH.keys() | WITH_A_KEY
    answers = {name: carried_out(client, lines[name]) for name in BOTH}
    assert {name: answer.status_code for name, answer in answers.items()} == BOTH
    assert [one["slug"] for one in answers["ex-list"].json()["results"]] == ["muster"]
    assert answers["ex-mistake"]["Content-Type"] == "application/problem+json"
    assert list(answers["ex-mistake"].json()["errors"]) == ["layr"]
    problem = examples(client, page)["ex-problem"]
    told = answers["ex-mistake"].json()
    for part in ("type", "title", "status"):
        assert json.dumps(told[part]) in problem


def test_the_mirror_on_the_page_stays_equal_to_the_registry(client, registry, monkeypatch):
    code: dict = {}
    exec(examples(client, PAGES[1])["ex-mirror"], code)

    def urlopen(address: str):
        parts = urlsplit(address)
        answer = client.get(f"{parts.path}?{parts.query}")
        assert answer.status_code == 200, answer.content
        is_stream = isinstance(answer, StreamingHttpResponse)
        return io.BytesIO(b"".join(answer.streaming_content) if is_stream else answer.content)

    code["urlopen"] = urlopen
    copy, cursor = code["begin"]()
    assert copy == snapshot(asking(client))[1]
    make_actor("Neu", slug="neu")
    Actor.objects.get(slug="beispiel").delete()
    Actor.objects.filter(slug="muster").update(city="Kaiserslautern")
    assert copy != snapshot(asking(client))[1]
    cursor = code["follow"](copy, cursor)
    assert copy == snapshot(asking(client))[1]
    assert code["follow"](copy, cursor) == cursor


def test_the_check_of_signatures_knows_genuine_deliveries(client, registry):
    code: dict = {}
    exec(examples(client, PAGES[0])["ex-verify"], code)
    secret, body, moment = (
        "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        '{"type": "actor.updated"}',
        time.time(),
    )

    def headers(at: float) -> dict:
        signed = Webhook(secret).sign("msg_1", datetime.fromtimestamp(int(at), UTC), body)
        return {
            "webhook-id": "msg_1", "webhook-timestamp": str(int(at)), "webhook-signature": f"v1,AAAA {signed}",
        }  # fmt: skip

    genuine = code["is_genuine"]
    assert genuine(headers(moment), body.encode(), secret)
    assert not genuine(headers(moment), body.encode() + b" ", secret)
    assert not genuine(headers(moment - 600), body.encode(), secret)
    assert not genuine(headers(moment) | {"webhook-id": "msg_2"}, body.encode(), secret)


def test_the_table_names_every_endpoint_with_its_count(client, registry):
    text = markup_of(client.get(PAGES[1]))
    row = (
        r'class="code"(?: href="/api/v1/[^"]*")?>([^<]+)</(?:a|span)>.*?<td role="cell" class="r">(.*?)</td>'
    )
    table = re.search(r'id="h-endpoints".*?<tbody(.*?)</tbody>', text, re.DOTALL)[1]
    rows = dict(re.findall(row, table))
    root = reverse("api:root")
    listed = {reverse(f"api:{view}").removeprefix(root) for view in ENDPOINTS.values()} - {"schema/", "docs/"}
    assert listed <= rows.keys()
    assert (rows["actors/"], rows["layers/"], rows["matrix/"], rows["changes/"]) == ("2", "5", "10", "")
    assert "Typeahead" in text


def test_both_languages_have_all_of_it(client, registry):
    german, english = (client.get(page).content.decode() for page in PAGES)
    ids = re.findall(r' id="([\w-]+)"', english)
    assert re.findall(r' id="([\w-]+)"', german) == ids and len(ids) == len(set(ids))
    assert {f'href="#{name}"' in english for name in ("start", "compatibility")} == {True}


def test_a_registry_without_anybody_has_the_page_too(client):
    text = markup_of(client.get(PAGES[1]))
    assert "0 results today." in text and "ex-entry" not in text
