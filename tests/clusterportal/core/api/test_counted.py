"""Entries with their number of actors: what the lists of layers, areas, clusters and topics share."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from rest_framework.test import APIRequestFactory

from actors.models import ActorTopic, Topic
from clusterportal.core.api.counted import with_actor_count
from layers.api import LayerViewSet
from layers.models import Layer
from tests.factories import make_actor, make_area, make_cluster

pytestmark = pytest.mark.django_db


def test_counts_are_joined_by_slug_and_entries_without_one_have_none(chain):
    first, second = chain[0], chain[1]
    counted = with_actor_count(Layer.objects.all(), {second.slug: 7, first.slug: 2, "unknown": 99})
    assert list(counted.order_by("-actor_count", "pk").values_list("position", "actor_count")) == [
        (2, 7), (1, 2), (3, 0), (4, 0), (5, 0),
    ]  # fmt: skip


def test_the_counts_are_those_that_the_address_gives(chain):
    view = LayerViewSet.as_view({"get": "retrieve"}, count_actors=lambda: {chain[2].slug: 12})
    request = APIRequestFactory().get("/", {"fields": "position,actor_count"})
    assert view(request, slug="technology-development").data == {"position": 3, "actor_count": 12}


def test_an_address_without_counts_is_a_mistake_that_names_the_view():
    with pytest.raises(ImproperlyConfigured) as said:
        LayerViewSet().get_queryset()
    assert str(said.value) == "LayerViewSet was given its address without `count_actors`."


@pytest.mark.parametrize(  # facet index, count, entries; other words; broader and narrower topics
    ("name", "number"), [("layers", 3), ("application-areas", 4), ("clusters", 3), ("topics", 6)]
)
def test_lists_take_few_queries_whatever_their_length(client, chain, name, number, django_assert_num_queries):
    for slug in ("first", "second", "third"):
        actor = make_actor(areas=[make_area(slug)], clusters=[make_cluster(slug)])
        ActorTopic.objects.create(actor=actor, topic=Topic.objects.create(slug=slug, name_de=slug))
        with django_assert_num_queries(number):
            client.get(f"/api/v1/{name}/")
