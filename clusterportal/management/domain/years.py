"""Figures year by year: computed at night and kept, because a page has no time to compute five years."""

from collections.abc import Collection
from datetime import date

from clusterportal.clusters.models import Cluster
from clusterportal.management.domain.indicators import all_indicators
from clusterportal.management.models import YearFigure

YEARS = 5  # kept before this one


def keep_years(cluster: Cluster, *, today: date) -> int:
    """Keep the values of this year as they are today, and those of the years before that are still missing.

    Returns how many values were written. What the registry cannot say of a past day has no value and is not kept, nor
    is a figure under another year than the one it is of. What is missing is looked for again each time: a year may be
    booked late.
    """
    kept = YearFigure.objects.filter(cluster=cluster)
    known = set(kept.filter(year__lt=today.year).values_list("code", "year"))
    now = all_indicators(cluster, as_of=today)
    days = [date(today.year - back, 12, 31) for back in range(YEARS, 0, -1)]
    incomplete = [day for day in days if any((one.code, day.year) not in known for one in now)]
    found = [(day, one) for day in incomplete for one in all_indicators(cluster, as_of=day)]
    fresh = [
        YearFigure(cluster=cluster, code=one.code, year=day.year, day=one.as_of, value=float(one.value))
        for day, one in [*found, *((today, one) for one in now)]
        if one.value is not None and one.as_of.year == day.year and (one.code, day.year) not in known
    ]
    YearFigure.objects.bulk_create(
        fresh,
        update_conflicts=True,
        unique_fields=["cluster", "code", "year"],
        update_fields=["day", "value"],
    )
    kept.filter(year=today.year).exclude(
        code__in=[one.code for one in fresh if one.year == today.year]
    ).delete()
    return len(fresh)


def years_before(cluster: Cluster, codes: Collection[str], *, today: date) -> dict[str, dict[int, float]]:
    """The kept values of the years before this one, by code and year; one query."""
    found: dict[str, dict[int, float]] = {code: {} for code in codes}
    kept = YearFigure.objects.filter(
        cluster=cluster, code__in=codes, year__gte=today.year - YEARS, year__lt=today.year
    )
    for code, year, value in kept.values_list("code", "year", "value"):
        found[code][year] = value
    return found
