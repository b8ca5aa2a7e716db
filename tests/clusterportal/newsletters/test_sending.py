"""Issues on their way: what a mail says, what a refusal does, what is held, and one worker that is killed."""

import os
import re
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from clusterportal.core import outbox as core_outbox
from clusterportal.core.models import Standstill
from clusterportal.newsletters.domain import leaving, outbox, scheduling
from clusterportal.newsletters.domain.addresses import BOUNCE, UNSUBSCRIBE, sealed_in
from clusterportal.newsletters.models import Bounce, Issue, IssueMail, Suppression
from tests.clusterportal.newsletters.makers import (
    make_issue,
    make_list,
    make_reader,
    make_readers,
    make_scheduled,
)
from tests.factories import make_actor, make_cluster, make_contribution, make_person
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


def states(issue: Issue) -> dict[str, str]:
    return dict(issue.mails.values_list("to", "state"))


def test_each_reader_gets_one_mail_with_what_mail_programs_need(post, taken, own_list, cluster, client):
    german, plain = (
        make_reader(own_list, "a@leser.example"),
        make_reader(own_list, "b@leser.example", form="text"),
    )
    english = make_list(cluster, "en", name="News")
    make_reader(english, "c@leser.example"), make_reader(english, "a@leser.example")  # reads both, gets one
    make_reader(make_list(), "d@leser.example")  # of another list
    issue = make_scheduled(cluster, title_en="Two gaps", introduction_de="Erstens.\n\nZweitens <b>.")
    assert outbox.run() == 3 and outbox.run() == 0
    issue.refresh_from_db()
    assert (issue.state, set(states(issue).values())) == ("sent", {"sent"})

    senders = [sealed_in(envelope) for envelope in post.senders]
    first, second, third = taken()
    keys = list(issue.mails.order_by("pk").values_list("key", flat=True))
    assert senders == [[(BOUNCE, key)] for key in keys]
    assert [mail["Message-ID"] for mail in (first, second, third)] == [
        f"<{key}@portal.example>" for key in keys
    ]
    assert (first["To"], first["From"]) == ("a@leser.example", "Clusterregister <newsletter@portal.example>")
    assert first["Subject"].strip() == "Clusterregister: Zwei Lücken"
    assert (first["List-Id"], first["List-Unsubscribe-Post"]) == (
        "<it-de.portal.example>",
        "List-Unsubscribe=One-Click",
    )
    https, mailto = re.findall(r"<([^>]+)>", first["List-Unsubscribe"])
    assert https.startswith("https://portal.example/de/newsletter/abmelden/")
    assert sealed_in(mailto) == [(UNSUBSCRIBE, keys[0])]

    html = first.get_body(("html",)).get_content()
    assert "Zweitens &lt;b&gt;." in html and 'href="https://a.example/eins"' in html and "@@" not in html
    assert https in html and "Neues aus IT-Cluster" in html
    assert "<img" not in html and "<script" not in html and "@media (prefers-color-scheme: dark)" in html
    assert re.search(r'<h1[^>]+style="[^"]*font-size: ?38px', html)  # the style is in the element
    text = first.get_body(("plain",)).get_content()
    assert "Zweitens <b>." in text and https in text and "@@" not in text
    assert second.get_content_type() == "text/plain"
    assert "German only" in third.get_body(("html",)).get_content()  # never silently in the other language

    assert client.post(https.removeprefix("https://portal.example")).status_code == 200
    assert not type(german).objects.active().filter(pk=german.pk).exists() and plain.ended_at is None
    page = markup_of(client.get(reverse("pages:newsletter-issue", args=[issue.slug])))
    assert "Grundlagen fehlen" in page and 'style="' not in page


def test_contributions_come_as_they_are_when_sending_begins(
    taken, own_list, cluster, chain, settings, monkeypatch
):
    from clusterportal.newsroom.models import Contribution

    monkeypatch.setattr(Contribution, "get_absolute_url", lambda one: f"/de/{one.slug}/")
    make_reader(own_list)
    actors = [make_actor(layers=[2]), make_actor(layers=[3], state="draft")]
    news = make_contribution("Meldung", actors=actors, lead_de="Vorspann", is_example=True)
    event = make_contribution("Treffen", kind="event", cancelled_at=timezone.now())
    withdrawn = make_contribution("Entwurf", state="draft")
    issue = make_issue(cluster)
    for position, one in enumerate((news, event, withdrawn), start=1):
        issue.items.create(contribution=one, position=position)
    scheduling.schedule(issue=issue, at=timezone.now(), by=make_person("administrator"))
    outbox.run()
    content = issue.editions.get().content
    assert [(one["title"], one["layers"], one["is_example"]) for one in content["entries"]] == [
        ("Grundlagen fehlen", [], False),
        ("Meldung", [2], True),
    ]
    assert [(one["title"], one["is_cancelled"]) for one in content["events"]] == [("Treffen", True)]
    html = taken()[0].get_body(("html",)).get_content()
    assert "https://portal.example/de/meldung/" in html and "Entwurf" not in html and "abgesagt" in html


