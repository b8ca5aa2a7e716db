"""What is computed of dates, sets and lanes, against values worked by hand."""

from datetime import date

import pytest

from clusterportal.pages.drawing.gantt import axis_of, lane_of
from clusterportal.plans.domain.complementarity import NoMatch, complementarity
from clusterportal.plans.domain.timing import month_of, state_of
from clusterportal.plans.models import Action, Milestone
from layers.models import Layer

DAY = date(2026, 11, 26)


def an_action(*milestones: tuple, start: date | None = None, months: int = 36, layer: int = 0, **fields):
    """An action that no database knows, with milestones (due, reached)."""
    action = Action(pk=1, starts_on=start, horizon_months=months, **fields)
    if layer:
        action.carrying_layer = Layer(position=layer)
    found = [Milestone(due_on=due, reached_on=reached) for due, reached in milestones]
    action._prefetched_objects_cache = {"milestones": found}
    return action


@pytest.mark.parametrize(
    ("areas", "layers", "other_areas", "other_layers", "value", "reason"),
    [
        ({"auto", "health"}, {3}, {"auto"}, {4, 5}, 0.5, None),
        ({"auto"}, {3}, {"auto"}, {4}, 1.0, None),
        ({"auto"}, {3, 4}, {"auto"}, {4}, 0.5, None),
        ({"auto"}, {3}, {"auto"}, {3}, 0.0, NoMatch.SAME_LAYERS),
        ({"auto"}, {3}, {"health"}, {4}, 0.0, NoMatch.NO_SHARED_AREA),
        (set(), {3}, {"auto"}, {4}, 0.0, NoMatch.INCOMPLETE),
        ({"auto"}, {3}, {"auto"}, set(), 0.0, NoMatch.INCOMPLETE),
        (set(), set(), set(), set(), 0.0, NoMatch.INCOMPLETE),
    ],
)
def test_complementarity(areas, layers, other_areas, other_layers, value, reason):
    found = complementarity(areas, layers, other_areas, other_layers)
    assert (found.value, found.reason) == (value, reason)
    assert complementarity(other_areas, other_layers, areas, layers) == found


PAST, SOON, LATER = date(2026, 11, 25), date(2026, 12, 1), date(2027, 5, 1)


@pytest.mark.parametrize(
    ("action", "state", "month"),
    [
        (an_action(), "planned", None),
        (an_action(start=LATER), "planned", None),
        (an_action(start=DAY), "running", 1),
        (an_action(start=date(2026, 10, 27)), "running", 1),
        (an_action(start=date(2026, 10, 26)), "running", 2),
        (an_action((SOON, None), start=PAST), "running", 1),
        (an_action((DAY, None), start=PAST), "running", 1),
        (an_action((PAST, None), start=PAST), "delayed", 1),
        (an_action((PAST, PAST), (SOON, None)), "running", None),
        (an_action((PAST, PAST), (SOON, DAY), start=PAST), "done", 1),
        (an_action((SOON, LATER)), "planned", None),  # reached after the day: not yet
        (an_action(start=date(2025, 11, 26), months=12), "delayed", None),  # half-open: over on this day
        (an_action(start=date(2025, 11, 27), months=12), "running", 12),
        (an_action((PAST, None), start=PAST, state_set="stopped"), "stopped", 1),
    ],
)
def test_state_of_a_day(action, state, month):
    assert state_of(action, on=DAY) == state
    assert month_of(action, DAY) == month


def test_lanes_share_one_scale_of_whole_years():
    first = an_action(
        (date(2027, 1, 1), DAY), (date(2030, 1, 1), None), start=date(2026, 7, 1), months=12, layer=4
    )
    second = an_action(start=date(2027, 1, 1), months=18)
    undated = an_action()
    axis = axis_of([first, second, undated])
    assert (axis.first, axis.months, axis.unit, axis.years) == (date(2026, 1, 1), 36, 20, [2026, 2027, 2028])
    assert axis.grid == "M1 0V34M240 0V34M480 0V34"
    lane = lane_of(first, axis, today=DAY)
    assert (lane.x, lane.width, lane.layer, lane.is_dated) == (120, 240, 4, True)
    assert [(one.path, one.is_reached) for one in lane.diamonds] == [("M240 7l10 10l-10 10l-10 -10z", True)]
    assert lane.today == 216.7  # ten months and 25 of 30 days, 20 px a month
    second_lane = lane_of(second, axis, today=DAY)
    assert (second_lane.x, second_lane.width, second_lane.layer) == (240, 360, 0)
    assert lane_of(undated, axis, today=DAY) is None


@pytest.mark.parametrize(
    ("months", "scale", "width"),
    [(1, 12, 60), (12, 12, 720), (13, 24, 390), (36, 36, 720), (120, 120, 720)],
)
def test_without_a_start_only_the_length_is_drawn(months, scale, width):
    action = an_action(months=months)
    axis = axis_of([action])
    lane = lane_of(action, axis, today=DAY)
    assert (axis.first, axis.months, axis.years[0]) == (None, scale, 1)
    assert (lane.x, lane.width, lane.is_dated, lane.today) == (0, width, False, None)


def test_a_scale_ends_after_ten_years():
    late = an_action(start=date(2034, 1, 1), months=60)
    axis = axis_of([an_action(start=date(2026, 1, 1)), late])
    lane = lane_of(late, axis, today=DAY)
    assert (axis.months, lane.x, lane.width) == (120, 576, 144)
