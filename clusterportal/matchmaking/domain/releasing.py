"""Announcing a plan: what changes for whom is shown before, and only those are told for whom something changes."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from clusterportal.matchmaking.domain.outbox import write_to
from clusterportal.matchmaking.domain.planning import seats_of
from clusterportal.matchmaking.domain.problem_building import SlotsOverlap, pose
from clusterportal.matchmaking.domain.scheduling.faults import faults_of
from clusterportal.matchmaking.enums import MailKind, PlanState, TalkStatus
from clusterportal.matchmaking.models import Event, Representative, SchedulePlan, Talk
from clusterportal.matchmaking.rules import can_organise


class Outdated(Exception):
    """Registrations, times, tables or answers changed since; the plan would break a rule."""


@dataclass(frozen=True)
class PlanDifference:
    """What a plan changes in the one announced before; each former talk stands beside the one that it becomes."""

    new: list[Talk]
    moved: list[tuple[Talk, Talk]]
    lost: list[Talk]
    is_first: bool

    @property
    def participants(self) -> set[int]:
        """The keys of those for whom something changes."""
        changed = [*self.new, *self.lost, *(talk for _old, talk in self.moved)]
        return {key for talk in changed for key in (talk.one_id, talk.other_id)}


def standing_plan(event: Event) -> SchedulePlan | None:
    """The plan that was announced last."""
    return event.plans.announced().first()


def difference(plan: SchedulePlan) -> PlanDifference:
    """What announcing this plan would change."""
    before = standing_plan(plan.event)
    former = {}
    if before:
        former = {talk.uid: talk for talk in before.talks.named().exclude(status=TalkStatus.CANCELLED)}
    talks = {talk.uid: talk for talk in plan.talks.named().exclude(status=TalkStatus.CANCELLED)}
    return PlanDifference(
        new=[talk for uid, talk in talks.items() if uid not in former],
        moved=[
            (former[uid], talk)
            for uid, talk in talks.items()
            if uid in former and (former[uid].slot_id, former[uid].table) != (talk.slot_id, talk.table)
        ],
        lost=[talk for uid, talk in former.items() if uid not in talks],
        is_first=before is None,
    )


@transaction.atomic
def release(*, plan: SchedulePlan, by) -> int:
    """Announce the plan; returns how many people are written to.

    The first time everybody gets their agenda, later those whose talks change. Raises PermissionDenied, Outdated.
    """
    if not can_organise(by, plan.event):
        raise PermissionDenied
    plan = SchedulePlan.objects.select_for_update().get(pk=plan.pk)
    if plan.announced_at:
        return 0
    if plan.state != PlanState.READY or not _still_holds(plan):
        raise Outdated
    changes = difference(plan)
    plan.announced_at = timezone.now()
    plan.save(update_fields=["announced_at"])
    people = Representative.objects.filter(
        participation__in=plan.event.participations.coming(), confirmed_at__isnull=False
    )
    if not changes.is_first:
        people = people.filter(participation__in=changes.participants)
    return write_to(people, kind=MailKind.AGENDA if changes.is_first else MailKind.CHANGED, plan=plan)


def _still_holds(plan: SchedulePlan) -> bool:
    try:
        posed = pose(plan.event, with_announced=False)
    except SlotsOverlap:
        return False
    seats = seats_of(plan, posed)
    is_whole = len(seats) == plan.talks.exclude(status=TalkStatus.CANCELLED).count()
    are_there = all(posed.participants.keys() >= {*seat[:2]} for seat in seats)
    return is_whole and are_there and not faults_of(posed.problem, seats)