def test_refusals_count_at_once_and_the_others_are_sent(post, own_list, cluster):
    for email in ("fort@leser.example", "voll@leser.example", "gut@leser.example"):
        make_reader(own_list, email)
    post.refused = {
        "fort@leser.example": "550 5.1.1 no such user",
        "voll@leser.example": "452 4.2.2 mailbox full",
    }
    issue = make_scheduled(cluster)
    assert outbox.run() == 1
    assert states(issue) == {
        "fort@leser.example": "refused",
        "voll@leser.example": "waiting",
        "gut@leser.example": "sent",
    }
    assert Suppression.objects.get().reason == "unknown"
    assert set(Bounce.objects.values_list("status", flat=True)) == {"5.1.1", "4.2.2"}
    post.refused = {}
    IssueMail.objects.update(due_at=timezone.now())
    assert outbox.run() == 1  # the full mailbox has room again, and that is forgotten
    assert set(Bounce.objects.values_list("status", flat=True)) == {"5.1.1"}
    assert Issue.objects.get().state == "sent"
    make_scheduled(cluster)
    outbox.run()
    assert IssueMail.objects.filter(to="fort@leser.example").count() == 1  # gets none any more


def test_the_rate_holds_over_all_runs_of_a_minute(post, own_list, cluster, settings):
    settings.NEWSLETTER_RATE = 3
    make_readers(own_list, [f"{number}@leser.example" for number in range(5)])
    make_scheduled(cluster)
    assert (outbox.run(), outbox.run()) == (3, 0)
    IssueMail.objects.exclude(claimed_at=None).update(claimed_at=timezone.now() - timedelta(seconds=61))
    assert outbox.run() == 2


def test_a_server_that_is_away_or_closes_the_line_between_mails_leaves_nothing_unclear(
    post, own_list, cluster, settings
):
    make_readers(own_list, [f"{number}@leser.example" for number in range(3)])
    issue = make_scheduled(cluster)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert outbox.run() == 0 and set(states(issue).values()) == {"waiting"}
    settings.EMAIL_PORT = port
    post.hangs_up = True  # after each mail
    assert outbox.run() == 3 and set(states(issue).values()) == {"sent"}


def test_who_unsubscribes_before_the_mail_leaves_gets_none(post, own_list, cluster, settings):
    early, late, other = make_readers(own_list, ["a@leser.example", "b@leser.example", "c@leser.example"])
    issue = make_scheduled(cluster)
    leaving.end(subscription=early, way="page")
    scheduling.begin_due()
    leaving.end(subscription=late, way="one_click")
    assert outbox.run() == 1
    assert states(issue) == {late.email: "void", other.email: "sent"}


def test_what_is_late_or_stood_still_asks(own_list, cluster, post):
    make_readers(own_list, ["a@leser.example", "b@leser.example"])
    manager = make_person("manager", clusters=[cluster])
    issue, long_ago = make_scheduled(cluster), timezone.now() - timedelta(hours=2, minutes=1)
    Issue.objects.update(send_at=long_ago)
    assert outbox.run() == 0
    issue.refresh_from_db()
    assert (issue.state, issue.hold_reason, issue.mails.count()) == ("held", "late", 0)
    for foreign in (
        make_person("manager", clusters=[make_cluster("fremd")]),
        make_person("editor", clusters=[cluster]),
    ):
        with pytest.raises(PermissionDenied):
            scheduling.release(issue=issue, by=foreign)
    scheduling.release(issue=issue, by=manager)
    assert outbox.run(limit=1) == 1
    IssueMail.objects.exclude(claimed_at=None).update(claimed_at=long_ago, sent_at=long_ago)
    Issue.objects.update(send_at=long_ago)
    assert outbox.run() == 0
    issue.refresh_from_db()
    assert (issue.state, issue.hold_reason) == ("held", "stalled")
    scheduling.release(issue=issue, by=manager)
    assert outbox.run() == 1 and set(states(issue).values()) == {"sent"}


