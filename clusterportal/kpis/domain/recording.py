"""Values are entered by people, computed ones kept by the job; templates become a cluster's own indicators."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterportal.clusters.models import Cluster
from clusterportal.clusters.rules import can_manage
from clusterportal.core.indicator import Indicator, Reason
from clusterportal.core.languages import column_names
from clusterportal.kpis.domain.periods import Period, last_complete, period_of
from clusterportal.kpis.domain.sources import current
from clusterportal.kpis.models import Kpi, KpiValue

_TAKEN_OVER = (
    *("code", "stage", "responsible", "frequency", "direction", "indicator", "position"),
    *(column for name in ("name", "unit", "method") for column in column_names(name)),
)


@transaction.atomic
def record_value(
    *, kpi: Kpi, period: Period, value: Decimal | None, reason: str = "", note: str = "", by
) -> KpiValue:
    """Enter the value of a period, or the reason why there is none; one that is there already is replaced.

    Raises PermissionDenied for people of other clusters, ValidationError for computed indicators and for periods
    that are not those of the indicator or not over.
    """
    if kpi.cluster_id is None or not can_manage(by, kpi):
        raise PermissionDenied
    if kpi.is_computed:
        raise ValidationError(_("This indicator is computed."))
    if period != period_of(period.start, kpi.frequency):
        raise ValidationError(_("This is no period of the indicator."))
    if period.until > timezone.localdate():
        raise ValidationError(_("This period is not over yet."))
    kept = KpiValue.objects.filter(kpi=kpi, starts_on=period.start).first() or KpiValue(kpi=kpi)
    kept.starts_on, kept.until, kept.as_of = period.start, period.until, period.last_day
    kept.value, kept.reason, kept.note, kept.entered_by = value, reason, note, by
    kept.full_clean()
    kept.save()
    return kept


@transaction.atomic
def keep_computed(cluster: Cluster, *, today: date) -> int:
    """Keep the computed values of a cluster: those of today for the period that runs, anew every day.

    When a period is over its value stands as it was on its last day; a period that nobody computed in is made up for
    as of its last day. A figure of an earlier day, as of the last year that is booked, is the value of the period that
    holds this day, unless that one has a later value. Returns how many values were written.
    """
    kpis = list(Kpi.objects.kept_by(cluster).exclude(indicator="").select_related("cluster"))
    codes = frozenset(kpi.indicator for kpi in kpis)
    if not codes:
        return 0
    rows = KpiValue.objects.filter(kpi__in=kpis).values_list("kpi", "starts_on", "as_of")
    known = {(kpi, start): as_of for kpi, start, as_of in rows}
    now = current(cluster, as_of=today, codes=codes)
    earlier: dict[date, dict[str, Indicator]] = {}
    fresh: dict[tuple[int, date], KpiValue] = {}
    for kpi in kpis:
        found = [*_kept(kpi, period_of(today, kpi.frequency), now.get(kpi.indicator), today)]
        before = last_complete(today, kpi.frequency)
        if (kpi.pk, before.start) not in known:
            day = before.last_day
            if day not in earlier:
                earlier[day] = current(cluster, as_of=day, codes=codes)
            found = [*_kept(kpi, before, earlier[day].get(kpi.indicator), day), *found]
        for one in found:
            key = (kpi.pk, one.starts_on)
            stored = fresh[key].as_of if key in fresh else known.get(key)
            if stored is None or one.as_of is None or stored <= one.as_of:
                fresh[key] = one
    KpiValue.objects.bulk_create(
        fresh.values(),
        update_conflicts=True,
        unique_fields=["kpi", "starts_on"],
        update_fields=["value", "reason", "as_of", "is_computed", "until", "records"],
    )
    return len(fresh)


def _kept(kpi: Kpi, period: Period, found: Indicator | None, day: date) -> Iterator[KpiValue]:
    """A figure as the value of its period; where that is an earlier one, nothing is recorded of `period` yet."""
    if found is not None and found.value is not None and found.as_of < period.start:
        yield _value(kpi, period, None, day)
        period = period_of(found.as_of, kpi.frequency)
    yield _value(kpi, period, found, day)


def _value(kpi: Kpi, period: Period, found: Indicator | None, day: date) -> KpiValue:
    """A figure as a value; a code that no room knows is not recorded."""
    value = None if found is None or found.value is None else Decimal(str(found.value))
    reason = Reason.NOT_RECORDED if found is None else found.reason
    return KpiValue(
        kpi=kpi,
        starts_on=period.start,
        until=period.until,
        value=None if value is None else round(value, 4),
        reason="" if value is not None else str(reason),
        as_of=found.as_of if found and found.as_of >= period.start else day,
        records=found.records if found else "",
        is_computed=True,
    )


@transaction.atomic
def take_over(*, cluster: Cluster, by) -> list[Kpi]:
    """Make the templates a cluster's own indicators, those that it does not have yet; returns them.

    Raises PermissionDenied for people of other clusters.
    """
    if not can_manage(by, Kpi(cluster=cluster), "add"):
        raise PermissionDenied
    present = set(Kpi.objects.filter(cluster=cluster).values_list("code", flat=True))
    fresh = [
        Kpi(cluster=cluster, **{name: getattr(template, name) for name in _TAKEN_OVER})
        for template in Kpi.objects.templates()
        if template.code not in present
    ]
    return Kpi.objects.bulk_create(fresh)
