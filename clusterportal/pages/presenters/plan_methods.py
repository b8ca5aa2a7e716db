"""How the figures of action plans come about, for the foot of the monitor."""

from datetime import date

from django.utils.translation import gettext as _

from clusterportal.clusters.models import Cluster
from clusterportal.pages.presenters.methods import Method
from clusterportal.plans.domain.indicators import own_gaps
from clusterportal.plans.domain.reading import plans_of


def plan_methods(cluster: Cluster, *, today: date) -> list[Method]:
    """The method of gaps and actions with today's numbers; none where the cluster has no public plan."""
    plans = plans_of(cluster, public=True)
    if not plans:
        return []
    gaps = own_gaps(cluster, plans)
    says = _(
        "A gap is a layer and an area of a published plan that no published member joins: today %(open)s, of which "
        "%(proposed)s have an actor that stands there or a member near it. Who was taken for a gap closes it. "
        "An action runs from its start to the end of its horizon, or until its last milestone is reached."
    )
    numbers = {
        "open": sum(1 for gap in gaps if gap.is_open),
        "proposed": sum(1 for gap in gaps if gap.is_open and gap.proposals),
    }
    return [Method("plans", _("Gaps and actions"), says % numbers)]
