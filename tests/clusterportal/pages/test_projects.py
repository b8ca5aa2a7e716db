"""Cooperation projects on the pages of actors and clusters: what is released, and nothing else."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override

from clusterportal.clusters.models import Release
from clusterportal.pages.presenters import projects as presenter
from tests.admin_pages import queries_of
from tests.factories import make_actor, make_area, make_cluster, make_project
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(chain):
    """A project of a cluster with two public partners and one that nobody sees; a draft, and an example."""
    cluster = make_cluster("lead", name_de="Verbund")
    one, other = make_actor("Eins"), make_actor("Zwei")
    hidden = make_actor("Geheim GmbH", state="draft")
    project = make_project(
        cluster, "waerme", [one, other, hidden], starts_on="2024-01-01", ends_on="2027-01-01",
        funder="BMBF", programme="KMU", amount="120000.50", result_de="Zwei *Patente*.",
    )  # fmt: skip
    project.areas.add(make_area("health"))
    project.layers.add(chain[1])
    make_project(cluster, "entwurf", [one], state="draft")
    make_project(cluster, "beispiel", [one], is_example=True)
    return cluster, one, project


def projects_in(client, name: str, slug: str) -> list[str]:
    """The rows of the table of projects on an English page, as text."""
    with override("en"):
        text = markup_of(client.get(reverse(name, args=[slug])))
    found = re.search(r'<section[^>]* id="projects".*?</section>', text, re.S)
    body = found and re.search(r"<tbody.*?</tbody>", found[0], re.S)
    rows = re.findall(r"<tr.*?</tr>", body[0], re.S) if body else []
    return [" ".join(re.sub(r"<[^>]*>", " ", row).split()).replace(" ,", ",") for row in rows]


def test_projects_stand_on_the_pages_of_actor_cluster_and_monitor_once_they_are_released(client, world):
    cluster = world[0]
    pages = [
        ("actors:actor-detail", "eins"),
        ("clusters:cluster-detail", "lead"),
        ("clusters:monitor", "lead"),
    ]
    assert [projects_in(client, *page) for page in pages[:2]] == [[], []]
    Release.objects.create(cluster=cluster, section="projects")
    about = "Zwei Patente . Health, Applied research and transfer Eins (Coordinator), Zwei 01/2024 – 12/2026"
    money = "BMBF, KMU 120,001 EUR"
    example = "Beispiel documented example Eins (Coordinator) not recorded not recorded"
    assert projects_in(client, *pages[0]) == [f"Waerme led by Verbund {about} {money}"]
    assert [projects_in(client, *page) for page in pages[1:]] == [[f"Waerme {about} {money}", example]] * 2


def test_without_projects_it_is_said(client, chain):
    cluster = make_cluster("leer")
    Release.objects.create(cluster=cluster, section="projects")
    for name in ("clusters:cluster-detail", "clusters:monitor"):
        with override("en"):
            assert "No cooperation project is recorded." in markup_of(
                client.get(reverse(name, args=["leer"]))
            )
    assert "h-projects" not in markup_of(client.get(reverse("actors:actor-detail", args=[make_actor().slug])))


def test_what_runs_is_counted_without_examples(world):
    for day, said in ((date(2026, 12, 31), "1 Projekt läuft heute."), (date(2027, 1, 1), "Heute läuft kein")):
        assert presenter.projects(world[0], today=day)["says"].startswith(said)


def test_more_projects_cost_no_more_questions(client, world, monkeypatch):
    cluster, actor, project = world
    Release.objects.create(cluster=cluster, section="projects")
    addresses = [
        reverse("actors:actor-detail", args=["eins"]),
        reverse("clusters:cluster-detail", args=["lead"]),
    ]
    for address in addresses:
        client.get(address)
    few = [queries_of(client, address) for address in addresses]
    for number in range(4):
        more = make_project(cluster, f"p{number}", [actor, make_actor()])
        more.areas.add(project.areas.get())
    assert [queries_of(client, address) for address in addresses] == few
    monkeypatch.setattr(presenter, "MOST_PROJECTS", 2)
    assert presenter.projects_of_actor(actor).more == 3
