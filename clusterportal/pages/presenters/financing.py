"""What the page of a cluster's financing shows: course, plan and actual, notices."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterportal.finance.domain.balance import Door, Level, Notice, notices
from clusterportal.finance.domain.comparing import Compared, by_source
from clusterportal.finance.domain.money import money, percent, signed
from clusterportal.finance.domain.shares import Sums, break_even
from clusterportal.finance.domain.years import Path, SourceInYear, Year, latest_booked, points_of
from clusterportal.finance.enums import IncomeSource
from clusterportal.pages.drawing.bars import Bar, Scale, bar, scale_of
from clusterportal.pages.drawing.course import NARROW, WIDE, course

_HALF = 50  # per cent
YEARS_SHOWN = 4  # columns beside each other; all years stand in the file


@dataclass(frozen=True)
class CourseRow:
    """One point in words; empty where nothing is known. `year` is the cluster's year at this point."""

    point: int
    own: str
    public: str
    year: int | None
    cluster: str
    gap: str
    is_even: bool


@dataclass(frozen=True)
class Cell:
    """One amount of the table. `is_ghost`: only planned, and its year is still to come."""

    bar: Bar | None = None
    is_public: bool = False
    is_ghost: bool = False
    amount: str = ""
    remark: str = ""


def course_of(years: Sequence[Year], path: Path) -> dict:
    """The documented path beside the cluster's own years."""
    points = points_of(years)
    booked = [(year, year.booked) for year in years if year.booked and year.year in points]
    shares = {
        points[year.year]: found.own_share * 100 for year, found in booked if found.own_share is not None
    }
    own_even = break_even((points[year.year], found) for year, found in booked)
    even = path.even if path.own else own_even
    at_even = None if even is None else percent((path.own or shares)[even])
    rows = _rows(path, shares, {points[year.year]: year.year for year, _found in booked}, even)
    return {
        "pictures": [
            (course(path.own, shares.items(), even=even, box=box), box.is_narrow) for box in (WIDE, NARROW)
        ],
        "even_text": "" if even is None else _("Break-even: %(own)s own") % {"own": at_even},
        "says": _says(path, shares, own_even),
        "rows": rows,
        "has_years": bool(shares),
        "span": (booked[0][0].year, booked[-1][0].year) if shares else None,
        "is_placed": any(year.point for year in years),
        "is_example": any(year.is_example for year, _found in booked),
    }


def _says(path: Path, shares: dict[int, Decimal], own_even: int | None) -> str:
    """The finding of the course in one or two sentences."""
    parts = []
    if path.even is not None:
        text = _("At point %(point)s of the documented path a cluster carries itself by half.")
        parts.append(text % {"point": path.even})
    if not shares:
        parts.append(_("No year of this cluster is booked yet."))
    elif own_even is not None:
        parts.append(_("This cluster has reached it."))
    else:
        last = shares[max(shares)]
        missing = (_HALF - last).to_integral_value(ROUND_CEILING)
        text = ngettext(
            "This one stands at %(share)s; %(missing)s percentage point is missing.",
            "This one stands at %(share)s; %(missing)s percentage points are missing.",
            int(missing),
        )
        parts.append(text % {"share": percent(_HALF - missing), "missing": missing})
    return " ".join(parts)


def _rows(path: Path, shares: dict[int, Decimal], years: dict[int, int], even: int | None) -> list[CourseRow]:
    return [
        CourseRow(
            point=point,
            own=percent(path.own[point]) if point in path.own else "",
            public=percent(100 - path.own[point]) if point in path.own else "",
            year=years.get(point),
            cluster=percent(shares[point]) if point in shares else "",
            gap=signed(shares[point] - path.own[point]) if point in shares and point in path.own else "",
            is_even=point == even,
        )
        for point in sorted({*path.own, *shares})
    ]


def plan_and_actual(years: Sequence[Year], *, today: date) -> dict:
    """The newest years as one table a currency, the newest currency first."""
    shown = years[-YEARS_SHOWN:]
    by_currency = groupby(sorted(shown, key=lambda year: year.currency), key=lambda year: year.currency)
    tables = [_table(currency, list(group), today) for currency, group in by_currency]
    tables.sort(key=lambda table: table["columns"][-1]["year"], reverse=True)
    return {
        "tables": tables,
        "says": _compared(years, today),
        "left_out": len(years) - len(shown),
        "is_example": any(year.is_example for year in shown),
    }


def _table(currency: str, years: list[Year], today: date) -> dict:
    columns = [_column(year, today) for year in years]

    def under(cells: Iterable[Cell]) -> list[tuple[Cell, dict]]:
        return list(zip(cells, columns, strict=True))

    scale = scale_of(amount for year in years for line in year.lines for amount in (line.plan, line.actual))
    sources = dict.fromkeys(
        (line.source, line.is_public, line.label) for year in years for line in year.lines
    )
    order = IncomeSource.values
    rows = []
    for source, is_public, label in sorted(sources, key=lambda one: (order.index(one[0]), one[1])):
        cells = (_cell(_line(year, source, is_public), year, scale, today) for year in years)
        rows.append({"label": label, "cells": under(cells)})
    return {
        "currency": currency,
        "columns": columns,
        "rows": rows,
        "sums": under(_sum(year, currency) for year in years),
        "shares": under(_shares(year) for year in years),
        "has_negative": scale.low < 0,
    }


