"""Kept answers: sent again while nothing was committed, never stale, never anybody's own."""

import io
import pickle
import sys

import pytest
from django.core.cache.backends.locmem import LocMemCache
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client

from actors.models import Actor
from clusterportal.answers import Answers
from clusterportal.core.shared_cache import SharedCache
from clusterportal.pages.models import TextPage
from tests import elsewhere
from tests.factories import make_actor, make_person

API, PAGE = "/api/v1/actors/", "/de/akteure/"


class Door:
    """A server's side of the application; counts how often Django itself is asked."""

    def __init__(self, *, shared=None):
        self.asked, handler = 0, WSGIHandler()
        self.limits = []  # what each answer says of the client's own limit

        def application(environ, start_response):
            self.asked += 1
            return handler(environ, start_response)

        self.answers = Answers(application, room=2**20, shared=shared)

    def get(self, address: str, *, method: str = "GET", **headers):
        path, _, question = address.partition("?")
        said = {}

        def start_response(status, sent, exc_info=None):
            said.update(status=int(status[:3]), headers=dict(sent))

        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": question, "SERVER_NAME": "testserver",
            "SERVER_PORT": "80", "HTTP_HOST": "testserver", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr, "REMOTE_ADDR": "127.0.0.1", "SCRIPT_NAME": "",
        } | headers  # fmt: skip
        body = self.answers(environ, start_response)
        said["body"] = b"".join(body)
        mine = [name for name in said["headers"] if name.startswith("RateLimit")]
        self.limits.append({name: said["headers"].pop(name) for name in mine})
        if hasattr(body, "close"):
            body.close()
        return said


@pytest.fixture
def door(transactional_db):
    make_actor("Institut")
    return Door()


@pytest.mark.parametrize(
    "address", [API, f"{API}institut/", "/api/v1/matrix/", PAGE, "/de/", "/de/akteure/institut/"]
)
def test_the_second_is_the_first_again(door, address):
    first, second = door.get(address), door.get(address)
    assert (first, door.asked) == (second, 1)
    assert first["status"] == 200
    assert "public" in first["headers"]["Cache-Control"]


def test_what_it_sends_is_what_django_says(door):
    for address in (API, PAGE):
        door.get(address)
        kept, plain = door.get(address), Client().get(address)
        assert kept["body"] == plain.content
        assert kept["headers"]["ETag"] == plain.headers["ETag"]
    assert door.asked == 2


WRITERS = {
    "model": lambda: make_actor("Zweites"),
    "bulk": lambda: Actor.objects.update(name="Umbenannt"),
    "sql": lambda: connection.cursor().execute("UPDATE actors_actor SET name = 'Mit SQL'"),
    "text": lambda: TextPage.objects.create(slug="imprint", title_de="Impressum"),
    "process": lambda: elsewhere.execute("UPDATE actors_actor SET name = 'Anderswo'"),
}


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_nothing_is_stale_after_a_commit(door, write):
    for address in (API, PAGE):
        door.get(address)
    write()
    for address in (API, PAGE):
        assert door.get(address)["body"] == Client().get(address).content
    assert door.asked == 4


def test_another_day_is_another_state(door, monkeypatch):
    door.get(PAGE)
    monkeypatch.setattr("clusterportal.answers._today", lambda: 0)
    door.get(PAGE)
    assert door.asked == 2


def test_who_holds_it_gets_a_short_answer(door):
    for address in (API, PAGE):
        etag = door.get(address, HTTP_ACCEPT_ENCODING="gzip")["headers"]["ETag"]
        short = door.get(address, HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=f'"other", {etag}')
        assert (short["status"], short["body"], short["headers"]["ETag"]) == (304, b"", etag)
        assert "Content-Length" not in short["headers"]
        assert Client().get(address, headers={"if-none-match": etag}).status_code == 304
    assert door.asked == 2
    Actor.objects.update(name="Umbenannt")
    assert door.get(API, HTTP_IF_NONE_MATCH=etag)["status"] == 200


def test_each_coding_is_kept(door):
    for number in range(4):
        make_actor(f"Institut {number}")
    for _turn in range(2):
        tags = {}
        for accepted in ("", "gzip", "br", "gzip, br"):
            answer = door.get(API, HTTP_ACCEPT_ENCODING=accepted)
            coding = answer["headers"].get("Content-Encoding", "")
            assert coding == ("br" if "br" in accepted else accepted)
            tags[coding] = answer["headers"]["ETag"]
            known = door.get(API, HTTP_ACCEPT_ENCODING=accepted, HTTP_IF_NONE_MATCH=tags[""])
            assert (known["status"], known["headers"]["ETag"]) == (304, tags[""])
        assert len(set(tags.values())) == 3
    assert door.asked == 3


def test_who_asks_only_for_news_is_answered_from_what_is_kept(door):
    etag = Client().get(API).headers["ETag"]
    for _turn in range(3):
        told = door.get(API, HTTP_IF_NONE_MATCH=etag)
        assert (told["status"], told["body"], told["headers"]["ETag"]) == (304, b"", etag)
    assert door.asked == 1
    assert door.get(API)["status"] == 200
    assert door.asked == 1


