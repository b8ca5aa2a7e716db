"""The balance in the cockpit: plan, actual and own share of the last years, and the year in hand source by source."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterportal.clusters.models import Cluster
from clusterportal.finance.domain.comparing import (
    Compared,
    by_source,
    own_share_of,
    sums_of,
    with_lines,
    year_in_hand,
)
from clusterportal.finance.domain.money import money, percent, rounded, signed
from clusterportal.finance.domain.years import Year, years_of
from clusterportal.finance.models import Budget

YEARS_SHOWN = 4


@dataclass(frozen=True)
class MoneyCell:
    """What a cell says, and what stands under it."""

    said: str
    under: str = ""


@dataclass(frozen=True)
class YearRow:
    year: int
    url: str
    amount: MoneyCell
    gap: str
    own: MoneyCell
    is_example: bool


@dataclass(frozen=True)
class Balance:
    """`sources` are (name, amount, against plan) of the year `in_hand`; empty where no budget is recorded."""

    years: list[YearRow] = field(default_factory=list)
    sources: list[tuple[str, MoneyCell, str]] = field(default_factory=list)
    in_hand: YearRow | None = None


def balance_of(cluster: Cluster, *, today: date) -> Balance:
    """Of a cluster's budgets; three queries, two where there are none."""
    years = with_lines(years_of(cluster))
    if not years:
        return Balance()
    budgets = dict(Budget.objects.filter(cluster=cluster).values_list("year", "pk"))
    rows = {
        year.year: _row(year, reverse("admin:finance_budget_change", args=[budgets[year.year]]), today)
        for year in years
    }
    shown = year_in_hand(years[::-1], current=today.year)
    assert shown is not None  # one of those years
    sources = [
        (label, _amount(found, shown.currency), _gap(found, shown, today))
        for label, found in by_source(shown)
    ]
    return Balance([*rows.values()][:YEARS_SHOWN], sources, rows[shown.year])


def _row(year: Year, url: str, today: date) -> YearRow:
    total, own = sums_of(year), own_share_of(year)
    planned = "" if own.plan is None else _("Plan %(plan)s") % {"plan": percent(own.plan)}
    share = MoneyCell(
        "–" if own.actual is None else percent(own.actual), ", ".join(filter(None, [planned, _points(own)]))
    )
    gap = _gap(total, year, today)
    return YearRow(year.year, url, _amount(total, year.currency), gap, share, year.is_example)


def _amount(found: Compared, currency: str) -> MoneyCell:
    said = "–" if found.actual is None else money(found.actual, currency)
    plan = _("no plan") if found.plan is None else _("Plan %(plan)s") % {"plan": money(found.plan, currency)}
    return MoneyCell(said, plan)


def _gap(found: Compared, year: Year, today: date) -> str:
    """Nothing is said to be missing of a year that is still to come."""
    if found.gap is not None:
        return signed(found.gap)
    if found.actual is None and year.year <= today.year:
        return _("not booked yet")
    return "–" if found.is_whole or found.actual is None else _("not all is booked")


def _points(own: Compared) -> str:
    if own.gap is None:
        return ""
    text = ngettext("%(gap)s percentage point", "%(gap)s percentage points", abs(int(rounded(own.gap))))
    return text % {"gap": signed(own.gap)}
