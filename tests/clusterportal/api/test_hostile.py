"""What is sent to break the API: one problem document each, nothing looked for, nothing told."""

import json

import pytest
from django.http import Http404
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory

from clusterportal.core.api.views import PublicView
from clusterportal.partners.api.authentication import HasScope
from tests.factories import make_key

API = "/api/v1/"
JSON = "application/json"


def sent(client, body: bytes, content_type: str = JSON, **headers):
    return client.post(f"{API}lookup/", body, content_type=content_type, headers=headers)


HOSTILE = {  # what is asked, and the status
    "a query of 10,000 characters": (lambda c: c.get(f"{API}actors/", {"q": "ü" * 10_000}), 400),
    "a parameter twice": (lambda c: c.get(f"{API}actors/?page_size=5&page_size=500"), 400),
    "a parameter that does not exist": (lambda c: c.get(f"{API}actors/?__proto__=1"), 400),
    "a parameter as a list": (lambda c: c.get(f"{API}actors/?page[]=1"), 400),
    "a thousand parameters": (lambda c: c.get(f"{API}actors/?" + "&".join(["kind=company"] * 6_000)), 400),
    "a null character": (lambda c: c.get(f"{API}actors/?q=a%00b"), 400),
    "no UTF-8": (lambda c: c.get(f"{API}actors/?q=%ff%fe"), 400),
    "SQL for a cursor": (lambda c: c.get(f"{API}actors/?cursor=1'%20OR%20'1'='1"), 400),
    "a key in the address": (lambda c: c.get(f"{API}actors/?access_token=cp_x"), 400),
    "a key of 10,000 characters": (
        lambda c: c.get(API, headers={"Authorization": f"Bearer {'x' * 10_000}"}),
        401,
    ),
    "a key that is no text": (lambda c: c.get(API, headers={"Authorization": "Bearer \xff\xfe"}), 401),
    "no key at all": (lambda c: c.get(API, headers={"Authorization": "Bearer"}), 401),
    "several keys": (lambda c: c.get(API, headers={"Authorization": "Bearer a b"}), 401),
    "an oversized body": (lambda c: sent(c, b'{"uid": ["' + b"a" * 2**20 + b'"]}'), 413),
    "a bomb of lists": (lambda c: sent(c, b"[" * 50_000 + b"]" * 50_000), 400),
    "a bomb of objects": (lambda c: sent(c, b'{"uid":' * 10_000 + b"1" + b"}" * 10_000), 400),
    "a member twice": (lambda c: sent(c, b'{"uid": [], "uid": []}'), 400),
    "a body of another type": (lambda c: sent(c, b"<x/>", "text/xml"), 415),
    "a compressed bomb": (lambda c: sent(c, b"\x1f\x8b", **{"Content-Encoding": "gzip"}), 415),
    "no JSON": (lambda c: sent(c, b"{"), 400),
    "numbers that are none": (lambda c: sent(c, b'{"uid": [NaN]}'), 400),
    "a method that does not exist": (lambda c: c.generic("PROPFIND", f"{API}actors/"), 405),
    "a format that does not exist": (lambda c: c.get(f"{API}actors/", headers={"Accept": "image/png"}), 406),
    "a way out of the folder": (lambda c: c.get(f"{API}actors/..%2f..%2fadmin/"), 404),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_requests_get_a_problem_document_each(client, db, name):
    ask, status = HOSTILE[name]
    answer = ask(client)
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = json.loads(answer.content)
    assert problem["status"] == status and problem["title"] and problem["detail"]
    assert problem["type"] != "about:blank" and len(answer.content) < 15_000


class Writing(PublicView):
    """An endpoint for keys with a scope; says whether there is such a record."""

    permission_classes = [HasScope("propose")]

    def get(self, request, slug):
        if slug != "there":
            raise Http404
        return Response({"slug": slug})


def asked(slug: str, headers: dict):
    return Writing.as_view()(APIRequestFactory().get(f"{API}x/", **headers), slug=slug)


def test_without_the_scope_nobody_learns_what_exists(db):
    _key, reading = make_key("read:contacts")
    refused = [asked(slug, reading) for slug in ("there", "nowhere")]
    assert [one.status_code for one in refused] == [403, 403]
    assert refused[0].content == refused[1].content
    assert json.loads(refused[0].content) == {
        "type": "/api/v1/docs/#problem-forbidden",
        "title": "Nicht erlaubt",
        "status": 403,
        "detail": "Der Schlüssel darf das nicht: Er braucht das Recht „propose“.",
    }
    without = [asked(slug, {}) for slug in ("there", "nowhere")]
    assert [(one.status_code, one["WWW-Authenticate"]) for one in without] == [
        (401, 'Bearer realm="api"')
    ] * 2
    assert without[0].content == without[1].content
    _key, proposing = make_key("propose")
    assert [asked(slug, proposing).status_code for slug in ("there", "nowhere")] == [200, 404]
