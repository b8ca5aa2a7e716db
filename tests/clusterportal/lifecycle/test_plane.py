"""Geometry of the plane: one point, many, and values beyond the usual axes."""

import pytest

from clusterportal.lifecycle.domain.plane import curve, plane


def test_without_a_measurement_there_is_the_schematic_loop_alone():
    empty = plane([])
    assert (empty.dots, empty.path) == ([], "")
    assert [tick for _x, tick in empty.x_ticks] == ["0,5", "0,6", "0,7", "0,8", "0,9"]
    assert empty.y_ticks[0] == (348, "0,0")
    assert empty.y_ticks[-1] == (12, "2,0")
    assert empty.stages[2] == (235, 41, 3)


def test_one_point_is_today():
    (dot,) = plane([("2026", (0.76, 1.52), "live")]).dots
    assert (dot.x, dot.y) == (293.5, 92.6)
    assert (dot.label, dot.label_x, dot.anchor, dot.kind) == ("2026", 277.5, "end", "live")


def test_a_path_of_many_years_is_named_every_second_year_the_last_always():
    years = [(str(2017 + number), (0.6, 0.5), "pt") for number in range(9)]
    assert [dot.label for dot in plane(years[:8]).dots] == [str(2017 + n) for n in range(8)]
    picture = plane(years)
    assert [dot.label for dot in picture.dots] == ["2017", "", "2019", "", "2021", "", "2023", "", "2025"]
    assert picture.path.startswith("M137.5 264.0L137.5 264.0L")


@pytest.mark.parametrize(
    ("place", "x_ends", "y_ends"),
    [
        ((0.9, 2.0), ("0,5", "0,9"), ("0,0", "2,0")),  # on the edge
        ((0.91, 2.01), ("0,5", "1,0"), ("0,0", "2,5")),
        ((0.0, 0.0), ("0,0", "0,8"), ("0,0", "2,0")),  # every second tick
        ((0.5, 31.0), ("0,5", "0,9"), ("0,0", "28,0")),
    ],
)
def test_the_axes_widen_to_hold_every_point(place, x_ends, y_ends):
    picture = plane([("2026", place, "live")])
    assert (picture.x_ticks[0][1], picture.x_ticks[-1][1]) == x_ends
    assert (picture.y_ticks[0][1], picture.y_ticks[-1][1]) == y_ends
    assert 40 <= picture.dots[0].x <= 430
    assert 12 <= picture.dots[0].y <= 348
    assert len(picture.y_ticks) <= 9


@pytest.mark.parametrize("stage", [1, 2, 3, 4, 5])
def test_the_stage_of_today_leaves_its_ring(stage):
    picture = curve(stage)
    assert picture.now[2] == stage
    assert [number for _x, _y, number in picture.rings] == [n for n in range(1, 6) if n != stage]
    assert curve(None).now is None
    assert len(curve(None).rings) == 5
