"""Is the concept of financing balanced? Each notice says the rule, the number and where to look."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterportal.core.diversity import herfindahl
from clusterportal.finance.domain.money import decimal, money, percent, share_text
from clusterportal.finance.domain.shares import largest_remainder
from clusterportal.finance.domain.years import Path, Year, latest_booked, points_of
from clusterportal.finance.enums import IncomeSource

# One source may bring half of the income once a cluster is to carry itself (unbalanced financing is a pitfall named in
# the field); before, as much as public money does at the beginning of the documented path.
DOMINANT, DOMINANT_EARLY = Decimal("0.5"), Decimal("0.8")
BEHIND = Decimal("0.1")  # of the plan: our own choice; less is the usual inaccuracy of a plan
JUMP = Decimal("0.25")  # of a source from the last booked to a planned year: our own choice
_HALF = 50  # per cent
_MOST_PLACES = 4
_YEARS_LOOKED_AT = 5  # whoever looks further back repairs nothing any more


class Level(Enum):
    """How pressing a notice is."""

    ACT = "act"
    WATCH = "watch"
    WELL = "well"


class Door(Enum):
    """Where a notice leads: the course over the life cycle, or plan and actual of a year."""

    COURSE = "course"
    PLAN = "plan"


@dataclass(frozen=True)
class Notice:
    level: Level
    title: str
    why: str
    door: Door
    year: int


def notices(years: Sequence[Year], path: Path, *, today: date) -> list[Notice]:
    """What is to be said of the balance, the most pressing first. `years` come oldest first."""
    found = [
        *_without_actual(years, today),
        *_of_shares(years, path, today),
        *_of_plan(years, today),
        *_of_next_plan(years, today),
    ]
    levels = list(Level)
    return sorted(found, key=lambda notice: levels.index(notice.level))


def _of_shares(years: Sequence[Year], path: Path, today: date) -> Iterator[Notice]:
    year = latest_booked(years, until=today.year)
    if year is None or year.booked is None:
        return
    booked = year.booked
    yield from _negative(year)
    if booked.own_share is None:
        return
    point, even = points_of(years).get(year.year), path.even
    is_late = point is not None and even is not None and point >= even
    own, _public = booked.percent or (0, 0)
    if booked.is_even:
        title = _("%(year)s: the cluster carries itself by half, own share %(own)s")
        yield Notice(
            Level.WELL,
            title % {"year": year.year, "own": share_text(booked.own_share)},
            _("Own income is at least as much as public money."),
            Door.COURSE,
            year.year,
        )
    elif is_late:
        title = _("Break-even missed: %(own)s instead of %(half)s")
        if own == _HALF:  # rounded it would look as if it were reached
            title = _("Break-even narrowly missed: just under %(half)s")
        why = _(
            "Rule: half from point %(even)s of the documented path on. %(amount)s own income in place of public money "
            "is missing in %(year)s."
        )
        words = {"even": even, "amount": money(booked.shortfall, year.currency), "year": year.year}
        halves = {"own": percent(own), "half": percent(_HALF)}
        yield Notice(Level.ACT, title % halves, why % words, Door.COURSE, year.year)
    yield from _dominant(year, is_late)


def _dominant(year: Year, is_late: bool) -> Iterator[Notice]:
    by_source = year.by_source()
    if min(by_source.values()) < 0:
        return
    limit = DOMINANT if is_late else DOMINANT_EARLY
    total = sum(by_source.values())
    source, amount = max(by_source.items(), key=lambda item: item[1])
    if amount <= limit * total:
        return
    shown = dict(zip(by_source, largest_remainder(list(by_source.values())), strict=True))
    title = _("%(source)s bring more than %(limit)s of the income: %(share)s")
    why = _(
        "Rule: one source at most %(limit)s, %(when)s. Concentration of the sources (Herfindahl index): %(index)s; "
        "four equal sources have %(even)s."
    )
    when = _("once the cluster is to carry itself") if is_late else _("before a cluster is to carry itself")
    index = herfindahl(float(part) for part in by_source.values())
    share = percent(shown[source])
    for places in range(_MOST_PLACES):
        if share == percent(limit * 100, places):  # "more than 80 %: 80 %" would contradict itself
            share = percent(amount / total * 100, places + 1)
    words = {
        "source": IncomeSource(source).label,
        "limit": share_text(limit),
        "share": share,
        "when": when,
        "index": decimal(index or 0, 2),
        "even": decimal(0.25, 2),
    }
    level = Level.ACT if is_late else Level.WATCH
    yield Notice(level, title % words, why % words, Door.COURSE, year.year)


def _negative(year: Year) -> Iterator[Notice]:
    for line in year.lines:
        if line.actual is not None and line.actual < 0:
            title = _("%(source)s %(year)s: %(amount)s")
            amount = money(line.actual, year.currency)
            yield Notice(
                Level.WATCH,
                title % {"source": line.label, "year": year.year, "amount": amount},
                _(
                    "More was paid back than came in. It lowers the sum of its side; below nought there are no shares."
                ),
                Door.PLAN,
                year.year,
            )


def _without_actual(years: Sequence[Year], today: date) -> Iterator[Notice]:
    by_year = {year.year: year for year in years}
    first = max(min(by_year, default=today.year), today.year - _YEARS_LOOKED_AT)
    for number in range(first, today.year):
        year = by_year.get(number)
        open_lines = [line for line in year.lines if line.actual is None] if year else []
        if year is None or not year.lines:
            title = _("%(year)s: nothing recorded")
            why = _("Rule: every year that is over has its actual amounts. The course has a gap here.")
            yield Notice(Level.ACT, title % {"year": number}, why, Door.PLAN, number)
        elif open_lines:
            title = ngettext(
                "%(year)s: %(count)s source is not booked yet",
                "%(year)s: %(count)s sources are not booked yet",
                len(open_lines),
            )
            why = _("Rule: every year that is over has its actual amounts. Open: %(sources)s.")
            sources = ", ".join(line.label for line in open_lines)
            yield Notice(
                Level.ACT,
                title % {"year": number, "count": len(open_lines)},
                why % {"sources": sources},
                Door.PLAN,
                number,
            )


def _of_plan(years: Sequence[Year], today: date) -> Iterator[Notice]:
    """What the last year that is over brought against its plan."""
    year = latest_booked(years, until=today.year - 1)
    if year is None:
        return
    kept = []
    for line in year.lines:
        if line.plan is None or line.actual is None:
            continue
        if line.actual >= line.plan:
            kept.append(line)
        elif line.plan - line.actual > BEHIND * line.plan:
            title = _("%(source)s %(year)s: %(missing)s behind the plan")
            why = _("Rule: at most %(limit)s behind. Plan %(plan)s, actual %(actual)s.")
            words = {
                "source": line.label,
                "year": year.year,
                "missing": money(line.plan - line.actual, year.currency),
                "limit": share_text(BEHIND),
                "plan": money(line.plan, year.currency),
                "actual": money(line.actual, year.currency),
            }
            yield Notice(Level.WATCH, title % words, why % words, Door.PLAN, year.year)
    if kept:
        title = _("In plan in %(year)s: %(sources)s") % {
            "year": year.year,
            "sources": ", ".join(line.label for line in kept),
        }
        why = _("The plan is reached or exceeded.")
        yield Notice(Level.WELL, capfirst(title), why, Door.PLAN, year.year)


def _of_next_plan(years: Sequence[Year], today: date) -> Iterator[Notice]:
    """Sources that a plan for a later year raises by much."""
    last = latest_booked(years, until=today.year)
    planned = next((year for year in years if last and year.year > last.year and year.plan), None)
    if last is None or planned is None or planned.currency != last.currency:
        return
    before = {(line.source, line.is_public): line.actual for line in last.lines}
    for line in planned.lines:
        actual = before.get((line.source, line.is_public))
        if line.plan is None or not actual or actual < 0 or line.plan - actual <= JUMP * actual:
            continue
        title = _("Plan %(year)s raises %(source)s by %(share)s: from %(actual)s to %(plan)s")
        why = _("Rule: a rise of more than %(limit)s needs a reason that is recorded.")
        words = {
            "year": planned.year,
            "source": line.label,
            "share": share_text((line.plan - actual) / actual),
            "actual": money(actual, last.currency),
            "plan": money(line.plan, planned.currency),
            "limit": share_text(JUMP),
        }
        yield Notice(Level.WATCH, title % words, why % words, Door.PLAN, planned.year)
