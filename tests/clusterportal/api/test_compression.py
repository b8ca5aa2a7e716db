"""Answers of the API leave compressed, under a strong tag of their own for each coding."""

import gzip

import brotli
import pytest

from clusterportal.core.codings import coding_for, named_tag
from tests.factories import make_actor

API = "/api/v1/actors/"
UNPACK = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}
ADDRESSES = [
    API,
    f"{API}?format=ndjson&include=*",
    f"{API}?format=csv",
    f"{API}?format=geojson",
    "/api/v1/schema/",
]


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", ""), ("gzip", "gzip"), ("gzip, deflate, br", "br"), ("GZIP", "gzip"), ("br;q=0.5, gzip", "gzip"),
        ("br;q=0, *", "gzip"), ("*", "br"), ("*;q=0", ""), ("identity", ""), ("gzip;q=0", ""), ("gzip;q=x", ""),
        ("gzip;level=9", "gzip"), ("br," * 100, ""),
    ],
)  # fmt: skip
def test_the_coding_that_is_preferred(accepted, coding):
    assert coding_for(accepted) == coding


def test_a_tag_is_known_in_every_coding():
    for tag in ('"a"', '"a-br"', '"a-gzip"', 'W/"a-gzip"', '"x", "a-br"'):
        assert named_tag('"a-gzip"', tag), tag
    for tag in ('"a-zip"', '"x-gzip"', '"a', ""):
        assert named_tag('"a-gzip"', tag) is None, tag
    assert named_tag('"a-gzip"', '"x", "a"') == '"a"'
    assert named_tag('W/"a"', '"a"') == 'W/"a"'


@pytest.fixture
def actors(db):
    for number in range(4):
        make_actor(f"Institut für Wärme {number}")


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_coding_is_the_same_answer(client, actors, address):
    plain = client.get(address)
    whole = plain.getvalue()
    assert "Content-Encoding" not in plain.headers
    for coding, unpack in UNPACK.items():
        sent = {"Accept-Encoding": coding}
        answer = client.get(address, headers=sent)
        assert unpack(answer.getvalue()) == whole
        assert answer.headers.get("Content-Encoding", "") == coding
        suffix = f'-{coding}"' if coding else '"'
        tag = answer.headers["ETag"]
        assert tag == plain.headers["ETag"][:-1] + suffix
        assert "Accept-Encoding" in answer.headers["Vary"]
        if not answer.streaming:
            assert answer.headers["Content-Length"] == str(len(answer.content))
        head = client.head(address, headers=sent)
        assert (head.status_code, head.getvalue()) == (200, b"")
        assert {name: head.headers[name] for name in ("ETag", "Vary")} == {
            "ETag": tag, "Vary": answer.headers["Vary"]
        }  # fmt: skip
        assert head.headers.get("Content-Encoding", "") == coding
        for known in (tag, f"W/{tag}", f'"other", {tag}'):
            short = client.get(address, headers=sent | {"If-None-Match": known})
            assert (short.status_code, short.getvalue(), short.headers["ETag"]) == (304, b"", tag)
            assert "Accept-Encoding" in short.headers["Vary"]
        assert client.get(address, headers=sent | {"If-Match": tag}).status_code == 200
        assert client.get(address, headers=sent | {"If-Match": '"other"'}).status_code == 412


def test_what_gains_nothing_is_sent_as_it_is(client, actors):
    for address in ("/api/v1/suggest/?q=zz", f"{API}?format=xlsx", "/api/v1/nothing/"):
        answer = client.get(address, headers={"Accept-Encoding": "gzip"})
        assert "Content-Encoding" not in answer.headers, address
        assert "Accept-Encoding" in answer.headers["Vary"]


def test_a_stream_is_packed_as_it_goes(client, actors):
    answer = client.get(f"{API}?format=ndjson", headers={"Accept-Encoding": "gzip"})
    assert answer.streaming
    assert "Content-Length" not in answer.headers
