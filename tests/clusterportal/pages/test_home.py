"""The first page: the figure, and what it counts."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from actors.landscape.strength import knot_size
from actors.models import ActorRelation, ActorTopic, Topic
from tests.factories import make_actor, make_area, make_chain, make_cluster
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    def get(language: str = "en"):
        with override(language):
            return client.get(reverse("pages:home"))

    return get


def _figures(response) -> list[str]:
    return re.findall(r"<dd>(.*?)</dd>", markup_of(response))


def test_an_empty_registry_has_a_page_that_says_so(page):
    response = page()
    assert response.status_code == 200
    assert _figures(response) == ["0", "0", "0", "0"]
    assert "No actors yet" in response.content.decode()


def test_figures_count_what_is_public(page, chain):
    area, cluster = make_area(), make_cluster()
    make_cluster("hidden", state="draft")
    one = make_actor(layers=[1, 2], areas=[area], clusters=[cluster])
    other = make_actor(layers=[2], areas=[area])
    hidden = make_actor("Geheim GmbH", layers=[1], areas=[area], clusters=[cluster], state="draft")
    ActorRelation.objects.create(source=one, target=other, kind="cooperation")
    ActorRelation.objects.create(source=one, target=hidden, kind="cooperation")
    response = page()
    assert _figures(response) == ["2", "1", "1", "1"]
    assert "Geheim" not in response.content.decode()


def test_knots_lead_to_the_cell_in_the_directory_and_gaps_are_said(page, chain):
    make_actor(layers=[1, 3], areas=[make_area("logistics")])
    text = markup_of(page())
    assert re.findall(r'<a class="knot k(\d)" href="(.*?)">(\d+)', text) == [
        ("1", "/en/actors/?layer=basic-research&amp;area=logistics", "1"),
        ("1", "/en/actors/?layer=technology-development&amp;area=logistics", "1"),
    ]
    assert text.count('<span class="hole">') == 3


def test_strips_count_each_member_once(page, chain):
    cluster = make_cluster()
    actor = make_actor(layers=[2, 4], clusters=[cluster])
    actor.memberships.create(cluster=cluster, kind="management")
    text = markup_of(page())
    strip = re.search(r'<ol role="list" class="strip".*?</ol>', text)[0]
    assert re.findall(r'<li class="(\w+)">', strip) == ["gap", "l2", "gap", "l4", "gap"]
    assert "Kaiserslautern · 1 actor<" in text


def test_many_clusters_are_cut_with_a_way_to_all(page, monkeypatch):
    monkeypatch.setattr("clusterportal.pages.views.home.CLUSTERS", 2)
    make_cluster("one")
    make_cluster("two")
    text = markup_of(page())
    assert (text.count('class="strip"'), "All 2 clusters" in text) == (2, False)
    make_cluster("three")
    text = markup_of(page())
    assert re.search(r'href="/en/clusters/">\s*All 3 clusters', text)
    assert (text.count('class="strip"'), "<dt>Clusters</dt><dd>3</dd>" in text) == (2, True)


def test_the_most_used_topics_are_the_examples(page):
    names = ["Einmal", "Zweimal", "Dreimal", "Nie"]
    topics = [Topic.objects.create(slug=name.lower(), name_de=name) for name in names]
    actors = [make_actor() for _ in range(3)]
    for times, topic in enumerate(topics[:3], start=1):
        ActorTopic.objects.bulk_create(ActorTopic(actor=actor, topic=topic) for actor in actors[:times])
    assert re.findall(r"\?topic=(\w+)", page().content.decode()) == ["dreimal", "zweimal", "einmal"]


def test_knots_grow_with_their_counts_and_hold_their_digits():
    assert [knot_size(count, [1, 2, 3]) for count in (0, 1, 2, 3)] == [0, 1, 2, 3]
    assert knot_size(1234, [1234]) == 5
    assert knot_size(12345, [12345]) == 6
    assert [knot_size(count, list(range(1, 13))) for count in (1, 12)] == [1, 6]


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow(page, django_assert_num_queries, number):
    make_chain()
    for index in range(number):
        area, cluster = make_area(f"area-{index}"), make_cluster(f"cluster-{index}")
        actor = make_actor(layers=[1, 2], areas=[area], clusters=[cluster])
        topic = Topic.objects.create(slug=f"topic-{index}", name_de="Thema")
        ActorTopic.objects.create(actor=actor, topic=topic)
    with django_assert_num_queries(9):
        page()


def test_relations_that_do_not_touch_the_region_are_not_counted(page, chain):
    inside = make_actor(clusters=[make_cluster()])
    far, farther = make_actor(city="Bonn"), make_actor(city="Köln")
    ActorRelation.objects.create(source=far, target=inside, kind="parent")
    ActorRelation.objects.create(source=far, target=farther, kind="parent")
    assert _figures(page()) == ["1", "1", "0", "1"]


def test_the_foot_follows_the_language_the_operator_and_the_regions(page, settings):
    """It is set once for each of them, not once for all."""

    def foot(language: str) -> str:
        return re.search(r'<footer class="foot">.*?</footer>', markup_of(page(language)))[0]

    settings.OPERATOR_EMAIL = "one@portal.example"
    assert all(said in foot("en") for said in ("Legal", "mailto:one@portal.example", "lang=en"))
    settings.OPERATOR_EMAIL = "two@portal.example"
    make_cluster()
    german = foot("de")
    assert all(
        said in german for said in ("Rechtliches", "mailto:two@portal.example", "Kaiserslautern", "lang=de")
    )
    assert "one@portal.example" not in german
