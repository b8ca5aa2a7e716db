"""Plans in the admin: written by the teams of their clusters, step by step."""

import pytest
from django.core.exceptions import PermissionDenied

from actors.models import Membership
from clusterportal.clusters.models import Cluster
from clusterportal.history.acts import act
from clusterportal.history.changes import read, sources_for, versions_of
from clusterportal.history.erasure import erase, find_person
from clusterportal.history.person import Person
from clusterportal.history.restore import restore
from clusterportal.history.undo import take_back
from clusterportal.plans.domain.plan_queries import plans_of
from clusterportal.plans.models import (
    Action,
    ActionPlan,
    GapDecision,
    Milestone,
    Participant,
    PlanOwner,
    SwotEntry,
)
from tests.admin_pages import form_in, queries_of
from tests.factories import make_action, make_actor, make_area, make_person, make_plan
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
PLANS, ACTIONS = "/admin/plans/actionplan/", "/admin/plans/action/"


def page_of(record) -> str:
    return f"/admin/plans/{record._meta.model_name}/{record.pk}/"


def row(prefix: str, number: int, **values) -> dict:
    """A further row of a part, for a form that shows `number` of them."""
    return {f"{prefix}-TOTAL_FORMS": number + 1} | {f"{prefix}-{number}-{k}": v for k, v in values.items()}


def test_a_plan_from_its_first_line_to_its_gaps(client, world):
    """A manager writes a plan, asks another cluster, adds a finding with the address of a directory, and an action."""
    client.force_login(world.manager)
    sent = form_in(client.get(f"{PLANS}add/"))
    assert sent["cluster"] == world.kl.pk  # the only cluster of the person
    sent |= {"title_de": "Leichte Fahrzeuge", "areas": [world.auto.pk], "is_public": "on"}
    sent |= row("owners", 0, cluster=world.le.pk)
    address = "https://portal.example/de/akteure/?cluster=le&layer=integration-services"
    sent |= row("findings", 0, quadrant="strength", text_de="Baut ein", query=address, position=1)
    client.post(f"{PLANS}add/", sent)
    plan = ActionPlan.objects.get(slug="leichte-fahrzeuge")
    assert [(one.cluster, one.has_agreed) for one in plan.owners.all()] == [(world.le, False)]
    assert [one.query for one in plan.findings.all()] == ["cluster=le&layer=integration-services"]
    sent = form_in(client.get(f"{ACTIONS}add/?plan={plan.pk}"))
    sent |= {"title_de": "Bauen", "starts_on": "2026-01-01", "layers": [world.chain[3].pk], "position": 0}
    sent |= row("milestones", 0, title_de="Gebaut", due_on="2027-01-01")
    sent |= row("participants", 0, group="companies", actor=world.both.pk)
    answer = client.post(f"{ACTIONS}add/", sent)
    assert answer.url == f"{PLANS}{plan.pk}/change/"  # where it stands among the others
    action = plan.actions.get()
    assert (action.slug, action.milestones.count(), action.participants.get().actor) == (
        "bauen",
        1,
        world.both,
    )
    html = markup_of(client.get(f"{page_of(plan)}change/"))
    assert f'href="{page_of(action)}change/"' in html
    assert f'href="{page_of(plan)}gaps/"' in html
    assert "Beides" in markup_of(client.get(f"{page_of(plan)}gaps/"))


def test_evidence_that_no_directory_understands_is_refused(client, world):
    client.force_login(world.manager)
    sent = form_in(client.get(f"{page_of(world.plan)}change/"))
    for query in ("colour=red", "layer=nirgends", "https://example.org/?a=b"):
        sent |= row("findings", 0, quadrant="threat", text_de="X", query=query, position=0)
        assert "Das Verzeichnis versteht das nicht." in markup_of(
            client.post(f"{page_of(world.plan)}change/", sent)
        )
    assert not SwotEntry.objects.exists()


def test_a_gap_is_closed_by_a_proposed_actor(client, world):
    client.force_login(make_person("manager", clusters=[world.kl, world.le]))
    page = f"{page_of(world.plan)}gaps/"
    asked = {"gap": "kl.integration-services.auto", "actor": "beides"}
    html = markup_of(client.get(page, asked))
    assert "Baut Ladesäulen ein." in html and "Zum Partner machen" in html
    answer = client.post(page, asked | {"act": "partner"}, follow=True)
    assert "„Beides“ ist jetzt Partner von „Kl“." in markup_of(answer)
    assert Membership.objects.filter(actor=world.both, cluster=world.kl, kind="partner").exists()
    assert client.post(page, asked | {"act": "partner"}).status_code == 404  # the gap is gone


