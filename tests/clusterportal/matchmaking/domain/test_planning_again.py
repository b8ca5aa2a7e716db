"""A plan after a plan: what was held stays, mails tell of what stands, and whoever came after all gets talks back."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from clusterportal.matchmaking.domain import on_the_day, planning
from clusterportal.matchmaking.domain.mails import text_of
from clusterportal.matchmaking.models import MeetingMail
from tests.clusterportal.matchmaking.makers import announced, planned, triangle

pytestmark = pytest.mark.django_db


def test_talks_that_were_held_survive_a_new_plan(hall):
    a, b = hall.comes("Alfa"), hall.comes("Bravo")
    hall.both(a, b)
    held = announced(hall).talks.get()
    on_the_day.record_outcome(
        talk=held, by=hall.manager, status="kept", outcome="Angebot", project_started_on=date(2026, 1, 1)
    )
    c, d = hall.comes("Charlie"), hall.comes("Delta")
    for other in (c, d):
        hall.both(a, other)
    talk = announced(hall).talks.get(uid=held.uid)
    assert (talk.slot, talk.status, talk.outcome, talk.project_started_on) == (
        held.slot,
        "kept",
        "Angebot",
        date(2026, 1, 1),
    )
    # At another time it is still to come.
    hall.slot(time(16))
    for person in a.people.all():
        person.away.add(held.slot)
    moved = planned(hall).talks.get(uid=held.uid)
    assert (moved.slot != held.slot, moved.status, moved.project_started_on) == (True, "planned", None)


def test_a_mail_that_waited_tells_of_the_plan_that_stands(hall):
    """Four get an agenda; before it leaves a second plan concerns two of them. The others hear of that plan too."""
    _a, _b, _c, d = triangle(hall)
    first = announced(hall)
    e = hall.comes("Echo")
    hall.both(d, e)
    second = announced(hall)
    told = {str(one.person.participation): text_of(one) for one in MeetingMail.objects.filter(plan=first)}
    assert {name for name, text in told.items() if text} == {"Alfa", "Bravo", "Charlie"}
    assert "Bravo" in told["Alfa"]["body"]
    assert text_of(MeetingMail.objects.get(plan=second, person__participation=d))


def test_asking_twice_what_would_help_looks_once_and_a_failure_ends_the_wait(hall):
    a, b = hall.comes("Alfa"), hall.comes("Bravo")
    hall.both(a, b)
    plan = planned(hall)
    planning.ask_for_help(plan=plan, by=hall.manager)
    planning.ask_for_help(plan=plan, by=hall.manager)
    hall.slot(time(13, 10))  # overlaps
    planning.look_for_help(plan=plan)
    plan.refresh_from_db()
    assert "gains" not in plan.findings


def test_two_people_of_an_organisation_have_two_talks_at_a_time(hall):
    """Both talks of Alfa were missed; both come back, as two people came."""
    hall.event.slots.exclude(pk=hall.slots[0].pk).delete()
    a, b, c = hall.comes("Alfa", people=2), hall.comes("Bravo"), hall.comes("Charlie")
    hall.both(a, b)
    hall.both(a, c)
    announced(hall)
    on_the_day.check_in(participation=a, is_here=False, by=hall.manager)
    assert len(on_the_day.check_in(participation=a, is_here=True, by=hall.manager)) == 2


def test_a_slot_that_is_over_is_not_offered(hall):
    a, b, c = (hall.comes(name) for name in ("Alfa", "Bravo", "Charlie"))
    hall.both(a, c)
    announced(hall)
    hall.both(a, b)
    assert len(on_the_day.offers(hall.event)) == 2
    hall.event.day = timezone.localdate() - timedelta(days=1)
    assert on_the_day.offers(hall.event) == []
