"""The criteria of a cluster, as its monitor shows them."""

from datetime import date

from django.utils.translation import gettext as _

from clusterportal.clusters.models import Cluster
from clusterportal.labels.domain.checking import chosen_criteria, live
from clusterportal.labels.enums import CriterionKind, Verdict
from clusterportal.labels.models import Criterion
from clusterportal.pages.presenters.methods import Method


def criteria(cluster: Cluster, *, today: date) -> dict:
    """Context of `management/monitor/_criteria.html`.

    rows (labels.domain.checking.Checked: met, not met, not recorded), says, sets (the lists, with what their source
    does not say), is_example, methods. Without a list the section is absent: `rows` is empty.
    """
    chosen = chosen_criteria(cluster)
    rows = live(cluster, chosen, as_of=today)
    sets = list({one.criteria_set_id: one.criteria_set for one in chosen}.values())
    return {
        "rows": rows,
        "says": _says([one.verdict for one in rows]),
        "sets": sets,
        "more": sum(one.kind != CriterionKind.COMPUTED for one in chosen),
        "methods": [_method(chosen)] if rows else [],
    }


def _says(verdicts: list[Verdict]) -> str:
    return _("%(met)d fulfilled, %(missed)d not fulfilled, %(open)d not recorded.") % {
        "met": verdicts.count(Verdict.FULFILLED),
        "missed": verdicts.count(Verdict.NOT_FULFILLED),
        "open": verdicts.count(Verdict.NOT_RECORDED),
    }


def _method(chosen: list[Criterion]) -> Method:
    names = sorted({one.criteria_set.name for one in chosen})
    text = _(
        "Computed today by fixed rules over the published actors that the cluster has cleared, as far as their "
        "memberships run. What several lists ask for in the same way counts once. Shares are rounded down. "
        "Lists: %(names)s."
    )
    return Method("criteria", _("Criteria met"), text % {"names": "; ".join(names)})
