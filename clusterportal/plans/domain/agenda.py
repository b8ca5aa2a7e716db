"""What the action plans ask of a cluster's management; each line leads to the act."""

from datetime import date, timedelta
from functools import partial

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterportal.clusters.agenda import AgendaKind, AgendaLine, lines_of
from clusterportal.clusters.models import Cluster
from clusterportal.plans.domain.gaps import gaps_of
from clusterportal.plans.domain.reading import with_parts
from clusterportal.plans.enums import ActionState
from clusterportal.plans.models import Action, ActionPlan, Milestone
from clusterportal.plans.querysets import ActionPlanQuerySet

AHEAD = timedelta(days=7)  # milestones of this week
MOST = 7  # lines of each kind
MOST_GAPS = 24  # the cockpit takes them out of those of the matrix, as far as they are listed
MOST_PLANS = 5  # whose gaps are looked at


def agenda_of(cluster: Cluster, *, today: date) -> list[AgendaLine]:
    """Plans that wait for an answer, milestones due, gaps with proposals, actions without responsible.

    The last line of many stands for all that are left.
    """
    plans = ActionPlan.objects.of_cluster(cluster)
    asking = ActionPlan.objects.asking(cluster).select_related("cluster")
    list_of_plans, list_of_actions = (
        reverse(f"admin:plans_{name}_changelist") for name in ("actionplan", "action")
    )
    milestones = _milestones(plans, today)
    late, coming = milestones.filter(due_on__lt=today), milestones.filter(due_on__gte=today)
    return [
        *lines_of(asking, _asked, most=MOST, rest=_more_plans, url=list_of_plans),
        *(
            line
            for some in (late, coming)
            for line in lines_of(
                some, partial(_due, today=today), most=MOST, rest=_more_milestones, url=list_of_actions
            )
        ),
        *_gaps(cluster, plans),
        *lines_of(_actions(plans), _without_responsible, most=MOST, rest=_more_actions, url=list_of_actions),
    ]


def _milestones(plans: QuerySet, today: date) -> QuerySet[Milestone]:
    """Those that are overdue or due within the week, of actions that are not over."""
    due = Milestone.objects.filter(
        action__plan__in=plans.values("pk"), reached_on=None, due_on__lte=today + AHEAD
    )
    over = [ActionState.DONE, ActionState.STOPPED]
    return due.exclude(action__state_set__in=over).select_related("action__plan").order_by("due_on", "pk")


def _actions(plans: QuerySet) -> QuerySet[Action]:
    nobody = Action.objects.filter(plan__in=plans.values("pk"), responsible=None, responsible_words_de="")
    over = [ActionState.DONE, ActionState.STOPPED]
    return nobody.exclude(state_set__in=over).select_related("plan").order_by("pk")


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
        lines[MOST_GAPS:] = [lines[MOST_GAPS].for_the_rest(what, left, url=lines[MOST_GAPS].url)]
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
