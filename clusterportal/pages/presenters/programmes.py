"""Programmes, events and visits of a cluster as its page about matchmaking shows them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterportal.clusters.models import Cluster
from clusterportal.core.disclosure import too_few
from clusterportal.finance.domain.money import percent
from clusterportal.matchmaking.domain.reporting import Report, organisations_at, report_of, with_counts
from clusterportal.matchmaking.domain.states import state_of, takes_registrations
from clusterportal.matchmaking.enums import EventState
from clusterportal.matchmaking.models import Event, Programme
from clusterportal.pages.drawing.funnel import Marks, dots, squares

MOST_PROGRAMMES, MOST_EVENTS, MOST_VISITS = 10, 30, 100


@dataclass(frozen=True)
class Step:
    """One step from the invitation to the project; `count` is None where nothing is recorded or too few took part."""

    count: int | None
    label: str
    ratio: str  # to the step before, in words; empty if there is none
    quotient: str  # the same as a number, for the table
    marks: Marks | None


@dataclass(frozen=True)
class ShownProgramme:
    programme: Programme
    report: Report
    finding: str
    steps: list[Step]
    is_hidden: bool  # fewer than three organisations took part: what they did is not published
    worth: int  # what a mark stands for in the densest picture


@dataclass(frozen=True)
class ShownEvent:
    event: Event
    state: EventState
    is_open: bool
    registered: int | None  # None: fewer than three
    is_held: bool


def programmes_of(cluster: Cluster, *, today: date) -> list[ShownProgramme]:
    """The programmes of a cluster with their results; a few queries for each."""
    found = Programme.objects.filter(cluster=cluster).order_by("slug")[:MOST_PROGRAMMES]
    return [_programme(one, today) for one in found]


def events_of(cluster: Cluster, *, today: date) -> list[ShownEvent]:
    """Matchmakings that everybody may know of: open, announced or held; the next one first."""
    events = with_counts(Event.objects.filter(cluster=cluster, day__isnull=False).matchmakings())
    shown = [
        ShownEvent(
            event,
            state=(state := state_of(event, today=today)),
            is_open=takes_registrations(event, today=today),
            registered=None if too_few(count := event.registered) else count,  # type: ignore[attr-defined]
            is_held=state == EventState.HELD,
        )
        for event in events.prefetch_related("plans").order_by("-day", "pk")[:MOST_EVENTS]
        if event.opened_on and event.opened_on <= today
    ]
    coming = [one for one in shown if not one.is_held]
    return [*reversed(coming), *(one for one in shown if one.is_held)]


def visits_of(cluster: Cluster) -> list[Event]:
    """Company visits, the latest first, those without a date last."""
    return list(Event.objects.filter(cluster=cluster).visits().order_by("-day", "pk")[:MOST_VISITS])


def finding_of_visits(visits: list[Event]) -> str:
    """What the visits say, in one sentence; it names what is missing."""
    count, open_ones = len(visits), sum(not visit.result for visit in visits)
    said = ngettext("%(count)s visit is recorded", "%(count)s visits are recorded", count) % {"count": count}
    if not open_ones:
        rest = _("each with its result")
    elif open_ones == count:
        rest = _("none with a result")
    else:
        missing = ngettext(
            "%(count)s of them without a result", "%(count)s of them without a result", open_ones
        )
        rest = missing % {"count": open_ones}
    return f"{said}, {rest}."


def _programme(programme: Programme, today: date) -> ShownProgramme:
    report = report_of(programme, today=today)
    is_hidden = not report.is_documented and _is_of_too_few(programme, report, today)
    return shown_programme(programme, report, is_hidden=is_hidden)


def shown_programme(programme: Programme, report: Report, *, is_hidden: bool) -> ShownProgramme:
    """The steps of a programme in numbers, pictures and words."""
    if is_hidden:
        report = Report(report.events, None, None, None)
    steps = [
        Step(report.events, _("events"), "", "", _squares(report.events)),
        Step(
            report.participations,
            _("participations"),
            _each(report.per_event, _("%(number)s for each event"), _("one for every %(number)s events")),
            _number(report.per_event, 1),
            _dots(report.participations),
        ),
        Step(
            report.talks,
            _("company talks"),
            _each(
                report.per_participation,
                _("%(number)s for each participation"),
                _("one for every %(number)s participations"),
            ),
            _number(report.per_participation, 2),
            _dots(report.talks),
        ),
        Step(
            report.projects,
            _("cooperation projects"),
            _each(report.per_talk, _("%(number)s from each talk"), _("one from every %(number)s talks")),
            _number(report.per_talk, 2),
            _dots(report.projects),
        ),
    ]
    worth = max(step.marks.worth if step.marks else 1 for step in steps)
    return ShownProgramme(programme, report, _finding(report, is_hidden=is_hidden), steps, is_hidden, worth)


def _is_of_too_few(programme: Programme, report: Report, today: date) -> bool:
    """Whether fewer than three organisations took part, as far as they are known."""
    known = organisations_at(programme.meetings.held_before(today))
    return too_few(known) or too_few(report.participations or 0)


def _finding(report: Report, *, is_hidden: bool) -> str:
    if not report.events:
        return _("No event of the programme is over yet.")
    if is_hidden:
        return _("Too few organisations took part to show what they did.")
    if report.talks and report.projects is None:
        text = ngettext(
            "%(count)s talk; what came of it is not recorded.",
            "%(count)s talks; what came of them is not recorded.",
            report.talks,
        )
        return text % {"count": report.talks}
    if not report.talks or report.projects is None:
        return ngettext(
            "%(count)s event, and no talk is recorded.",
            "%(count)s events, and no talk is recorded.",
            report.events,
        ) % {"count": report.events}
    share = percent(Decimal(100 * report.projects) / report.talks)
    text = ngettext(
        "%(talks)s talks led to %(projects)s joint project: %(share)s.",
        "%(talks)s talks led to %(projects)s joint projects: %(share)s.",
        report.projects,
    )
    return text % {"talks": report.talks, "projects": report.projects, "share": share}


def _each(ratio: float | None, several: str, one: str) -> str:
    """A step beside the one before it: `several` for each of those, or `one` for so many of them; "" for none."""
    if not ratio:
        return ""
    return several % {"number": _short(ratio)} if ratio >= 1 else one % {"number": _short(1 / ratio)}


def _short(number: float) -> str:
    """Rounded; below two with its tenth, which matters there."""
    places = int(number < 2 and round(number, 1) % 1 > 0)
    return number_format(round(number, places), places)


def _number(value: float | None, places: int) -> str:
    return number_format(round(value, places), places) if value is not None else ""


def _dots(count: int | None) -> Marks | None:
    return dots(count) if count else None


def _squares(count: int | None) -> Marks | None:
    return squares(count) if count else None
