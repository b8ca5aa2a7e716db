"""An action plan as its page shows it: four steps, each with its state and what stands in it."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterportal.pages.presenters.plan_actions import action_list
from clusterportal.pages.presenters.plan_competences import competence_table
from clusterportal.pages.presenters.plan_gaps import gap_list, gap_words
from clusterportal.pages.presenters.plan_swot import swot_table
from clusterportal.plans.domain.competences import competences
from clusterportal.plans.domain.gaps import gaps_of
from clusterportal.plans.domain.steps import Steps, steps_of
from clusterportal.plans.enums import StepState
from clusterportal.plans.models import ActionPlan


def action_plan(plan: ActionPlan, *, today: date, all_gaps: bool = False) -> dict:
    """Template context of a plan read by `plan_queries.with_parts`; `all_gaps` shows those behind the link too."""
    found = competences(plan)
    gaps = gaps_of(plan, found=found)
    findings, actions = list(plan.findings.all()), list(plan.actions.all())
    swot, acts = swot_table(findings), action_list(actions, today=today)
    return {
        "plan": plan,
        "steps": _steps(steps_of(found, findings, gaps, actions, on=today), found, swot, gaps, acts),
        "competences": competence_table(found),
        "swot": swot,
        "gaps": gap_list(gaps, is_whole=all_gaps),
        "actions": acts,
        "today": today,
    }


def _steps(states: Steps, found, swot: dict, gaps: list, acts: dict) -> list[dict]:
    rows = [
        (_("Competences and knowledge"), states.competences, _competence_words(found)),
        (_("Regional SWOT"), states.swot, _swot_words(swot)),
        (_("Synergies and complementarities"), states.synergies, gap_words(gaps) if gaps else ""),
        (_("Action and business plan"), states.actions, _action_words(acts)),
    ]
    return [
        {
            "number": f"0{number}",
            "anchor": f"h-s{number}",
            "title": title,
            "says": _said(state, words),
            "is_current": number == states.current,
        }
        for number, (title, state, words) in enumerate(rows, 1)
    ]


def _said(state: StepState, words: str) -> str:
    """The state before the words, unless these begin with it: those of a single action do."""
    label = str(state.label)
    return words if words.startswith(label) else f"{label}: {words}" if words else label


def _competence_words(found) -> str:
    clusters = ngettext("%(count)d cluster", "%(count)d clusters", len(found.rows)) % {
        "count": len(found.rows)
    }
    actors = ngettext("%(count)d actor on the subject", "%(count)d actors on the subject", found.total)
    return f"{clusters}, {actors % {'count': found.total}}"


def _swot_words(swot: dict) -> str:
    if not swot["total"]:
        return ""
    count = {"count": swot["total"]}
    if not swot["unjudged"]:
        return (
            ngettext(
                "%(count)d finding with a verdict", "%(count)d findings, all with a verdict", swot["total"]
            )
            % count
        )
    findings = ngettext("%(count)d finding", "%(count)d findings", swot["total"]) % count
    return f"{findings}, " + _("%(count)s without a verdict") % {"count": swot["unjudged"]}


def _action_words(acts: dict) -> str:
    number = len(acts["actions"])
    if number == 1:
        return acts["actions"][0].state_words
    return ngettext("%(count)d action", "%(count)d actions", number) % {"count": number} if number else ""
