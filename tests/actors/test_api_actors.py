"""The actors of the public API: list, detail, facets, and the ways to one actor."""

from datetime import UTC, date

import pytest

from actors.api import viewsets
from actors.api.record_version import record_version
from actors.models import (
    ActorAlias,
    ActorRelation,
    ActorTopic,
    ContactPerson,
    Identifier,
    LayerPlacement,
    Membership,
    Service,
    Topic,
)
from clusterportal.clusters.models import Cluster
from tests.factories import make_actor, make_area, make_cluster

pytestmark = pytest.mark.django_db
API = "/api/v1/actors/"
HOST = "http://testserver"


def moment(value) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


@pytest.fixture
def institute(chain):
    """A published actor with something in every field."""
    area = make_area("health-medtech", name_de="Gesundheit", name_en="Health")
    cluster = make_cluster("it-cluster", name_de="IT-Cluster", name_en="")
    actor = make_actor(
        "Institut für Wärme gGmbH",
        layers=[2],
        areas=[area, make_area("old-area", is_active=False)],
        clusters=[cluster, make_cluster("secret", state="draft")],
        short_name="IfW", summary_de="Forscht an Wärme.", description_de="**Wärme**",
        description_en="**Heat**", website="https://ifw.example/", email="post@ifw.example",
        phone="+49 341 123456",
        street="Am Ring 1", postcode="04109", state_name="Sachsen",
        latitude=51.34, longitude=12.37, location_accuracy="exact", legal_form="SCE1", size="small",
        founded=1999, verified_on=date(2026, 5, 1), source="https://ifw.example/impressum",
    )  # fmt: skip
    Membership.objects.create(actor=actor, cluster=cluster, kind="management", since=date(2024, 2, 1))
    LayerPlacement.objects.update(basis="both", note_de="Prüft und forscht.", is_primary=True)
    ActorAlias.objects.create(actor=actor, name="Institute of Heat", language="en")
    topic = Topic.objects.create(slug="heat", name_de="Wärme", name_en="Heat")
    ActorTopic.objects.create(actor=actor, topic=topic)
    Identifier.objects.create(actor=actor, scheme="ror", value="019hjw009")
    service = Service.objects.create(actor=actor, title_de="Messen", title_en="Measuring", layer=chain[3])
    service.areas.add(area)
    ContactPerson.objects.create(
        actor=actor, name="Ada Beispiel", role_de="Leitung", consent_on=date(2026, 1, 1)
    )
    ContactPerson.objects.create(actor=actor, name="Eva Geheim", email="eva@ifw.example")
    parent = make_actor("Träger e. V.")
    ActorRelation.objects.create(source=parent, target=actor, kind="parent", since=1999)
    ActorRelation.objects.create(source=actor, target=make_actor("Entwurf AG", state="draft"), kind="supply")
    actor.refresh_from_db()
    return actor


def list_item(actor) -> dict:
    """What the list says of the institute, in German."""
    return {
        "uid": str(actor.uid),
        "slug": "institut-fuer-waerme-ggmbh",
        "url": f"{HOST}/de/akteure/institut-fuer-waerme-ggmbh/",
        "api_url": f"{HOST}{API}institut-fuer-waerme-ggmbh/",
        "name": "Institut für Wärme gGmbH",
        "short_name": "IfW",
        "kind": "research_institute",
        "summary": "Forscht an Wärme.",
        "website": "https://ifw.example/",
        "address": {
            "street": "Am Ring 1", "postcode": "04109", "city": "Leipzig",
            "state": "Sachsen", "country": "DE",
        },
        "latitude": 51.34,
        "longitude": 12.37,
        "location_accuracy": "exact",
        "layers": [{"slug": "applied-research", "position": 2, "name": "Angewandte Forschung und Transfer"}],
        "areas": [{"slug": "health-medtech", "name": "Gesundheit"}],
        "clusters": [{"slug": "it-cluster", "name": "IT-Cluster"}],
        "updated_at": moment(actor.updated_at),
    }  # fmt: skip