def test_other_ways_to_decide(client, world):
    client.force_login(world.manager)
    page = f"{page_of(world.plan)}gaps/"
    asked = {"gap": "kl.integration-services.auto", "actor": "beides"}
    assert "Zum Partner machen" not in markup_of(client.get(page, asked))  # not an actor of theirs
    assert client.post(page, asked | {"act": "partner"}).status_code == 403
    assert "Dieses Feld ist zwingend erforderlich." in markup_of(
        client.post(page, asked | {"act": "dismissed"})
    )
    client.post(page, asked | {"act": "dismissed", "reason": "Will nicht"})
    client.post(page, asked | {"actor": "allein", "act": "action", "action": world.action.pk})
    verdicts = {one.actor.slug: one.verdict for one in GapDecision.objects.all()}
    assert verdicts == {"beides": "dismissed", "allein": "action"}
    assert "Will nicht" in markup_of(client.get(page))
    client.post(page, {"again": GapDecision.objects.get(verdict="dismissed").pk})
    assert GapDecision.objects.count() == 1
    for wrong in ({"gap": "x", "actor": "beides"}, asked | {"actor": "geheim"}, {"again": "x"}, {}):
        assert client.post(page, wrong | {"act": "action"}).status_code == 404


def test_whoever_was_asked_sees_and_answers_and_then_writes(client, world):
    PlanOwner.objects.update(has_agreed=False)
    page, agree = f"{page_of(world.plan)}change/", f"{page_of(world.plan)}agree/"
    client.force_login(world.manager)
    assert client.post(agree).status_code == 403  # who asks does not answer
    client.force_login(world.stranger)
    assert client.post(agree).status_code == 404
    client.force_login(world.other)
    html = markup_of(client.get(page))
    assert "„Kl“ bittet „Le“, sich zu beteiligen" in html
    assert 'name="title_de"' not in html
    assert client.post(f"{page_of(world.action)}change/", {"title_de": "Fremd"}).status_code == 403
    assert client.get(agree).status_code == 403
    sent = form_in(client.get(f"{ACTIONS}add/")) | {"title_de": "Fremd", "position": 0, "plan": world.plan.pk}
    client.post(f"{ACTIONS}add/", sent)
    assert not Action.objects.filter(title_de="Fremd").exists()
    client.post(agree)
    sent = form_in(client.get(page)) | {"title_de": "Gemeinsam"}
    client.post(page, sent)
    world.plan.refresh_from_db()
    assert (world.plan.title_de, world.plan.cluster) == ("Gemeinsam", world.kl)
    assert client.post(f"{page_of(world.plan)}delete/", {"post": "yes"}).status_code == 403


def test_a_plan_of_others_is_out_of_reach(client, world):
    client.force_login(world.stranger)
    for record in (world.plan, world.action):
        for verb in ("change", "history", "delete"):
            assert client.get(f"{page_of(record)}{verb}/").status_code == 302  # "does not exist"
    assert client.get(f"{page_of(world.plan)}gaps/").status_code == 404
    assert [client.get(path).context["cl"].result_count for path in (PLANS, ACTIONS)] == [0, 0]
    export = client.post(f"{PLANS}export/", {"format": "0"})
    assert b"Strom" not in b"".join(export.streaming_content)
    own = make_plan(world.stranger.team_memberships.get().cluster)
    sent = form_in(client.get(f"{ACTIONS}add/?plan={own.pk}")) | {"title_de": "X", "position": 0}
    client.post(f"{ACTIONS}add/", sent | {"plan": world.plan.pk})
    client.post(f"{ACTIONS}add/", sent | {"responsible": world.draft.pk})  # a draft of nobody's business
    assert list(Action.objects.all()) == [world.action]
    client.post(f"{ACTIONS}add/", sent | {"responsible": world.both.pk})
    assert Action.objects.get(plan=own).responsible == world.both


def test_history_is_for_the_teams_of_the_plan(world):
    with act("form", by=world.manager) as act_id:
        Action.objects.filter(pk=world.action.pk).update(title_de="Anders")
        world.plan.areas.remove(world.energy)
    for person, kinds in ((world.manager, 2), (world.other, 2), (world.stranger, 0)):
        changes = read(sources_for(person), limit=500) if sources_for(person) else []
        assert sum(1 for one in changes if one.act_id == act_id) == kinds, person
    take_back(act_id, by=world.other)
    world.action.refresh_from_db()
    assert (world.action.title_de, world.plan.areas.count()) == ("Laden testen", 2)


