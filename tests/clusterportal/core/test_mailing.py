"""Mails over real SMTP: accepted once, also when the job is done again."""

import logging
import uuid

import pytest
from django.core import mail
from django.db import OperationalError

from clusterportal.core import mailing
from clusterportal.core.mailing import IsBeingSent, NotAccepted, send_once
from clusterportal.core.models import Delivery
from tests import elsewhere

LETTER = {"subject": "Grüße", "body": "Guten Tag\n", "to": "me@example.org"}


@pytest.fixture
def key():
    return str(uuid.uuid4())


def test_a_job_that_is_done_again_sends_nothing_more(db, post, key):
    send_once(key=key, **LETTER)
    send_once(key=key, **LETTER)
    [(recipients, content)] = post.accepted
    assert recipients == ["me@example.org"]
    assert f"Message-ID: <{key}@portal.example>" in content
    assert [str(delivery.key) for delivery in Delivery.objects.all()] == [key]


def test_answers_can_go_elsewhere(db, post, key):
    send_once(key=key, reply_to="kim@example.org", **LETTER)
    [(_recipients, content)] = post.accepted
    assert "Reply-To: kim@example.org" in content and "Auto-Submitted" not in content


@pytest.mark.parametrize(
    ("refusal", "is_final"),
    [("451 later", False), ("550 unknown", True), ("554 spam", True)],
)
def test_a_refusal_says_whether_it_is_the_last_word(db, post, key, refusal, is_final):
    post.refusal = refusal
    with pytest.raises(NotAccepted) as refused:
        send_once(key=key, **LETTER)
    assert (refused.value.is_final, refused.value.is_unclear) == (is_final, False)


def test_a_line_that_breaks_leaves_it_unclear(db, post, key, settings, monkeypatch):
    settings.EMAIL_PORT, port = 1, settings.EMAIL_PORT
    with pytest.raises(NotAccepted) as never_reached:
        send_once(key=key, **LETTER)
    assert not never_reached.value.is_unclear
    settings.EMAIL_PORT = port

    def break_off(self):
        raise TimeoutError("the line is silent")

    monkeypatch.setattr(mail.EmailMessage, "send", break_off)
    with pytest.raises(NotAccepted) as broken:
        send_once(key=key, **LETTER)
    assert broken.value.is_unclear


@pytest.mark.parametrize(
    ("refusal", "reason"),
    [
        ("451 later", "SMTPDataError (451)"),
        ("550 unknown me@example.org", "recipient refused (550)"),
    ],
)
def test_a_refusal_is_told_without_the_address_and_tried_again(db, post, key, caplog, refusal, reason):
    post.refusal = refusal
    with (
        pytest.raises(NotAccepted, match=reason.replace("(", r"\(").replace(")", r"\)")),
        caplog.at_level(logging.WARNING),
    ):
        send_once(key=key, **LETTER)
    assert [record.getMessage() for record in caplog.records] == [
        f"The mail server did not take a mail: {reason}"
    ]
    post.refusal = ""
    send_once(key=key, **LETTER)
    assert len(post.accepted) == 1


def test_a_mail_server_that_is_away(db, post, key, settings):
    settings.EMAIL_PORT = 1
    with pytest.raises(NotAccepted, match="refused"):
        send_once(key=key, **LETTER)


def test_two_workers_do_not_send_the_same_mail_at_once(transactional_db, post, key):
    with elsewhere.holding_lock(f"mail {key}"), pytest.raises(IsBeingSent):
        send_once(key=key, **LETTER)
    send_once(key=key, **LETTER)
    assert len(post.accepted) == 1


def test_a_database_that_is_restarted_after_the_mail_servers_word(transactional_db, post, key, monkeypatch):
    """The note is made as soon as the database is back, so that the job done again sends nothing."""
    monkeypatch.setattr(mailing.time, "sleep", lambda seconds: None)
    answers = [OperationalError("gone"), OperationalError("gone"), None]
    make = Delivery.objects.get_or_create

    def note(**fields):
        if error := answers.pop(0):
            raise error
        return make(**fields)

    monkeypatch.setattr(type(Delivery.objects), "get_or_create", lambda self, **fields: note(**fields))
    send_once(key=key, **LETTER)
    elsewhere.wait_for_lock(f"mail {key}")
    send_once(key=key, **LETTER)
    assert (len(post.accepted), answers) == (1, [])


def test_a_session_that_broke_while_the_mail_was_sent(transactional_db, post, key, monkeypatch):
    sent = mail.EmailMessage.send

    def send_and_break(self):
        sent(self)
        elsewhere.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid()"
        )

    monkeypatch.setattr(mail.EmailMessage, "send", send_and_break)
    send_once(key=key, **LETTER)
    assert Delivery.objects.filter(key=key).exists()