def test_nothing_is_streamed_to_who_holds_it(door):
    address = f"{API}?format=ndjson"
    whole = door.get(address)
    told = door.get(address, HTTP_IF_NONE_MATCH=whole["headers"]["ETag"])
    assert (told["status"], told["body"], told["headers"]["ETag"]) == (304, b"", whole["headers"]["ETag"])
    assert set(told["headers"]) <= set(whole["headers"])
    assert door.get(address, HTTP_IF_NONE_MATCH='"other"')["body"] == whole["body"]
    assert door.asked == 3


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_COOKIE": "sessionid=abc"}, {"HTTP_COOKIE": "a=b; csrftoken=abc"}, {"HTTP_COOKIE": "messages=abc"},
        {"HTTP_AUTHORIZATION": "Bearer abc"}, {"HTTP_RANGE": "bytes=0-1"}, {"HTTP_IF_MATCH": '"abc"'},
        {"method": "HEAD"}, {"method": "OPTIONS"},
    ],
    ids=str,
)  # fmt: skip
def test_not_everybodys_questions_pass_by(door, headers):
    door.get(PAGE)
    door.get(PAGE, **headers)
    door.get(PAGE, **headers)
    assert door.asked == 3


def test_signed_in_people_get_their_own(door):
    client = Client()
    client.force_login(make_person("administrator"))
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    own = door.get(PAGE, HTTP_COOKIE=cookie)
    assert own["headers"]["Cache-Control"] == "private, no-store, no-cache"
    assert "ETag" not in own["headers"]
    door.get(PAGE, HTTP_COOKIE=cookie)
    assert door.asked == 2


@pytest.mark.parametrize(
    "address",
    [
        "/admin/login/",
        "/de/akteure/?kind=wrong",
        "/de/nowhere/",
        "/health/",
        f"{API}?format=csv",
        f"{API}?x=1",
    ],
)
def test_what_is_not_kept(door, address):
    door.get(address)
    door.get(address)
    assert door.asked == 2


def test_each_question_has_its_own_answer(door):
    questions = [
        {"address": PAGE}, {"address": "/en/actors/"}, {"address": f"{PAGE}?page=1"}, {"address": API},
        {"address": PAGE, "HTTP_HX_REQUEST": "true"}, {"address": PAGE, "wsgi.url_scheme": "https"},
        {"address": PAGE, "HTTP_HX_REQUEST": "true", "HTTP_HX_HISTORY_RESTORE_REQUEST": "true"},
        {"address": API, "HTTP_ACCEPT_LANGUAGE": "en"}, {"address": API, "HTTP_ACCEPT": "application/ld+json"},
        {"address": PAGE, "HTTP_HOST": "localhost"}, {"address": PAGE, "HTTP_ACCEPT_ENCODING": "br, gzip"},
    ]  # fmt: skip
    first = [door.get(**question) for question in questions]
    assert [door.get(**question) for question in questions] == first
    assert door.asked == len(questions)


def test_a_page_does_not_depend_on_the_accepted_language(door):
    door.get(PAGE, HTTP_ACCEPT_LANGUAGE="de")
    door.get(PAGE, HTTP_ACCEPT_LANGUAGE="en-GB")
    assert door.asked == 1


def test_workers_share_what_they_keep(transactional_db):
    cache = LocMemCache("answers", {})
    cache.clear()
    make_actor("Institut")
    one, other = (Door(shared=SharedCache(cache)) for _worker in range(2))
    assert one.get(API) == other.get(API) == other.get(API)
    assert (one.asked, other.asked) == (1, 0)
    Actor.objects.update(name="Umbenannt")
    assert b"Umbenannt" in other.get(API)["body"]
    assert (one.asked, other.asked) == (1, 1)


def test_a_shared_cache_that_lies_is_not_believed(transactional_db):
    """Each key holds what belongs to another one, cut off, or nothing of ours: answers are made anew."""
    cache = LocMemCache("answers", {})
    cache.clear()
    make_actor("Institut")
    first = Door(shared=SharedCache(cache)).get(API)
    assert len(cache._cache) == 1
    for garbage in (b"", b"{}\n<html>", 5, next(iter(cache._cache.values()))[:-9]):
        for key in [*cache._cache]:
            cache._cache[key] = pickle.dumps(garbage)
        door = Door(shared=SharedCache(cache))
        assert (door.get(API), door.asked) == (first, 1)


def test_a_lost_connection_is_opened_again(door):
    door.get(API)
    connection.connection.close()
    assert door.get(API)["status"] == 200
    assert door.asked == 1


@pytest.mark.django_db
def test_inside_a_transaction_nothing_is_kept():
    make_actor("Institut")
    door = Door()
    door.get(API)
    door.get(API)
    assert door.asked == 2
