"""Figures year by year: computed at night and kept, because a page has no time to compute five years."""

from collections.abc import Collection
from datetime import date

from clusterportal.clusters.models import Cluster
from clusterportal.management.domain.indicators import all_indicators
from clusterportal.management.models import YearFigure

YEARS = 5  # kept before this one


def keep_years(cluster: Cluster, *, today: date) -> int:
    """Keep the values of this year as they are today, and of the years before that are still missing.

    Returns how many values were written. What the registry cannot say of a past day has no value and is not kept.
    """
    kept = YearFigure.objects.filter(cluster=cluster)
    known = set(kept.values_list("year", flat=True))
    days = [date(today.year - back, 12, 31) for back in range(YEARS, 0, -1)]
    fresh = [
        YearFigure(cluster=cluster, code=one.code, year=day.year, day=day, value=float(one.value))
        for day in [*(day for day in days if day.year not in known), today]
        for one in all_indicators(cluster, as_of=day)
        if one.value is not None
    ]
    YearFigure.objects.bulk_create(
        fresh,
        update_conflicts=True,
        unique_fields=["cluster", "code", "year"],
        update_fields=["day", "value"],
    )
    kept.filter(year=today.year).exclude(code__in=[one.code for one in fresh if one.day == today]).delete()
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
