"""Lists of keys: in one order whatever is filtered and however many there are, page by page the same."""

import pytest
from django.http import QueryDict

from actors.filters import ActorFilterSet
from actors.models import Actor, ActorAlias, ActorTopic, Topic
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
    make_actor("Institut für Technik", slug="held", layers=[2])
    alias = make_actor("Werkstatt", slug="by-alias", layers=[1])
    ActorAlias.objects.create(actor=alias, name="Technik", kind="former")
    topic = Topic.objects.create(slug="technology", name_de="Technik")
    ActorTopic.objects.create(actor=make_actor("Amt", slug="by-topic", layers=[1]), topic=topic)
    make_actor("Technik im Entwurf", state="draft", layers=[1])


def chosen(query: str) -> ActorFilterSet:
    filterset = ActorFilterSet(QueryDict(query))
    assert filterset.is_valid(), filterset.errors
    return filterset


def slugs(query: str) -> list[str]:
    return [actor.slug for actor in Actor.objects.listed(chosen(query).listing[:])]


QUERIES = [
    "", "layer=basic-research", "layer=basic-research&ordering=-name", "ordering=layer", "ordering=-founded",
    "layer=basic-research&ordering=created_at", "layer=basic-research&ordering=-updated_at", "q=technik",
    "q=technik&layer=basic-research", "q=technik&ordering=name", "q=-verein", "q=tehcnik", "q=zentrum&city=Nirgends",
]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
def test_pages_are_the_list(registry, query):
    whole = chosen(query).listing[:]
    pages = chosen(query).listing
    assert [pages[begin : begin + 4] for begin in range(0, len(whole) + 4, 4)] == [
        whole[begin : begin + 4] for begin in range(0, len(whole) + 4, 4)
    ]
    assert pages.count() == len(whole) == len(set(whole))
    assert sorted(whole) == chosen(query).selection.keys.tolist()


def test_a_search_is_ordered_by_names_then_by_what_else_holds_it(registry):
    assert slugs("q=technik") == [
        "called", "by-alias", *(f"technik-{number}" for number in range(7)), "full-name", "held",
        "by-topic", *(f"zentrum-{number}" for number in range(7)),
    ]  # fmt: skip


def test_what_only_leaves_out_is_ordered_by_name(registry):
    names = [actor.slug for actor in Actor.objects.published().exclude(name__startswith="Verein").by_name()]
    assert slugs("q=-verein") == names


@pytest.mark.parametrize("filters", ["layer=basic-research", "city=Köln", "city=Technikstadt&city=Leipzig"])
@pytest.mark.parametrize("text", ["technik", "tehcnik", "zentrum technikstadt"])
def test_the_order_stays_whatever_is_filtered(registry, text, filters):
    few = slugs(f"q={text}&{filters}")
    assert few == [slug for slug in slugs(f"q={text}") if slug in few]


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
