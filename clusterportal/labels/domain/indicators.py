"""Figures on criteria and labels."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from clusterportal.clusters.models import Cluster
from clusterportal.core.indicator import Indicator, Reason
from clusterportal.labels.domain.checking import chosen_criteria, live
from clusterportal.labels.domain.standing import standings
from clusterportal.labels.enums import LabelStatus, Verdict


def indicators_of(cluster: Cluster, *, as_of: date, public: bool = True) -> list[Indicator]:
    """Criteria met, of those of the chosen lists that the registry computes, and labels valid on the day.

    Both stand on public records alone, so `public` makes no difference.
    """
    checked = live(cluster, chosen_criteria(cluster), as_of=as_of)
    met = sum(one.verdict == Verdict.FULFILLED for one in checked)
    held = [one for one in standings(cluster, as_of=as_of) if one.last and not one.is_example]
    valid = sum(one.status == LabelStatus.VALID for one in held)
    monitor = reverse("clusters:monitor", args=[cluster.slug])
    return [
        Indicator(
            code="criteria_met",
            label=_("Criteria met"),
            unit=_("of %(count)d") % {"count": len(checked)} if checked else "",
            as_of=as_of,
            method="criteria",
            records=f"{monitor}#criteria",
            **({"value": met} if checked else {"reason": Reason.NOT_RECORDED}),
        ),
        Indicator(
            code="labels_valid",
            label=_("Labels valid"),
            unit="",
            as_of=as_of,
            method="labels",
            records=f"{monitor}#labels",
            **({"value": valid} if held else {"reason": Reason.NOT_RECORDED}),
        ),
    ]
