"""Cooperation projects from the files of a registry."""

import pytest

from clusterportal.intake.registry_files import RegistryFileError, load_registry
from clusterportal.network.models import CooperationProject
from tests.factories import make_actor, make_area, make_cluster

pytestmark = pytest.mark.django_db


def test_projects_and_partners_are_loaded_by_their_slugs(chain, tmp_path):
    make_cluster("ours"), make_area("logistics")
    make_actor("Lab"), make_actor("Shop")
    (tmp_path / "cooperation_projects.csv").write_text(
        "cluster,slug,title_de,areas,layers,starts_on,ends_on,amount,state\n"
        "ours,dock,Dock,logistics,basic-research|application-market,2024-01-01,2026-01-01,1200.50,published\n"
    )
    partners = tmp_path / "project_partners.csv"
    partners.write_text("project,actor,role\ndock,lab,coordinator\ndock,shop,\n")
    found = {"cooperation_projects": (1, 0), "project_partners": (2, 0)}
    assert load_registry(tmp_path) == found
    assert load_registry(tmp_path) == dict.fromkeys(found, (0, 0))
    project = CooperationProject.objects.get()
    assert (str(project.amount), project.currency, project.layers.count()) == ("1200.50", "EUR", 2)
    assert list(project.partnerships.values_list("actor__slug", "role")) == [
        ("lab", "coordinator"),
        ("shop", "partner"),
    ]
    partners.write_text("project,actor\ndock,nobody\n")
    with pytest.raises(RegistryFileError, match="nobody"):
        load_registry(tmp_path)
