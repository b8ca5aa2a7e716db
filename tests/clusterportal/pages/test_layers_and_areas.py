"""Layers and application areas: the two dimensions, each with its actors."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from clusterportal.pages.presenters.actor_rows import PER_PAGE
from clusterportal.pages.views.layers_and_areas import PER_LAYER
from tests.factories import make_actor, make_area, make_chain, make_cluster
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    def get(name: str, *args, query: str = ""):
        with override("en"):
            return client.get(reverse(name, args=args) + query)

    return get


def _names(text: str) -> list[str]:
    return re.findall(r'<h3><a href="/en/actors/[^"]*"[^>]*>(.*?)</a></h3>', text)


def test_the_chain_is_explained_with_counts(page, chain):
    make_actor(layers=[1, 2])
    make_actor(layers=[2], state="draft")
    text = markup_of(page("layers:layer-list"))
    assert re.findall(r"<b>(\d+)</b> actors?", text) == ["1", "1", "0", "0", "0"]
    assert re.findall(r'<h2 id="h-[\w-]+">(\d)', text) == ["1", "2", "3", "4", "5"]


def test_lists_without_anything_say_so(page):
    assert "The layers have not been set up yet." in page("layers:layer-list").content.decode()
    assert "No application areas have been set up yet." in page("areas:area-list").content.decode()


def test_a_layer_has_its_actors_its_areas_and_its_neighbours(page, chain):
    make_area("logistics")
    make_actor("Dabei", layers=[3], areas=[make_area("health-medtech")])
    make_actor("Anderswo", layers=[4])
    make_actor("Entwurf", layers=[3], state="draft")
    text = markup_of(page("layers:layer-detail", "technology-development"))
    assert _names(text) == ["Dabei"]
    assert re.findall(r'<a href="[^"]*" rel="(prev|next)">(\d)', text) == [("prev", "2"), ("next", "4")]
    assert "/en/actors/?layer=technology-development&amp;area=health-medtech" in text
    assert "/en/actors/?layer=technology-development&amp;area=logistics" not in text  # a gap leads nowhere


def test_a_layer_without_actors_is_a_gap(page, chain):
    assert (
        "No actor stands on this layer yet." in page("layers:layer-detail", "basic-research").content.decode()
    )


def test_a_long_layer_has_pages(page, chain):
    for number in range(PER_PAGE + 1):
        make_actor(f"Firma {number:02}", layers=[1])
    assert _names(page("layers:layer-detail", "basic-research", query="?page=2").content.decode()) == [
        "Firma 25"
    ]
    assert page("layers:layer-detail", "basic-research", query="?page=3").status_code == 404


def test_areas_have_strips_with_gaps(page, chain):
    make_actor(layers=[1, 5], areas=[make_area("logistics")])
    text = markup_of(page("areas:area-list"))
    assert re.findall(r'<li class="(l\d|gap)">', text) == ["l1", "gap", "gap", "gap", "l5"]


def test_an_area_has_its_actors_on_each_layer(page, chain):
    area = make_area("logistics")
    make_actor("Beides", layers=[1, 5], areas=[area])
    make_actor("Forschung", layers=[1], areas=[area])
    make_actor("Fremd", layers=[1])
    make_actor("Entwurf", layers=[1], areas=[area], state="draft")
    text = page("areas:area-detail", "logistics").content.decode()
    assert _names(text) == ["Beides", "Forschung", "Beides"]
    assert text.count("No actor of this area stands here.") == 3


def test_an_area_shows_the_first_of_many_and_leads_to_all(page, chain):
    area = make_area("logistics")
    for number in range(PER_LAYER + 1):
        make_actor(f"Firma {number}", layers=[2], areas=[area])
    text = markup_of(page("areas:area-detail", "logistics"))
    assert len(_names(text)) == PER_LAYER
    assert f'?layer=applied-research&amp;area=logistics">All {PER_LAYER + 1} actors</a>' in text


def test_areas_out_of_use_have_no_page(page, chain):
    make_area("logistics", is_active=False)
    assert page("areas:area-detail", "logistics").status_code == 404
    assert page("areas:area-detail", "nie").status_code == 404
    assert page("layers:layer-detail", "nie").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("name", "slug", "queries"),
    [
        ("layers:layer-list", None, 5),
        ("layers:layer-detail", "applied-research", 7),
        ("areas:area-list", None, 5),
        ("areas:area-detail", "area-0", 7),
    ],
)
def test_queries_do_not_grow(page, django_assert_num_queries, name, slug, queries, number):
    make_chain()
    for index in range(number):
        make_actor(layers=[1, 2], areas=[make_area(f"area-{index}")])
    with django_assert_num_queries(queries):
        page(name, *filter(None, [slug]))


@pytest.mark.parametrize(
    ("name", "slug", "door"),
    [
        ("layers:layer-list", None, "?region=outside"),
        ("layers:layer-detail", "basic-research", "?region=outside&amp;layer=basic-research"),
        ("areas:area-list", None, "?region=outside"),
        ("areas:area-detail", "health-medtech", "?region=outside&amp;area=health-medtech"),
        ("pages:home", None, "?region=outside"),
    ],
)
def test_what_lies_outside_the_region_is_named_not_counted(page, client, chain, name, slug, door):
    area = make_area()
    make_actor("Drin", layers=[1], areas=[area], clusters=[make_cluster()])
    make_actor("Nachbar", layers=[1], areas=[area])
    for number in range(3):
        make_actor(f"Fern {number}", layers=[1], areas=[area], city="München")
    text = markup_of(page(name, *filter(None, [slug]))).split("<main")[1]
    assert f'Not counted here: <a href="/en/actors/{door}">3 more actors outside the region</a>' in text
    assert "Fern" not in text and re.search(r"<b>2</b> actors|>2 actors|>2<", text)
    doors = set(re.findall(r'/en/actors/(\?[^"]*(?:layer|area)=[^"]*)"', text)) - {door}
    counts = {
        client.get("/en/actors/" + one.replace("&amp;", "&")).context["page"].paginator.count for one in doors
    }
    assert counts <= {2}


def test_former_addresses_lead_to_those_of_today(page, chain):
    area = make_area("alt")
    for record, view in ((area, "areas:area-detail"), (chain[0], "layers:layer-detail")):
        before, record.slug = record.slug, f"neu-{record.slug}"
        record.save()
        answer = page(view, before)
        with override("en"):
            assert (answer.status_code, answer["Location"]) == (301, reverse(view, args=[record.slug]))
        assert page(view, record.slug).status_code == 200
        assert page(view, "nie-da").status_code == 404
