"""Matrix, taxonomies, relations and suggestions of the public API."""

from datetime import UTC

import pytest

from actors.models import Actor, ActorAlias, ActorRelation, ActorTopic, Topic
from clusterportal.clusters.models import Region
from layers.models import Layer
from tests.factories import make_actor, make_area, make_cluster

pytestmark = pytest.mark.django_db
API = "/api/v1/"
HOST = "http://testserver"


def moment(record) -> str:
    return record.updated_at.astimezone(UTC).isoformat().replace("+00:00", "Z")


@pytest.fixture
def model(chain):
    health, logistics = make_area("health-medtech", position=1), make_area("logistics", position=2)
    make_area("old", is_active=False)
    cluster = make_cluster("it-cluster", name_de="IT-Cluster", name_en="IT cluster")
    make_actor("Erstes Institut", layers=[1, 2], areas=[health], clusters=[cluster])
    make_actor("Zweites Institut", layers=[2], areas=[health, logistics], clusters=[cluster], kind="company")
    make_actor("Entwurf", layers=[5], areas=[logistics], clusters=[cluster], state="draft")


def test_matrix(client, model):
    answer = client.get(f"{API}matrix/", {"lang": "en", "kind": "company"}).json()
    layers = list(Layer.objects.all())
    assert answer == {
        "layers": [{"slug": one.slug, "position": one.position, "name": one.name_en} for one in layers],
        "areas": [
            {"slug": "health-medtech", "name": "Health-Medtech"},
            {"slug": "logistics", "name": "Logistics"},
        ],
        "cells": [
            {"layer": one.slug, "area": area, "count": int(one.position == 2)}
            for one in layers
            for area in ("health-medtech", "logistics")
        ],
        "total": 1,
    }


def test_matrix_takes_the_filters_of_the_actors_and_no_paging(client, model):
    everything = client.get(f"{API}matrix/").json()
    assert everything["total"] == 2
    assert [one["count"] for one in everything["cells"]] == [1, 0, 2, 1, 0, 0, 0, 0, 0, 0]
    assert client.get(f"{API}matrix/", {"layer": "basic-research", "has": "website"}).json()["total"] == 0
    assert client.get(f"{API}matrix/", {"page": 1}).status_code == 400


def test_layers(client, model):
    layer = Layer.objects.get(position=2)
    answer = client.get(f"{API}layers/").json()
    assert (answer["count"], answer["next"], answer["previous"]) == (5, None, None)
    assert answer["results"][1] == {
        "slug": "applied-research",
        "position": 2,
        "url": f"{HOST}/de/ebenen/applied-research/",
        "api_url": f"{HOST}{API}layers/applied-research/",
        "name": "Angewandte Forschung und Transfer",
        "claim": None,
        "description": None,
        "actor_count": 2,
        "updated_at": moment(layer),
    }
    assert client.get(f"{API}layers/applied-research/").json() == answer["results"][1]
    assert [one["actor_count"] for one in answer["results"]] == [1, 2, 0, 0, 0]
    by_count = client.get(f"{API}layers/?ordering=-actor_count&fields=slug").json()["results"]
    assert by_count[:2] == [{"slug": "applied-research"}, {"slug": "basic-research"}]


def test_application_areas(client, model):
    results = client.get(f"{API}application-areas/?fields=slug,actor_count&ordering=-name").json()["results"]
    assert results == [{"slug": "logistics", "actor_count": 1}, {"slug": "health-medtech", "actor_count": 2}]
    assert client.get(f"{API}application-areas/old/").status_code == 404


def test_clusters_and_regions(client, model):
    make_cluster("secret", state="draft")
    make_cluster("closed", is_active=False)
    clusters = client.get(f"{API}clusters/?lang=*&fields=slug,name,region,actor_count").json()
    assert clusters["results"] == [
        {
            "slug": "it-cluster",
            "name": {"de": "IT-Cluster", "en": "IT cluster"},
            "region": {"slug": "kaiserslautern", "name": {"de": "Kaiserslautern", "en": None}},
            "actor_count": 2,
        }
    ]
    assert client.get(f"{API}clusters/secret/").status_code == 404
    assert client.get(f"{API}clusters/it-cluster/?fields=programmes,staff_fte,kind").json() == {
        "kind": "regional",
        "staff_fte": None,
        "programmes": [],
    }
    Region.objects.update(outline={"type": "Point", "coordinates": [7.7, 49.4]})
    assert client.get(f"{API}regions/kaiserslautern/?fields=slug,clusters,actor_count,outline").json() == {
        "slug": "kaiserslautern",
        "clusters": [{"slug": "it-cluster", "name": "IT-Cluster"}],
        "actor_count": 2,
        "outline": {"type": "Point", "coordinates": [7.7, 49.4]},
    }
    assert "outline" not in client.get(f"{API}regions/").json()["results"][0]


def test_topics_count_published_actors(client, model):
    topic = Topic.objects.create(slug="heat", name_de="Wärme")
    for actor in Actor.objects.exclude(slug="zweites-institut"):
        ActorTopic.objects.create(actor=actor, topic=topic)
    assert client.get(f"{API}topics/heat/?fields=slug,name,actor_count").json() == {
        "slug": "heat",
        "name": "Wärme",
        "actor_count": 1,
    }