def test_list(client, institute):
    answer = client.get(API, {"city": "Leipzig", "layer": "applied-research"})
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Content-Language"] == "de"
    assert answer.json() == {"count": 1, "next": None, "previous": None, "results": [list_item(institute)]}
    assert list(answer.json()["results"][0]) == list(list_item(institute))
    assert "Wärme" in answer.content.decode()


def test_detail(client, institute):
    parent = institute.relations_in.get().source
    detail = list_item(institute) | {
        "layers": [
            {
                "slug": "applied-research",
                "position": 2,
                "name": "Angewandte Forschung und Transfer",
                "basis": "both",
                "note": "Prüft und forscht.",
            }
        ],
        "description": "**Wärme**",
        "legal_form": "SCE1",
        "size": "small",
        "founded": 1999,
        "email": "post@ifw.example",
        "phone": "+49 341 123456",
        "contact_by": None,
        "logo": None,
        "topics": [{"slug": "heat", "name": "Wärme"}],
        "services": [
            {
                "title": "Messen",
                "description": None,
                "layer": {
                    "slug": "integration-services",
                    "position": 4,
                    "name": "Systemintegration und IT-Dienstleistungen",
                },
                "areas": [{"slug": "health-medtech", "name": "Gesundheit"}],
            }
        ],
        "identifiers": [{"scheme": "ror", "value": "019hjw009", "url": "https://ror.org/019hjw009"}],
        "relations": [
            {
                "kind": "parent",
                "direction": "in",
                "actor": {
                    "uid": str(parent.uid),
                    "slug": "traeger-e-v",
                    "name": "Träger e. V.",
                    "url": f"{HOST}/de/akteure/traeger-e-v/",
                    "api_url": f"{HOST}{API}traeger-e-v/",
                },
                "since": 1999, "until": None,
            }
        ],
        "contacts": [{"name": "Ada Beispiel", "role": "Leitung", "email": None, "phone": None}],
        "verified_on": "2026-05-01",
        "source": "https://ifw.example/impressum",
        "created_at": moment(institute.created_at),
        "aliases": [{"name": "Institute of Heat", "kind": "translated", "language": "en"}],
        "main_layer": "applied-research",
        "memberships": [
            {
                "cluster": {"slug": "it-cluster", "name": "IT-Cluster", "uid": str(Cluster.objects.first().uid)},
                "kind": kind, "since": since, "until": None,
            }
            for kind, since in (("management", "2024-02-01"), ("member", None))
        ],
        "projects": [], "licence": "CC-BY-4.0",
        "version": record_version([institute.pk])[institute.pk],
    }  # fmt: skip
    answer = client.get(f"{API}{institute.slug}/").json()
    assert answer == detail
    assert list(answer) == list(detail)


def test_english_falls_back_to_german(client, institute):
    answer = client.get(f"{API}{institute.slug}/", headers={"Accept-Language": "fr, en-GB;q=0.8, de;q=0.5"})
    assert answer.headers["Content-Language"] == "en"
    detail = answer.json()
    assert (detail["summary"], detail["description"]) == ("Forscht an Wärme.", "**Heat**")
    assert detail["layers"][0]["name"] == "Applied research and transfer"
    assert detail["url"] == f"{HOST}/en/actors/{institute.slug}/"


def test_every_language_at_once(client, institute):
    detail = client.get(f"{API}{institute.slug}/", {"lang": "*"}).json()
    assert detail["name"] == "Institut für Wärme gGmbH"
    assert detail["summary"] == {"de": "Forscht an Wärme.", "en": None}
    assert detail["clusters"] == [{"slug": "it-cluster", "name": {"de": "IT-Cluster", "en": None}}]
    assert detail["url"] == f"{HOST}/de/akteure/{institute.slug}/"


def test_only_the_fields_asked_for(client, institute, django_assert_num_queries):
    with django_assert_num_queries(4):  # data version, facet index, keys, actors: no part is read
        answer = client.get(API, {"fields": "name,slug", "q": ""}).json()
    assert answer["results"][0] == {"slug": institute.slug, "name": institute.name}
    with django_assert_num_queries(2):  # who it is, then what is shown
        assert client.get(f"{API}{institute.slug}/?fields=size").json() == {"size": "small"}


