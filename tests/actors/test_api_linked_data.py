"""Actors as linked data: whole graphs, in both formats; the same in every language and on every host."""

import json
import re
from datetime import date
from uuid import UUID

import pytest
from django.conf import settings
from rdflib import RDF, SDO, Graph, Namespace, URIRef

from actors.models import (
    Actor,
    ActorAlias,
    ActorRelation,
    ActorTopic,
    ContactPerson,
    Identifier,
    Membership,
    Service,
    Topic,
)
from clusterportal.core.api.serializers import moment_text
from clusterportal.core.rdf import iri_of
from layers.models import Layer
from tests.factories import make_actor, make_area, make_cluster
from tests.graphs import assert_same, graph_at, graph_of
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
API = "/api/v1/actors/"
SITE = settings.SITE_URL
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
SCHEMA = Namespace(str(SDO).replace("https:", "http:"))
UID = UUID("00000000-0000-4000-8000-000000000001")
LICENCE = "<https://creativecommons.org/licenses/by/4.0/>"
# {of} names the records around: their IRIs differ from run to run.
EXPECTED = """
@prefix : <http://schema.org/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix me: <{site}/id/{uid}#> .

<{site}/id/{uid}> a :ResearchOrganization, org:FormalOrganization ;
    :name "Institut für Beispiele gGmbH" ;
    :alternateName "IfB", "Institute for Examples"@en, "Beispiel" ;
    :description "Gibt Beispiele."@de, "Gives examples."@en ;
    :url <https://example.org/%7Bname%7D> ;
    :foundingDate "1995" ; :email "info@example.org" ; :leiCode "549300MLUDYVRQOOXS22" ;
    :mainEntityOfPage <{site}/de/akteure/ifb/>, <{site}/en/actors/ifb/> ;
    :address me:address ; :geo me:place ; :makesOffer me:offer-1 ; :contactPoint me:contact-1 ;
    :identifier <{site}/id/{uid}#ror-019hjw009>, <{site}/id/{uid}#lei-549300MLUDYVRQOOXS22>,
        <{site}/id/{uid}#register-Leipzig%20HRB%201%2F2> ;
    :sameAs <https://ror.org/019hjw009>, <https://search.gleif.org/#/record/549300MLUDYVRQOOXS22> ;
    :knowsAbout <{of[topic]}> ;
    :memberOf <{of[cluster]}> ; org:memberOf <{of[cluster]}> ;
    :parentOrganization <{of[parent]}> ; org:subOrganizationOf <{of[parent]}> ;
    :subOrganization <{of[part]}> ; org:hasSubOrganization <{of[part]}> ;
    org:linkedTo <{of[friend]}> ;
    org:classification <{site}/id/kinds#research_institute>, <{of[layer]}>, <{of[area]}> .

<{site}/de/akteure/ifb/> a :WebPage ; :inLanguage "de" ; :license {licence} ; :dateModified "{modified}" ;
    :lastReviewed "2026-10-01" .
<{site}/en/actors/ifb/> a :WebPage ; :inLanguage "en" ; :license {licence} ; :dateModified "{modified}" ;
    :lastReviewed "2026-10-01" .
me:address a :PostalAddress ; :streetAddress "Weg 1" ; :postalCode "04109" ; :addressLocality "Leipzig" ;
    :addressRegion "Sachsen" ; :addressCountry "DE" .
me:place a :GeoCoordinates ; :latitude 51.3e0 ; :longitude 12.4e0 .
me:offer-1 a :Offer ; :itemOffered me:service-1 .
me:service-1 a :Service ; :name "Beratung"@de ; :description "Wir raten."@de .
me:contact-1 a :ContactPoint ; :name "Ada Offen" ; :contactType "Leitung"@de ; :email "ada@example.org" .
me:ror-019hjw009 a :PropertyValue ; :propertyID <https://ror.org/> ; :value "019hjw009" .
me:lei-549300MLUDYVRQOOXS22 a :PropertyValue ; :propertyID <https://www.gleif.org/> ; :value "549300MLUDYVRQOOXS22" .
<{site}/id/{uid}#register-Leipzig%20HRB%201%2F2> a :PropertyValue ; :propertyID <https://www.handelsregister.de/> ;
    :value "Leipzig HRB 1/2" .
<{of[topic]}> a :DefinedTerm ; :name "Künstliche Intelligenz"@de, "Artificial intelligence"@en .
<{of[cluster]}> a :Organization ; :name "It-Cluster"@de .
<{of[parent]}> a :Organization ; :name "Träger" .
<{of[part]}> a :Organization ; :name "Teil" .
<{of[friend]}> a :Organization ; :name "Freund" .
"""


