"""Pages of a list: read by key or walked along an index, they are the same list."""

import pytest
from django.http import QueryDict

from actors.domain import listing
from actors.facets.selection import Selection
from actors.filters import ActorFilterSet
from actors.models import Actor, ActorAlias
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def registry(chain):
    for number in range(7):
        make_actor(f"Verein {number}", layers=[1 + number % 2], city="Bonn")
        make_actor(f"Technik {number}", layers=[1 + number % 2], city="Köln", founded=1990 + number)
        make_actor(f"Zentrum {number}", short_name=f"A{number}", layers=[1], city="Technikstadt")
    make_actor("Technik", slug="called", layers=[1])
    make_actor("Technik-Labor", short_name="Labor", slug="full-name", layers=[1])
    alias = make_actor("Werkstatt", slug="by-alias", layers=[1])
    ActorAlias.objects.create(actor=alias, name="Technik", kind="former")
    make_actor("Technik im Entwurf", state="draft", layers=[1])


def chosen(query: str) -> ActorFilterSet:
    filterset = ActorFilterSet(QueryDict(query), queryset=Actor.objects.published())
    assert filterset.is_valid(), filterset.errors
    return filterset


@pytest.mark.parametrize(
    "query",
    [
        "layer=basic-research",
        "layer=basic-research&ordering=-name",
        "layer=basic-research&ordering=created_at",
        "layer=basic-research&ordering=-updated_at",
        "q=technik",
        "q=technik&layer=basic-research",
        "q=technik&ordering=name",
        "q=-verein",
        "q=zentrum&city=Nirgends",
    ],
)
def test_walked_pages_are_the_list_in_its_order(registry, monkeypatch, query):
    monkeypatch.setattr("actors.search.engine.FEW", 0)  # so that the order is that of many
    monkeypatch.setattr(Selection, "few", lambda self, most: None)
    monkeypatch.setattr(listing, "_SHORTEST", 2)  # and a walk takes several steps
    monkeypatch.setattr(listing, "_SPARE", 0.5)
    whole = list(chosen(query).ordered.values_list("pk", flat=True))
    walked = chosen(query).listing
    assert walked._walks
    assert [walked[begin : begin + 4] for begin in range(0, len(whole) + 4, 4)] == [
        whole[begin : begin + 4] for begin in range(0, len(whole) + 4, 4)
    ]
    assert walked.count() == len(whole)


def test_of_many_who_is_called_so_comes_first_then_names_that_begin_so(registry, monkeypatch):
    monkeypatch.setattr("actors.search.engine.FEW", 0)
    monkeypatch.setattr(Selection, "few", lambda self, most: None)
    filterset = chosen("q=technik")
    slugs = [actor.slug for actor in Actor.objects.all().listed(filterset.listing[0:20])]
    assert slugs[:2] == ["called", "by-alias"]
    assert slugs[2:9] == [f"technik-{number}" for number in range(7)]
    assert slugs[9:] == ["full-name", *(f"zentrum-{number}" for number in range(7))]


@pytest.mark.parametrize("query", ["", "ordering=-founded", "ordering=layer", "city=Köln", "q=technik"])
def test_few_are_read_by_their_keys(registry, query):
    filterset = chosen(query)
    assert filterset.listing._walks is None
    assert filterset.listing[2:9] == list(filterset.ordered.values_list("pk", flat=True)[2:9])


def test_a_walk_along_keys_goes_on_behind_the_last(registry):
    keys = sorted(Actor.objects.published().filter(city="Köln").values_list("pk", flat=True))
    found = chosen("city=Köln").listing
    assert found.after(0, 3) == keys[:3]
    assert found.after(keys[2], 99) == keys[3:]
    assert found.after(keys[-1], 3) == []


def test_nothing_found_asks_nothing_more(registry, django_assert_num_queries):
    filterset = chosen("q=nirgends")
    assert filterset.selection.count() == 0
    with django_assert_num_queries(0):
        assert filterset.listing[0:25] == []
