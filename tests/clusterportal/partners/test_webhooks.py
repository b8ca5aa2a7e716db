"""Webhooks arrive: at least once, in order, whatever receivers and workers do. Times stand in the table."""

import os
import random
import signal
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from actors.models import Actor
from clusterportal.partners.domain.sequencing import sequence
from clusterportal.partners.domain.webhooks import delivering, endpoints, outbox, runner
from clusterportal.partners.domain.webhooks.delivering import deliver
from clusterportal.partners.models import FeedEntry, FeedState, WebhookAttempt
from tests.clusterportal.partners.receiver import (
    ADMIN,
    Reply,
    behind,
    deliver_now,
    endpoint_at,
    eventually,
    publish,
    receiving,
)
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


def test_a_message_is_the_entry_of_the_feed_and_signed(receiver, client):
    endpoint = endpoint_at(receiver)
    since = FeedState.objects.get().position
    [slug] = publish(1)
    deliver_now(endpoint)
    [(id, message)] = receiver.kept.items()
    entry = client.get("/api/v1/changes/").json()["changes"][-1]
    assert (id, entry["slug"]) == (f"evt_{entry['cursor']}", slug)
    entry["url"] = entry["url"].replace("http://testserver", "https://portal.example")
    assert message == {"type": "actor.published", "timestamp": entry["at"], "data": entry}
    [(headers, body)] = receiver.requests
    assert headers["Content-Type"] == "application/json"
    assert len(body) < 2000
    assert (endpoint.position, endpoint.failures) == (since + 1, 0)
    log = WebhookAttempt.objects.get()
    assert (log.event, log.type, log.number, log.status, log.is_accepted) == (
        id,
        message["type"],
        1,
        204,
        True,
    )
    assert log.request == body.decode()


def test_whatever_the_receiver_does_it_has_everything_in_the_end(receiver):
    """It fails, delays and drops at random, after and before it keeps a message."""
    dice = random.Random(16)
    replies = [
        *[Reply()] * 5,
        Reply(500, keeps=False),
        Reply(302, keeps=False, headers=[("Location", "https://example.org/")]),
        Reply(keeps=False, drops=True),
        Reply(drops=True),
        Reply(503),
        Reply(wait=0.02),
    ]
    receiver.reply = lambda: dice.choice(replies)
    endpoint = endpoint_at(receiver)
    slugs = publish(16)
    Actor.objects.filter(slug__in=slugs[:6]).update(city="Halle")
    Actor.objects.filter(slug__in=slugs[6:9]).update(state="archived")
    sequence()
    while behind(endpoint):
        deliver_now(endpoint)
    entries = FeedEntry.objects.filter(slug__in=slugs).order_by("position")
    assert receiver.told("slug") == [(f"actor.{entry.op}", entry.slug) for entry in entries]
    assert len(receiver.kept) == 25
    assert len(receiver.asked) == WebhookAttempt.objects.count() > 35


@pytest.mark.django_db(transaction=True)
def test_one_that_never_answers_holds_up_nobody(receiver):
    with receiving() as silent:
        silent.reply = lambda: Reply(500, wait=60, keeps=False)
        stuck, working = endpoint_at(silent), endpoint_at(receiver)
        publish(20)
        runner.start_due()
        assert eventually(lambda: len(receiver.kept) == 20)
        assert eventually(lambda: [*runner._busy] == [stuck.pk])
        assert silent.asked == [*receiver.kept][:1]
        assert deliver(stuck.pk) is False  # in hand, once
    assert eventually(lambda: not runner._busy)
    assert (behind(working), behind(stuck)) == (0, 20)


class Killed(BaseException):
    """A worker ends here."""


