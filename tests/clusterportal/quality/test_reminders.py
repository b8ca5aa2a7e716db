"""Who is asked, how often, in which language, and what the link in the letter does."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from actors.models import Actor
from clusterportal.core.mailing import Recipient
from clusterportal.core.models import Standstill
from clusterportal.core.standstill import allow_sending
from clusterportal.history.erasure import erase, find_person
from clusterportal.history.person import Person
from clusterportal.quality.domain.recipients import recipients_of
from clusterportal.quality.domain.reminders import (
    STILL_RIGHT,
    deliver,
    due,
    forget_addresses,
    send_due,
    unanswered,
)
from clusterportal.quality.models import Reminder
from clusterportal.quality.tasks import send_letter
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.PORTAL_DATA_DIR = tmp_path


def stale_actor(name: str = "Institut Technik", **fields) -> Actor:
    return make_actor(name, **{"email": "info@example.org", "verified_on": "2020-05-01"} | fields)


def remind(actor, *, days_ago: int = 0, **fields) -> Reminder:
    sent_at = timezone.now() - timedelta(days=days_ago)
    return Reminder.objects.create(actor=actor, **{"sent_at": sent_at, "to": "info@example.org"} | fields)


def names(actors) -> list[str]:
    return [actor.name for actor in actors]


# ---------- who is due ----------
def test_published_actors_that_were_not_verified_for_a_year_are_due():
    stale_actor("later", verified_on=timezone.localdate() - timedelta(days=366))
    stale_actor("stale")
    stale_actor("fresh", verified_on=timezone.localdate() - timedelta(days=364))
    stale_actor("draft", state="draft")
    stale_actor("new", verified_on=None)  # never verified, but it came in today
    assert names(due()) == ["stale", "later"]


def test_nobody_is_asked_twice_in_a_month_or_a_fourth_time():
    asked, patient, silent, answered = (
        stale_actor(name) for name in ("asked", "patient", "silent", "answered")
    )
    remind(asked, days_ago=29)
    remind(patient, days_ago=31)
    for days_ago in (31, 62, 93):
        remind(silent, days_ago=days_ago)
        remind(silent, days_ago=days_ago, to="second@example.org")
        remind(answered, days_ago=days_ago, answered_at=timezone.now())
    assert names(due()) == ["patient", "answered"]
    assert names(unanswered()) == ["silent"]


# ---------- the letter ----------
GERMAN = """Guten Tag,

„Institut Technik“ hat einen Eintrag in Register:

https://cluster.example/de/akteure/institut-technik/

Er wurde zuletzt am 1. Mai 2020 geprüft. Stimmt noch alles? Ein Klick genügt:

{link}

Etwas hat sich geändert? Sagen Sie es uns hier:

{propose}

Sie brauchen kein Konto; der erste Link gilt 60 Tage. Wünschen Sie solche Schreiben nicht, antworten Sie auf dieses.

Register
"""
ENGLISH = """Hello,

“Institut Technik” has an entry in Register:

https://cluster.example/en/actors/institut-technik/

It was last verified on 1 May 2020. Everything still right? One click is enough:

{link}

Something has changed? Tell us here:

{propose}

You need no account; the first link is valid for 60 days. If you do not want such letters, reply to this one.

Register
"""


@pytest.mark.parametrize(
    ("language", "subject", "body"),
    [
        ("de", "Stimmt der Eintrag von Institut Technik noch?", GERMAN),
        ("en", "Is the entry of Institut Technik still right?", ENGLISH),
    ],
)
def test_the_letter_whole(settings, monkeypatch, language, subject, body):
    settings.SITE_URL, settings.SITE_NAME = "https://cluster.example", "Register"
    monkeypatch.setattr("django.core.signing.time.time", lambda: 1_800_000_000.0)  # the link holds the moment
    actor = Actor.objects.get(pk=stale_actor().pk)
    deliver(reminder=(reminder := remind(actor)), language=language, key=str(uuid4()))
    with override(language):
        link = "https://cluster.example" + reverse("pages:verify", args=[STILL_RIGHT.token(reminder.pk)])
        propose = "https://cluster.example" + reverse("pages:propose-change", args=[actor.slug])
    letter = mail.outbox[0]
    assert (letter.to, letter.subject) == (["info@example.org"], subject)
    assert letter.body == body.format(link=link, propose=propose)


def test_each_is_written_to_in_their_language():
    assert recipients_of(stale_actor("a")) == [Recipient("info@example.org", "de")]
    assert recipients_of(stale_actor("b", country="FR")) == [Recipient("info@example.org", "en")]
    assert recipients_of(stale_actor("c", email="")) == []


def test_the_portal_may_name_representatives(settings):
    settings.QUALITY_RECIPIENTS = f"{__name__}.representatives"
    actor = stale_actor()
    assert recipients_of(actor) == [Recipient("speaker@example.org", "en")]
    assert recipients_of(stale_actor("unrepresented")) == [Recipient("info@example.org", "de")]


def representatives(actor) -> list[Recipient]:
    return [Recipient("speaker@example.org", "en")] if actor.name == "Institut Technik" else []


def test_a_run_is_bounded_and_a_dry_one_writes_to_nobody(capsys):
    for name in ("a", "b", "c"):
        stale_actor(name)
    stale_actor("no address", email="")
    call_command("send_reminders", "--dry-run")
    assert capsys.readouterr().out == (
        "a: info@example.org\nb: info@example.org\nc: info@example.org\ndue: 3\n"
    )
    assert not Reminder.objects.exists()
    Standstill.objects.create(pk=1)  # restored: whom it asked since the backup is not known
    assert send_due(limit=2) == []
    assert allow_sending()
    assert [actor.name for actor, _recipients in send_due(limit=2)] == ["a", "b"]
    assert list(Reminder.objects.order_by("pk").values_list("actor__name", "to")) == [
        ("a", "info@example.org"),
        ("b", "info@example.org"),
    ]
    assert names(actor for actor, _recipients in send_due()) == ["c"]


def test_the_job_sends_and_forgives_what_is_gone():
    reminder = remind(stale_actor())
    send_letter(reminder_id=reminder.pk, language="de")
    send_letter(reminder_id=reminder.pk + 1, language="de")
    Reminder.objects.update(to="")
    send_letter(reminder_id=reminder.pk, language="de")
    assert len(mail.outbox) == 1


def test_addresses_are_forgotten():
    actor = stale_actor()
    old, young = remind(actor, days_ago=401), remind(actor, days_ago=399)
    assert forget_addresses() == 1
    assert list(Reminder.objects.order_by("sent_at").values_list("pk", "to")) == [
        (old.pk, ""), (young.pk, "info@example.org"),
    ]  # fmt: skip


def test_a_person_who_asks_is_erased(admin_user):
    reminder = remind(stale_actor(), to="Someone@example.org")
    assert find_person(Person(name="Someone", email="")) == {}
    found = find_person(Person(name="", email="someone@example.org"))
    assert [key for key in found if key.startswith("reminder")] == [f"reminder:{reminder.pk}"]
    erase(
        person=Person("", "someone@example.org"),
        keys=[f"reminder:{reminder.pk}"],
        ground="request",
        by=admin_user,
    )
    reminder.refresh_from_db()
    assert reminder.to == ""
