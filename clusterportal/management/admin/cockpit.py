"""The cockpit of a cluster: what its manager sees after signing in."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clusterportal.clusters.agenda import AgendaKind, AgendaLine
from clusterportal.clusters.models import Cluster
from clusterportal.core.admin_page import admin_page
from clusterportal.management.admin.money import balance_of
from clusterportal.management.domain.cockpit import Cockpit, cockpit_of
from clusterportal.management.rules import can_see_cockpit

SHOWN = 6  # lines of a list that is longer than seven
_LEFT = (AgendaKind.DECISION, AgendaKind.GAP, AgendaKind.STALE)
_RIGHT = (AgendaKind.MONEY, AgendaKind.LABEL, AgendaKind.KPI)
_ANCHORS = {kind: f"c-{kind}" for kind in AgendaKind}
_COUNTED = {
    AgendaKind.DECISION: gettext_lazy("Decisions due"),
    AgendaKind.DATE: gettext_lazy("Dates until the end of the week"),
    AgendaKind.GAP: gettext_lazy("Gaps with proposals"),
    AgendaKind.STALE: gettext_lazy("Kinds of missing facts"),
    AgendaKind.LABEL: gettext_lazy("Labels with something to do"),
    AgendaKind.KPI: gettext_lazy("Indicators without value"),
}


@dataclass(frozen=True)
class Line:
    """A line with how long it still has, or how long it waits; `is_main`: its button is the accent of the page."""

    said: AgendaLine
    when: str
    is_main: bool

    @property
    def is_button(self) -> bool:
        return self.said.kind in (AgendaKind.DECISION, AgendaKind.GAP)


@dataclass(frozen=True)
class Block:
    """A list of the cockpit: its first lines, and the rest where there are more than seven."""

    kind: AgendaKind
    anchor: str
    lines: list[Line]
    rest: list[Line]
    more: tuple[str, str] | None  # label and address of the whole list

    @property
    def count(self) -> int:
        return sum(line.said.count for line in self.lines + self.rest)


def show_cockpit(request, pk: int):
    cluster = get_object_or_404(Cluster.objects.select_related("region").defer("region__outline"), pk=pk)
    if not can_see_cockpit(request.user, cluster):
        raise PermissionDenied
    today = timezone.localdate()
    found = cockpit_of(cluster, user=request.user, today=today)
    context = {
        "title": str(cluster),
        "opts": Cluster._meta,
        "original": cluster,
        "cluster": cluster,
        "clusters": list(Cluster.objects.curated_by(request.user)),  # to change between
        "today": today,
        "cockpit": found,
        "counts": _counts(found),
        "left": [_block(kind, found, cluster, today) for kind in _LEFT],
        "money": balance_of(cluster, today=today),
        "right": [_block(kind, found, cluster, today) for kind in _RIGHT],
    }
    return admin_page(request, "admin/management/cockpit.html", context)


def _counts(found: Cockpit) -> list[dict]:
    """The numbers at the head, each the way to its list."""
    of_all = _("of %(number)s open ones") % {"number": _number(found.open_gaps)}
    notes = {
        AgendaKind.GAP: of_all if found.open_gaps else "",
        AgendaKind.STALE: ngettext("with %(number)s member", "with %(number)s members", found.member_count)
        % {"number": _number(found.member_count)},
    }
    return [
        {"count": found.counts[kind], "label": label, "anchor": _ANCHORS[kind], "note": notes.get(kind, "")}
        for kind, label in _COUNTED.items()
    ]


def _block(kind: AgendaKind, found: Cockpit, cluster: Cluster, today) -> Block:
    said = found.lines[kind]
    lines = [
        Line(one, when(one.due, today), is_main=kind == AgendaKind.DECISION and number == 0)
        for number, one in enumerate(said)
    ]
    cut = SHOWN if len(lines) > SHOWN + 1 else len(lines)
    return Block(kind, _ANCHORS[kind], lines[:cut], lines[cut:], _whole(kind, cluster))


def _whole(kind: AgendaKind, cluster: Cluster) -> tuple[str, str] | None:
    """Where the records of a list stand all together."""
    of_cluster = f"?cluster={cluster.slug}"
    known = {
        AgendaKind.DECISION: (_("The whole queue"), reverse("admin:review_proposal_changelist")),
        AgendaKind.GAP: (_("The matrix of the cluster"), reverse("pages:matrix") + of_cluster),
        AgendaKind.MONEY: (
            _("All years"),
            reverse("admin:finance_budget_changelist") + f"?cluster__id__exact={cluster.pk}",
        ),
        AgendaKind.STALE: (
            _("List of members"),
            reverse("admin:actors_actor_changelist") + of_cluster + "&state=current",
        ),
    }
    return known.get(kind)


def when(due, today) -> str:
    """How long there still is, or how long it has been waiting."""
    if due is None:
        return ""
    days = (due - today).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days > 1:
        return _("in %(days)s days") % {"days": days}
    return _("since yesterday") if days == -1 else _("for %(days)s days") % {"days": -days}


def _number(value: int) -> str:
    return number_format(value, force_grouping=True)
