"""Figures on criteria and labels."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterportal.clusters.enums import Section
from clusterportal.clusters.kept_figures import kept_figures
from clusterportal.clusters.models import Cluster, Release
from clusterportal.core.indicator import Indicator, Reason
from clusterportal.labels.domain.checking import chosen_criteria, live
from clusterportal.labels.domain.label_status import standings
from clusterportal.labels.enums import LabelStatus, Verdict


@kept_figures
def indicators_of(cluster: Cluster, *, as_of: date, public: bool = True) -> list[Indicator]:
    """Criteria met, of those of the chosen lists that the registry computes, and labels valid on the day.

    The public gets each where the cluster released criteria or labels. Which criteria were met on a past day nobody
    can say: what they ask for mostly has no dates.
    """
    released = (
        set(Release.objects.filter(cluster=cluster).values_list("section", flat=True)) if public else None
    )
    monitor = reverse("clusters:monitor", args=[cluster.slug])
    is_past = as_of < timezone.localdate()
    checked = [] if is_past else live(cluster, chosen_criteria(cluster), as_of=as_of)
    met = sum(one.verdict == Verdict.FULFILLED for one in checked)
    held = [one for one in standings(cluster, as_of=as_of) if one.last and not one.is_example]
    valid = sum(one.status == LabelStatus.VALID for one in held)

    def is_shown(section: Section) -> bool:
        return released is None or section in released

    def said(section: Section, value: int, is_recorded: bool) -> dict[str, Any]:
        if not is_shown(section):
            return {"reason": Reason.HIDDEN}
        return {"value": value} if is_recorded else {"reason": Reason.NOT_RECORDED}

    return [
        Indicator(
            code="criteria_met",
            label=_("Criteria met"),
            unit=_("of %(count)d") % {"count": len(checked)}
            if checked and is_shown(Section.CRITERIA)
            else "",
            as_of=as_of,
            method="criteria",
            records=f"{monitor}#criteria",
            **said(Section.CRITERIA, met, bool(checked)),
        ),
        Indicator(
            code="labels_valid",
            label=_("Labels valid"),
            unit="",
            as_of=as_of,
            method="labels",
            records=f"{monitor}#labels",
            **said(Section.LABELS, valid, bool(held)),
        ),
    ]
