"""Concept schemes (SKOS): whole graphs, and the description of each concept under its own address."""

import pytest
from django.conf import settings
from rdflib import DCTERMS, RDF, SKOS

from actors.enums import ActorKind
from actors.models import ActorTopic, Topic, TopicLink, TopicSynonym
from applications.models import AreaSynonym
from clusterportal.core.rdf import iri_of
from layers.models import Layer
from tests.factories import make_actor, make_area, make_cluster
from tests.graphs import assert_same, graph_at, graph_of

pytestmark = pytest.mark.django_db
API = "/api/v1/"
SITE = settings.SITE_URL
TOPICS = """
@prefix : <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .

<{site}/id/topics> a :ConceptScheme ;
    :prefLabel "Themen, an denen Akteure arbeiten"@de, "Topics that actors work on"@en ;
    dct:title "Themen, an denen Akteure arbeiten"@de, "Topics that actors work on"@en ;
    dct:license <https://creativecommons.org/licenses/by/4.0/> ;
    :hasTopConcept <{ai}> .
<{ai}> a :Concept ; :inScheme <{site}/id/topics> ; :topConceptOf <{site}/id/topics> ;
    :prefLabel "Künstliche Intelligenz"@de, "Artificial intelligence"@en ;
    :altLabel "KI"@de, "AI" ; :notation "ai" ; dct:identifier "ai" ; :narrower <{vision}> .
<{vision}> a :Concept ; :inScheme <{site}/id/topics> ; :prefLabel "Bildverarbeitung"@de ;
    :notation "vision" ; dct:identifier "vision" ; :broader <{ai}> .
"""


@pytest.fixture
def topics(chain) -> dict[str, str]:
    """Two topics that actors work on, one above the other; a third that nobody works on is above both."""
    ai = Topic.objects.create(slug="ai", name_de="Künstliche Intelligenz", name_en="Artificial intelligence")
    vision = Topic.objects.create(slug="vision", name_de="Bildverarbeitung")
    unused = Topic.objects.create(slug="unused", name_de="Geheim")
    for topic, broader in ((vision, ai), (ai, unused), (vision, unused)):
        TopicLink.objects.create(topic=topic, broader=broader)
    TopicSynonym.objects.create(topic=ai, name="KI", kind="acronym", language="de")
    TopicSynonym.objects.create(topic=ai, name="AI", kind="acronym")
    actor, draft = make_actor(layers=[1]), make_actor(state="draft")
    ActorTopic.objects.bulk_create(ActorTopic(actor=actor, topic=one) for one in (ai, vision))
    ActorTopic.objects.create(actor=draft, topic=unused)
    return {"site": SITE, "ai": iri_of(ai.uid), "vision": iri_of(vision.uid)}


def test_a_whole_scheme(client, topics, django_assert_num_queries):
    assert_same(graph_at(client, f"{API}vocabulary/topics/"), graph_of(TOPICS.format(**topics)))
    with django_assert_num_queries(4):
        client.get(f"{API}vocabulary/topics/")


def test_layers_areas_and_kinds_are_concepts_in_their_order(client, chain):
    area = make_area(description_de="Alles für die Gesundheit.")
    AreaSynonym.objects.create(area=area, name="Medtech")
    AreaSynonym.objects.create(area=area, name="Health-Medtech", language="de")  # its name, once more
    make_area("former", is_active=False)
    layers = graph_at(client, f"{API}vocabulary/layers/")
    scheme = next(layers.subjects(RDF.type, SKOS.ConceptScheme))
    assert str(scheme) == f"{SITE}/id/layers"
    by_notation = {
        str(layers.value(one, SKOS.notation)): str(one) for one in layers.objects(scheme, SKOS.hasTopConcept)
    }
    assert by_notation == {str(one.position): iri_of(one.uid) for one in Layer.objects.all()}
    areas = graph_at(client, f"{API}vocabulary/application-areas/")
    assert [str(one) for one in areas.subjects(RDF.type, SKOS.Concept)] == [iri_of(area.uid)]
    assert [str(one) for one in areas.objects(predicate=SKOS.altLabel)] == ["Medtech"]
    assert [str(one) for one in areas.objects(predicate=SKOS.definition)] == ["Alles für die Gesundheit."]
    kinds = graph_at(client, f"{API}vocabulary/kinds/")
    assert {str(one) for one in kinds.objects(predicate=DCTERMS.identifier)} == set(ActorKind.values)
    index = graph_at(client, f"{API}vocabulary/")
    assert {str(one).removeprefix(f"{SITE}/id/") for one in index.subjects(RDF.type, SKOS.ConceptScheme)} == {
        "layers", "application-areas", "topics", "kinds",
    }  # fmt: skip


def test_each_concept_has_an_address_that_says_the_same_as_its_scheme(client, topics):
    make_area(), make_cluster()
    for address, scheme in (
        ("layers/basic-research/", "layers"),
        ("application-areas/health-medtech/", "application-areas"),
        ("topics/ai/", "topics"),
    ):
        alone, whole = graph_at(client, API + address), graph_at(client, f"{API}vocabulary/{scheme}/")
        assert len(alone) > 4 and not set(alone) - set(whole), address
    assert client.get(f"{API}layers/basic-research/?format=ttl&fields=name").status_code == 400
    assert client.get(f"{API}topics/unused/?format=ttl").status_code == 404


def test_formats_by_header_and_what_is_refused(client, chain):
    address = f"{API}vocabulary/layers/"
    for accept, media_type in (
        ("", "application/ld+json"),
        ("application/json", "application/ld+json"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "application/ld+json"),
        ("text/turtle, application/ld+json;q=0.5", "text/turtle; charset=utf-8"),
    ):
        answer = client.get(address, headers={"Accept": accept})
        assert answer.headers["Content-Type"] == media_type
        assert answer.headers["Content-Language"] == "de, en"
        assert "Accept" in answer.headers["Vary"] and answer.headers["Access-Control-Allow-Origin"] == "*"
        again = client.get(address, headers={"Accept": accept, "If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304
    assert client.get(address, headers={"Accept": "text/html;q=1, image/*"}).status_code == 406
    for wrong in (f"{address}?format=json", f"{address}?page=1"):
        assert client.get(wrong).status_code == 400
    missing = client.get(f"{API}vocabulary/nonsense/")
    assert missing.status_code == 404 and missing.headers["Content-Type"] == "application/problem+json"