@pytest.fixture
def around(chain) -> dict[str, str]:
    """An actor with everything around it, and the IRIs of that."""
    area, cluster = make_area(), make_cluster()
    topic = Topic.objects.create(
        slug="ai", name_de="Künstliche Intelligenz", name_en="Artificial intelligence"
    )
    actor = make_actor(
        "Institut für Beispiele gGmbH", uid=UID, slug="ifb", short_name="IfB", legal_form="SCE1", founded=1995,
        website="https://example.org/{name}", email="info@example.org", street="Weg 1", postcode="04109",
        state_name="Sachsen", latitude=51.3, longitude=12.4, location_accuracy="exact",
        summary_de="Gibt Beispiele.", summary_en="Gives examples.", verified_on=date(2026, 10, 1),
        layers=[2], areas=[area], clusters=[cluster],
    )  # fmt: skip
    parent, part, friend = (make_actor(name) for name in ("Träger", "Teil", "Freund"))
    ActorRelation.objects.create(source=parent, target=actor, kind="parent")
    ActorRelation.objects.create(source=actor, target=part, kind="parent")
    ActorRelation.objects.create(source=friend, target=actor, kind="cooperation")
    ActorRelation.objects.create(source=friend, target=actor, kind="supply")
    for hidden in ("draft", "archived"):
        other = make_actor(f"Geheim {hidden}", state=hidden)
        ActorRelation.objects.create(source=other, target=actor, kind="parent")
    Membership.objects.create(actor=actor, cluster=make_cluster("geheim", state="draft"))
    ActorAlias.objects.create(actor=actor, name="Institute for Examples", kind="translated", language="en")
    ActorAlias.objects.create(actor=actor, name="Beispiel", kind="colloquial")
    ActorTopic.objects.create(actor=actor, topic=topic)
    Service.objects.create(actor=actor, title_de="Beratung", description_de="Wir raten.")
    ids = {"ror": "019hjw009", "lei": "549300MLUDYVRQOOXS22", "register": "Leipzig HRB 1/2"}
    Identifier.objects.bulk_create(Identifier(actor=actor, scheme=one, value=ids[one]) for one in ids)
    ContactPerson.objects.create(actor=actor, name="Eva Geheim", email="geheim@example.org", position=0)
    ContactPerson.objects.create(
        actor=actor, name="Ada Offen", role_de="Leitung", email="ada@example.org", consent_on=date(2026, 1, 1),
        position=1,
    )  # fmt: skip
    named = {"topic": topic, "cluster": cluster, "parent": parent, "part": part, "friend": friend}
    named |= {"layer": Layer.objects.get(position=2), "area": area}
    return {name: iri_of(one.uid) for name, one in named.items()}


def expected(around) -> Graph:
    modified = moment_text(Actor.objects.get(uid=UID).public_updated_at)
    return graph_of(EXPECTED.format(site=SITE, uid=UID, of=around, licence=LICENCE, modified=modified))


def test_one_actor_whole(client, around, django_assert_num_queries):
    for question, headers in (
        ("", {}),
        ("", {"Accept-Language": "en", "Host": "localhost"}),
        ("?lang=*", {}),
    ):
        assert_same(graph_at(client, f"{API}ifb/{question}", headers=headers), expected(around))
    with django_assert_num_queries(2):
        client.get(f"{API}ifb/?format=jsonld")


