"""A table of cooperation projects with their partners: out of the admin, in again, and nobody else's."""

import csv
import re
from io import StringIO

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusterportal.accounts.models import User
from clusterportal.clusters.models import Cluster, TeamMember
from clusterportal.history.models import current_revision
from clusterportal.imports.enums import ImportNoun
from clusterportal.imports.rules import may_import
from clusterportal.network.models import CooperationProject
from clusterportal.network.resources import parts_of
from tests.factories import make_actor, make_area, make_cluster, make_person, make_project

pytestmark = pytest.mark.django_db
HEAD = "slug;title_de;cluster;starts_on;partners;areas;layers"


@pytest.fixture
def world(chain):
    """Two clusters with a project each, and what tables may name."""
    ours, theirs = make_cluster("ours", name_de="Unser Cluster"), make_cluster("theirs")
    areas = [make_area("health"), make_area("logistics")]
    one, two, hidden = (
        make_actor("One"),
        make_actor("Two"),
        make_actor("Three", state="draft", clusters=[theirs]),
    )
    project = make_project(
        ours, "heat", [one, two, hidden], title_de="Wärme", starts_on="2024-01-01", ends_on="2026-01-01",
        amount="1234567.89", funder="=BMBF", description_de="Eins\n\nZwei", result_en="Two *patents*.",
    )  # fmt: skip
    project.areas.set(areas)
    project.layers.set([chain[0], chain[3]])
    make_project(theirs, "secret", [one], title_de="Geheim")
    return ours, theirs


@pytest.fixture
def bring(as_person, world, tmp_path):
    """Uploads lines as the manager of `ours`; returns what became of each row."""
    clicker = as_person("manager", clusters=[world[0]])

    def to_preview(*lines: str) -> dict[int, tuple]:
        (tmp_path / "t.csv").write_text("\n".join(lines), encoding="utf-8")
        clicker.upload(tmp_path / "t.csv", noun="projects")
        clicker.map()
        return {
            row.number: (row.outcome, *map(tuple, row.changes), *map(tuple, row.problems))
            for row in clicker.run.rows.all()
        }

    to_preview.clicker = clicker
    return to_preview


def project(slug: str = "heat") -> CooperationProject:
    return CooperationProject.objects.get(slug=slug)


def test_the_list_of_the_admin_comes_in_again_unchanged(bring):
    client = bring.clicker.client
    table = client.get(reverse("admin:network_cooperationproject_export")).getvalue().decode()
    [row] = csv.DictReader(StringIO(table))
    assert [row[name] for name in ("slug", "cluster", "partners", "areas", "layers", "amount", "funder")] == [
        "heat", "ours", "coordinator:one|three|two", "health|logistics", "basic-research|integration-services",
        "1234567.89", "'=BMBF",
    ]  # fmt: skip
    revision = current_revision()
    assert [one[0] for one in bring(*table.splitlines()).values()] == ["unchanged"]
    assert (
        "import_actors" not in client.get(bring.clicker.url("columns")).content.decode()
    )  # what is said of actors
    bring.clicker.confirm()
    assert bring.clicker.run.state == "done" and current_revision() == revision
    assert client.get("/admin/network/cooperationproject/").content.decode().count("noun=projects") == 1


def test_partners_stand_beside_their_own_project_though_another_goes_meanwhile(world, monkeypatch):
    page = admin.site.get_model_admin(CooperationProject)
    read = page.export_parts

    def late(records):
        project().delete()
        return read(records)

    monkeypatch.setattr(page, "export_parts", late)
    table = page.export_table(None, CooperationProject.objects.order_by("pk"))
    assert [(row["slug"], row["partners"]) for row in table.records()] == [
        ("heat", []), ("secret", ["coordinator:one"]),
    ]  # fmt: skip


