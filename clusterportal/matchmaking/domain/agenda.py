"""What matchmaking asks of a cluster's management: dates of the week, plans to announce, outcomes that are missing."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from clusterportal.clusters.agenda import AgendaKind, AgendaLine, end_of_week, lines_of
from clusterportal.matchmaking.enums import EventKind, PlanState, TalkStatus
from clusterportal.matchmaking.models import Event, SchedulePlan, Talk

MOST_LINES = 20
ASKED_FOR = timedelta(days=180)  # how long after an event its outcomes are missed


def agenda_of(cluster, *, today: date) -> list[AgendaLine]:
    """At most `MOST_LINES` lines of each kind, the next day first, and one for all that are left; seven queries."""
    events = Event.objects.filter(cluster=cluster)
    return [
        line
        for lines in (_dates, _waiting, _plans, _outcomes, _results)
        for line in lines(cluster, events, today)
    ]


def _dates(cluster, events, today: date) -> list[AgendaLine]:
    within = (today, end_of_week(today))
    why = _("Registration and wishes end; then the talks can be planned.")
    ending = events.filter(wishes_until__range=within).order_by("wishes_until", "pk")
    coming = events.filter(day__range=within).order_by("day", "pk")
    return [
        *_lines(
            cluster,
            ending,
            lambda event: _line(AgendaKind.DATE, event, why, _("See wishes"), event.wishes_until),
            lambda count: ngettext(
                "%(count)s further event whose registration ends",
                "%(count)s further events whose registration ends",
                count,
            ),
        ),
        *_lines(
            cluster,
            coming,
            lambda event: _line(
                AgendaKind.DATE,
                event,
                _("Takes place on %(day)s.") % {"day": date_format(event.day)},
                pgettext("verb", "Open"),
                event.day,
            ),
            lambda count: ngettext("%(count)s further event", "%(count)s further events", count),
        ),
    ]


def _waiting(cluster, events, today: date) -> list[AgendaLine]:
    """People who say that they come for an organisation, and whom nobody of it has confirmed yet."""
    waiting = Q(participations__people__waits_since__isnull=False, participations__people__confirmed_at=None)
    counted = events.exclude(day__lt=today).annotate(count=Count("participations__people", filter=waiting))
    return _lines(
        cluster,
        counted.filter(count__gt=0).order_by("day", "pk"),
        _who_waits,
        lambda count: ngettext(
            "%(count)s further event where somebody waits",
            "%(count)s further events where somebody waits",
            count,
        ),
    )


def _who_waits(event) -> AgendaLine:
    why = ngettext(
        "%(count)d person waits until somebody confirms them.",
        "%(count)d people wait until somebody confirms them.",
        event.count,
    )
    list_of_people = reverse("admin:matchmaking_participation_changelist")
    return AgendaLine(
        kind=AgendaKind.DECISION,
        what=str(event),
        why=why % {"count": event.count},
        verb=_("See who waits"),
        url=f"{list_of_people}?event__id__exact={event.pk}",
        due=event.day,
        is_example=event.is_example,
    )


def _plans(cluster, events, today: date) -> list[AgendaLine]:
    """Of events to come: a plan that nobody announced before the day decides nothing any more."""
    coming = events.exclude(day__lt=today)
    ready = SchedulePlan.objects.filter(event__in=coming, announced_at=None, state=PlanState.READY)
    why = _("A plan of talks is computed and not announced.")
    return _lines(
        cluster,
        ready.select_related("event").order_by("event__day", "pk"),
        lambda plan: _line(
            AgendaKind.DECISION, plan.event, why, _("Look through and announce"), plan.event.day
        ),
        lambda count: ngettext("%(count)s further plan of talks", "%(count)s further plans of talks", count),
    )


def _outcomes(cluster, events, today: date) -> list[AgendaLine]:
    """Events that are over while talks of theirs are still only planned."""
    over = events.held_before(today).filter(day__gte=today - ASKED_FOR)
    open_talks = Talk.objects.standing().filter(plan__event__in=over, status=TalkStatus.PLANNED)
    counts = Counter(open_talks.values_list("plan__event", flat=True))

    def line(event) -> AgendaLine:
        why = ngettext(
            "Of %(count)d talk nobody has recorded what came of it.",
            "Of %(count)d talks nobody has recorded what came of them.",
            counts[event.pk],
        )
        why %= {"count": counts[event.pk]}
        return _line(AgendaKind.STALE, event, why, _("Record"), None, page="outcomes")

    return _lines(
        cluster,
        over.filter(pk__in=counts).order_by("day", "pk"),
        line,
        lambda count: ngettext(
            "%(count)s further event without outcomes", "%(count)s further events without outcomes", count
        ),
    )


def _results(cluster, events, today: date) -> list[AgendaLine]:
    visits = events.visits().held_before(today).filter(result_de="", is_example=False)
    return _lines(
        cluster,
        visits.order_by("day", "pk"),
        lambda visit: AgendaLine(
            kind=AgendaKind.STALE,
            what=str(visit),
            why=_("The visit has no result."),
            verb=_("Add"),
            url=reverse("admin:matchmaking_event_change", args=[visit.pk]),
        ),
        lambda count: ngettext(
            "%(count)s further visit without a result", "%(count)s further visits without a result", count
        ),
        kind=EventKind.COMPANY_VISIT,
    )


def _lines(
    cluster, records, line: Callable[..., AgendaLine], rest: Callable[[int], str], *, kind: str = ""
) -> list[AgendaLine]:
    """`rest`: how many more events there are, which stand in the list of events, of one `kind` or all."""
    query = {"cluster__id__exact": cluster.pk} | ({"kind__exact": kind} if kind else {})
    return lines_of(
        records,
        line,
        most=MOST_LINES,
        rest=lambda count: rest(count) % {"count": count},
        url=f"{reverse('admin:matchmaking_event_changelist')}?{urlencode(query)}",
    )


def _line(kind, event: Event, why: str, verb: str, due: date | None, *, page: str = "talks") -> AgendaLine:
    address = reverse(f"admin:matchmaking_event_{page}", args=[event.pk])
    return AgendaLine(kind, str(event), why, verb, address, due, event.is_example)
