"""What matchmaking asks of a cluster's management: dates of the week, plans to announce, outcomes that are missing."""

from datetime import date, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from clusterportal.clusters.agenda import AgendaKind, AgendaLine
from clusterportal.matchmaking.enums import PlanState, TalkStatus
from clusterportal.matchmaking.models import Event, SchedulePlan, Talk

WEEK = timedelta(days=7)
MOST_LINES = 20
ASKED_FOR = timedelta(days=180)  # how long after an event its outcomes are missed


def agenda_of(cluster, *, today: date) -> list[AgendaLine]:
    """At most `MOST_LINES` lines of each kind, the next day first; six queries."""
    events = Event.objects.filter(cluster=cluster)
    return [
        *_dates(events, today),
        *_waiting(events, today),
        *_plans(events, today),
        *_outcomes(events, today),
        *_results(events, today),
    ]


def _dates(events, today: date) -> list[AgendaLine]:
    within = (today, today + WEEK)
    lines = []
    for event in events.filter(wishes_until__range=within).order_by("wishes_until", "pk")[:MOST_LINES]:
        why = _("Registration and wishes end; then the talks can be planned.")
        lines.append(_line(AgendaKind.DATE, event, why, _("See wishes"), event.wishes_until))
    for event in events.filter(day__range=within).order_by("day", "pk")[:MOST_LINES]:
        why = _("Takes place on %(day)s.") % {"day": date_format(event.day)}
        lines.append(_line(AgendaKind.DATE, event, why, pgettext("verb", "Open"), event.day))
    return lines


def _waiting(events, today: date) -> list[AgendaLine]:
    """People who say that they come for an organisation, and whom nobody of it has confirmed yet."""
    waiting = Q(participations__people__waits_since__isnull=False, participations__people__confirmed_at=None)
    counted = events.exclude(day__lt=today).annotate(count=Count("participations__people", filter=waiting))
    lines = []
    for event in counted.filter(count__gt=0).order_by("day", "pk")[:MOST_LINES]:
        why = ngettext(
            "%(count)d person waits until somebody confirms them.",
            "%(count)d people wait until somebody confirms them.",
            event.count,
        )
        list_of_people = reverse("admin:matchmaking_participation_changelist")
        lines.append(
            AgendaLine(
                kind=AgendaKind.DECISION,
                what=str(event),
                why=why % {"count": event.count},
                verb=_("See who waits"),
                url=f"{list_of_people}?event__id__exact={event.pk}",
                due=event.day,
                is_example=event.is_example,
            )
        )
    return lines


def _plans(events, today: date) -> list[AgendaLine]:
    """Of events to come: a plan that nobody announced before the day decides nothing any more."""
    coming = events.exclude(day__lt=today)
    ready = SchedulePlan.objects.filter(event__in=coming, announced_at=None, state=PlanState.READY)
    return [
        _line(
            AgendaKind.DECISION,
            plan.event,
            _("A plan of talks is computed and not announced."),
            _("Look through and announce"),
            plan.event.day,
        )
        for plan in ready.select_related("event").order_by("event__day", "pk")[:MOST_LINES]
    ]


def _outcomes(events, today: date) -> list[AgendaLine]:
    """Events that are over while talks of theirs are still only planned."""
    over = events.filter(day__lt=today, day__gte=today - ASKED_FOR)
    open_talks = Talk.objects.standing().filter(plan__event__in=over, status=TalkStatus.PLANNED)
    counts: dict[int, int] = {}
    for event in open_talks.values_list("plan__event", flat=True):
        counts[event] = counts.get(event, 0) + 1
    lines = []
    for event in over.filter(pk__in=counts).order_by("day", "pk")[:MOST_LINES]:
        count = counts[event.pk]
        why = ngettext(
            "Of %(count)d talk nobody has recorded what came of it.",
            "Of %(count)d talks nobody has recorded what came of them.",
            count,
        )
        lines.append(
            _line(AgendaKind.STALE, event, why % {"count": count}, _("Record"), None, page="outcomes")
        )
    return lines


def _results(events, today: date) -> list[AgendaLine]:
    visits = events.visits().filter(result_de="", day__lt=today, is_example=False)
    return [
        AgendaLine(
            kind=AgendaKind.STALE,
            what=str(visit),
            why=_("The visit has no result."),
            verb=_("Add"),
            url=reverse("admin:matchmaking_event_change", args=[visit.pk]),
        )
        for visit in visits.order_by("day", "pk")[:MOST_LINES]
    ]


def _line(kind, event: Event, why: str, verb: str, due: date | None, *, page: str = "talks") -> AgendaLine:
    address = reverse(f"admin:matchmaking_event_{page}", args=[event.pk])
    return AgendaLine(kind, str(event), why, verb, address, due, event.is_example)
