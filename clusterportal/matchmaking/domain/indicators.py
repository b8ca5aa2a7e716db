"""Figures of matchmaking on a cluster's monitor: events of the last twelve months, and what came of them."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clusterportal.clusters.enums import Section
from clusterportal.clusters.kept_figures import kept_figures
from clusterportal.clusters.models import Release
from clusterportal.core.disclosure import too_few
from clusterportal.core.indicator import Indicator, Reason
from clusterportal.matchmaking.domain.reporting import held, organisations_at, report_of_year, year_of

METHOD = "matchmaking"
EVENTS, PARTICIPATIONS, TALKS = "events_in_year", "event_participations", "company_talks"
PROJECTS = "projects_started"
NAMES = {
    EVENTS: _("Events of the year"),
    PARTICIPATIONS: _("Participations"),
    TALKS: _("Company talks"),
    PROJECTS: _("Cooperation projects started"),
}


@kept_figures
def indicators_of(cluster, *, as_of: date, public: bool = True) -> list[Indicator]:
    """Events, participations, talks held and projects started in the twelve months before the day.

    Documented examples do not count. Without any event ever recorded each figure says "not recorded". `public`: where
    the cluster released its matchmaking; what fewer than three organisations did is not published, how many events
    there were is. `actors` is None where no organisation registered here, or nobody may know how many.
    """
    section = Release.objects.filter(cluster=cluster, section=Section.MATCHMAKING)
    is_released = not public or section.exists()
    report = report_of_year(cluster, as_of=as_of)
    is_recorded = held(cluster, as_of=as_of).exists()
    actors = organisations_at(year_of(cluster, as_of=as_of)) if is_recorded else 0
    is_hidden = public and too_few(actors)
    records = reverse("clusters:matchmaking", args=[cluster.slug])
    figures = [
        (EVENTS, _("events"), report.events),
        (PARTICIPATIONS, _("participations"), report.participations),
        (TALKS, _("talks"), report.talks),
        (PROJECTS, _("projects"), report.projects),
    ]
    return [
        Indicator(
            code=code,
            label=str(NAMES[code]),
            unit=str(unit),
            as_of=as_of,
            method=METHOD,
            value=None if (why := _why(code, is_released, is_recorded, is_hidden)) else value,
            reason=why,
            actors=actors if actors and is_released and not is_hidden else None,
            records=records if is_released else "",
        )
        for code, unit, value in figures
    ]


def _why(code: str, is_released: bool, is_recorded: bool, is_hidden: bool) -> Reason | None:
    """Why a figure has no value; None where it has one."""
    if not is_released:
        return Reason.HIDDEN
    if not is_recorded:
        return Reason.NOT_RECORDED
    return Reason.TOO_FEW if is_hidden and code != EVENTS else None
