"""Figures of matchmaking on a cluster's monitor: events of the last twelve months, and what came of them."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from clusterportal.clusters.kept_figures import kept_figures
from clusterportal.core.indicator import Indicator, Reason
from clusterportal.matchmaking.domain.reporting import organisations_at, report_of_year, year_of
from clusterportal.matchmaking.models import Event

METHOD = "matchmaking"


@kept_figures
def indicators_of(cluster, *, as_of: date, public: bool = True) -> list[Indicator]:
    """Events, participations, talks held and projects started in the twelve months up to the day.

    Documented examples do not count. Without any event ever recorded each figure says "not recorded". `public` changes
    nothing: these are counts of events, not of what an organisation does.
    """
    report = report_of_year(cluster, as_of=as_of)
    is_recorded = Event.objects.filter(cluster=cluster, is_example=False, day__lte=as_of).exists()
    actors = organisations_at(year_of(cluster, as_of=as_of)) if is_recorded else None
    records = reverse("clusters:matchmaking", args=[cluster.slug])
    figures = [
        ("events_in_year", _("Events of the year"), _("events"), report.events),
        ("event_participations", _("Participations"), _("participations"), report.participations),
        ("company_talks", _("Company talks"), _("talks"), report.talks),
        ("projects_started", _("Cooperation projects started"), _("projects"), report.projects),
    ]
    return [
        Indicator(
            code=code,
            label=label,
            unit=unit,
            as_of=as_of,
            method=METHOD,
            value=value if is_recorded else None,
            reason=None if is_recorded else Reason.NOT_RECORDED,
            actors=actors,
            records=records,
        )
        for code, label, unit, value in figures
    ]
