"""The labels of a cluster over the years, as a table whose middle cell is a picture: all lanes share one scale.

Full is valid, dashed a window to act, dotted how long a label is valid if one acts; a line marks today.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clusterportal.labels.domain.label_status import LabelOnDay
from clusterportal.labels.domain.validity import Span
from clusterportal.labels.enums import LabelKind, LabelStatus
from clusterportal.labels.models import Label

WIDTH = 720  # 10 units a month for six years
LEAST_YEARS, MOST_YEARS = 6, 16
_GAP = 2  # between marks that meet


@dataclass(frozen=True)
class Mark:
    """A bar of a lane; `kind` is its class: bar, wait or wish."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True)
class Lane:
    """`said` is the picture in words, `rule` what is asked for the label, `step` what comes next and until when."""

    standing: LabelOnDay
    rule: str
    marks: tuple[Mark, ...]
    said: str
    step: str


@dataclass(frozen=True)
class Timeline:
    years: range
    grid: tuple[float, ...]
    today: float
    lanes: tuple[Lane, ...]
    width: int = WIDTH


def timeline(standings: Iterable[LabelOnDay], *, today: date) -> Timeline:
    """The lanes in the order of `standings`."""
    found = list(standings)
    years = _years(found, today)
    return Timeline(
        years,
        tuple(_x(date(year, 1, 1), years) for year in years),
        _x(today, years),
        tuple(_lane(one, years, today) for one in found),
    )


def last_day(end: date) -> date:
    """The last day of an interval that ends before `end`."""
    return end - timedelta(days=1)


def _years(found: list[LabelOnDay], today: date) -> range:
    spans = [span for one in found for span in (*one.spans, one.window, one.renewed) if span]
    first = min([today.year - 1, *(span.start.year for span in spans)])
    first = max(first, today.year - MOST_YEARS // 2)
    last = max([first + LEAST_YEARS - 1, *(last_day(span.end).year for span in spans if span.end)])
    return range(first, min(last, first + MOST_YEARS - 1) + 1)


def _x(day: date, years: range) -> float:
    months = (day.year - years.start) * 12 + day.month - 1
    part = (day.day - 1) / monthrange(day.year, day.month)[1]
    return round(min(max((months + part) * WIDTH / (12 * len(years)), 0), WIDTH), 1)


def _lane(one: LabelOnDay, years: range, today: date) -> Lane:
    kinds = [*(("bar", span) for span in one.spans), ("wait", one.window), ("wish", one.renewed)]
    if one.status == LabelStatus.EXPIRED:
        kinds = kinds[: len(one.spans)]  # the window is over, and with it what one could have had
    if one.window and one.renewed and one.spans:
        # Both begin where the label ends: the window is drawn, what follows after it.
        kinds[-1:] = [("wish", Span(one.window.end or one.renewed.start, one.renewed.end))]
    marks = [mark for kind, span in kinds if span and (mark := _mark(kind, span, years))]
    return Lane(one, _rule(one.kind), tuple(marks), _said(one), _step(one, today))


def _mark(kind: str, span: Span, years: range) -> Mark | None:
    start = _x(span.start, years)
    width = (WIDTH if span.end is None else _x(span.end, years)) - start
    return Mark(kind, start + _GAP / 2, round(width - _GAP, 1)) if width > _GAP else None


def _rule(kind: str) -> str:
    match kind:
        case LabelKind.BRONZE:
            return _("36 indicators, first for 2 years")
        case LabelKind.SILVER:
            return _("second benchmarking after 1.5 to 2 years")
        case LabelKind.GOLD:
            return _("31 indicators, at least 80%")
    return _("asks for the way to Silver, or Gold")


def month(day: date) -> str:
    return date_format(day, "F Y")


def _said(one: LabelOnDay) -> str:
    if not one.spans and not one.window:
        return _("No period")
    said = []
    for span in one.spans:
        names = {"start": month(span.start), "end": span.end and month(last_day(span.end))}
        said.append(
            _("valid from %(start)s to %(end)s") % names if span.end else _("valid from %(start)s on") % names
        )
    if one.window and one.window.end and one.status != LabelStatus.EXPIRED:
        names = {"start": month(one.window.start), "end": month(last_day(one.window.end))}
        said.append(
            _("can be renewed until %(end)s") % names
            if one.spans
            else _("second benchmarking from %(start)s to %(end)s") % names
        )
    if one.renewed and one.renewed.end and one.status != LabelStatus.EXPIRED:
        said.append(_("then until %(end)s") % {"end": month(last_day(one.renewed.end))})
    text = ", ".join(said)
    return text[:1].upper() + text[1:]


def _step(one: LabelOnDay, today: date) -> str:
    """What comes next, and the last day for it."""
    window, end = one.window, one.last.valid_until if one.last else None
    if one.last is None and window and window.end:
        day = {"day": _date(last_day(window.end))}
        return _("second benchmarking until %(day)s") % day if today in window else _("window not open yet")
    if one.last is None:
        return _("not a member") if one.kind == LabelKind.GO_CLUSTER else _("not held")
    if one.status == LabelStatus.PLANNED:
        return _("valid from %(start)s on") % {"start": _date(one.last.valid_from)}
    if end is None:
        return _("valid without an end")
    if one.status == LabelStatus.WINDOW and window and window.end:
        return _("renew until %(day)s") % {"day": _date(last_day(window.end))}
    day = {"day": _date(last_day(end))}
    return (
        _("valid until %(day)s") % day if one.status == LabelStatus.VALID else _("expired on %(day)s") % day
    )


def _date(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def said_of(label: Label) -> str:
    """The term of one label in words."""
    if label.valid_until is None:
        return _("from %(start)s on") % {"start": _date(label.valid_from)}
    days = {
        "start": _date(label.valid_from),
        "end": _date(last_day(label.valid_until)),
    }
    return _("%(start)s to %(end)s") % days