def test_a_list_names_no_people_and_can_be_walked(client, around, django_assert_num_queries):
    address, walked, seen = f"{API}?cursor=&page_size=3", Graph(), []
    while address:
        page = client.get(address, headers={"Accept": 'text/turtle;q=0.9, application/ld+json; profile="x"'})
        assert page.headers["Content-Type"] == "application/ld+json"
        graph = graph_of(page.content, "json-ld")
        view = graph.value(predicate=RDF.type, object=HYDRA.PartialCollectionView)
        following = graph.value(view, HYDRA.next)
        assert (f'<{following}>; rel="next"' in page.headers["Link"]) is bool(following)
        graph.remove((view, None, None))
        seen.append(len(page.json()["@graph"]) - 1)
        walked += graph
        address = str(following or "")
    assert seen == [3, 1]
    whole = expected(around)
    contact = URIRef(f"{iri_of(UID)}#contact-1")
    whole.remove((None, None, contact))
    whole.remove((contact, None, None))
    others = {URIRef(around[name]) for name in ("parent", "part", "friend")}
    of_others = [triple for triple in walked if triple[0] in others or triple[2] in others]
    assert of_others
    assert not set(whole) - set(walked)
    assert "Ada Offen" not in walked.serialize() and "Geheim" not in walked.serialize()
    with django_assert_num_queries(4):  # state, list, page, parts: the index is read anew in a transaction
        client.get(f"{API}?format=ttl")


def test_what_people_typed_cannot_break_turtle(client, chain):
    evil = '\\"""> . <urn:x> a <urn:y> # \u2028 \U0001f600'
    make_actor(f"A {evil}", slug="evil", website='https://example.org/"<>{}|\\^` ä', summary_de=evil)
    graph = graph_at(client, f"{API}evil/")
    assert not list(graph.triples((URIRef("urn:x"), None, None)))
    assert [str(one) for one in graph.objects(predicate=SCHEMA.description)] == [evil]
    assert [str(one) for one in graph.objects(predicate=SCHEMA.url)] == [
        "https://example.org/%22%3C%3E%7B%7D%7C%5C%5E%60%20%C3%A4"
    ]


def test_each_format_names_the_others(client, around):
    one = client.get(f"{API}ifb/?lang=en&fields=name")
    assert one.headers["Link"].startswith(
        f'<http://testserver{API}ifb/?lang=en&format=jsonld>; rel="alternate"; type="application/ld+json", '
        f'<http://testserver{API}ifb/?lang=en&format=ttl>; rel="alternate"; type="text/turtle"'
    )
    many = client.get(f"{API}?layer=applied-research&page_size=1&fields=name&ordering=name")
    links = dict(re.findall(r'<([^>]*)>; rel="alternate"; type="([^"]*)"', many.headers["Link"]))
    assert set(links.values()) == {
        "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/geo+json",
        "application/ld+json", "text/turtle", "application/x-ndjson",
    }  # fmt: skip
    for address, media_type in links.items():
        answer = client.get(address)
        assert answer.status_code == 200 and answer.headers["Content-Type"].startswith(media_type)
    longest = "&".join(f"city={letter * 200}" for letter in "abcd")
    assert "alternate" not in client.get(f"{API}?{longest}").headers.get("Link", "")
    for page in ("/de/akteure/ifb/", "/de/akteure/?layer=applied-research"):
        for address in re.findall(r'<([^>]*)>; rel="alternate"', client.get(page).headers["Link"]):
            assert client.get(address).status_code == 200, address


def test_pages_say_the_same_to_search_engines_in_their_language(client, around):
    found = {}
    for code, page in (("de", "/de/akteure/ifb/"), ("en", "/en/actors/ifb/")):
        text = markup_of(client.get(page, headers={"Host": "localhost"}))
        found[code] = json.loads(
            re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)[1]
        )
    german, english = found["de"], found["en"]
    assert german["@context"][0] == "https://schema.org"
    assert german["@id"] == english["@id"] == iri_of(UID)
    assert (german["description"], english["description"]) == ("Gibt Beispiele.", "Gives examples.")
    assert [one["@id"] for one in english["mainEntityOfPage"]] == [f"{SITE}/en/actors/ifb/"]
    assert "Ada Offen" not in json.dumps(found)
    answer = client.get(f"{API}ifb/?format=jsonld").json()
    assert set(german) == set(answer) - {"contactPoint"}