@pytest.mark.parametrize("is_noticed", [True, False])
def test_after_a_restore_nothing_goes_out_until_somebody_confirms(own_list, cluster, post, is_noticed):
    """Whether the job had a turn before an administrator allows mails, or not."""
    make_readers(own_list, ["a@leser.example", "b@leser.example"])
    one, other, whole = (make_scheduled(cluster) for _number in range(3))
    Issue.objects.filter(pk=whole.pk).update(send_at=timezone.now() + timedelta(hours=1))
    assert outbox.run(limit=1) == 1
    half, stopped = (one, other) if "sent" in states(one).values() else (other, one)
    boss = make_person("administrator")
    scheduling.stop(issue=stopped, by=boss)
    Standstill.objects.create(pk=1)
    if is_noticed:
        assert outbox.run() == 0
        with pytest.raises(ValidationError):
            scheduling.release(issue=whole, by=boss)
    call_command("allow_sending")
    assert outbox.run() == 0
    assert sorted(states(half).values()) == ["sent", "unclear"]  # the second may have left after the backup
    assert set(states(stopped).values()) == {"unclear"}  # somebody may have released it after the backup
    assert set(Issue.objects.values_list("state", "hold_reason")) == {("held", "restored")}
    scheduling.release(issue=whole, by=boss)
    scheduling.release(issue=half, by=boss)
    assert outbox.run() == 2 and set(states(whole).values()) == {"sent"}
    unclear = half.mails.get(state="unclear")
    assert scheduling.send_again(issue=half, mails=[unclear.pk], by=boss) == 1 and outbox.run() == 1
    assert half.mails.get(pk=unclear.pk).key == unclear.key  # the Message-ID stays


def test_the_database_keeps_one_row_for_each_issue_and_recipient(own_list, cluster, post):
    make_reader(own_list, "a@leser.example")
    issue = make_scheduled(cluster)
    scheduling.begin_due(), scheduling.begin_due()
    assert issue.mails.count() == 1
    with pytest.raises(IntegrityError, match="issuemail_once"), transaction.atomic():
        IssueMail.objects.create(issue=issue, list=own_list, to="a@leser.example")


def test_an_issue_that_says_nothing_is_not_sent(cluster):
    by = make_person("administrator")
    for fields in ({"title_de": ""}, {}):
        issue = make_issue(cluster, **fields)
        if not fields:
            issue.items.all().delete()
            issue.items.create(contribution=make_contribution("Entwurf", state="draft"))
        with pytest.raises(ValidationError):
            scheduling.schedule(issue=issue, at=timezone.now(), by=by)
    issue = make_scheduled(cluster)
    scheduling.take_back(issue=issue, by=by)
    scheduling.schedule(issue=issue, at=timezone.now(), by=by)
    scheduling.stop(issue=issue, by=by)
    issue.refresh_from_db()
    assert (issue.state, issue.hold_reason) == ("held", "stopped")


# ---------- a worker that is killed ----------
WORKER = """
import os, django
django.setup()
from django.conf import settings
from django.db import connection
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(os.environ["POST"])
connection.settings_dict["NAME"] = os.environ["DATABASE"]
from clusterportal.newsletters.domain import outbox
outbox.run()
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_leaves_one_mail_unclear_and_sends_none_twice(
    post, own_list, cluster, settings
):
    from django.db import connection

    emails = [f"{number}@leser.example" for number in range(6)]
    make_readers(own_list, emails)
    issue = make_scheduled(cluster)
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "POST": str(settings.EMAIL_PORT),
        "DATABASE": connection.settings_dict["NAME"],
    }
    post.waits_at = 3  # with the answer to this mail, for ever
    worker = subprocess.Popen([sys.executable, "-c", WORKER], env=environment)
    try:
        assert post.is_waiting.wait(60)
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
    post.waits_at = 0
    assert sorted(states(issue).values()) == ["sending", "sent", "sent", "waiting", "waiting", "waiting"]
    assert outbox.run() == 3  # the others go on at once
    IssueMail.objects.filter(state="sending").update(
        claimed_at=timezone.now() - core_outbox.IN_HAND - timedelta(seconds=1)
    )
    assert outbox.run() == 0
    assert sorted(states(issue).values()) == ["sent"] * 5 + ["unclear"]
    accepted = [to for recipients, _content in post.accepted for to in recipients]
    assert len(accepted) == len(set(accepted))
    assert set(accepted) | {issue.mails.get(state="unclear").to} == set(emails)
    issue.refresh_from_db()
    assert issue.state == "sent"
