"""Contributions come and go by writes, each of them one act; pages go by the moments alone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from clusterportal.history.models import current_revision
from clusterportal.newsroom.domain import publishing
from clusterportal.newsroom.domain.publishing import PublishingError, lag, publish_due
from clusterportal.newsroom.models import Contribution
from tests.factories import make_cluster, make_contribution, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_jobs")]
HOUR = timedelta(hours=1)
EVENT = Contribution.pgh_event_model


@pytest.fixture
def cluster():
    return make_cluster()


@pytest.fixture
def manager(cluster):
    return make_person("manager", clusters=[cluster])


@pytest.fixture
def draft(cluster):
    return make_contribution("Neues", state="draft", lead_de="Kurz.", owner_cluster=cluster)


def reread(contribution) -> Contribution:
    return Contribution.objects.get(pk=contribution.pk)


def is_seen(contribution) -> bool:
    return Contribution.objects.published().filter(pk=contribution.pk).exists()


def pass_time(contribution, **moments):
    """The moments as if they lay in the past by now."""
    Contribution.objects.filter(pk=contribution.pk).update(**moments)


def test_a_scheduled_contribution_appears_by_its_moment_and_is_announced_by_the_write(draft, manager, client):
    make_contribution("Älteres", date="2025-03-01")
    at, until = timezone.now() + HOUR, timezone.now() + 48 * HOUR
    publishing.schedule(contribution=draft, by=manager, publish_at=at, expires_at=until)
    assert (publish_due(), is_seen(draft), lag()) == (0, False, timedelta(0))

    # What is edited meanwhile is what everybody sees then.
    pass_time(draft, publish_at=timezone.now() - HOUR, title_de="Neueres")
    late = reread(draft)
    assert (is_seen(draft), late.announced_at, late.published_at) == (True, None, None)
    assert HOUR <= lag() < HOUR + timedelta(minutes=1)
    for page in ("/en/news/", late.get_absolute_url(), "/en/news/feed.xml", "/api/v1/news/?lang=de"):
        answer = client.get(page)
        assert (answer.status_code, "Neueres" in answer.content.decode()) == (200, True), page

    revision, versions = current_revision(), EVENT.objects.filter(pgh_obj=draft.pk).count()
    assert publish_due() == 1
    told = reread(draft)
    assert (told.title_de, told.publish_at, told.published_at) == ("Neueres", None, late.publish_at)
    assert told.announced_at > told.published_at
    assert (told.date, told.expires_at) == (timezone.localdate(late.publish_at), until)
    assert EVENT.objects.filter(pgh_obj=draft.pk).count() == versions + 1
    says = EVENT.objects.filter(pgh_obj=draft.pk).latest("pgh_id").pgh_context.metadata["says"]
    assert (says.keys(), says["en"]) == ({"de", "en"}, "“Neueres” appeared as planned")
    assert current_revision() >= revision
    assert (publish_due(), lag(), reread(draft).updated_at) == (0, timedelta(0), told.updated_at)


def test_what_is_over_is_hidden_by_its_moment_and_archived_by_the_write(draft, manager):
    publishing.publish(contribution=draft, by=manager)
    publishing.schedule(contribution=draft, by=manager, publish_at=None, expires_at=timezone.now() + HOUR)
    pass_time(draft, expires_at=timezone.now() - HOUR)
    assert (is_seen(draft), reread(draft).state) == (False, "published")
    assert publish_due() == 1
    gone = reread(draft)
    assert (gone.state, gone.expires_at, gone.publish_at) == ("archived", None, None)
    # Published anew, it does not vanish again: no moment of before is left.
    publishing.publish(contribution=draft, by=manager)
    assert (publish_due(), is_seen(draft)) == (0, True)


def test_one_that_cannot_be_written_stops_nobody_else(draft, manager, monkeypatch):
    other = make_contribution("Zweites", publish_at=timezone.now() - HOUR)
    pass_time(draft, state="published", publish_at=timezone.now() - 2 * HOUR)
    genuine = publishing.sentences
    monkeypatch.setattr(publishing, "sentences", lambda said: _refuse_first(said, genuine))
    assert publish_due() == 1
    assert reread(other).publish_at is None
    assert lag() >= 2 * HOUR


def _refuse_first(said, genuine):
    if "Neues" in said():
        raise publishing.DatabaseError
    return genuine(said)


def test_schedules_that_make_no_sense_are_refused(draft, manager):
    now = timezone.now()
    refused = [
        {"publish_at": now - HOUR},
        {"publish_at": now + HOUR, "expires_at": now + HOUR},
        {"publish_at": None, "expires_at": now - HOUR},
        {"publish_at": None, "expires_at": None},  # an empty form publishes nothing
    ]
    for moments in refused:
        with pytest.raises(PublishingError):
            publishing.schedule(contribution=draft, by=manager, **moments)
    publishing.publish(contribution=draft, by=manager)
    with pytest.raises(PublishingError, match="withdraw it first"):
        publishing.schedule(contribution=draft, by=manager, publish_at=now + HOUR)
    assert is_seen(draft)


def test_publishing_now_what_was_scheduled_takes_its_moment_away(draft, manager):
    at = timezone.now() + HOUR
    publishing.schedule(contribution=draft, by=manager, publish_at=at, expires_at=at + HOUR)
    publishing.publish(contribution=draft, by=manager)
    found = reread(draft)
    assert (is_seen(draft), found.publish_at, found.expires_at) == (True, None, at + HOUR)
    publishing.withdraw(contribution=draft, by=manager)
    found = reread(draft)
    assert (found.state, found.publish_at, found.expires_at) == ("draft", None, None)


def test_what_lacks_is_said_and_nothing_is_published(cluster, manager):
    event = make_contribution(
        "Tag", kind="event", state="draft", title_en="Day", lead_en="-", owner_cluster=cluster,
        event_kind="", starts_at=None, image="contributions/a.png", image_alt_en="house.JPG",
    )  # fmt: skip
    with pytest.raises(PublishingError) as refusal:
        publishing.publish(contribution=event, by=manager)
    assert str(refusal.value) == (
        "The headline in German has no text yet: write a lead, or take the headline away. "
        "The picture names nobody who made it: fill in its credit, or take the picture away. "
        "The picture has no alternative text in German: say what is seen, or mark it as decorative. "
        "The alternative text in English is the name of a file: say what is seen. "
        "The event is of no kind yet: choose one. "
        "The event has no begin yet: fill in day and time. "
        "The event takes place nowhere yet: fill in a place, or where it is online."
    )
    assert reread(event).state == "draft"


def test_events_are_moved_and_cancelled_and_calendars_hear_of_it(cluster, manager):
    begin = datetime(2027, 3, 1, 9, tzinfo=UTC)
    event = make_contribution("Tag", kind="event", starts_at=begin, place="Halle", owner_cluster=cluster)
    told = event.announced_at
    publishing.move_event(contribution=event, by=manager, starts_at=begin + HOUR)
    moved = reread(event)
    assert (moved.starts_at, moved.moved_from, moved.place) == (begin + HOUR, begin, "Halle")
    assert (moved.sequence, moved.announced_at) == (1, moved.moved_at)
    assert moved.moved_at > told
    for ends_at in (begin, None):  # too early; and no other time than now
        with pytest.raises(PublishingError):
            publishing.move_event(contribution=event, by=manager, starts_at=begin + HOUR, ends_at=ends_at)
    publishing.cancel_event(contribution=event, by=manager)
    cancelled = reread(event)
    assert (cancelled.sequence, cancelled.state) == (2, "published")
    assert cancelled.cancelled_at == cancelled.announced_at
    for step in (publishing.cancel_event, publishing.move_event):
        more = {"starts_at": begin} if step == publishing.move_event else {}
        with pytest.raises(PublishingError, match="cancelled already"):
            step(contribution=event, by=manager, **more)
    with pytest.raises(PublishingError, match="Only events"):
        publishing.cancel_event(contribution=make_contribution(owner_cluster=cluster), by=manager)


def test_readers_are_told_again_of_what_is_public_alone(draft, manager):
    with pytest.raises(PublishingError, match="Nobody sees it yet"):
        publishing.announce(contribution=draft, by=manager)
    publishing.publish(contribution=draft, by=manager)
    before = reread(draft)
    publishing.announce(contribution=draft, by=manager)
    after = reread(draft)
    assert after.announced_at > before.announced_at
    assert after.published_at == before.published_at


def test_editors_submit_and_managers_of_the_cluster_decide(draft, cluster, manager):
    editor = make_person("editor", clusters=[cluster])
    stranger = make_person("manager", clusters=[make_cluster("other")])
    for person in (editor, stranger):
        for step in (publishing.publish, publishing.withdraw, publishing.announce):
            with pytest.raises((PermissionDenied, PublishingError)):
                step(contribution=draft, by=person)
    with pytest.raises(PermissionDenied):
        publishing.submit(contribution=draft, by=stranger)
    publishing.submit(contribution=draft, by=editor)
    assert reread(draft).state == "in_review"
    with pytest.raises(PublishingError, match="cannot be moved there"):
        publishing.submit(contribution=draft, by=editor)
    publishing.publish(contribution=draft, by=manager)
    with pytest.raises(PermissionDenied):
        publishing.withdraw(contribution=draft, by=editor)
    assert is_seen(draft)
