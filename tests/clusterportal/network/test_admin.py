"""Cooperation projects in the admin: the leading cluster's team writes them, with partners they may see."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from clusterportal.history.changes import event_models
from clusterportal.network.domain import agenda
from clusterportal.network.domain.agenda import agenda_of
from clusterportal.network.models import CooperationProject, ProjectPartner
from tests.factories import make_actor, make_cluster, make_person, make_project

pytestmark = pytest.mark.django_db
ADD, LIST = "admin:network_cooperationproject_add", "admin:network_cooperationproject_changelist"
ROWS = {"partnerships-TOTAL_FORMS": "1", "partnerships-INITIAL_FORMS": "0"}


def sent(cluster, actor, **fields) -> dict:
    return {
        "title_de": "Gemeinsame Werkstatt", "cluster": cluster.pk, "state": "draft", "currency": "EUR",
        **ROWS, "partnerships-0-actor": actor.pk, "partnerships-0-role": "coordinator",
    } | fields  # fmt: skip


def test_a_manager_writes_projects_of_the_own_cluster_alone(client):
    ours, theirs = make_cluster("ours"), make_cluster("theirs")
    own, public, hidden = (
        make_actor("Own", clusters=[ours], state="draft"),
        make_actor("P"),
        make_actor("H", state="draft"),
    )
    client.force_login(make_person("manager", clusters=[ours]))
    assert client.post(reverse(ADD), sent(theirs, own)).status_code == 200  # the form again
    assert client.post(reverse(ADD), sent(ours, hidden)).status_code == 200
    assert not CooperationProject.objects.exists()
    for actor, slug in ((own, "gemeinsame-werkstatt"), (public, "gemeinsame-werkstatt-2")):
        assert client.post(reverse(ADD), sent(ours, actor)).status_code == 302
        assert CooperationProject.objects.get(slug=slug).partnerships.get().actor == actor
    late = sent(ours, own, starts_on="2024-01-01", ends_on="2024-01-01")
    assert "Ein Projekt endet" in client.post(reverse(ADD), late).content.decode()
    CooperationProject.objects.create(cluster=theirs, slug="secret", title_de="Geheim")
    page = client.get(
        reverse(LIST), {"status": "running", "result": "none", "q": "werkstatt"}
    ).content.decode()
    assert "gemeinsame" in page.lower() and "Geheim" not in page
    events = event_models()["network.projectpartner"].objects
    assert events.filter(pgh_label="insert").count() == 2


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("project_has_an_address", {"slug": ""}),
        ("project_ends_after_it_starts", {"starts_on": date(2024, 1, 2), "ends_on": date(2024, 1, 2)}),
        ("project_amount_not_negative", {"amount": -1}),
        ("project_currency_code", {"currency": "euro"[:3]}),
        ("project_state_known", {"state": "x"}),
        ("project_evidence_on_the_web", {"evidence": "javascript:1"}),
        ("project_printable", {"title_de": "\x07"}),
    ],
)
def test_the_database_refuses(name, fields):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        CooperationProject.objects.create(
            **{"cluster": make_cluster(), "slug": "p", "title_de": "P"} | fields
        )


def test_a_project_has_each_partner_once_and_one_coordinator():
    project = CooperationProject.objects.create(cluster=make_cluster(), slug="p", title_de="P")
    one, other = make_actor("A"), make_actor("B")
    ProjectPartner.objects.create(project=project, actor=one, role="coordinator")
    for actor, role, name in (
        (one, "partner", "once"),
        (other, "coordinator", "one_coordinator"),
        (other, "x", "known"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            ProjectPartner.objects.create(project=project, actor=actor, role=role)


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2023-12-31", "planned"),
        ("2024-01-01", "running"),
        ("2024-12-31", "running"),
        ("2025-01-01", "ended"),
    ],
)
def test_the_status_follows_from_the_dates(region, day, status):
    project, day = CooperationProject.objects.get(), date.fromisoformat(day)
    assert project.status_on(day) == status
    found = {
        name: CooperationProject.objects.with_status(name, day=day).count()
        for name in ("planned", "running", "ended")
    }
    assert found == {"planned": 0, "running": 0, "ended": 0} | {status: 1}


def test_the_cockpit_asks_for_results_of_projects_that_end(
    region, client, monkeypatch, django_assert_num_queries
):
    cluster, _names, project = region
    with django_assert_num_queries(1):
        [line] = agenda_of(cluster, today=date(2024, 11, 26))
    assert (line.what, line.due) == ("P", date(2024, 12, 31)) and str(project.pk) in line.url
    assert agenda_of(cluster, today=date(2024, 9, 1)) == agenda_of(cluster, today=date(2025, 6, 1)) == []
    make_project(make_cluster("elsewhere"), "other")
    monkeypatch.setattr(agenda, "MOST_LINES", 0)
    [rest] = agenda_of(cluster, today=date(2024, 11, 26))
    client.force_login(make_person("administrator"))
    assert [one.title for one in client.get(rest.url).context["cl"].queryset] == ["P"]
    CooperationProject.objects.update(result_en="Done")
    assert agenda_of(cluster, today=date(2024, 11, 26)) == []