@pytest.mark.parametrize("step", ["post", "_note", "_write_down", "_go_on", "endpoint_state.succeed"])
def test_a_worker_that_ends_anywhere_loses_nothing(receiver, monkeypatch, step):
    endpoint = endpoint_at(receiver)
    slugs = publish(3)

    def end(*given, **named):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(f"{delivering.__name__}.{step}", end)
        with pytest.raises(Killed):
            deliver(endpoint.pk)
    assert behind(endpoint) == 3
    assert not WebhookAttempt.objects.exists()
    deliver(endpoint.pk)
    assert receiver.told("slug") == [("actor.published", slug) for slug in slugs]
    assert len(receiver.asked) == (3 if step == "post" else 4)  # the first one twice, under one id
    assert behind(endpoint) == 0


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_loses_nothing(receiver):
    """A real process, killed while the receiver has the message and has not answered."""
    endpoint = endpoint_at(receiver)
    slugs = publish(2)
    worker = os.fork()
    if not worker:
        inherited = connections["default"].connection  # of the parent: kept, and never spoken to
        connections["default"].connection = None
        deliver(endpoint.pk)
        os._exit(bool(inherited))
    receiver.reply = lambda: os.kill(worker, signal.SIGKILL) or Reply()
    assert eventually(lambda: len(receiver.kept) == 1)
    assert os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]) == -signal.SIGKILL
    receiver.reply = Reply
    assert behind(endpoint) == 2
    assert eventually(lambda: deliver(endpoint.pk))  # as soon as the server has noticed the death
    assert receiver.told("slug") == [("actor.published", slug) for slug in slugs]
    assert receiver.asked[0] == receiver.asked[1]


# ---------- retries ----------
def test_retries_come_at_the_times_of_the_specification_and_then_it_is_paused(receiver, post, settings):
    settings.SITE_URL = "https://portal.example"
    receiver.reply = lambda: Reply(500)
    endpoint = endpoint_at(receiver)
    publish(2)
    waits = []
    while endpoint.is_active:
        deliver_now(endpoint)
        waits.append((endpoint.due_at - timezone.now()).total_seconds())
    least = [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400]
    assert sum(least) == (75 * 60 + 35) * 60 + 5
    assert all(wait - 1 < waited <= wait * 1.1 for wait, waited in zip(least, waits, strict=False))
    assert (len(waits), endpoint.pause_reason) == (10, "failed")
    assert len({*receiver.asked}) == 1
    assert [*WebhookAttempt.objects.order_by("pk").values_list("number", flat=True)] == [*range(1, 11)]
    deliver_now(endpoint)
    assert len(receiver.asked) == 10
    assert outbox.OUTBOX.send_due() == 1
    [(to, mail)] = post.accepted
    assert (to, receiver.url in mail.replace("=\n", "").replace("=3D", "=")) == (["kim@kammer.example"], True)
    receiver.reply = Reply
    endpoints.resume(endpoint=endpoint, by=ADMIN)
    deliver(endpoint.pk)
    assert behind(endpoint) == 0


def test_nobody_is_pressed(receiver):
    """`Retry-After` is honoured; who is overloaded is sent to slowly from then on; 410 ends it."""
    endpoint = endpoint_at(receiver)
    publish(4)
    receiver.reply = lambda: Reply(503, headers=[("Retry-After", "3600")])
    deliver_now(endpoint)
    assert timedelta(seconds=3599) < endpoint.due_at - timezone.now() <= timedelta(hours=1)
    receiver.reply = lambda: Reply(503, headers=[("Retry-After", "99999999999")])
    deliver_now(endpoint)
    assert endpoint.due_at - timezone.now() <= timedelta(days=1)
    receiver.reply = lambda: Reply(429)
    for pace in (1, 2, 4):
        assert deliver_now(endpoint).pace == pace
    receiver.reply = Reply
    for left in (3, 2):
        deliver_now(endpoint)
        assert behind(endpoint) == left  # one at a time
        assert endpoint.due_at > timezone.now()
    deliver_now(endpoint)
    assert (behind(endpoint), endpoint.pace) == (0, 0)  # and then at once again
    publish(1)
    receiver.reply = lambda: Reply(410)
    deliver_now(endpoint)
    assert (endpoint.is_active, endpoint.pause_reason, behind(endpoint)) == (False, "gone", 1)


@pytest.mark.django_db(transaction=True)
def test_the_standing_thread_numbers_and_delivers_by_itself(receiver):
    endpoint_at(receiver)
    runner.keep_listening()
    try:
        listener = runner._listener
        runner.keep_listening()
        assert runner._listener is listener  # one is enough
        make_actor("Von selbst")
        assert eventually(lambda: receiver.told("slug") == [("actor.published", "von-selbst")])
    finally:
        connections["default"].cursor().execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND query LIKE 'LISTEN %'"
        )
        listener.join(10)
    assert not listener.is_alive()
