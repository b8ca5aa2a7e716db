import pytest

from actors.models import ActorRelation, Membership
from clusterportal.clusters.models import Release
from clusterportal.network.models import CooperationProject, ProjectPartner
from tests.clusterportal.network.networks import DAY
from tests.factories import make_actor, make_cluster


@pytest.fixture
def region():
    """Five members of a cluster (one not cleared, one gone), an outsider and a draft, and what joins them."""
    cluster = make_cluster()
    Release.objects.create(cluster=cluster, section="projects")
    actors = {name: make_actor(name, clusters=[cluster]) for name in "ABCDE"}
    actors |= {"Out": make_actor("Out"), "Draft": make_actor("Draft", clusters=[cluster], state="draft")}
    Membership.objects.filter(actor=actors["D"]).update(is_cleared=False)
    Membership.objects.filter(actor=actors["E"]).update(since="2020-01-01", until=DAY)
    for source, target, kind, since, until in (
        ("A", "B", "supply", 2020, 2024),
        ("B", "A", "supply", None, None),
        ("A", "B", "cooperation", 2025, None),
        ("B", "C", "research", None, 2023),
        ("A", "D", "parent", 2024, None),
        ("A", "E", "parent", 2024, None),
        ("A", "Draft", "parent", 2024, None),
        ("Out", "B", "spin_off", 2001, None),
    ):
        ActorRelation.objects.create(
            source=actors[source], target=actors[target], kind=kind, since=since, until=until
        )
    project = CooperationProject.objects.create(
        cluster=cluster,
        slug="p",
        title_de="P",
        starts_on="2024-01-01",
        ends_on="2025-01-01",
        state="published",
    )
    ProjectPartner.objects.bulk_create(
        ProjectPartner(project=project, actor=actors[name]) for name in ("B", "A", "C", "Out", "Draft")
    )
    names = {actor.pk: name for name, actor in actors.items()}
    return cluster, names, project