def test_an_actor_by_its_id(client, institute):
    assert client.get(f"{API}{institute.uid}/").json()["slug"] == institute.slug
    assert client.get(f"{API}{institute.uid.hex}/").json()["slug"] == institute.slug


def test_an_actor_withdrawn_while_it_is_read_is_gone(client, institute, monkeypatch):
    monkeypatch.setattr(viewsets, "with_parts", lambda keys, fields: [])
    assert client.get(f"{API}{institute.slug}/").status_code == 410


def test_a_former_slug_leads_on(client, institute):
    institute.slug = "ifw"
    institute.save()
    answer = client.get(f"{API}institut-fuer-waerme-ggmbh/?lang=en&fields=slug")
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"{HOST}{API}ifw/?lang=en&fields=slug"


def test_a_withdrawn_actor_is_gone(client, institute):
    former = institute.slug
    institute.slug, institute.state = "ifw", "archived"
    institute.save()
    for key in ("ifw", former, institute.uid):
        answer = client.get(f"{API}{key}/?lang=en")
        assert answer.status_code == 410
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json() == {
            "type": "/api/v1/docs/#problem-gone",
            "title": "Withdrawn",
            "status": 410,
            "detail": "This record was published once and has been withdrawn.",
        }


@pytest.mark.parametrize("key", ["entwurf-ag", "nobody", "00000000-0000-0000-0000-000000000000"])
def test_a_draft_is_not_there(client, institute, key):
    answer = client.get(f"{API}{key}/?lang=en")
    assert answer.status_code == 404
    assert answer.json() == {
        "type": "/api/v1/docs/#problem-not-found",
        "title": "Not found",
        "status": 404,
        "detail": "There is nothing at this address.",
    }


def test_facets(client, institute):
    asked = {
        "facets": "layer,area,kind,cluster,city,size,topic",
        "fields": "slug",
        "lang": "en",
        "kind": "company",
    }
    assert client.get(API, asked).json() == {
        "count": 0,
        "next": None,
        "previous": None,
        "results": [],
        "facets": {
            "layer": [],
            "area": [],
            "kind": [
                {"value": "research_institute", "label": "Research institute", "count": 2},
                {"value": "company", "label": "Company", "count": 0},
            ],
            "cluster": [],
            "city": [],
            "size": [],
            "topic": [],
        },
        "facet_totals": {"layer": 0, "area": 0, "kind": 2, "cluster": 0, "city": 0, "size": 0, "topic": 0},
    }
    labels = client.get(API, {"facets": "topic", "lang": "*"}).json()["facets"]
    assert labels == {"topic": [{"value": "heat", "label": {"de": "Wärme", "en": "Heat"}, "count": 1}]}


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_takes_the_same_queries_whatever_its_length(client, chain, number, django_assert_num_queries):
    area, cluster = make_area(), make_cluster()
    for _ in range(number):
        actor = make_actor(layers=[1, 2], areas=[area], clusters=[cluster], summary_de="Wärme")
        ActorTopic.objects.create(
            actor=actor, topic=Topic.objects.get_or_create(slug="heat", name_de="Wärme")[0]
        )
    # public state, search (twice), three for the vocabulary, public roll, topics, keys and lines of the actors
    with django_assert_num_queries(10):
        answer = client.get(
            API,
            {"q": "warme", "layer": "basic-research", "facets": "layer,area,kind,cluster,city,size,topic"},
        )
    assert answer.json()["count"] == number


@pytest.mark.parametrize("number", [1, 3])
def test_a_detail_takes_the_same_queries_whatever_its_parts(client, chain, number, django_assert_num_queries):
    actor = make_actor("Institut", layers=[1, 2])
    for index in range(number):
        other = make_actor()
        ActorRelation.objects.create(source=actor, target=other, kind="supply")
        Service.objects.create(actor=actor, title_de="Messen", layer=chain[0]).areas.add(
            make_area(f"area-{index}")
        )
    with django_assert_num_queries(2):  # who it is, then all that is shown
        assert len(client.get(f"{API}institut/").json()["relations"]) == number
