"""Step 3 of an action plan: who fills whose gap."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterportal.clusters.models import Cluster
from clusterportal.plans.domain.gaps import Gap

SHOWN = 12  # gaps of the page; the rest behind a link


def gap_list(gaps: list[Gap], *, is_whole: bool) -> dict:
    """Context of `_plan_gaps.html`: gaps, more (how many are behind the link), total, says."""
    shown = gaps if is_whole else gaps[:SHOWN]
    return {"gaps": shown, "more": len(gaps) - len(shown), "total": len(gaps), "says": _finding(gaps)}


def gap_words(gaps: list[Gap]) -> str:
    """ "6 proposals, 1 gap without one": below the name of the step."""
    proposed = sum(1 for gap in gaps if gap.shown)
    left = len(gaps) - proposed
    texts = [
        ngettext("%(count)d gap with a proposal", "%(count)d gaps with a proposal", proposed)
        % {"count": proposed}
    ]
    if left:
        texts.append(ngettext("%(count)d without", "%(count)d without", left) % {"count": left})
    return ", ".join(texts)


def _finding(gaps: list[Gap]) -> str:
    if not gaps:
        return _("No gap: every cluster stands on every layer in every area of the plan.")
    filled = _who_fills_whom(gaps)
    for (needs, gives), layer in filled.items():
        if back := filled.get((gives, needs)):
            return _(
                "%(one)s and %(other)s complete each other: layer %(there)s from there, layer %(here)s from here."
            ) % {"one": needs, "other": gives, "there": layer, "here": back}
    for (needs, gives), layer in filled.items():
        return _("%(one)s can help %(other)s out: with layer %(layer)s.") % {
            "one": gives,
            "other": needs,
            "layer": layer,
        }
    if proposed := sum(1 for gap in gaps if gap.shown):
        return ngettext(
            "Somebody in the registry could fill %(count)d gap.",
            "Somebody in the registry could fill %(count)d gaps.",
            proposed,
        ) % {"count": proposed}
    return _("Nobody in the registry stands where the clusters of the plan have gaps.")


def _who_fills_whom(gaps: list[Gap]) -> dict[tuple[Cluster, Cluster], int]:
    """The layer of the first gap by the cluster that has it and the cluster whose member is shown for it."""
    carrying = {gap.cluster.pk: gap.cluster for gap in gaps}
    found: dict[tuple[Cluster, Cluster], int] = {}
    for gap in gaps:
        for one in gap.shown[:1]:
            for membership in one.actor.memberships.all():
                giver = carrying.get(membership.cluster_id)
                if giver is not None and giver != gap.cluster:
                    found.setdefault((gap.cluster, giver), gap.layer.position)
    return found
