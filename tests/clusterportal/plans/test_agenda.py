"""What plans ask of the management, and what they say in figures."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clusterportal.clusters.agenda import AgendaKind, end_of_week
from clusterportal.clusters.models import Release
from clusterportal.core.indicator import Reason
from clusterportal.plans.domain import agenda
from clusterportal.plans.domain.agenda import MOST_LINES_OF_KIND, agenda_of
from clusterportal.plans.domain.competences import competences
from clusterportal.plans.domain.gaps import gaps_of
from clusterportal.plans.domain.indicators import indicators_of
from clusterportal.plans.domain.plan_queries import plans_of
from clusterportal.plans.domain.steps import steps_of
from clusterportal.plans.models import Action, ActionPlan, Milestone, PlanOwner, SwotEntry
from tests.factories import make_action, make_cluster, make_person, make_plan

pytestmark = pytest.mark.django_db


def test_every_line_leads_to_its_act(world):
    today = timezone.localdate()
    yesterday, sunday = today - timedelta(days=1), end_of_week(today)
    for title, day in (("Früher", yesterday), ("Bald", sunday), ("Später", sunday + timedelta(days=1))):
        Milestone.objects.create(action=world.action, title_de=title, due_on=day)
    asking = ActionPlan.objects.create(slug="bitte", title_de="Bitte", cluster=make_cluster("gast"))
    PlanOwner.objects.create(plan=asking, cluster=world.kl)
    lines = agenda_of(world.kl, today=today)
    act = f"/admin/plans/action/{world.action.pk}/change/"
    gaps = f"/admin/plans/actionplan/{world.plan.pk}/gaps/?gap=kl."
    assert [(line.kind, line.what, line.why) for line in lines[:4]] == [
        (AgendaKind.DECISION, "Aktionsplan „Bitte“", "Gast bittet Sie, sich zu beteiligen"),
        (AgendaKind.STALE, "Meilenstein: Früher", "überfällig, „Laden testen“"),
        (AgendaKind.DATE, "Meilenstein: Bald", "fällig, „Laden testen“"),
        (AgendaKind.GAP, "Auto, Ebene 4", "könnte sie füllen: Beides und 1 weiterer"),
    ]
    assert [line.url for line in lines[1:4]] == [
        act,
        act,
        f"{gaps}integration-services.auto&actor=beides",
    ]
    assert [line.url for line in lines if line.kind == AgendaKind.GAP and not line.url.startswith(gaps)] == []
    assert (lines[-1].what, lines[-1].url) == ("Aktion: Laden testen", act)


def test_lines_are_bounded_and_so_are_the_queries(world, client):
    """The last line stands for all that are left; counting them costs a query for each kind of which there are many."""
    today = timezone.localdate()

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            agenda_of(world.kl, today=today)
        return len(found)

    before = queries()
    for number in range(MOST_LINES_OF_KIND + 3):
        action = Action.objects.create(plan=world.plan, slug=f"a-{number}", title_de=f"A {number}")
        Milestone.objects.create(action=action, title_de="Spät", due_on=today - timedelta(days=1))
    lines = agenda_of(world.kl, today=today)
    actions = [line for line in lines if "Aktion" in line.what]
    assert [line.what.startswith("Aktion:") for line in actions] == [True] * MOST_LINES_OF_KIND + [False]
    rest = actions[-1]
    assert (rest.what, rest.count, rest.verb) == (
        "4 weitere Aktionen, für die niemand verantwortlich ist",
        4,
        "Alle ansehen",
    )
    late = [line for line in lines if "Meilenstein" in line.what]
    assert sum(line.count for line in late) == MOST_LINES_OF_KIND + 3
    assert (late[-2].due, late[-1].due, late[-1].verb) == (today - timedelta(days=1), None, "Alle ansehen")
    assert queries() == before + 2
    # The lists behind them hold just these, whatever else stands in the registry.
    stranger = make_action(make_plan(make_cluster("elsewhere"), slug="fremd"), slug="fremd")
    Milestone.objects.create(action=stranger, title_de="Fremd", due_on=today - timedelta(days=1))
    client.force_login(make_person("administrator"))
    for line, number in ((rest, MOST_LINES_OF_KIND + 4), (late[-1], MOST_LINES_OF_KIND + 3)):
        assert client.get(line.url).context["cl"].result_count == number


def test_requests_beyond_those_listed_stand_in_a_list_of_their_own(world, client, monkeypatch):
    monkeypatch.setattr(agenda, "MOST_LINES_OF_KIND", 1)
    for number in range(3):
        plan = make_plan(make_cluster(f"gast-{number}"), slug=f"bitte-{number}")
        PlanOwner.objects.create(plan=plan, cluster=world.kl)
    lines = agenda_of(world.kl, today=timezone.localdate())
    assert [(line.what, line.count) for line in lines if line.kind == AgendaKind.DECISION][1:] == [
        ("2 weitere Anfragen zur Beteiligung", 2)
    ]
    client.force_login(world.manager)
    found = client.get(lines[1].url).context["cl"]
    assert sorted(plan.slug for plan in found.queryset) == ["bitte-0", "bitte-1", "bitte-2"]


def test_gaps_beyond_those_listed_are_counted(world, monkeypatch):
    lines = [line for line in agenda_of(world.kl, today=timezone.localdate()) if line.kind == AgendaKind.GAP]
    monkeypatch.setattr(agenda, "MOST_GAPS", 1)
    few = [line for line in agenda_of(world.kl, today=timezone.localdate()) if line.kind == AgendaKind.GAP]
    assert [(line.what, line.count) for line in few] == [(lines[0].what, 1), ("3 weitere Lücken", 3)]
    assert few[1].url == lines[1].url.partition("?")[0]


def test_figures_of_a_cluster(world):
    """Of kl's eight gaps outsiders could fill two and members two; an action without a start does not run."""
    today = timezone.localdate()
    assert {one.reason for one in indicators_of(world.kl, as_of=today)} == {Reason.HIDDEN}
    Release.objects.create(cluster=world.kl, section="action_plan")
    figures = {one.code: one for one in indicators_of(world.kl, as_of=today)}
    assert {code: one.value for code, one in figures.items()} == {
        "gaps_open": 8,
        "gaps_proposed": 4,
        "actions_running": 0,
    }
    assert figures["gaps_open"].records == "/de/cluster/kl/aktionsplan/#h-s3"
    Action.objects.update(starts_on=date(2026, 1, 1), horizon_months=120)
    past = {one.code: (one.value, one.reason) for one in indicators_of(world.kl, as_of=date(2026, 6, 1))}
    assert past == {
        "gaps_open": (None, Reason.NOT_RECORDED),
        "gaps_proposed": (None, Reason.NOT_RECORDED),
        "actions_running": (1, None),
    }


