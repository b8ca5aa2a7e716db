"""What the database keeps of a contribution by itself, and what everybody sees of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import ProgrammingError, transaction
from django.utils import timezone

from clusterportal.newsroom import rules
from clusterportal.newsroom.models import Contribution
from tests.factories import make_actor, make_area, make_cluster, make_contribution, make_person

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_days_and_years_follow_from_each_other():
    """The day of an event is the one in Kaiserslautern, where it is two hours later than in UTC in summer."""
    event = make_contribution(kind="event", starts_at=datetime(2026, 6, 30, 22, 30, tzinfo=UTC))
    assert (event.date, event.year) == (date(2026, 7, 1), 2026)
    dated = make_contribution(date=date(2021, 5, 4), year=2019)
    assert (dated.date, dated.year) == (date(2021, 5, 4), 2021)
    undated, today = make_contribution(year=2020), timezone.localdate()
    assert (undated.date, undated.year) == (None, 2020)
    fresh = make_contribution()
    assert (fresh.date, fresh.year) == (today, today.year)
    assert fresh.published_at == fresh.announced_at is not None
    waiting = make_contribution(publish_at=timezone.now() + HOUR)
    assert (waiting.published_at, waiting.announced_at) == (None, None)
    # What waits has the day of its moment, and goes with it: pages show it before the job writes it down.
    for moments in ({}, {"publish_at": timezone.now() + 72 * HOUR}):
        Contribution.objects.filter(pk=waiting.pk).update(**moments)
        waiting.refresh_from_db()
        day = timezone.localdate(waiting.publish_at)
        assert (waiting.date, waiting.year) == (day, day.year)
    Contribution.objects.filter(pk=waiting.pk).update(publish_at=None, state="draft")
    waiting.refresh_from_db()
    assert (waiting.date, waiting.year) == (None, None)


def test_stories_are_numbered_as_they_appear_and_keep_their_number():
    draft = make_contribution("Entwurf", kind="success_story", state="draft")
    first, second = (make_contribution(kind="success_story") for _twice in "ab")
    Contribution.objects.filter(pk=draft.pk).update(state="published", slug="x")
    Contribution.objects.filter(pk=first.pk).update(state="archived", number=None)
    Contribution.objects.filter(pk=second.pk).delete()
    news = make_contribution()
    numbers = dict(Contribution.objects.values_list("pk", "number"))
    assert numbers == {draft.pk: 3, first.pk: 1, news.pk: None}


def test_the_sequence_is_raised_by_start_end_place_and_status_alone():
    event = make_contribution(kind="event")
    steps = [
        ({"title_de": "Anders", "is_full": True}, 0),
        ({"starts_at": event.starts_at + HOUR}, 1),
        ({"ends_at": event.starts_at + 2 * HOUR}, 2),
        ({"place": "Trippstadter Straße 122"}, 3),
        ({"cancelled_at": event.starts_at}, 4),
        ({"cancelled_at": event.starts_at + HOUR}, 4),
        ({"sequence": 0}, 4),
    ]
    for changes, expected in steps:
        Contribution.objects.filter(pk=event.pk).update(**changes)
        event.refresh_from_db()
        assert event.sequence == expected, changes


def test_the_uid_is_permanent():
    one, other = make_contribution(), make_contribution()
    with pytest.raises(ProgrammingError), transaction.atomic():
        Contribution.objects.filter(pk=one.pk).update(uid=other.uid)


def test_what_everybody_sees_is_decided_by_its_dates():
    now = timezone.now()
    seen = [
        make_contribution(),
        make_contribution(publish_at=now - HOUR),
        make_contribution(expires_at=now + HOUR),
    ]
    make_contribution(publish_at=now + HOUR)
    make_contribution(expires_at=now - HOUR)
    for state in ("draft", "in_review", "rejected", "archived"):
        make_contribution(state=state)
    assert {*Contribution.objects.published()} == {*seen}


def test_lists_are_in_order_and_hold_what_they_are_asked_for():
    cluster, area, actor = make_cluster(), make_area(), make_actor()
    undated = make_contribution(year=2025, clusters=[cluster, make_cluster("other")])
    old = make_contribution(date=date(2024, 12, 31), actors=[actor, make_actor()], areas=[area])
    new = make_contribution(date=date(2025, 1, 2), clusters=[cluster], areas=[area])
    contributions = Contribution.objects.all()
    assert [*contributions.newest()] == [new, undated, old]
    assert {*contributions.concerning(cluster=cluster)} == {new, undated}
    assert {*contributions.concerning(cluster=cluster, area=area)} == {new}
    assert {*contributions.concerning(actor=actor)} == {old}
    assert not contributions.concerning(actor=actor, cluster=cluster)


def test_events_lie_ahead_until_their_last_day_is_over():
    at = [datetime(2026, 7, day, 20, tzinfo=UTC) for day in (1, 2, 3)]
    make_contribution(kind="event", starts_at=at[0])
    running = make_contribution(kind="event", starts_at=at[0], ends_at=at[1])
    late = make_contribution(kind="event", starts_at=at[2])
    make_contribution()
    assert [*Contribution.objects.upcoming(date(2026, 7, 2))] == [running, late]


def test_languages_are_those_with_a_headline():
    assert make_contribution("Nur deutsch", lead_en="Lead").languages == ["de"]
    assert make_contribution("Beides", title_en="Both").languages == ["de", "en"]


def test_managers_publish_editors_draft_viewers_read_within_their_clusters():
    ours, theirs = make_cluster("ours"), make_cluster("theirs")
    roles = ("administrator", "manager", "editor", "viewer", "representative")
    people = {role: make_person(role, clusters=[ours]) for role in roles}
    people["nobody"] = AnonymousUser()
    records = {
        "draft": make_contribution(owner_cluster=ours, state="draft"),
        "public": make_contribution(owner_cluster=ours),
        "foreign": make_contribution(owner_cluster=theirs, state="draft"),
        "nobody's": make_contribution(state="draft"),
    }
    verbs = {"v": rules.can_view, "e": rules.can_edit, "p": rules.can_publish, "d": rules.can_delete}
    found = {
        name: " ".join(
            "".join(letter for letter, verb in verbs.items() if verb(person, record)) or "-"
            for record in records.values()
        )
        for name, person in people.items()
    }
    assert found == {
        "administrator": "vepd vep vepd vepd",
        "manager": "vepd vep - -",
        "editor": "ve v - -",
        "viewer": "v v - -",
        "representative": "- - - -",
        "nobody": "- - - -",
    }
    curated = [len(Contribution.objects.curated_by(people[role])) for role in roles[:4]]
    written = [len(Contribution.objects.written_by(people[role])) for role in roles[:3]]
    assert (curated, written) == ([4, 2, 2, 2], [4, 2, 1])
