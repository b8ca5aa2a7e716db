"""What the action plans ask of a cluster's management; each line leads to the act."""

from datetime import date
from functools import partial

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterportal.clusters.agenda import MOST_GAPS, AgendaKind, AgendaLine, lines_of
from clusterportal.clusters.models import Cluster
from clusterportal.plans.domain.gaps import gaps_of
from clusterportal.plans.domain.lacks import Lack, due_milestones, late_milestones, without_responsible
from clusterportal.plans.domain.plan_queries import with_parts
from clusterportal.plans.models import Action, ActionPlan, Milestone
from clusterportal.plans.querysets import ActionPlanQuerySet

MOST_LINES_OF_KIND = 7  # lines of each kind
MOST_PLANS = 5  # whose gaps are looked at


def agenda_of(cluster: Cluster, *, today: date) -> list[AgendaLine]:
    """Plans that wait for an answer, milestones due, gaps with proposals, actions without responsible.

    The last line of many stands for all that are left.
    """
    plans = ActionPlan.objects.of_cluster(cluster)
    asking = ActionPlan.objects.asking(cluster).select_related("cluster")
    list_of_plans = f"{reverse('admin:plans_actionplan_changelist')}?asks={cluster.pk}"
    list_of_actions = f"{reverse('admin:plans_action_changelist')}?cluster={cluster.pk}&open="
    of_plans = {"action__plan__in": plans.values("pk")}
    return [
        *lines_of(asking, _asked, most=MOST_LINES_OF_KIND, rest=_more_plans, url=list_of_plans),
        *(
            line
            for lack, milestones in ((Lack.LATE, late_milestones(today)), (Lack.DUE, due_milestones(today)))
            for line in lines_of(
                milestones.filter(**of_plans).select_related("action__plan"),
                partial(_due, today=today),
                most=MOST_LINES_OF_KIND,
                rest=_more_milestones,
                url=f"{list_of_actions}{lack}",
            )
        ),
        *_gaps(cluster, plans),
        *lines_of(
            without_responsible().filter(plan__in=plans.values("pk")).select_related("plan"),
            _without_responsible,
            most=MOST_LINES_OF_KIND,
            rest=_more_actions,
            url=f"{list_of_actions}{Lack.RESPONSIBLE}",
        ),
    ]


def _asked(plan: ActionPlan) -> AgendaLine:
    return AgendaLine(
        AgendaKind.DECISION,
        what=_("Action plan “%(plan)s”") % {"plan": plan},
        why=_("%(cluster)s asks you to take part") % {"cluster": plan.cluster},
        verb=_("Answer"),
        url=reverse("admin:plans_actionplan_change", args=[plan.pk]),
        is_example=plan.is_example,
    )


def _due(milestone: Milestone, *, today: date) -> AgendaLine:
    is_late = milestone.due_on < today
    return AgendaLine(
        AgendaKind.STALE if is_late else AgendaKind.DATE,
        what=_("Milestone: %(milestone)s") % {"milestone": milestone},
        why=_("overdue, “%(action)s”") % {"action": milestone.action}
        if is_late
        else _("due, “%(action)s”") % {"action": milestone.action},
        verb=_("Record"),
        url=reverse("admin:plans_action_change", args=[milestone.action_id]),
        due=milestone.due_on,
        is_example=milestone.action.plan.is_example,
    )


def _without_responsible(action: Action) -> AgendaLine:
    return AgendaLine(
        AgendaKind.STALE,
        what=_("Action: %(action)s") % {"action": action},
        why=_("nobody is responsible"),
        verb=_("Name somebody"),
        url=reverse("admin:plans_action_change", args=[action.pk]),
        is_example=action.plan.is_example,
    )


def _gaps(cluster: Cluster, plans: ActionPlanQuerySet) -> list[AgendaLine]:
    lines = []
    for plan in with_parts(plans)[:MOST_PLANS]:
        page = reverse("admin:plans_actionplan_gaps", args=[plan.pk])
        for gap in gaps_of(plan, clusters=[cluster]):
            if gap.is_open and gap.best:
                lines.append(_gap(gap, page, is_example=plan.is_example))
    if (left := len(lines) - MOST_GAPS) > 0:
        what = ngettext("%(count)s further gap", "%(count)s further gaps", left) % {"count": left}
        page = lines[MOST_GAPS].url.partition("?")[0]
        lines[MOST_GAPS:] = [lines[MOST_GAPS].for_the_rest(what, left, url=page)]
    return lines


def _gap(gap, page: str, *, is_example: bool) -> AgendaLine:
    where = _("%(area)s, layer %(layer)s") % {"area": gap.area, "layer": gap.layer.position}
    others = len(gap.others)
    more = (
        ngettext("and %(count)d other", "and %(count)d others", others) % {"count": others} if others else ""
    )
    question = {"gap": gap.key, "actor": gap.best.actor.slug}
    return AgendaLine(
        AgendaKind.GAP,
        what=where,
        why=" ".join(filter(None, [_("could fill it: %(actor)s") % {"actor": gap.best.actor}, more])),
        verb=_("Decide"),
        url=f"{page}?{urlencode(question)}",
        is_example=is_example,
    )


def _more_plans(count: int) -> str:
    text = ngettext(
        "%(count)s further request to take part", "%(count)s further requests to take part", count
    )
    return text % {"count": count}


def _more_milestones(count: int) -> str:
    return ngettext("%(count)s further milestone", "%(count)s further milestones", count) % {"count": count}


def _more_actions(count: int) -> str:
    text = ngettext(
        "%(count)s further action without anybody responsible",
        "%(count)s further actions without anybody responsible",
        count,
    )
    return text % {"count": count}
