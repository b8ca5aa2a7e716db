"""The way of a cluster through the plane of heterogeneity and interaction, over the years."""

from dataclasses import dataclass
from datetime import date

from clusterportal.clusters.models import Cluster
from clusterportal.core.indicator import Reason
from clusterportal.lifecycle.domain.measuring import FORMULA_VERSION, MeasuredDay
from clusterportal.lifecycle.enums import Figure
from clusterportal.lifecycle.models import Assessment, Measurement

GROWTH = 10  # per cent more actors than before, from which on it is looked at whether the values grew as much


@dataclass(frozen=True)
class Stop:
    """Where a cluster stood on a day; `assessment` is the stage that was held then, if any."""

    day: date
    actors: int
    heterogeneity: float | Reason
    interaction: float | Reason
    formula_version: int
    is_today: bool = False
    is_example: bool = False
    assessment: Assessment | None = None

    @property
    def place(self) -> tuple[float, float] | None:
        """The place in the plane; None where one of the axes has no value."""
        if isinstance(self.heterogeneity, Reason) or isinstance(self.interaction, Reason):
            return None
        return self.heterogeneity, self.interaction


@dataclass(frozen=True)
class Outgrown:
    """The data grew more than the values did: growth in per cent since that day."""

    since: date
    actors: float
    heterogeneity: float
    interaction: float


def path_of(cluster: Cluster, measured: MeasuredDay, *, public: bool = True) -> list[Stop]:
    """The last measurement of each year before that of `measured`, and today; two queries."""
    assessments = list(Assessment.objects.filter(cluster=cluster).latest_first())
    this_year = date(measured.day.year, 1, 1)
    kept = Measurement.objects.of(cluster).last_of_years(before=this_year)
    stops = [
        Stop(
            day=one.measured_on,
            actors=one.actor_count,
            heterogeneity=one.value(Figure.HETEROGENEITY, public=public),
            interaction=one.value(Figure.INTERACTION, public=public),
            formula_version=one.formula_version,
            is_example=one.is_example,
            assessment=_held_on(one.measured_on, assessments),
        )
        for one in kept
    ]
    today = Stop(
        day=measured.day,
        actors=measured.actors,
        heterogeneity=measured.value(Figure.HETEROGENEITY, public=public),
        interaction=measured.value(Figure.INTERACTION, public=public),
        formula_version=FORMULA_VERSION,
        is_today=True,
        assessment=_held_on(measured.day, assessments),
    )
    return [*stops, today]


def outgrown(stops: list[Stop]) -> Outgrown | None:
    """Whether the number of actors grew more than the values since the stop before the last.

    Then the cluster may have been entered rather than have grown. Figures of two versions of the formulas, those
    without value and those of an example do not compare.
    """
    measured = [stop for stop in stops if not stop.is_example]
    if len(measured) < 2:
        return None
    before, now = measured[-2:]
    if before.formula_version != now.formula_version or not (before.place and now.place and before.actors):
        return None
    actors = _growth(before.actors, now.actors)
    values = [_growth(old, new) for old, new in zip(before.place, now.place, strict=True)]
    if actors < GROWTH or actors <= max(values):
        return None
    return Outgrown(before.day, actors, *values)


def _growth(old: float, new: float) -> float:
    """In per cent; from nought, anything is more than can be said."""
    return 100 * (new - old) / old if old else (float("inf") if new else 0.0)


def _held_on(day: date, assessments: list[Assessment]) -> Assessment | None:
    """The latest assessment up to that day; one without a day counts only where there is no other at all."""
    dated = [one for one in assessments if one.assessed_on and one.assessed_on <= day]
    return dated[0] if dated else next((one for one in assessments if one.assessed_on is None), None)
