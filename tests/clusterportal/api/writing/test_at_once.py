"""Writers who come at the same moment, on connections of their own; and a call that ends half-way."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connection
from django.test import Client

from actors.models import Actor, Service
from clusterportal.api.writing import views
from clusterportal.partners.domain.idempotency import answer_once
from clusterportal.partners.models import KeptAnswer
from tests.clusterportal.api.writing.sending import seen, send
from tests.clusterportal.api.writing.test_bulk import send as send_many

pytestmark = pytest.mark.django_db(transaction=True)
RECORD = {"name": "Neue Robotik GmbH", "kind": "company"}


def in_threads(*calls):
    """What the calls return that begin at once, each on a connection of its own."""
    together = Barrier(len(calls))

    def run(call):
        try:
            together.wait(10)
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [one.result(60) for one in [pool.submit(run, call) for call in calls]]


def test_of_writers_onto_one_version_one_writes_and_a_call_is_done_once(actor, key, monkeypatch):
    version = seen(Client(), actor)
    patches = [{"services": [{"title": {"de": f"Leistung {number}"}}]} for number in range(4)]
    answers = in_threads(
        *(lambda patch=patch: send(Client(), actor, patch, key, version=version) for patch in patches)
    )
    assert sorted(one.status_code for one in answers) == [200, 412, 412, 412]
    (won,) = (one.json() for one in answers if one.status_code == 200)
    assert [one["title"]["de"] for one in won["services"]] == [
        service.title_de for service in Service.objects.all()
    ]

    # The same call twice: the second while the first is at work, then once more.
    at_work, may_end = Event(), Event()

    def slowly(**about):
        answer = about.pop("answer")

        def wait():
            done = answer()
            at_work.set()
            assert may_end.wait(30)
            return done

        return answer_once(answer=wait, **about)

    monkeypatch.setattr(views, "answer_once", slowly)

    def second():
        assert at_work.wait(30)
        try:
            return send_many(Client(), [RECORD], key)
        finally:
            may_end.set()

    first, meanwhile = in_threads(lambda: send_many(Client(), [RECORD], key), second)
    assert (first.status_code, meanwhile.status_code) == (200, 409)
    assert meanwhile.json()["type"] == "/api/v1/docs/#problem-conflict"
    assert send_many(Client(), [RECORD], key).content == first.content
    assert Actor.objects.filter(name=RECORD["name"]).count() == 1

    # What breaks off after the write and before its answer is kept, leaves neither.
    KeptAnswer.objects.all().delete()

    def broken(**about):
        answer = about.pop("answer")

        def fail():
            answer()
            raise RuntimeError("the process ends here")

        return answer_once(answer=fail, **about)

    monkeypatch.setattr(views, "answer_once", broken)
    other = {"name": "Andere GmbH", "kind": "company"}
    client = Client(raise_request_exception=False)
    assert send_many(client, [other], key, token="broken").status_code == 500
    assert not KeptAnswer.objects.exists() and not Actor.objects.filter(name=other["name"]).exists()
    monkeypatch.undo()
    assert send_many(Client(), [other], key, token="broken").json()["results"][0]["status"] == "created"
