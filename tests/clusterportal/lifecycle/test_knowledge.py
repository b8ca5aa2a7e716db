"""Four kinds of knowledge: the documented figures of the demo registry, and what is not told."""

from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from actors.domain.taxonomy import Taxonomy
from clusterportal.clusters.enums import Section
from clusterportal.clusters.models import Cluster, Release
from clusterportal.core.indicator import Reason
from clusterportal.intake.registry_files import load_registry
from clusterportal.lifecycle.domain.knowledge import (
    Profile,
    is_shown,
    knowledge_of,
    mean_of_others,
    profiles,
    released_clusters,
)
from clusterportal.lifecycle.domain.measuring import measure
from clusterportal.lifecycle.domain.specialisation import weights
from clusterportal.lifecycle.enums import Figure, Knowledge
from clusterportal.pages.presenters.monitor_knowledge import knowledge
from clusterportal.pages.presenters.monitor_life_cycle import life_cycle
from tests.factories import make_actor, make_area, make_cluster
from tests.markup import markup_of

DEMO = Path(__file__).parents[3] / "fixtures" / "demo"
TECHNOLOGICAL, DESIGN, INDUSTRY, NETWORK = Knowledge


def release(*clusters):
    for cluster in clusters:
        Release.objects.get_or_create(cluster=cluster, section=Section.LIFE_CYCLE)


@pytest.mark.parametrize(
    ("kind", "layers", "stands_for"),
    [
        ("research_institute", (1, 2), TECHNOLOGICAL),
        ("company", (3,), DESIGN),
        ("public_body", (4, 5), INDUSTRY),
        ("association", (1, 2, 3, 4, 5), NETWORK),
        ("chamber", (1, 2, 3, 4, 5), NETWORK),
    ],
)
def test_kind_of_actor_and_layer_decide(kind, layers, stands_for):
    assert {knowledge_of(kind, layer) for layer in layers} == {stands_for}


@pytest.mark.django_db
def test_the_demo_registry_has_the_documented_figures(client):
    load_registry(DEMO)
    clusters = list(Cluster.objects.order_by("position"))
    cluster, today = clusters[0], timezone.localdate()
    release(*clusters)
    found = measure(cluster)
    assert (found.actors, found.counts["namings"], found.counts["filled"], found.counts["cells"]) == (
        29,
        85,
        24,
        50,
    )
    assert round(found.values[Figure.HETEROGENEITY], 2) == 0.76
    assert (found.counts["inner"], found.counts["outer"]) == (15, 3)
    assert found.values[Figure.INTERACTION] == pytest.approx(2 * 15 / 29)
    assert found.values[Figure.COMPANIES] == 12
    assert found.values[Figure.JOINED] == Reason.NOT_RECORDED
    known = profiles(released_clusters(), as_of=today)
    profile = known[cluster.pk]
    assert [profile.count(kind) for kind in Knowledge] == [11, 16, 13, 8]
    assert (profile.actors, profile.total) == (29, 48)
    mean = mean_of_others(cluster, known)
    assert [round(mean[kind], 1) for kind in Knowledge] == [31.7, 16.1, 37.6, 14.6]
    page = markup_of(client.get(reverse("clusters:monitor", args=[cluster.slug])))
    assert page.count('<tr><th scope="row">') >= 4
    rails = knowledge(cluster, today=today)["rails"]
    assert [(part.layer, part.x, part.width) for part in rails[3].segments] == [
        (2, 0, 8.33), (3, 8.33, 2.08), (4, 10.41, 2.08), (5, 12.49, 4.17),
    ]  # fmt: skip
    assert "layer=basic-research&amp;layer=applied-research&amp;kind=company" in page
    assert "15 ÷ 29 = 1,03" in page
    assert "85" in page
    section = life_cycle(cluster, today=today)
    assert (len(section["plane"].dots), len(section["years"]), section["curve"].now) == (1, 1, None)


@pytest.mark.django_db
def test_a_mean_is_told_of_three_others_with_enough_actors(chain, django_assert_num_queries):
    clusters = [make_cluster(f"c{number}") for number in range(5)]
    for cluster in clusters[:4]:
        for _ in range(3):
            make_actor(layers=[1], clusters=[cluster])
    make_actor(layers=[3], clusters=[clusters[4]])  # too few to weigh in
    release(*clusters)
    with django_assert_num_queries(3):
        known = profiles(released_clusters(), as_of=timezone.localdate())
    assert mean_of_others(clusters[0], known) == {
        TECHNOLOGICAL: 100.0, DESIGN: 0.0, INDUSTRY: 0.0, NETWORK: 0.0,
    }  # fmt: skip
    Release.objects.filter(cluster=clusters[3]).delete()
    known = profiles(released_clusters(), as_of=timezone.localdate())
    assert mean_of_others(clusters[0], known) is None
    assert [is_shown(one) for one in (Profile(), known[clusters[4].pk], known[clusters[0].pk])] == [
        False,
        False,
        True,
    ]
    with override("en"):
        shown = knowledge(clusters[4], today=timezone.localdate())
    assert (shown["rails"], shown["says"]) == ([], "No knowledge profile: too few actors.")
    rails = knowledge(clusters[0], today=timezone.localdate())["rails"]
    assert [rail.mean for rail in rails] == [None] * 4


@pytest.mark.django_db
def test_location_quotients_by_actors(chain):
    cluster, other = make_cluster("c"), make_cluster("other")
    area = make_area()
    for number in range(8):  # 5 of 8 here, 5 of 16 in the region
        make_actor(areas=[area] if number < 5 else [], clusters=[cluster], layers=[1 if number < 4 else 2])
        make_actor(clusters=[other], layers=[2])
    found = {one.item.slug: one for one in weights(cluster, Taxonomy())}
    assert (found[area.slug].actors, found[area.slug].region_actors) == (5, 5)
    assert found[area.slug].quotient == pytest.approx(2.0)
    assert found["basic-research"].quotient == Reason.TOO_FEW  # four actors
    assert found["application-market"].quotient == Reason.NOT_RECORDED


@pytest.mark.django_db
def test_shares_add_up_and_what_is_missing_is_not_mixed(chain):
    clusters = [make_cluster(f"c{number}") for number in range(4)]
    for cluster in clusters:
        for layer in (1, 4):
            make_actor(layers=[layer], clusters=[cluster])
        make_actor(layers=[5], kind="association", clusters=[cluster])
    release(*clusters)
    with override("en"):
        shown = knowledge(clusters[0], today=timezone.localdate())
    assert [rail.share for rail in shown["rails"]] == [34, 0, 33, 33]
    assert sum(rail.share_exact for rail in shown["rails"]) == 100
    assert shown["says"] == "Missing: Design knowledge."