@pytest.mark.parametrize("name", ["layers", "application-areas", "clusters", "topics"])
def test_lists_of_the_model_take_three_queries(client, model, name, django_assert_num_queries):
    Topic.objects.create(slug="heat", name_de="Wärme")
    with django_assert_num_queries(3):  # public roll, count, entries
        client.get(f"{API}{name}/")
    make_area("third")
    make_cluster("third")
    Topic.objects.create(slug="cold", name_de="Kälte")
    with django_assert_num_queries(3):
        client.get(f"{API}{name}/")


def test_relations(client, model, django_assert_num_queries):
    first, second, draft = Actor.objects.order_by("pk")
    relation = ActorRelation.objects.create(
        source=first, target=second, kind="supply", since=2020, note_de="Teile"
    )
    ActorRelation.objects.create(source=first, target=draft, kind="research")
    with django_assert_num_queries(2):
        answer = client.get(f"{API}relations/").json()

    def named(actor):
        return {
            "uid": str(actor.uid),
            "slug": actor.slug,
            "name": actor.name,
            "url": f"{HOST}/de/akteure/{actor.slug}/",
            "api_url": f"{HOST}{API}actors/{actor.slug}/",
        }

    assert answer["results"] == [
        {
            "kind": "supply",
            "is_directed": True,
            "source": named(first),
            "target": named(second),
            "since": 2020,
            "note": "Teile",
            "evidence": None,
            "updated_at": moment(relation),
        }
    ]
    assert client.get(f"{API}relations/?kind=research").json()["count"] == 0
    assert client.get(f"{API}relations/?actor={second.uid}").json()["count"] == 1
    assert client.get(f"{API}relations/?actor=entwurf").status_code == 400
    assert client.get(f"{API}relations/?kind=nonsense").status_code == 400
    directions = [
        client.get(f"{API}actors/{actor.slug}/").json()["relations"][0]["direction"]
        for actor in (first, second)
    ]
    assert directions == ["out", "in"]


def labels(client, text, **more):
    return [one["label"] for one in client.get(f"{API}suggest/", {"q": text, **more}).json()["results"]]


def test_suggestions(client, model):
    assert client.get(f"{API}suggest/", {"q": "erste"}).json() == {
        "results": [
            {
                "kind": "actor",
                "label": "Erstes Institut",
                "url": f"{HOST}/de/akteure/erstes-institut/",
                "api_url": f"{HOST}{API}actors/erstes-institut/",
                "value": "erstes-institut",
            }
        ]
    }
    place = client.get(f"{API}suggest/", {"q": "leip", "lang": "*"}).json()["results"][0]
    assert place == {
        "kind": "place",
        "label": "Leipzig",
        "url": f"{HOST}/de/akteure/?city=Leipzig",
        "api_url": f"{HOST}{API}actors/?city=Leipzig",
        "value": "Leipzig",
    }
    layer = client.get(f"{API}suggest/", {"q": "grundlagen", "lang": "*"}).json()["results"][0]
    assert (layer["kind"], layer["label"]) == ("layer", {"de": "Grundlagenforschung", "en": "Basic research"})


@pytest.mark.parametrize(
    "text", ["fraunhofer", "Frauenhofer", "frauenhofr", "FRAUNHOFR", "fraunhofer  iese", "iese"]
)
def test_typing_errors_are_forgiven(client, model, text):
    make_actor("Fraunhofer-Institut", short_name="IESE")
    assert labels(client, text)[0] == "Fraunhofer-Institut (IESE)"


def test_suggestions_know_aliases_and_topics_in_use(client, model):
    ActorAlias.objects.create(actor=Actor.objects.get(slug="erstes-institut"), name="Quantenhaus")
    Topic.objects.create(slug="quanta", name_de="Quantencomputer")
    assert labels(client, "quanten") == ["Erstes Institut"]


def test_at_most_ten_suggestions_the_best_first(client, model):
    for _ in range(12):
        make_actor()
    make_actor("Bestinstitut")
    found = labels(client, "institut")
    assert len(found) == 10
    assert labels(client, "bestinstitut") == ["Bestinstitut", *labels(client, "bestinstitut")[1:]]


@pytest.mark.parametrize("text", ["", "   ", "%", "_", "\\", "'", "zzzzqqq", "🙂", "x" * 200])
def test_strange_texts_find_little_and_break_nothing(client, model, text):
    assert labels(client, text) == []


def test_suggest_needs_a_text(client, model):
    assert client.get(f"{API}suggest/?lang=en").json()["errors"] == {"q": ["This parameter is required."]}
    assert client.get(f"{API}suggest/", {"q": "x" * 201}).status_code == 400


@pytest.mark.parametrize(("text", "number"), [("leipzik", 2), ("leipzig", 1), ("i", 1)])
def test_likeness_is_measured_only_where_little_is_found(
    client, model, text, number, django_assert_num_queries
):
    with django_assert_num_queries(number):
        client.get(f"{API}suggest/", {"q": text})
