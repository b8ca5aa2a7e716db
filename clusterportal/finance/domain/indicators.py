"""What financing says of a cluster, as indicators."""

from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clusterportal.clusters.enums import Section
from clusterportal.clusters.kept_figures import kept_figures
from clusterportal.clusters.models import Cluster, Release
from clusterportal.core.diversity import herfindahl
from clusterportal.core.indicator import Indicator, Reason
from clusterportal.finance.domain.shares import break_even
from clusterportal.finance.domain.years import Year, latest_booked, years_of

OWN_SHARE, BREAK_EVEN, CONCENTRATION = "own_share", "break_even", "income_concentration"
INCOME = "income"
# What the figures are called; the unit of some of them.
NAMES = {
    OWN_SHARE: _("Own share"),
    BREAK_EVEN: _("Break-even"),
    CONCENTRATION: _("Concentration of income"),
    INCOME: _("Income of the year"),
}
_UNITS = {OWN_SHARE: "%", BREAK_EVEN: _("Year")}


@kept_figures
def indicators_of(cluster: Cluster, *, as_of: date, public: bool = True) -> list[Indicator]:
    """Own share, break-even, concentration of the sources and income, from the last year booked as a whole.

    They are as of the end of that year, if it is over. Examples are nobody's budget. The public gets the figures
    where the cluster released its financing. At most three queries.
    """
    if public and not Release.objects.filter(cluster=cluster, section=Section.FINANCING).exists():
        return [_indicator(code, as_of, None, Reason.HIDDEN) for code in NAMES]
    years = [year for year in years_of(cluster) if year.year <= as_of.year and not year.is_example]
    records = reverse("clusters:financing", args=[cluster.slug]) if public else ""
    last = latest_booked(years, until=as_of.year)
    if last:
        as_of = min(as_of, date(last.year, 12, 31))
    return [
        _indicator(OWN_SHARE, as_of, *_own_share(last), records),
        _indicator(BREAK_EVEN, as_of, *_break_even(years), records),
        _indicator(CONCENTRATION, as_of, *_concentration(last), records),
        _indicator(INCOME, as_of, *_income(last), records, unit=last.currency if last else ""),
    ]


def _indicator(
    code: str,
    as_of: date,
    value: Decimal | int | float | None,
    reason: Reason | None,
    records: str = "",
    *,
    unit: str = "",
) -> Indicator:
    return Indicator(
        code=code,
        label=str(NAMES[code]),
        unit=unit or str(_UNITS.get(code, "")),
        as_of=as_of,
        method=code.replace("_", "-"),
        value=value,
        reason=reason,
        records=records,
    )


def _own_share(year: Year | None) -> tuple[Decimal | None, Reason | None]:
    """In per cent, not rounded."""
    if year is None or year.booked is None:
        return None, Reason.NOT_RECORDED
    share = year.booked.own_share
    return (None, Reason.NOT_DEFINED) if share is None else (share * 100, None)


def _break_even(years: list[Year]) -> tuple[int | None, Reason | None]:
    """The first year in which own income was at least public money."""
    if not any(year.booked for year in years):
        return None, Reason.NOT_RECORDED
    first = break_even((year.year, year.booked) for year in years)
    return (None, Reason.NOT_DEFINED) if first is None else (first, None)


def _concentration(year: Year | None) -> tuple[float | None, Reason | None]:
    if year is None:
        return None, Reason.NOT_RECORDED
    amounts = list(year.by_source().values())
    if min(amounts) < 0 or (index := herfindahl(map(float, amounts))) is None:
        return None, Reason.NOT_DEFINED
    return index, None


def _income(year: Year | None) -> tuple[Decimal | None, Reason | None]:
    if year is None or year.booked is None:
        return None, Reason.NOT_RECORDED
    return year.booked.total, None
