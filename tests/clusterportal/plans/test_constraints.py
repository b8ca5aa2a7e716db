"""The database refuses nonsense in plans, whoever writes it. Every constraint is broken once."""

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from clusterportal.plans.models import (
    Action,
    ActionPlan,
    GapDecision,
    Milestone,
    Participant,
    PlanOwner,
    SwotEntry,
)

pytestmark = pytest.mark.django_db


def action(**fields):
    return lambda w: Action.objects.create(**{"plan": w.plan, "slug": "x", "title_de": "X"} | fields)


def finding(**fields):
    return lambda w: SwotEntry.objects.create(
        **{"plan": w.plan, "quadrant": "threat", "text_de": "X"} | fields
    )


def decision(times: int = 1, **fields):
    def act(w):
        cell = {"plan": w.plan, "cluster": w.kl, "layer": w.chain[3], "area": w.auto, "actor": w.both}
        GapDecision.objects.bulk_create(
            GapDecision(**{**cell, "verdict": "partner"} | fields) for _time in range(times)
        )

    return act


def participants(*rows: dict):
    return lambda w: Participant.objects.bulk_create(
        Participant(
            action=w.action, **{name: w.both if name == "actor" else value for name, value in row.items()}
        )
        for row in rows
    )


BREAKS = {
    "actionplan_has_an_address": lambda w: ActionPlan.objects.filter(pk=w.plan.pk).update(slug=""),
    "actionplan_printable": lambda w: ActionPlan.objects.filter(pk=w.plan.pk).update(source="\x01"),
    "planowner_once_a_plan": lambda w: PlanOwner.objects.create(plan=w.plan, cluster=w.le),
    "swotentry_quadrant_known": finding(quadrant="x"),
    "swotentry_verdict_known": finding(verdict="x"),
    "swotentry_printable": finding(text_de="\x01"),
    "action_horizon_1_to_120": action(horizon_months=121),
    "action_starts_on_plausible": action(starts_on="9999-01-01"),
    "action_state_set_known": action(state_set="x", state_reason_de="X"),
    "action_state_set_with_reason": action(state_set="done"),
    "action_printable": action(title_de="\x01"),
    "participant_group_known": participants({"group": "x"}),
    "participant_once_an_action": participants(
        {"group": "others", "actor": 1}, {"group": "research", "actor": 1}
    ),
    "participant_words_once_a_group": participants({"group": "others"}, {"group": "others"}),
    "participant_printable": participants({"group": "others", "words_de": "\x01"}),
    "milestone_due_on_plausible": lambda w: Milestone.objects.create(
        action=w.action, title_de="X", due_on="1979-12-31"
    ),
    "milestone_reached_on_plausible": lambda w: Milestone.objects.create(
        action=w.action, title_de="X", due_on="2026-01-01", reached_on="2101-01-01"
    ),
    "milestone_printable": lambda w: Milestone.objects.create(
        action=w.action, title_de="\x01", due_on="2026-01-01"
    ),
    "gapdecision_once_a_proposal": decision(2),
    "gapdecision_verdict_known": decision(verdict="x"),
    "gapdecision_dismissed_with_reason": decision(verdict="dismissed"),
    "gapdecision_names_its_action": decision(verdict="action"),
    "gapdecision_printable": decision(reason="\x01"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_database_refuses(world, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        BREAKS[name](world)


def test_no_constraint_is_forgotten():
    models = apps.get_app_config("plans").get_models()
    assert {one.name for model in models for one in model._meta.constraints} == set(BREAKS)