def test_a_deleted_plan_comes_back_with_its_parts(client, world):
    Milestone.objects.create(action=world.action, title_de="M", due_on="2027-01-01")
    world.action.layers.add(world.chain[0])
    client.force_login(world.manager)
    client.post(f"{page_of(world.plan)}delete/", {"post": "yes"})
    assert not ActionPlan.objects.exists()
    act_id = versions_of(ActionPlan).order_by("-pgh_id").first().pgh_context_id
    take_back(act_id, by=world.manager)
    plan = ActionPlan.objects.get()
    action = plan.actions.get()
    counts = [plan.areas.count(), plan.owners.count(), action.milestones.count(), action.layers.count()]
    assert counts == [2, 1, 1, 1]


def test_a_name_that_was_typed_anyway_is_found_and_erased(world, settings, tmp_path):
    settings.PORTAL_DATA_DIR = tmp_path
    Action.objects.update(responsible_words_de="Dr. Xerika Zümpelmann")
    Participant.objects.create(action=world.action, group="politics", words_de="Amt von Xerika Zümpelmann")
    Participant.objects.update(words_de="-")
    person = Person("Xerika Zümpelmann", "", "")
    found = find_person(person)
    erase(person=person, keys=found, ground="request", by=make_person("administrator"))
    kept = [*versions_of(Action).values_list("responsible_words_de", flat=True)]
    kept += versions_of(Participant).values_list("words_de", flat=True)
    kept += Action.objects.values_list("responsible_words_de", flat=True)
    assert kept and not any("mpelmann" in one for one in kept)


def test_more_records_cost_no_more_queries(client, world):
    client.force_login(world.manager)
    pages = [PLANS, ACTIONS, f"{page_of(world.plan)}change/", f"{page_of(world.plan)}gaps/"]

    def fill():
        plan = make_plan(world.kl, areas=[make_area(f"area-{ActionPlan.objects.count()}")])
        PlanOwner.objects.create(plan=plan, cluster=world.le)
        make_action(plan)
        make_action(world.plan)
        SwotEntry.objects.create(plan=world.plan, quadrant="threat", text_de="X")
        make_actor(layers=[4], areas=[world.auto])

    fill()
    before = [queries_of(client, page) for page in pages]
    fill()
    fill()
    assert [queries_of(client, page) for page in pages] == before


def test_who_was_only_asked_or_lost_the_plan_restores_no_version_of_it(world):
    """The foreign plan is out of reach of who did not agree; who agreed writes it, so they restore it too."""
    PlanOwner.objects.update(has_agreed=False)
    ActionPlan.objects.update(title_de="Anders")
    Action.objects.update(title_de="Anders")
    first = {one.kind: one for one in read(sources_for(world.manager), limit=500)}
    for kind in ("plans.actionplan", "plans.action"):
        with pytest.raises(PermissionDenied):
            restore(first[kind], by=make_person("manager", clusters=[world.le]))
    PlanOwner.objects.update(has_agreed=True)
    restore(first["plans.actionplan"], by=world.other)
    restore(first["plans.action"], by=world.manager)
    world.plan.refresh_from_db()
    world.action.refresh_from_db()
    assert (world.plan.title_de, world.action.title_de) == ("Strom", "Laden testen")
    ActionPlan.objects.update(cluster=world.le)
    with pytest.raises(PermissionDenied):
        restore(first["plans.actionplan"], by=world.manager)


def test_the_filter_of_actions_offers_no_plans_of_others(client, world):
    make_action(make_plan(world.stranger.team_memberships.get().cluster, title_de="Geheim"))
    make_action(make_plan(world.kl, title_de="Zweiter"))
    client.force_login(world.manager)
    html = markup_of(client.get(ACTIONS))
    assert "Zweiter" in html and "Geheim" not in html


@pytest.mark.parametrize("key", ["abc", "9" * 30, "²"])
def test_an_address_that_no_plan_can_have_is_not_found(client, world, key):
    client.force_login(world.manager)
    assert client.get(f"{PLANS}{key}/change/").status_code == 302  # "does not exist"


def test_a_plan_is_public_as_long_as_its_leading_cluster_is(world):
    assert [one.pk for one in plans_of(world.le, public=True)] == [world.plan.pk]
    Cluster.objects.filter(pk=world.kl.pk).update(state="draft")
    assert plans_of(world.le, public=True) == []
    Cluster.objects.filter(pk=world.kl.pk).update(state="published")
    Cluster.objects.filter(pk=world.le.pk).update(state="draft")
    [plan] = plans_of(world.kl, public=True)
    assert plan.clusters == [world.kl]
