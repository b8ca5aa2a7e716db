"""Step 4 of an action plan: actions with their facts, and the same over time."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterportal.pages.drawing.gantt import Lane, axis_of, lane_of
from clusterportal.plans.domain.plan_queries import shown
from clusterportal.plans.domain.timing import ends_on, month_of, state_of
from clusterportal.plans.enums import ActionState, ParticipantGroup
from clusterportal.plans.models import Action, Milestone


@dataclass(frozen=True)
class GroupShown:
    """One of the six groups; `names` of its members (text and address, empty where there is no page)."""

    label: str
    takes_part: bool
    names: list[tuple[str, str]]


@dataclass(frozen=True)
class ActionShown:
    action: Action
    state: ActionState
    state_words: str
    responsible: tuple[str, str] | None  # name and address
    groups: list[GroupShown]
    positions: list[int]
    milestones: list[Milestone]
    reached: int
    next: Milestone | None
    next_words: str
    lane: Lane | None
    lane_words: str


def action_list(actions: list[Action], *, today: date) -> dict:
    """Context of `_plan_actions.html`: actions (ActionShown), years of the scale, whether these are calendar years."""
    axis = axis_of(actions)
    shown = [_shown(action, axis, today) for action in actions]
    layers = {action.carrying_layer for action in actions if action.carrying_layer}
    return {
        "actions": shown,
        "years": axis.years,
        "is_dated": axis.first is not None,
        "layers": sorted(layers, key=lambda layer: layer.position),
        "has_milestones": any(one.milestones for one in shown),
        "has_today": any(one.lane and one.lane.today is not None for one in shown),
    }


def _shown(action: Action, axis, today: date) -> ActionShown:
    milestones = list(action.milestones.all())
    reached = [one for one in milestones if one.reached_on and one.reached_on <= today]
    upcoming = next((one for one in milestones if one not in reached), None)
    state = state_of(action, on=today)
    positions = {layer.position for layer in action.layers.all()}
    if action.carrying_layer:
        positions.add(action.carrying_layer.position)
    return ActionShown(
        action=action,
        state=state,
        state_words=_state_words(action, state, milestones, reached, today),
        responsible=_responsible(action),
        groups=_groups(action),
        positions=sorted(positions),
        milestones=milestones,
        reached=len(reached),
        next=upcoming,
        next_words=_until(upcoming.due_on, today) if upcoming else "",
        lane=lane_of(action, axis, today=today),
        lane_words=_lane_words(action, milestones, reached),
    )


def _state_words(action: Action, state: ActionState, milestones, reached, today: date) -> str:
    words = [str(state.label)]
    month = month_of(action, today)
    if month and state in (ActionState.RUNNING, ActionState.DELAYED):
        words.append(_("month %(month)s of %(months)s") % {"month": month, "months": action.horizon_months})
    if milestones:
        words.append(
            ngettext(
                "%(reached)s of %(count)d milestone reached",
                "%(reached)s of %(count)d milestones reached",
                len(milestones),
            )
            % {"reached": len(reached), "count": len(milestones)}
        )
    return ", ".join(words)


def _responsible(action: Action) -> tuple[str, str] | None:
    if actor := shown(action.responsible):
        return str(actor), actor.get_absolute_url()
    return (action.responsible_words, "") if action.responsible_words else None


def _groups(action: Action) -> list[GroupShown]:
    participants = list(action.participants.all())
    found = []
    for group in ParticipantGroup:
        own = [one for one in participants if one.group == group]
        names = [
            (str(actor), actor.get_absolute_url()) if (actor := shown(one.actor)) else (one.words, "")
            for one in own
        ]
        found.append(GroupShown(str(group.label), bool(own), [name for name in names if name[0]]))
    return found


def _until(day: date, today: date) -> str:
    """How far off a day is, in words: weeks up to three months, else nothing."""
    days = (day - today).days
    if days < 0:
        return _("overdue")
    if days < 14:
        return (
            ngettext("in %(count)d day", "in %(count)d days", days) % {"count": days} if days else _("today")
        )
    return _("in %(count)d weeks") % {"count": days // 7} if days < 92 else ""


def _lane_words(action: Action, milestones, reached) -> str:
    """The lane for the ear: when it begins and ends, on which layer, with which milestones."""
    if action.starts_on is None or (end := ends_on(action)) is None:
        words = [
            ngettext(
                "%(count)d month, start not recorded",
                "%(count)d months, start not recorded",
                action.horizon_months,
            )
            % {"count": action.horizon_months}
        ]
    else:
        words = [
            _("%(first)s to %(last)s")
            % {
                "first": date_format(action.starts_on, "YEAR_MONTH_FORMAT"),
                "last": date_format(end - timedelta(days=1), "YEAR_MONTH_FORMAT"),
            }
        ]
    if action.carrying_layer:
        words.append(_("layer %(layer)s") % {"layer": action.carrying_layer.position})
    for one in milestones:
        text = _("milestone %(title)s reached") if one in reached else _("milestone %(title)s open")
        words.append(text % {"title": one})
    return "; ".join(words)