def test_new_and_changed_projects_are_written_and_undone_with_their_partners(bring):
    before = parts_of(project())
    rows = bring(
        HEAD,
        "heat;Wärme;ours;2024-01-01;coordinator:two|one;health;4",
        ";Kälte;Unser Cluster;1.2.2025;one;Logistics;Grundlagenforschung",
    )
    assert {number: (outcome, {*changes}) for number, (outcome, *changes) in rows.items()} == {
        2: (
            "changed", {("partners", "coordinator:one, three, two", "coordinator:two, one"),
            ("areas", "health, logistics", "health"),
            ("layers", "basic-research, integration-services", "integration-services")},
        ),
        3: (
            "new", {("slug", "", "kaelte"), ("title_de", "", "Kälte"), ("starts_on", "", "2025-02-01"),
            ("cluster", "", "ours"), ("partners", "", "one"), ("areas", "", "logistics"),
            ("layers", "", "basic-research")},
        ),
    }  # fmt: skip
    bring.clicker.confirm()
    assert parts_of(project()) == {
        "partners": ["coordinator:two", "one"], "areas": ["health"], "layers": ["integration-services"],
    }  # fmt: skip
    cold = project("kaelte")
    assert (cold.cluster.slug, cold.state, str(cold.starts_on)) == ("ours", "draft", "2025-02-01")
    assert parts_of(cold) == {"partners": ["one"], "areas": ["logistics"], "layers": ["basic-research"]}
    bring.clicker.client.post(bring.clicker.url("undo"))
    assert parts_of(project()) == before and not CooperationProject.objects.filter(slug="kaelte").exists()


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        (";X;theirs;;;;", "cluster", "„theirs“ ist keiner Ihrer Cluster."),
        ("heat;Wärme;theirs;;;;", "cluster", "„theirs“ ist keiner Ihrer Cluster."),
        ("secret;X;ours;;;;", "slug",
         "Kooperationsprojekt mit diesem Wert für das Feld Seitenadresse existiert bereits."),
        (";X;ours;;coordinator:one|coordinator:two;;", "partners", "Ein Projekt hat eine Koordination."),
        (";X;ours;;one|coordinator:one;;", "partners", "„one“ ist doppelt genannt."),
        (";X;ours;;nobody;;", "partners",
         "Kein Akteur hat „nobody“ als Seitenadresse, dauerhafte Kennung oder andere Kennung."),
        (";X;ours;;;;9", "layers", None),
    ],
)  # fmt: skip
def test_what_is_wrong_or_of_others_is_named_and_nothing_is_written(bring, line, column, reason):
    revision, secret = current_revision(), parts_of(project("secret"))
    [(outcome, problem)] = bring(HEAD, line).values()  # nothing else has to be mended, no address either
    assert outcome == "invalid" and problem[0] == column
    assert reason in (None, problem[2])
    bring.clicker.confirm()
    assert current_revision() == revision
    assert (str(project("secret")), parts_of(project("secret"))) == ("Geheim", secret)


def test_a_title_of_another_cluster_is_a_new_project_of_ones_own(bring):
    assert bring("title_de;partners", "Geheim;two")[2][0] == "new"
    bring.clicker.confirm()
    assert sorted(CooperationProject.objects.values_list("slug", "cluster__slug")) == [
        ("geheim", "ours"), ("heat", "ours"), ("secret", "theirs"),
    ]  # fmt: skip


@pytest.mark.parametrize("cluster", ["ours", "theirs"])
def test_a_title_that_may_mean_another_project_is_asked_for_its_address(bring, world, cluster):
    """Where two have it, and where the row would move the one that has it to another cluster."""
    if cluster == "ours":
        make_project(world[0], "heat-2", title_de="Wärme")
    TeamMember.objects.create(user=User.objects.get(), cluster=world[1])
    outcome = bring("title_de;cluster;funder", f"Wärme;{cluster};DFG")[2]
    assert outcome[0] == "invalid"
    assert "ist auch der Titel eines anderen Projekts" in str(outcome)
    assert {one.cluster.slug: one.funder for one in [project()]} == {"ours": "=BMBF"}


def test_two_clusters_may_have_a_new_project_of_one_title(bring, world):
    TeamMember.objects.create(user=User.objects.get(), cluster=world[1])
    table = ["title_de;cluster;funder", "Kälte;ours;DFG", "Kälte;theirs;DFG"]
    assert [one[0] for one in bring(*table).values()] == ["new", "new"]
    bring.clicker.confirm()
    assert [one[0] for one in bring(*table).values()] == ["unchanged", "unchanged"]
    table += ["Kälte;ours;EU"]
    assert [one[0] for one in bring(*table).values()] == ["unchanged", "unchanged", "invalid"]


def test_questions_about_parts_do_not_grow_with_the_rows(bring):
    tables = re.compile("actors_actor|network_projectpartner|network_cooperationproject_(areas|layers)")

    def questions(number: int) -> int:
        for one in range(number):
            make_actor(f"P{number}{one}")
        with CaptureQueriesContext(connection) as queries:
            bring(HEAD, *(f";T{number}{one};;;p{number}{one};health;{one + 1}" for one in range(number)))
            bring.clicker.confirm()
        assert CooperationProject.objects.filter(slug__startswith=f"t{number}").count() == number
        return sum(bool(tables.search(query["sql"])) for query in queries)

    questions(1)
    assert questions(2) == questions(5)


def test_who_may_bring_them_in(db):
    cluster = make_cluster()
    assert {
        role: may_import(make_person(role, clusters=[cluster]), ImportNoun.PROJECTS)
        for role in ("administrator", "manager", "editor", "viewer")
    } == {"administrator": True, "manager": True, "editor": False, "viewer": False}
    assert Cluster.objects.count() == 1
