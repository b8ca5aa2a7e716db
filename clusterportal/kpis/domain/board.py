"""What a cluster's chain says at the moment: each indicator with its latest value, course, target and comparison."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db.models import Prefetch
from django.urls import translate_url
from django.utils.translation import get_language, get_language_from_path, override

from clusterportal.clusters.models import Cluster
from clusterportal.core.indicator import Indicator, Reason
from clusterportal.kpis.domain.benchmark import NOT_TO_BE_SEEN, Benchmark, compare, values_elsewhere
from clusterportal.kpis.domain.periods import Period, following, period_of
from clusterportal.kpis.domain.sources import Documented, current, documented, hidden_codes
from clusterportal.kpis.domain.trends import PERIODS, Trend, trend
from clusterportal.kpis.enums import Stage
from clusterportal.kpis.models import Kpi, KpiValue

_YEARS_BACK = PERIODS + 1  # of values read: six periods of the slowest frequency and the one that runs


@dataclass(frozen=True)
class IndicatorStanding:
    """One indicator today. `value` is None where `reason` says why; `course` are the last six periods, None in gaps.

    `period` is that of the value; `records` is the path to what is behind it. Where there is no value yet, `example`
    is what a documented example states.
    """

    kpi: Kpi
    value: Decimal | None
    reason: Reason | None
    as_of: date
    period: Period | None
    course: tuple[tuple[Period, Decimal | None], ...]
    trend: Trend | None
    target: Decimal | None
    benchmark: Benchmark | None
    records: str = ""
    example: Documented | None = None


def with_values(kpis, *, today: date):
    """`kpis` with the values of the last years, newest first, and all targets: two further queries."""
    since = today.replace(year=today.year - _YEARS_BACK, month=1, day=1)
    values = KpiValue.objects.filter(starts_on__gte=since, starts_on__lte=today).order_by("-starts_on")
    return kpis.prefetch_related(Prefetch("values", values), "targets")


def standings(cluster: Cluster, *, today: date) -> list[IndicatorStanding]:
    """Every indicator that the cluster keeps, in the order of the chain.

    Computed ones show what the job kept; where it has not been yet, they are computed now.
    """
    kpis = list(with_values(Kpi.objects.kept_by(cluster), today=today))
    codes = frozenset(kpi.indicator for kpi in kpis if kpi.is_computed and not kpi.values.all())
    now = current(cluster, as_of=today, codes=codes) if codes else {}
    elsewhere = values_elsewhere(cluster, [kpi.code for kpi in kpis], today=today) if kpis else {}
    hidden = hidden_codes(cluster) if any(kpi.is_computed for kpi in kpis) else frozenset()
    found = [_standing(kpi, now, elsewhere.get(kpi.code, []), hidden, today) for kpi in kpis]
    if any(one.value is None and one.kpi.is_computed for one in found):
        told = documented(cluster, today=today)
        found = [
            replace(one, example=told.get(one.kpi.indicator)) if one.value is None else one for one in found
        ]
    order = list(Stage)
    return sorted(found, key=lambda one: order.index(Stage(one.kpi.stage)))


def _standing(
    kpi: Kpi, now: dict[str, Indicator], elsewhere: Sequence[Decimal], hidden: frozenset[str], today: date
) -> IndicatorStanding:
    values = [] if kpi.indicator in hidden else list(kpi.values.all())
    newest = next((one for one in values if one.value is not None), None) or next(iter(values), None)
    if kpi.is_computed and values and values[0].reason in NOT_TO_BE_SEEN:
        newest, values = values[0], []  # what was shown before is to be seen no more than what is known today
    live = now.get(kpi.indicator) if newest is None and kpi.is_computed else None
    period: Period | None = None
    if newest is not None:
        value, period = newest.value, Period(newest.starts_on, newest.until)
        reason = None if value is not None else Reason(newest.reason)
        as_of = newest.as_of or period.last_day
    else:
        value = None if live is None or live.value is None else Decimal(str(live.value))
        unknown = Reason.HIDDEN if kpi.indicator in hidden else Reason.NOT_RECORDED
        reason = None if value is not None else (live.reason if live else unknown)
        as_of = live.as_of if live else today
    course = course_of(kpi, values)
    target = next((one.value for one in kpi.targets.all() if one.year == today.year), None)
    return IndicatorStanding(
        kpi=kpi,
        value=value,
        reason=reason,
        as_of=as_of,
        period=period,
        course=course,
        trend=trend([one for _period, one in course]),
        target=target,
        benchmark=None if value is None else compare(value, elsewhere, direction=kpi.direction),
        records=in_active_language(newest.records) if newest else live.records if live else "",
    )


def in_active_language(path: str) -> str:
    """A path of the portal in the language that is read; the job kept it in its own."""
    reader = get_language() or settings.LANGUAGE_CODE
    with override(get_language_from_path(path) or reader):
        return translate_url(path, reader)


def course_of(kpi: Kpi, values: Sequence[KpiValue]) -> tuple[tuple[Period, Decimal | None], ...]:
    """The last six periods up to the newest value, oldest first; values come newest first."""
    if not values:
        return ()
    by_start = {one.starts_on: one.value for one in values}
    periods, period = [], period_of(min(by_start), kpi.frequency)
    last = max(by_start)
    while period.start <= last:
        periods.append(period)
        period = following(period, kpi.frequency)
    return tuple((one, by_start.get(one.start)) for one in periods[-PERIODS:])


def prefers_quantity(found: Sequence[IndicatorStanding]) -> bool:
    """Outputs are counted, outcomes are not: a pitfall named in the field, quantity before quality."""
    known = {one.kpi.stage for one in found if one.value is not None}
    return Stage.OUTPUT in known and Stage.OUTCOME not in known