def test_nothing_recorded_is_never_nought(world):
    Release.objects.create(cluster=world.kl, section="action_plan")
    ActionPlan.objects.update(is_public=False)
    today = timezone.localdate()
    assert {one.reason for one in indicators_of(world.kl, as_of=today)} == {Reason.NOT_RECORDED}
    assert {one.reason for one in indicators_of(world.kl, as_of=today, public=False)} == {None}
    ActionPlan.objects.update(is_public=True, is_example=True)
    assert {one.reason for one in indicators_of(world.kl, as_of=today)} == {Reason.NOT_RECORDED}


def test_steps_follow_from_what_stands_in_them(world):
    def states() -> list[str]:
        [plan] = plans_of(world.kl, public=True)
        found, today = competences(plan), timezone.localdate()
        steps = steps_of(found, list(plan.findings.all()), gaps_of(plan), list(plan.actions.all()), on=today)
        return [steps.competences, steps.swot, steps.synergies, steps.actions, steps.current]

    assert states() == ["done", "open", "running", "running", 4]
    for quadrant in ("strength", "weakness", "opportunity", "threat"):
        SwotEntry.objects.create(plan=world.plan, quadrant=quadrant, text_de="X", verdict="keep")
    Action.objects.update(state_set="done", state_reason_de="Getan")
    assert states() == ["done", "done", "running", "done", 3]
    SwotEntry.objects.filter(quadrant="threat").update(verdict="")
    world.plan.areas.clear()
    Action.objects.all().delete()
    assert states() == ["open", "running", "open", "open", 2]
