"""What the labels and criteria of a cluster ask of its management."""

from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from clusterportal.clusters.agenda import AgendaKind, AgendaLine
from clusterportal.clusters.models import Cluster
from clusterportal.labels.domain.label_status import LabelOnDay, needs_silver, standings
from clusterportal.labels.domain.reminders import DAYS_BEFORE
from clusterportal.labels.domain.timeline import last_day
from clusterportal.labels.enums import LabelKind, LabelStatus
from clusterportal.labels.models import SetChoice

_SOON = max(DAYS_BEFORE)


def agenda_of(cluster: Cluster, *, today: date) -> list[AgendaLine]:
    """Labels that end, windows that are open, go-cluster without Silver, no list of criteria; two queries."""
    found = standings(cluster, as_of=today)
    labels = f"{reverse('admin:labels_label_changelist')}?cluster__id__exact={cluster.pk}"
    lines = [line for one in found if (line := _line(one, today, labels))]
    if needs_silver(found):
        lines.append(
            AgendaLine(
                AgendaKind.LABEL,
                _("Begin the way to ECEI Silver"),
                _("go-cluster asks for it unless Gold is held"),
                _("Add"),
                labels,
            )
        )
    if not SetChoice.objects.filter(cluster=cluster).exists():
        lines.append(
            AgendaLine(
                AgendaKind.LABEL,
                _("Choose a list of criteria"),
                _("without one the monitor shows no criteria"),
                _("Choose"),
                reverse("admin:labels_criteriaassessment_live", args=[cluster.pk]),
            )
        )
    return lines


def _line(one: LabelOnDay, today: date, labels: str) -> AgendaLine | None:
    name, end = {"label": one.label}, one.last.valid_until if one.last else None
    if one.last is None:
        if one.kind != LabelKind.SILVER or one.window is None or today not in one.window:
            return None
        what, why = _("Plan the second benchmarking for Silver"), _("the window is open")
        url, due = labels, one.window.end
    elif one.status == LabelStatus.VALID and end and (end - today).days <= _SOON:
        days = (last_day(end) - today).days
        why = (
            ngettext("in %(count)d day", "in %(count)d days", days) % {"count": days} if days else _("today")
        )
        day = date_format(last_day(end), "SHORT_DATE_FORMAT")
        what, url, due = _("%(label)s ends on %(day)s") % {**name, "day": day}, _page(one), end
    elif one.status == LabelStatus.WINDOW:
        what, why = _("Renew %(label)s") % name, _("expired, but it can still be renewed")
        url, due = _page(one), one.window.end if one.window else None
    else:
        return None
    return AgendaLine(
        AgendaKind.LABEL,
        what,
        why,
        pgettext("verb", "Open"),
        url,
        due=due and last_day(due),
        is_example=one.is_example,
    )


def _page(one: LabelOnDay) -> str:
    assert one.last is not None  # of a label that is held
    return reverse("admin:labels_label_change", args=[one.last.pk])
