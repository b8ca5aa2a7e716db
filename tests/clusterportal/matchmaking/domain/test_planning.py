"""From wishes to announced talks, and what happens when somebody changes their mind."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import RestrictedError
from django.utils import timezone
from icalendar import Calendar

from clusterportal.core.calendar_days import months_after
from clusterportal.matchmaking.domain import on_the_day, planning, registering
from clusterportal.matchmaking.domain.calendar import calendar_of
from clusterportal.matchmaking.domain.forgetting import forget_expired
from clusterportal.matchmaking.domain.mails import text_of
from clusterportal.matchmaking.domain.problem_building import SlotsOverlap, pose
from clusterportal.matchmaking.domain.releasing import Outdated, difference, release
from clusterportal.matchmaking.domain.reporting import report_of
from clusterportal.matchmaking.domain.states import state_of
from clusterportal.matchmaking.domain.talks_of_person import appointments_of
from clusterportal.matchmaking.enums import EventState, MailKind, Stance, TalkStatus
from clusterportal.matchmaking.models import MeetingMail, Participation, Programme, Representative, Wish
from tests.clusterportal.matchmaking.makers import announced, planned, triangle
from tests.factories import make_area, make_cluster, make_person

pytestmark = pytest.mark.django_db


def pairs(talks):
    return {(str(talk.one), str(talk.other)) for talk in talks}


def test_points_of_a_pair_follow_from_what_both_say_and_from_who_completes_whom(hall):
    area = make_area()
    a = hall.comes("Alfa", layers=[1], areas=[area])
    b = hall.comes("Bravo", layers=[4], areas=[area])
    c, d, e = (hall.comes(name) for name in ("Charlie", "Delta", "Echo"))
    hall.both(a, b)
    hall.both(a, c)
    hall.wish(c, b)
    hall.wish(b, c, Stance.WOULD)
    hall.wish(d, a)
    hall.wish(d, e)
    hall.wish(e, d, Stance.NOT)
    Wish.objects.filter(source__in=[a, c], target__in=[a, c]).update(is_repeatable=True)
    posed = pose(hall.event)
    assert {wish.pair: (wish.weight, wish.times) for wish in posed.problem.wishes} == {
        (a.pk, b.pk): (4, 1),
        (a.pk, c.pk): (3, 2),
        (b.pk, c.pk): (2, 1),
        (a.pk, d.pk): (1, 1),
        (d.pk, e.pk): (1, 1),
    }
    assert posed.problem.declined == {(d.pk, e.pk)}


def test_a_plan_is_proven_announced_and_everybody_is_told(hall):
    _a, _b, _c, d = triangle(hall)
    with pytest.raises(PermissionDenied):
        planning.ask_for_plan(event=hall.event, by=make_person("manager", clusters=[make_cluster("x")]))
    today = timezone.localdate()
    assert state_of(hall.event, today=today) == EventState.OPEN
    plan = planned(hall)
    assert (plan.value, plan.bound, plan.state, plan.is_spread) == (9, 9, "ready", True)
    assert (plan.solver[:5], len(plan.digest), plan.findings["unserved"]) == ("HiGHS", 64, [])
    assert state_of(hall.event, today=today) == EventState.PLANNED
    assert release(plan=plan, by=hall.manager) == 4
    assert release(plan=plan, by=hall.manager) == 0
    assert state_of(hall.event, today=today) == EventState.ANNOUNCED
    assert state_of(hall.event, today=hall.event.day + timedelta(days=1)) == EventState.HELD
    mail = MeetingMail.objects.get(person__participation=d)
    text = text_of(mail)
    assert mail.kind == MailKind.AGENDA
    assert (text["subject"], text["to"]) == ("Ihre Gespräche: Laden und Abrechnen", "delta0@example.org")
    assert "Charlie" in text["body"] and "Alfa" not in text["body"]
    (entry,) = Calendar.from_ical(text["attachments"][0].text).walk("VEVENT")
    talk = plan.talks.get(other=d)
    assert entry["uid"].startswith(str(talk.uid))
    assert (entry["sequence"], entry.decoded("dtstart")) == (0, talk.slot.begins_at)
    assert "BEGIN:VTIMEZONE" in text["attachments"][0].text


def test_a_new_plan_keeps_what_was_announced_and_tells_only_whom_it_concerns(hall):
    """A fifth comes: nothing else moves, two people hear of it. Without it the four talks would be placed anew."""
    _a, _b, _c, d = triangle(hall)
    first = announced(hall)
    before = {(talk.uid, talk.slot_id, talk.table) for talk in first.talks.all()}
    e = hall.comes("Echo")
    hall.both(d, e)
    second = planned(hall)
    changes = difference(second)
    assert (pairs(changes.new), changes.moved, changes.lost) == ({("Delta", "Echo")}, [], [])
    assert before < {(talk.uid, talk.slot_id, talk.table) for talk in second.talks.all()}
    MeetingMail.objects.all().delete()
    assert release(plan=second, by=hall.manager) == 2
    assert {mail.person.participation for mail in MeetingMail.objects.all()} == {d, e}
    assert {mail.kind for mail in MeetingMail.objects.all()} == {MailKind.CHANGED}


def test_a_slot_that_lacks_a_table_moves_a_talk_which_keeps_its_entry_in_calendars(hall):
    a, b = hall.comes("Alfa"), hall.comes("Bravo")
    hall.both(a, b)
    first = announced(hall)
    talk = first.talks.get()
    for person in Representative.objects.all():
        person.away.add(talk.slot)
    second = planned(hall)
    ((old, new),) = difference(second).moved
    assert (new.uid, new.sequence, new.slot_id != old.slot_id) == (talk.uid, 1, True)
    release(plan=second, by=hall.manager)


def test_what_was_announced_is_never_lost_silently(hall):
    a, b, c, _d = triangle(hall)
    plan = announced(hall)
    talk = plan.talks.named().first()
    with pytest.raises(RestrictedError):
        talk.slot.delete()
    talk.slot.tables = 0
    with pytest.raises(ValidationError, match=str(talk)):
        talk.slot.full_clean()
    person = a.people.get()
    with pytest.raises(registering.WouldStrand) as refused:
        registering.set_away(person=person, slots=hall.slots)
    assert pairs(refused.value.talks) == {("Alfa", "Bravo"), ("Alfa", "Charlie")}
    MeetingMail.objects.all().delete()
    lost = registering.withdraw(person=person)
    assert pairs(lost) == {("Alfa", "Bravo"), ("Alfa", "Charlie")}
    assert {mail.person.participation for mail in MeetingMail.objects.all()} == {b, c}
    assert plan.talks.filter(status=TalkStatus.CANCELLED).count() == 2
    calendar = Calendar.from_ical(calendar_of(b.people.get(), plan=plan))
    told = [(str(one["summary"]), one.get("status"), one["sequence"]) for one in calendar.walk("VEVENT")]
    assert told == [("Gespräch mit Charlie", None, 0), ("Gespräch mit Alfa", "CANCELLED", 1)]


def test_a_plan_that_no_longer_fits_is_not_announced(hall):
    a, b, _c, d = triangle(hall)
    plan = planned(hall)
    Wish.objects.filter(source=a, target=b).update(stance=Stance.NOT)
    with pytest.raises(Outdated):
        release(plan=plan, by=hall.manager)
    plan = planned(hall)
    d.withdrawn_at = timezone.now()
    d.save()
    with pytest.raises(Outdated):
        release(plan=plan, by=hall.manager)


def test_why_a_wish_has_no_talk_and_what_would_help(hall):
    hall.event.slots.exclude(pk=hall.slots[0].pk).delete()
    hall.event.slots.update(tables=1)
    a, b, c, d, e = (hall.comes(name) for name in ("Alfa", "Bravo", "Charlie", "Delta", "Echo"))
    hall.both(a, b)
    hall.wish(c, d)
    hall.wish(a, c)
    hall.wish(d, e)
    hall.wish(e, d, Stance.NOT)
    f = hall.comes("Foxtrot")
    hall.wish(f, c)
    f.people.get().away.add(hall.slots[0])
    plan = planned(hall)
    assert {(one, other): why for one, other, why in plan.findings["unserved"]} == {
        (c.pk, d.pk): "tables",
        (a.pk, c.pk): "full",
        (d.pk, e.pk): "declined",
        (c.pk, f.pk): "no_common_slot",
    }
    planning.ask_for_help(plan=plan, by=hall.manager)
    planning.look_for_help(plan=plan)
    plan.refresh_from_db()
    assert plan.findings["gains"] == [[hall.slots[0].pk, 1]]


def test_who_does_not_come_frees_the_partner_for_the_best_pair_that_waits(hall):
    hall.event.slots.exclude(pk=hall.slots[0].pk).delete()
    a, b, c = (hall.comes(name) for name in ("Alfa", "Bravo", "Charlie"))
    hall.both(a, b)
    hall.wish(a, c)
    plan = announced(hall)
    assert on_the_day.offers(hall.event) == []
    freed = on_the_day.check_in(participation=b, is_here=False, by=hall.manager)
    assert pairs(freed) == {("Alfa", "Bravo")}
    assert on_the_day.offers(hall.event) == [(hall.slots[0], [(a, c)])]
    talk = on_the_day.place(event=hall.event, pair=(a.pk, c.pk), slot=hall.slots[0], by=hall.manager)
    assert (talk.table, talk.weight, talk.plan) == (1, 1, plan)
    with pytest.raises(on_the_day.Taken):
        on_the_day.place(event=hall.event, pair=(a.pk, c.pk), slot=hall.slots[0], by=hall.manager)
    # Bravo comes after all, but Alfa is busy now.
    assert on_the_day.check_in(participation=b, is_here=True, by=hall.manager) == []
    with pytest.raises(ValueError, match="held"):
        on_the_day.record_outcome(
            talk=talk, by=hall.manager, status="planned", project_started_on=date(2026, 1, 1)
        )
    on_the_day.record_outcome(
        talk=talk, by=hall.manager, status="kept", outcome="Angebot", project_started_on=date(2026, 1, 1)
    )
    programme = Programme.objects.create(cluster=hall.cluster, slug="p", name_de="P")
    hall.event.programme = programme
    hall.event.save()
    report = report_of(programme, today=hall.event.day + timedelta(days=1))
    assert (report.events, report.participations, report.talks, report.projects) == (1, 3, 1, 1)
    assert (report.per_event, report.per_talk) == (3, 1)
    Programme.objects.update(
        documented_events=5, documented_participations=190, documented_talks=62, documented_projects=15
    )
    programme.refresh_from_db()
    report = report_of(programme, today=hall.event.day)
    assert (report.events, report.projects, report.per_event) == (5, 15, 38)
    assert (round(report.per_participation, 2), round(report.per_talk, 2)) == (0.33, 0.24)


def test_an_organisation_divides_its_talks_among_its_people_and_one_comes_for_another(hall):
    a = hall.comes("Alfa", people=2)
    others = [hall.comes(name) for name in ("Bravo", "Charlie", "Delta", "Echo")]
    for other in others:
        hall.both(a, other)
    plan = announced(hall)
    one, other = a.people.all()
    counts = [len(appointments_of(person, plan=plan)) for person in (one, other)]
    assert counts == [2, 2]
    one.delete()
    talks = appointments_of(other, plan=plan)
    assert len({talk.talk.slot_id for talk in talks}) == len(talks)


def test_slots_after_midnight_come_last_and_overlapping_ones_are_refused(hall):
    night = hall.slot(time(0, 30))
    night.is_next_day = True
    night.save()
    assert list(hall.event.slots.all())[-1] == night
    assert night.begins_at.date() == hall.event.day + timedelta(days=1)
    hall.slot(time(13, 10))
    with pytest.raises(SlotsOverlap):
        pose(hall.event)
    assert planned(hall).state == "failed"


def test_people_are_forgotten_and_the_figures_stay(hall):
    triangle(hall)
    announced(hall)
    after = hall.event.day + timedelta(days=150)
    assert forget_expired(today=after) == 0
    assert forget_expired(today=months_after(hall.event.day, 6)) == 4
    assert (Representative.objects.count(), Wish.objects.count(), MeetingMail.objects.count()) == (0, 0, 0)
    assert Participation.objects.coming().count() == 4


def test_the_database_refuses_nonsense(hall):
    a, b = hall.comes("Alfa"), hall.comes("Bravo")
    hall.both(a, b)
    plan = planned(hall)
    slot = hall.slots[0]
    talk = plan.talks.get()
    for break_it in (
        lambda: hall.wish(a, a),
        lambda: plan.talks.create(slot=slot, table=0, one=a, other=b),
        lambda: plan.talks.create(slot=slot, table=2, one=b, other=a),
        lambda: plan.talks.create(slot=talk.slot, table=talk.table, one=a, other=b),
        lambda: type(plan).objects.filter(pk=plan.pk).update(bound=0),
        lambda: type(plan).objects.filter(pk=plan.pk).update(state="waiting", announced_at=timezone.now()),
        lambda: type(hall.event).objects.update(wishes_until=hall.event.day + timedelta(days=1)),
        lambda: type(hall.event).objects.update(wishes_until=None),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            break_it()
