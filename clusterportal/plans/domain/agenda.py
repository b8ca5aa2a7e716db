"""What the action plans ask of a cluster's management; each line leads to the act."""

from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterportal.clusters.agenda import AgendaKind, AgendaLine
from clusterportal.clusters.models import Cluster
from clusterportal.plans.domain.gaps import gaps_of
from clusterportal.plans.domain.reading import with_parts
from clusterportal.plans.enums import ActionState
from clusterportal.plans.models import Action, ActionPlan, Milestone

AHEAD = timedelta(days=7)  # milestones of this week
MOST = 7  # lines of each kind
MOST_PLANS = 5  # whose gaps are looked at


def agenda_of(cluster: Cluster, *, today: date) -> list[AgendaLine]:
    """Plans that wait for an answer, milestones due, gaps with proposals, actions without responsible; MOST of each."""
    plans = ActionPlan.objects.of_cluster(cluster)
    asking = ActionPlan.objects.asking(cluster).select_related("cluster")[:MOST]
    return [
        *(_asked(plan) for plan in asking),
        *(_due(milestone, today) for milestone in _milestones(plans, today)[:MOST]),
        *_gaps(cluster, plans),
        *(_without_responsible(action) for action in _actions(plans)[:MOST]),
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


def _due(milestone: Milestone, today: date) -> AgendaLine:
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


def _gaps(cluster: Cluster, plans: QuerySet) -> list[AgendaLine]:
    lines = []
    for plan in with_parts(plans)[:MOST_PLANS]:
        page = reverse("admin:plans_actionplan_gaps", args=[plan.pk])
        for gap in gaps_of(plan, clusters=[cluster]):
            if gap.is_open and gap.best:
                lines.append(_gap(gap, page, is_example=plan.is_example))
    return lines[:MOST]


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
