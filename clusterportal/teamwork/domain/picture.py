"""The line of a cluster's completeness, computed here and written as SVG by a template."""

from collections.abc import Sequence
from dataclasses import dataclass

from clusterportal.teamwork.models import ClusterDay

WIDTH, HEIGHT = 640, 150  # of the plane between the axes
LEFT, TOP, BELOW = 48, 12, 28  # room for what is written beside it


@dataclass(frozen=True)
class Picture:
    """Everything in the units of the drawing; numbers as text, because languages write them differently."""

    view_box: str
    line: str
    area: str
    last: tuple[str, str]
    marks: list[tuple[str, int]]  # height and percent of the lines across
    left: str
    right: str
    bottom: str
    below: str
    days: Sequence[ClusterDay]

    @property
    def first_day(self) -> ClusterDay:
        return self.days[0]

    @property
    def last_day(self) -> ClusterDay:
        return self.days[-1]


def picture_of(days: Sequence[ClusterDay]) -> Picture:
    """The share of complete actors over the days, of which there is at least one."""
    begin = days[0].day
    span = max((days[-1].day - begin).days, 1)
    one = len(days) == 1

    def x(day: ClusterDay) -> float:
        return LEFT + WIDTH * (1 if one else (day.day - begin).days / span)

    points = [(x(day), _height(day.percent)) for day in days]
    line = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
    bottom = _height(0)
    area = f"{points[0][0]:.1f},{bottom:.1f} {line} {points[-1][0]:.1f},{bottom:.1f}"
    return Picture(
        view_box=f"0 0 {LEFT + WIDTH + 12} {TOP + HEIGHT + BELOW}",
        line=line,
        area=area,
        last=(f"{points[-1][0]:.1f}", f"{points[-1][1]:.1f}"),
        marks=[(f"{_height(percent):.1f}", percent) for percent in (0, 50, 100)],
        left=str(LEFT),
        right=str(LEFT + WIDTH),
        bottom=f"{bottom:.1f}",
        below=str(TOP + HEIGHT + BELOW - 8),
        days=days,
    )


def _height(percent: int) -> float:
    return TOP + HEIGHT * (100 - percent) / 100