def _column(year: Year, today: date) -> dict:
    is_plan = year.year > today.year and year.actual is None
    label = _("Plan %(year)s") % {"year": year.year} if is_plan else str(year.year)
    return {"year": year.year, "label": label, "is_example": year.is_example}


def _line(year: Year, source: str, is_public: bool) -> SourceInYear | None:
    return next((line for line in year.lines if (line.source, line.is_public) == (source, is_public)), None)


def _cell(line: SourceInYear | None, year: Year, scale: Scale, today: date) -> Cell:
    if line is None:
        return Cell(remark=_("not recorded"))
    picture = bar(line.plan, line.actual, scale)
    if line.actual is None:
        is_ahead = year.year > today.year
        planned = money(line.plan or Decimal(0), year.currency)
        if is_ahead:
            return Cell(picture, line.is_public, True, planned)
        remark = _("Plan %(plan)s, not booked yet") % {"plan": planned}
        return Cell(picture, line.is_public, False, "–", remark)
    remark = _("no plan")
    if line.plan is not None and (gap := Compared(line.plan, line.actual).gap) is not None:
        words = {"plan": money(line.plan, year.currency), "gap": signed(gap)}
        remark = (_("Plan %(plan)s, %(gap)s") if gap else _("Plan %(plan)s, reached")) % words
    return Cell(picture, line.is_public, False, money(line.actual, year.currency), remark)


def _sum(year: Year, currency: str) -> Cell:
    """The sums of a year, from amounts that are not rounded."""
    plan = "" if year.plan is None else money(year.plan.total, currency)
    if year.actual is None:
        return Cell(amount=plan)
    remark = _("Plan %(plan)s") % {"plan": plan} if plan else ""
    if not year.is_booked:
        remark = _("Plan %(plan)s, not all is booked") % {"plan": plan or "–"}
    return Cell(amount=money(year.actual.total, currency), remark=remark)


def _shares(year: Year) -> Cell:
    """Own share of the year; of the plan where the year is not booked as a whole."""
    planned = _share(year.plan)
    if year.actual is None:
        return Cell(amount=planned)
    remark = _("Plan %(plan)s") % {"plan": planned}
    if year.booked is None:
        return Cell(amount="–", remark=remark)
    if year.booked.own_share is None:
        return Cell(amount="–", remark=_("no share: a side is below nought or the sum is nought"))
    return Cell(amount=_share(year.booked), remark=remark)


def _share(found: Sums | None) -> str:
    return "–" if found is None or found.percent is None else percent(found.percent[0])


def _compared(years: Sequence[Year], today: date) -> str:
    """What the last booked year brought against its plan, in one sentence."""
    year = latest_booked(years, until=today.year)
    if year is None:
        return _("No year is booked yet.") if years else _("No budget is recorded yet.")
    known = [(label, found.gap) for label, found in by_source(year) if found.gap is not None]
    more = ", ".join(label for label, gap in known if gap > 0)
    less = ", ".join(label for label, gap in known if gap < 0)
    words = {"year": year.year, "more": more, "less": less}
    if not known:
        return _("%(year)s is booked; no plan stands beside it.") % words
    if more and less:
        return _("%(year)s brought more than planned: %(more)s. Less: %(less)s.") % words
    if more:
        return _("%(year)s brought more than planned: %(more)s.") % words
    if less:
        return _("%(year)s brought less than planned: %(less)s.") % words
    return _("%(year)s brought exactly what was planned.") % words


def warnings_of(years: Sequence[Year], path: Path, *, today: date) -> list[dict]:
    """The notices with their sign and their door on this page."""
    if not years:
        return []
    return [_warning(notice) for notice in notices(years, path, today=today)]


def _warning(notice: Notice) -> dict:
    anchor, label = ("#h-course", _("See the course"))
    if notice.door is Door.PLAN:
        anchor, label = ("#h-plan", _("Compare plan and actual"))
    return {
        "sign": "–" if notice.level is Level.WELL else "!",
        "is_hot": notice.level is Level.ACT,
        "title": notice.title,
        "why": notice.why,
        "url": anchor,
        "label": label,
    }


CSV_COLUMNS = ["year", "currency", "source", "is_public", "plan", "actual", "is_example"]


def csv_rows(years: Iterable[Year]) -> list[list]:
    """All lines as they are recorded, not rounded."""
    return [
        [
            year.year,
            year.currency,
            line.source,
            int(line.is_public),
            "" if line.plan is None else line.plan,
            "" if line.actual is None else line.actual,
            int(year.is_example),
        ]
        for year in years
        for line in year.lines
    ]
