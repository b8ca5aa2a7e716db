"""When an action runs and how far it is: computed from its dates, for any day."""

from calendar import monthrange
from datetime import date

from clusterportal.core.calendar_days import MONTHS_A_YEAR, months_after
from clusterportal.plans.enums import ActionState
from clusterportal.plans.models import Action


def months_between(first: date, day: date) -> float:
    """Months from `first` to `day`, parts of a month by its days; negative before."""
    whole = (day.year - first.year) * MONTHS_A_YEAR + day.month - first.month
    return whole + (day.day - first.day) / monthrange(day.year, day.month)[1]


def ends_on(action: Action) -> date | None:
    """The first day after the horizon; None without a start."""
    return months_after(action.starts_on, action.horizon_months) if action.starts_on else None


def month_of(action: Action, day: date) -> int | None:
    """In which month of its horizon the action is, counted from 1; None outside of it or without a start."""
    end = ends_on(action)
    if action.starts_on is None or end is None or not action.starts_on <= day < end:
        return None
    whole = (day.year - action.starts_on.year) * MONTHS_A_YEAR + day.month - action.starts_on.month
    return whole + (day.day >= action.starts_on.day)


def state_of(action: Action, *, on: date) -> ActionState:
    """The state on a day: as set by hand, or as milestones and horizon say.

    That is: done when every milestone is reached, behind schedule when one is overdue or the horizon is over,
    running from the start or the first milestone reached, and not begun before.
    Milestones reached after the day count as open.
    """
    if action.state_set:
        return ActionState(action.state_set)
    milestones = list(action.milestones.all())
    open_ones = [one for one in milestones if one.reached_on is None or one.reached_on > on]
    if milestones and not open_ones:
        return ActionState.DONE
    end = ends_on(action)
    if (end and on >= end) or any(one.due_on < on for one in open_ones):
        return ActionState.DELAYED
    has_begun = action.starts_on is not None and action.starts_on <= on
    return ActionState.RUNNING if has_begun or len(open_ones) < len(milestones) else ActionState.PLANNED
