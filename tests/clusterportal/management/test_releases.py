"""What a cluster shows everybody: said by its own managers, seen at once, and gone at once."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from clusterportal.clusters.enums import Section
from clusterportal.clusters.models import Release
from clusterportal.management.domain.releasing import set_releases
from clusterportal.management.forms import WHAT_IS_SHOWN

pytestmark = pytest.mark.django_db
MONITOR = "/de/cluster/ours/monitor/"


def page(cluster) -> str:
    return reverse("admin:clusters_cluster_releases", args=[cluster.pk])


def test_a_manager_releases_and_withdraws(team, as_):
    client = as_(team.manager)
    client.post(page(team.ours), {"sections": ["indicators", "labels"]})
    client.post(page(team.ours), {"sections": ["labels", "network"]})
    assert set(team.ours.releases.values_list("section", flat=True)) == {"labels", "network"}
    shown = client.get(page(team.ours))
    assert [one["code"] for one in shown.context["sections"] if one["is_released"]] == ["network", "labels"]
    changes = [change for act in shown.context["latest"] for change in act.changes]
    # Indicators came and went, labels and the network came.
    assert sorted((one.person, one.operation) for one in changes) == [
        ("kim", "delete"), ("kim", "insert"), ("kim", "insert"), ("kim", "insert"),
    ]  # fmt: skip
    assert not team.theirs.releases.exists()


def test_what_does_not_exist_changes_nothing(team, as_):
    Release.objects.create(cluster=team.ours, section="labels")
    answer = as_(team.manager).post(page(team.ours), {"sections": ["everything"]}, follow=True)
    assert answer.status_code == 200
    assert list(team.ours.releases.values_list("section", flat=True)) == ["labels"]
    with pytest.raises(ValueError, match="everything"):
        set_releases(cluster=team.ours, sections=["everything"], by=team.manager)


@pytest.mark.parametrize("name", ["editor", "viewer", "stranger"])
def test_nobody_else_releases(team, as_, name):
    person = getattr(team, name)
    assert as_(person).post(page(team.ours), {"sections": ["labels"]}).status_code == 403
    with pytest.raises(PermissionDenied):
        set_releases(cluster=team.ours, sections=["labels"], by=person)
    assert not Release.objects.exists()


def test_each_part_says_what_becomes_public():
    assert set(WHAT_IS_SHOWN) == set(Section)


# ---------- who sees the monitor ----------
def test_visitors_see_what_is_released_and_the_team_all_of_it(team, as_):
    doors = {}
    for name in (None, "manager", "editor", "viewer", "stranger", "administrator"):
        client = as_(getattr(team, name) if name else None)
        doors[name] = (client.get(MONITOR).status_code, client.get(f"{MONITOR}?preview=1").status_code)
    hidden, previewed = (404, 404), (404, 200)
    assert doors == {
        None: hidden, "manager": previewed, "editor": previewed, "viewer": hidden, "stranger": hidden,
        "administrator": previewed,
    }  # fmt: skip


def test_the_preview_is_kept_by_nobody_and_says_what_is_not_released(team, as_):
    Release.objects.create(cluster=team.ours, section="labels")
    seen, public = as_(team.manager).get(f"{MONITOR}?preview=1"), as_().get(f"{MONITOR}?preview=1")
    assert seen.headers["Cache-Control"] == "private, no-store, no-cache"
    assert {one.is_released for one in seen.context["shown"]} >= {False}
    assert "nicht freigegeben" in seen.content.decode()
    assert all(one.is_released for one in public.context["shown"]) and not public.context["is_preview"]
    assert (
        'href="?format=csv"' not in public.content.decode()
    )  # the figures are not released, so they are not offered


def test_the_table_of_figures_needs_their_release(team, as_):
    Release.objects.create(cluster=team.ours, section="labels")
    assert as_().get(f"{MONITOR}?format=csv").status_code == 404
    Release.objects.create(cluster=team.ours, section="indicators")
    table = as_().get(f"{MONITOR}?format=csv")
    assert table.headers["Content-Type"].startswith("text/csv")
    assert table.content.decode().splitlines()[0] == "code,label,value,unit,reason,as_of,actors"
    assert "public" in table.headers["Cache-Control"]
