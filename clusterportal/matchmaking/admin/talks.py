"""Registrations, wishes and the plan of an event: computed, looked through, announced."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_protect

from clusterportal.matchmaking.admin.desk import event_for, page
from clusterportal.matchmaking.admin.half_matrix import half_matrix
from clusterportal.matchmaking.domain.planning import (
    IMPOSSIBLE,
    OVERLAP,
    ask_for_help,
    ask_for_plan,
    seats_of,
)
from clusterportal.matchmaking.domain.problem_building import Posed, SlotsOverlap, pose
from clusterportal.matchmaking.domain.releasing import Outdated, difference, release, standing_plan
from clusterportal.matchmaking.domain.scheduling.solving import MOST_EXACT
from clusterportal.matchmaking.domain.scheduling.unserved import Why
from clusterportal.matchmaking.enums import PlanState, TalkStatus
from clusterportal.matchmaking.models import Event, SchedulePlan

REFRESH = 3  # seconds until a page that watches a job loads itself again
MOST_OPEN = 200  # open wishes that the page names


@csrf_protect
def show_talks(request, pk: int):
    event = event_for(request, pk)
    if request.method == "POST":
        return _act(request, event)
    try:
        posed = pose(event)
    except SlotsOverlap:
        posed = None
    plan = event.plans.order_by("-version").first()
    standing = standing_plan(event)
    shown = plan if plan and plan.state == PlanState.READY else standing
    talks = list(shown.talks.named()) if shown else []
    is_at_work = plan is not None and plan.state in (PlanState.WAITING, PlanState.COMPUTING)
    is_looking = shown is not None and "gains" in shown.findings and shown.findings["gains"] is None
    context = {
        "posed": posed,
        "registered": _registered(event),
        "wish_count": len(posed.problem.wishes) if posed else 0,
        "mutual_count": len(posed.mutual) if posed else 0,
        "plan": plan,
        "shown": shown,
        "rounds": _rounds(posed, talks) if posed else [],
        "tables": range(1, max((slot.tables for slot in posed.slots), default=0) + 1) if posed else (),
        "talk_count": sum(talk.status != TalkStatus.CANCELLED for talk in talks),
        "quality": _quality(shown),
        "matrix": half_matrix(posed, seats_of(shown, posed) if shown else []) if posed else None,
        "changes": difference(plan)
        if plan and plan.state == PlanState.READY and not plan.announced_at
        else None,
        "open": _open(shown, posed) if shown and posed else [],
        "gains": _gains(shown, posed) if shown and posed else None,
        "is_looking": is_looking,
        "is_at_work": is_at_work,
        "refresh": REFRESH if is_at_work or is_looking else 0,
        "failed": _failed(plan),
        "is_outdated": bool(
            shown and posed and not shown.announced_at and shown.digest != posed.problem.digest()
        ),
    }
    return page(request, event, "talks", **context)


def _act(request, event: Event):
    doing, plan = request.POST.get("do"), event.plans.order_by("-version").first()
    if doing == "plan":
        ask_for_plan(event=event, by=request.user)
    elif doing == "help" and plan and plan.state == PlanState.READY:
        ask_for_help(plan=plan, by=request.user)
    elif doing == "discard" and plan and not plan.announced_at:
        plan.delete()
    elif doing == "release" and plan:
        try:
            told = release(plan=plan, by=request.user)
        except Outdated:
            messages.error(
                request,
                _("Registrations, times or answers have changed since: make a new plan, then announce it."),
            )
        else:
            text = ngettext(
                "The plan is announced. %(count)d person gets a mail.",
                "The plan is announced. %(count)d people get a mail.",
                told,
            )
            messages.success(request, text % {"count": told})
    return redirect(request.path)


def _registered(event: Event) -> list[tuple]:
    """Those who come, each with its people."""
    found = event.participations.coming().select_related("actor").prefetch_related("people")
    return sorted(((one, list(one.people.all())) for one in found), key=lambda row: str(row[0]).casefold())


def _rounds(posed: Posed, talks: list) -> list[tuple]:
    """A row for each slot, a cell for each table: the talk there, nothing, or no table at all."""
    placed = {(talk.slot_id, talk.table): talk for talk in talks if talk.status != TalkStatus.CANCELLED}
    tables = max((slot.tables for slot in posed.slots), default=0)
    return [
        (
            slot,
            [
                (number, placed.get((slot.pk, number)), number <= slot.tables)
                for number in range(1, tables + 1)
            ],
        )
        for slot in posed.slots
    ]


def _quality(plan: SchedulePlan | None) -> str:
    """Points reached of what is possible, as the solver proved it."""
    if plan is None or plan.value is None or plan.bound is None:
        return ""
    points = {"value": plan.value, "bound": plan.bound}
    said = _("%(value)s of %(bound)s points") % points
    if plan.value == plan.bound:
        return _("%(points)s: proven, no plan has more") % {"points": said}
    if (plan.size or 0) > MOST_EXACT:
        said = _("%(points)s, an event too large to prove the last hundredth") % {"points": said}
    percent = number_format(round(100 * plan.gap, 1), 1)
    return _("%(points)s: at most %(percent)s %% below the best") % {"points": said, "percent": percent}


def _open(plan: SchedulePlan, posed: Posed) -> list[tuple]:
    words = {
        Why.DECLINED: _("one of them would rather not"),
        Why.NO_COMMON_SLOT: _("never there at the same time"),
        Why.FULL: _("one of them has talks in every common slot"),
        Why.REST: _("one of them would have no rest"),
        Why.TABLES: _("every table is taken when both are free"),
        Why.TIME: _("the time for computing was over"),
    }
    return [
        (posed.participants[one], posed.participants[other], words[Why(why)])
        for one, other, why in plan.findings.get("unserved", [])[:MOST_OPEN]
        if one in posed.participants and other in posed.participants
    ]


def _gains(plan: SchedulePlan, posed: Posed) -> list[tuple] | None:
    """Points that one more table gives, by slot; None where nobody asked yet."""
    found = plan.findings.get("gains")
    if found is None:
        return None
    slots = {slot.pk: slot for slot in posed.slots}
    return [(slots[key], points) for key, points in found if key in slots and points]


def _failed(plan: SchedulePlan | None) -> str:
    if plan is None or plan.state != PlanState.FAILED:
        return ""
    return {
        OVERLAP: _("Two slots are at the same time. Change one of them, then plan again."),
        IMPOSSIBLE: _("Not all fixed talks can stand. Look at the times and tables, then plan again."),
    }.get(plan.findings.get("failed"), "")
