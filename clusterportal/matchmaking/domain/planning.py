"""Making a plan of talks: asked for by the organiser, computed by a job, a draft until it is announced."""

from collections.abc import Collection
from contextlib import suppress

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from clusterportal.matchmaking.domain.problem_building import Posed, SlotsOverlap, pose
from clusterportal.matchmaking.domain.scheduling.problem import Seat
from clusterportal.matchmaking.domain.scheduling.solving import Impossible, Plan, make_plan
from clusterportal.matchmaking.domain.scheduling.tables import tables_for
from clusterportal.matchmaking.domain.scheduling.unserved import gains_of_tables, unserved
from clusterportal.matchmaking.enums import PlanState, TalkStatus
from clusterportal.matchmaking.models import Event, SchedulePlan, Talk
from clusterportal.matchmaking.rules import can_organise

# Tasks, which stand above this module.
MAKE_PLAN, LOOK_FOR_HELP = "matchmaking.make_plan", "matchmaking.look_for_help"
OVERLAP, IMPOSSIBLE = "overlap", "impossible"  # why a plan failed, in `findings`


@transaction.atomic
def ask_for_plan(*, event: Event, by) -> SchedulePlan:
    """A new draft in place of the former drafts; the job computes it. Raises PermissionDenied."""
    if not can_organise(by, event):
        raise PermissionDenied
    Event.objects.select_for_update().get(pk=event.pk)
    event.plans.filter(announced_at=None).delete()
    last = event.plans.aggregate(last=Max("version"))["last"] or 0
    plan = SchedulePlan.objects.create(event=event, version=last + 1, by=by)
    app.configure_task(MAKE_PLAN, queueing_lock=f"{MAKE_PLAN} {plan.pk}").defer(plan=plan.pk)
    return plan


def compute(*, plan: SchedulePlan) -> None:
    """Solve, and keep what was found with its proof; each stage is noted at once, for whoever watches."""
    SchedulePlan.objects.filter(pk=plan.pk).update(state=PlanState.COMPUTING, stage="points")

    def note(stage: str) -> None:
        SchedulePlan.objects.filter(pk=plan.pk).update(stage=stage)

    try:
        posed = pose(plan.event)
        found = make_plan(posed.problem, progress=note)
    except (SlotsOverlap, Impossible) as error:
        reason = OVERLAP if isinstance(error, SlotsOverlap) else IMPOSSIBLE
        SchedulePlan.objects.filter(pk=plan.pk).update(state=PlanState.FAILED, findings={"failed": reason})
        return
    _keep(plan, posed, found)


@transaction.atomic
def _keep(plan: SchedulePlan, posed: Posed, found: Plan) -> None:
    # A newer request has deleted this draft: then there is nothing to keep.
    if not SchedulePlan.objects.select_for_update().filter(pk=plan.pk, announced_at=None).exists():
        return
    plan.talks.all().delete()
    before = list(Talk.objects.standing().filter(plan__event=plan.event))
    seats = [one.seat for one in found.seats]
    given = {
        (talk.one_id, talk.other_id, posed.number_of(talk.slot)): talk.table
        for talk in before
        if talk.slot in posed.slots
    }
    weights = {wish.pair: wish.weight for wish in posed.problem.wishes}
    placed = tables_for(posed.problem.tables, seats, given=given)
    talks = [
        Talk(
            plan=plan,
            slot=posed.slots[one.slot],
            table=one.table,
            one_id=one.one,
            other_id=one.other,
            weight=weights[one.one, one.other],
        )
        for one in placed
    ]
    _carry_over(talks, before)
    Talk.objects.bulk_create(talks)
    plan.state, plan.stage = PlanState.READY, ""
    plan.value, plan.bound, plan.is_spread = found.value, found.bound, found.is_spread
    plan.size, plan.solver, plan.digest = found.size, found.solver, found.digest
    plan.findings = {
        "unserved": [[*pair, why] for pair, why in unserved(posed.problem, seats)],
        "dropped": len(found.dropped),
    }
    plan.save()


def _carry_over(talks: list[Talk], before: list[Talk]) -> None:
    """A talk that was announced keeps its entry in calendars, with the next number where it was moved."""
    known: dict[tuple[int, int], list[Talk]] = {}
    for former in before:
        known.setdefault((former.one_id, former.other_id), []).append(former)
    # Those in their old slots first, so that of two talks of a pair each finds its own.
    for talk in sorted(talks, key=lambda one: _is_as_before(one, known) is None):
        formers = known.get((talk.one_id, talk.other_id), [])
        old = _is_as_before(talk, known) or next(iter(formers), None)
        if old:
            formers.remove(old)
            moved = (old.slot_id, old.table) != (talk.slot_id, talk.table)
            talk.uid, talk.sequence = old.uid, old.sequence + moved
            if old.slot_id == talk.slot_id:  # what came of it; at another time it is still to come
                talk.status, talk.outcome = old.status, old.outcome
                talk.project_started_on = old.project_started_on


def _is_as_before(talk: Talk, known: dict[tuple[int, int], list[Talk]]) -> Talk | None:
    formers = known.get((talk.one_id, talk.other_id), [])
    return next((old for old in formers if old.slot_id == talk.slot_id), None)


def ask_for_help(*, plan: SchedulePlan, by) -> None:
    """Has the job find out which slots would gain by another table. Raises PermissionDenied."""
    if not can_organise(by, plan.event):
        raise PermissionDenied
    plan.findings["gains"] = None  # is being looked for
    plan.save(update_fields=["findings"])
    with suppress(AlreadyEnqueued), transaction.atomic():  # asked twice, it is looked for once
        app.configure_task(LOOK_FOR_HELP, queueing_lock=f"{LOOK_FOR_HELP} {plan.pk}").defer(plan=plan.pk)


def look_for_help(*, plan: SchedulePlan) -> None:
    """What one more table would give, by slot; solved anew for each slot whose tables are all taken.

    Where that fails nobody waits for it any longer; it can be asked for once more.
    """
    gains: list[list[int]] | None = None
    try:
        posed = pose(plan.event)
        found = gains_of_tables(posed.problem, value=plan.value or 0, seats=seats_of(plan, posed))
        gains = [[posed.slots[slot].pk, points] for slot, points in found.items()]
    except (SlotsOverlap, Impossible):
        pass  # the page says that itself
    finally:
        _keep_gains(plan, gains)


@transaction.atomic
def _keep_gains(plan: SchedulePlan, gains: list[list[int]] | None) -> None:
    kept = SchedulePlan.objects.select_for_update().filter(pk=plan.pk).first()
    if kept:
        kept.findings.pop("gains", None)
        kept.findings |= {} if gains is None else {"gains": gains}
        kept.save(update_fields=["findings"])


def seats_of(
    plan: SchedulePlan, posed: Posed, *, free: Collection[str] = (TalkStatus.CANCELLED,)
) -> list[Seat]:
    """The talks of a plan as the solver speaks of them; those of a `free` status have no seat."""
    number = {slot.pk: place for place, slot in enumerate(posed.slots)}
    return [
        (talk.one_id, talk.other_id, number[talk.slot_id])
        for talk in plan.talks.all()
        if talk.status not in free and talk.slot_id in number
    ]
