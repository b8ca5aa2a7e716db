"""What the action plans say of a cluster in figures."""

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterportal.clusters.enums import Section
from clusterportal.clusters.kept_figures import kept_figures
from clusterportal.clusters.models import Cluster, Release
from clusterportal.core.indicator import Indicator, Reason
from clusterportal.plans.domain.gaps import Gap, gaps_of
from clusterportal.plans.domain.plan_queries import plans_of
from clusterportal.plans.domain.timing import state_of
from clusterportal.plans.enums import ActionState
from clusterportal.plans.models import ActionPlan

OPEN, PROPOSED, RUNNING = "gaps_open", "gaps_proposed", "actions_running"
NAMES = {OPEN: _("Open gaps"), PROPOSED: _("Gaps with a proposal"), RUNNING: _("Actions running")}


@kept_figures
def indicators_of(cluster: Cluster, *, as_of: date, public: bool = True) -> list[Indicator]:
    """Gaps of the cluster in its plans, those with a proposal, and actions that are running.

    `public`: of published plans alone, where the cluster released its action plans. Documented examples do not count.
    Gaps are those of today: no placement says since when it holds, so for another day they are not recorded.
    """
    section = Release.objects.filter(cluster=cluster, section=Section.ACTION_PLAN)
    is_hidden = public and not section.exists()
    found = [] if is_hidden else plans_of(cluster, public=public)
    plans = [plan for plan in found if not plan.is_example]
    is_today = as_of == timezone.localdate()
    gaps = own_gaps(cluster, plans) if plans and is_today else []
    is_known = is_today and any(plan.areas.all() for plan in plans)
    states = [state_of(action, on=as_of) for plan in plans for action in plan.actions.all()]
    records = reverse("clusters:action-plan", args=[cluster.slug]) if plans and public else ""

    missing = Reason.HIDDEN if is_hidden else Reason.NOT_RECORDED

    def figure(code: str, count: int, anchor: str, *, is_known: bool) -> Indicator:
        return Indicator(
            code=code,
            label=str(NAMES[code]),
            unit=str(_("actions") if code == RUNNING else _("gaps")),
            as_of=as_of,
            method="plans",
            value=count if is_known else None,
            reason=None if is_known else missing,
            records=f"{records}#{anchor}" if records else "",
        )

    proposed = sum(1 for gap in gaps if gap.is_open and gap.proposals)
    running = sum(1 for state in states if state in (ActionState.RUNNING, ActionState.DELAYED))
    open_count = sum(1 for gap in gaps if gap.is_open)
    return [
        figure(OPEN, open_count, "h-s3", is_known=is_known),
        figure(PROPOSED, proposed, "h-s3", is_known=is_known),
        figure(RUNNING, running, "h-s4", is_known=bool(states)),
    ]


def own_gaps(cluster: Cluster, plans: list[ActionPlan]) -> list[Gap]:
    """The gaps of one cluster in its plans; what several plans are about counts once, as taken where any took it."""
    found: dict[tuple, Gap] = {}
    for plan in plans:
        for gap in gaps_of(plan, clusters=[cluster]):
            cell = (gap.layer.pk, gap.area.pk)
            if cell not in found or not gap.is_open:
                found[cell] = gap
    return list(found.values())
