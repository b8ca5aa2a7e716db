"""On the day: who came, whose talks are free therefore, who could meet instead, and what came of the talks."""

from collections import Counter
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from clusterportal.matchmaking.domain.outbox import write_to
from clusterportal.matchmaking.domain.planning import seats_of
from clusterportal.matchmaking.domain.problem_building import Posed, SlotsOverlap, pose
from clusterportal.matchmaking.domain.releasing import standing_plan
from clusterportal.matchmaking.domain.scheduling.problem import Pair, Seat
from clusterportal.matchmaking.domain.scheduling.unserved import waiting_pairs
from clusterportal.matchmaking.enums import MailKind, TalkStatus
from clusterportal.matchmaking.models import Event, Participation, Representative, SchedulePlan, Slot, Talk
from clusterportal.matchmaking.rules import can_organise

FREE = (TalkStatus.CANCELLED, TalkStatus.NO_SHOW)  # talks whose table is free
MOST_OFFERED = 5  # pairs for each slot


class Taken(Exception):
    """The two, or the table, are no longer free."""


@transaction.atomic
def check_in(*, participation: Participation, is_here: bool, by) -> list[Talk]:
    """Whether the organisation came. Who did not frees the partners: returns the talks that cannot be held.

    Who comes later after all gets the talks back whose places are still free. Raises PermissionDenied.
    """
    event = participation.event
    if not can_organise(by, event):
        raise PermissionDenied
    participation.people.filter(confirmed_at__isnull=False).update(is_here=is_here)
    plan = standing_plan(event)
    if plan is None:
        return []
    own = [talk for talk in plan.talks.named() if participation.pk in (talk.one_id, talk.other_id)]
    if is_here:
        return _give_back(plan, [talk for talk in own if talk.status == TalkStatus.NO_SHOW])
    freed = [talk for talk in own if talk.status == TalkStatus.PLANNED]
    Talk.objects.filter(pk__in=[talk.pk for talk in freed]).update(status=TalkStatus.NO_SHOW)
    return freed


def offers(event: Event) -> list[tuple[Slot, list[tuple[Participation, Participation]]]]:
    """For each slot that is not over the best pairs without a talk who are free, at a free table: a few of them.

    Nothing where two slots are at the same time.
    """
    plan = standing_plan(event)
    if plan is None:
        return []
    try:
        posed = pose(event, with_announced=False)
    except SlotsOverlap:
        return []
    seats, now = _held_seats(plan, posed), timezone.now()
    return [
        (slot, [(posed.participants[one], posed.participants[other]) for one, other in pairs[:MOST_OFFERED]])
        for place, slot in enumerate(posed.slots)
        if slot.ends_at > now and (pairs := waiting_pairs(posed.problem, seats, slot=place))
    ]


@transaction.atomic
def place(*, event: Event, pair: Pair, slot: Slot, by) -> Talk:
    """Give a waiting pair a talk now, and tell the two. Raises PermissionDenied, Taken."""
    if not can_organise(by, event):
        raise PermissionDenied
    plan = event.plans.announced().select_for_update().first()
    if plan is None or slot.event_id != event.pk:
        raise Taken
    try:
        posed = pose(event, with_announced=False)
    except SlotsOverlap as error:
        raise Taken from error
    seats = _held_seats(plan, posed)
    if pair not in waiting_pairs(posed.problem, seats, slot=posed.number_of(slot)):
        raise Taken
    used = set(plan.talks.filter(slot=slot).exclude(status__in=FREE).values_list("table", flat=True))
    table = min({*range(1, slot.tables + 1)} - used)
    weights = {wish.pair: wish.weight for wish in posed.problem.wishes}
    talk = plan.talks.create(slot=slot, table=table, one_id=pair[0], other_id=pair[1], weight=weights[pair])
    people = Representative.objects.filter(participation__in=pair, confirmed_at__isnull=False)
    write_to(people, kind=MailKind.CHANGED, plan=plan)
    return talk


@transaction.atomic
def record_outcome(
    *, talk: Talk, by, status: str, outcome: str = "", project_started_on: date | None = None
) -> None:
    """What came of a talk that was announced. Raises PermissionDenied, ValueError for a project of no talk."""
    if not can_organise(by, talk.plan.event):
        raise PermissionDenied
    if project_started_on and status != TalkStatus.KEPT:
        raise ValueError("a cooperation comes of a talk that was held")
    talk.status, talk.outcome, talk.project_started_on = status, outcome, project_started_on
    talk.save(update_fields=["status", "outcome", "project_started_on"])


def _held_seats(plan: SchedulePlan, posed: Posed) -> list[Seat]:
    """The talks that take place: of those that somebody missed the table and the partner are free."""
    return seats_of(plan, posed, free=FREE)


def _give_back(plan: SchedulePlan, missed: list[Talk]) -> list[Talk]:
    """Missed talks that can be held after all: both came, and neither the people nor the table were given away."""
    there = _people_there(plan.event)
    held = list(plan.talks.filter(status__in=[TalkStatus.PLANNED, TalkStatus.KEPT]))
    back = []
    for talk in missed:
        taken = Counter(
            key for one in held if one.slot_id == talk.slot_id for key in (one.one_id, one.other_id)
        )
        tables = {(one.slot_id, one.table) for one in held}
        is_free = all(taken[key] < there[key, talk.slot_id] for key in (talk.one_id, talk.other_id))
        if is_free and (talk.slot_id, talk.table) not in tables:
            talk.status = TalkStatus.PLANNED
            talk.save(update_fields=["status"])
            held.append(talk)
            back.append(talk)
    return back


def _people_there(event: Event) -> Counter[tuple[int, int]]:
    """How many people of each participant are there in each slot, by the keys of both; nobody who did not come."""
    slots = list(event.slots.all())
    people = Representative.objects.filter(participation__event=event, confirmed_at__isnull=False)
    there: Counter[tuple[int, int]] = Counter()
    for person in people.exclude(is_here=False).prefetch_related("away"):
        away = {slot.pk for slot in person.away.all()}
        there.update((person.participation_id, slot.pk) for slot in slots if slot.pk not in away)
    return there
