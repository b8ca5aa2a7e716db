"""The page of an action plan: only what was released, in four steps."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clusterportal.clusters.models import Release
from clusterportal.intake.registry_files import load_registry
from clusterportal.plans.models import (
    Action,
    ActionPlan,
    GapDecision,
    Milestone,
    Participant,
    PlanOwner,
    SwotEntry,
)
from tests.clusterportal.plans.conftest import world  # noqa: F401 - a fixture
from tests.factories import make_actor, make_cluster
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
PAGE = "/de/cluster/kl/aktionsplan/"
# Of the demo: all that the plan stands on but the actors.
TABLES = (
    *("layers", "application_areas", "regions", "clusters"),
    *("action_plans", "plan_owners", "swot_entries", "actions", "participants"),
)


@pytest.fixture
def released(world):  # noqa: F811
    Release.objects.bulk_create(
        Release(cluster=cluster, section="action_plan") for cluster in (world.kl, world.le)
    )
    return world


def test_only_what_was_released_and_published_is_there(client, world):  # noqa: F811
    assert client.get(PAGE).status_code == 404
    Release.objects.create(cluster=world.kl, section="labels")
    assert client.get(PAGE).status_code == 404
    Release.objects.create(cluster=world.kl, section="action_plan")
    assert client.get(PAGE).context["plan"] == world.plan
    ActionPlan.objects.update(is_public=False)
    page = client.get(PAGE)
    assert "Noch ist kein Aktionsplan veröffentlicht." in markup_of(page)
    assert "Strom" not in page.content.decode()
    assert client.get(f"{PAGE}?plan=plan").status_code == 404


def test_a_plan_stands_on_the_pages_of_those_who_agreed(client, released):
    there = "/de/cluster/le/aktionsplan/"
    assert client.get(there).context["plan"] == released.plan
    PlanOwner.objects.update(has_agreed=False)
    assert "plan" not in client.get(there).context
    assert [row.cluster for row in client.get(PAGE).context["competences"]["rows"]] == [released.kl]


def test_one_of_several_plans_is_chosen(client, released):
    second = ActionPlan.objects.create(slug="zwei", title_de="Zweiter", cluster=released.kl, is_public=True)
    ActionPlan.objects.create(slug="fremd", title_de="Fremd", cluster=make_cluster("x"), is_public=True)
    assert client.get(PAGE).context["plans"] == [released.plan, second]
    page = client.get(f"{PAGE}?plan=zwei")
    assert page.context["plan"] == second
    assert "Der Plan nennt noch keine Anwendungsfelder." in markup_of(page)
    assert "Noch ist keine Aktion geplant." in markup_of(page)
    for wrong in ("fremd", "nirgends", "x'--"):
        assert client.get(PAGE, {"plan": wrong}).status_code == 404


def test_four_steps(client, released):
    today = timezone.localdate()
    SwotEntry.objects.create(
        plan=released.plan,
        quadrant="strength",
        text_de="Basis am Ort",
        verdict="keep",
        query="cluster=kl&area=auto&layer=basic-research",
    )
    SwotEntry.objects.create(plan=released.plan, quadrant="threat", text_de="Offen")
    Action.objects.update(starts_on=today, carrying_layer=released.chain[3])
    Milestone.objects.create(action=released.action, title_de="M1", due_on=today + timedelta(weeks=5))
    Participant.objects.create(action=released.action, group="companies", actor=released.both)
    Participant.objects.create(action=released.action, group="others", actor=released.draft)
    page = client.get(PAGE)
    html = markup_of(page)
    assert [step["says"] for step in page.context["steps"]] == [
        "abgeschlossen: 2 Cluster, 2 Akteure im Thema",
        "läuft: 2 Befunde, 1 ohne Urteil",
        "läuft: 6 Lücken mit Vorschlag, 10 ohne",
        "läuft, Monat 1 von 36, 0 von 1 Meilenstein erreicht",
    ]
    evidence = '<a href="/de/akteure/?cluster=kl&area=auto&layer=basic-research">1 Akteur</a>'
    for said in (
        "Die Kette hat ein Loch: Niemand steht auf Ebene 2, 5.",
        '<a href="/de/akteure/?area=auto&amp;area=energy&amp;cluster=kl&amp;layer=basic-research"',
        evidence.replace("&", "&amp;"),
        '<span class="verdict keep" aria-hidden="true">=</span>',
        "Urteil: Urteil fehlt",
        "Kl und Le ergänzen sich: Ebene 4 von dort, Ebene 1 von hier.",
        '<h3><a href="/de/akteure/beides/">Beides</a>',
        "Baut Ladesäulen ein.",
        "4 weitere Lücken zeigen",
        'class="bar l4"',
        "in 5 Wochen",
        'Unternehmen: <a href="/de/akteure/beides/">Beides</a>',
        '<span class="no">Politik<span class="vh"> (nicht beteiligt)</span></span>',
    ):
        assert said in html, said
    assert "Geheim" not in html
    assert "4 weitere Lücken" not in markup_of(client.get(f"{PAGE}?gaps=all"))


def test_in_english_and_with_a_decision(client, released):
    GapDecision.objects.create(
        plan=released.plan,
        cluster=released.kl,
        layer=released.chain[3],
        area=released.auto,
        actor=released.both,
        verdict="action",
        action=released.action,
    )
    GapDecision.objects.create(
        plan=released.plan,
        cluster=released.le,
        layer=released.chain[0],
        area=released.auto,
        actor=released.basis,
        verdict="dismissed",
        reason="Ganz geheimer Grund",
    )
    html = markup_of(client.get("/en/clusters/kl/action-plan/"))
    assert 'in the action<br><span class="mute">Laden testen</span>' in html
    assert '<span lang="de">Laden testen</span>' in html
    assert "geheimer Grund" not in html


def test_more_records_cost_no_more_queries(client, released):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(PAGE).status_code == 200
        return len(found)

    client.get(PAGE)
    before = queries()
    for number in range(3):
        actor = make_actor(f"Mehr {number}", layers=[2], areas=[released.auto], clusters=[released.le])
        action = Action.objects.create(
            plan=released.plan, slug=f"m-{number}", title_de="Mehr", responsible=actor
        )
        Milestone.objects.create(action=action, title_de="M", due_on="2030-01-01")
        Participant.objects.create(action=action, group="others", actor=actor)
        SwotEntry.objects.create(plan=released.plan, quadrant="threat", text_de=f"T {number}")
    assert queries() == before


def test_the_documented_example_of_the_demo(client):
    """Topic, action, 36 months, responsible and participants are documented; what is not, is not made up."""
    load_registry(settings.BASE_DIR / "fixtures" / "demo", tables=TABLES)
    cluster = ActionPlan.objects.get().cluster
    Release.objects.get_or_create(cluster=cluster, section="action_plan")
    page = client.get(f"/de/cluster/{cluster.slug}/aktionsplan/")
    first, second = page.context["actions"]["actions"]
    assert (str(first.action), first.action.topic, first.action.horizon_months, first.responsible) == (
        "Test von nahtlosen, interoperablen Lade- und Abrechnungssystemen",
        "Kostengünstige, kundenorientierte Elektromobilität",
        36,
        ("CARS", ""),
    )
    assert [one.label for one in first.groups if not one.takes_part] == ["Cluster"]
    assert [one.label for one in second.groups if one.takes_part] == ["Forschung", "Unternehmen", "Cluster"]
    assert (first.milestones, first.action.starts_on, first.lane.width, first.lane.is_dated) == (
        [],
        None,
        720,
        False,
    )
    html = markup_of(page)
    findings = [one for quadrant in page.context["swot"]["quadrants"] for one in quadrant["findings"]]
    assert [one.count for one in findings] == [
        0,
        0,
        0,
        0,
        None,
    ]  # nobody is there, but every question is understood
    assert '<span class="ex">Beispielwert</span>' in html
    assert "Dokumentiert: Judith Terstriep, Institut Arbeit und Technik, Projekt ELMOS." in html
