"""The IRI of a record leads to its page, its record or its description: 303 by what is accepted."""

from uuid import uuid4

import pytest
from django.urls import reverse

from actors.domain.term_merging import merge_terms
from actors.models import Actor, ActorTopic, Topic
from applications.models import ApplicationArea
from clusterportal.clusters.models import Cluster
from clusterportal.core.rdf import iri_of
from clusterportal.newsroom.models import Contribution
from clusterportal.quality.domain.merging import merge
from layers.models import Layer
from tests.factories import make_actor, make_area, make_cluster, make_contribution
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
HTML, LD, TTL, JSON = "text/html", "application/ld+json", "text/turtle", "application/json"


@pytest.fixture
def ask(client):
    """Answers to an id: status and where they lead."""

    def answer(record, accept: str = "", language: str = "de"):
        given = getattr(record, "uid", record)
        headers = {"Accept": accept, "Accept-Language": language}
        response = client.get(
            f"/id/{given}", headers={name: value for name, value in headers.items() if value}
        )
        assert {"Accept", "Accept-Language"} <= {one.strip() for one in response.headers["Vary"].split(",")}
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        return response.status_code, response.headers.get("Location")

    return answer


@pytest.mark.parametrize(
    ("accept", "language", "leads_to"),
    [
        ("", "", "/de/akteure/dfki/"),
        ("*/*", "fr", "/de/akteure/dfki/"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "en-GB,en;q=0.9", "/en/actors/dfki/"),
        ("application/xhtml+xml", "en", "/en/actors/dfki/"),
        (JSON, "en", "/api/v1/actors/dfki/"),
        ('application/ld+json;profile="http://schema.org"', "en", "/api/v1/actors/dfki/?format=jsonld"),
        ("text/turtle;q=0.9,text/html;q=0.1,application/rdf+xml", "de", "/api/v1/actors/dfki/?format=ttl"),
        ("text/html;q=0, application/*", "de", "/api/v1/actors/dfki/"),
    ],
)  # fmt: skip
def test_an_actor_in_the_form_that_is_asked_for(ask, accept, language, leads_to):
    actor = make_actor("DFKI", slug="dfki")
    assert iri_of(actor.uid).endswith(reverse("actor-id", args=[actor.uid]))
    assert ask(actor, accept, language) == (303, leads_to)


def test_layers_areas_clusters_topics_and_schemes(ask, chain, client):
    topic = Topic.objects.create(slug="ai", name_de="KI")
    area, cluster = make_area(), make_cluster()
    ActorTopic.objects.create(actor=make_actor(), topic=topic)
    expected = {
        Layer.objects.get(position=1): ("/en/layers/basic-research/", "layers/basic-research/"),
        area: ("/en/application-areas/health-medtech/", "application-areas/health-medtech/"),
        cluster: ("/en/clusters/it-cluster/", "clusters/it-cluster/"),
        topic: ("/en/actors/?topic=ai", "topics/ai/"),
    }
    for record, (page, endpoint) in expected.items():
        record.refresh_from_db()
        found = [ask(record, accept, "en") for accept in (HTML, JSON, LD, TTL)]
        address = f"/api/v1/{endpoint}"
        assert found == [
            (303, page),
            (303, address),
            (303, f"{address}?format=jsonld"),
            (303, f"{address}?format=ttl"),
        ]
        assert all(client.get(leads_to).status_code == 200 for _status, leads_to in found)
    assert ask("layers", HTML, "en") == (303, "/en/layers/")
    assert ask("kinds", HTML) == (303, "/de/akteure/")
    assert ask("kinds", TTL) == (303, "/api/v1/vocabulary/kinds/?format=ttl")
    assert ask("nonsense", TTL) == ask("nonsense", HTML) == (404, None)


def test_a_contribution_by_its_permanent_id(ask, client):
    news = make_contribution("Neues")
    page, record = (
        client.get(f"/id/{news.uid}", headers={"Accept": one}) for one in ("text/html", "application/json")
    )
    assert (page.status_code, page["Location"]) == (303, news.get_absolute_url())
    assert record["Location"] == "/api/v1/news/neues/"
    for change, status in (({"state": "archived"}, 410), ({"published_at": None}, 404)):
        Contribution.objects.update(**change)
        assert client.get(f"/id/{news.uid}").status_code == status


def test_what_was_merged_leads_on(ask, chain, admin_user):
    kept, merged, last = (make_actor(f"Firma {name}", layers=[1]) for name in "ABC")
    merge(kept=kept, merged=merged, choices={}, by=admin_user)
    assert ask(merged, HTML) == ask(merged, TTL) == (301, f"/id/{kept.uid}")
    merge(kept=last, merged=Actor.objects.get(pk=kept.pk), choices={}, by=admin_user)
    assert ask(merged) == ask(kept) == (301, f"/id/{last.uid}")
    topics = [Topic.objects.create(slug=slug, name_de=slug) for slug in ("one", "two")]
    areas = [make_area(slug) for slug in ("first", "second")]
    for noun, model, (old, new) in (("topic", Topic, topics), ("area", ApplicationArea, areas)):
        old, new = (model.objects.get(pk=one.pk) for one in (old, new))
        if noun == "topic":
            ActorTopic.objects.create(actor=last, topic=new)
        merge_terms(noun=noun, kept=new, merged=old, by=admin_user)
        assert ask(old) == (301, f"/id/{new.uid}")
    Actor.objects.filter(pk=last.pk).update(state="archived")
    assert [ask(one, accept) for one in (merged, kept, last) for accept in (HTML, JSON)] == [(410, None)] * 6


def test_what_was_public_once_is_gone_and_what_never_was_is_unknown(ask, client, chain):
    draft, archived, deleted = (make_actor(f"Firma {name}") for name in "DEF")
    never = make_actor("Entwurf", state="draft")
    Actor.objects.filter(pk=archived.pk).update(state="archived", published_at="2026-01-01T00:00Z")
    deleted.delete()
    area, cluster, secret = make_area(), make_cluster(), make_cluster("geheim", state="draft")
    for record, change in ((area, {"is_active": False}), (cluster, {"state": "archived"})):
        record.refresh_from_db()
        type(record).objects.filter(pk=record.pk).update(**change)
    secret.refresh_from_db()
    for gone in (archived, deleted, area, cluster):
        assert ask(gone, HTML) == ask(gone, LD) == (410, None)
    for unknown in (never, secret, uuid4()):
        assert ask(unknown, HTML) == ask(unknown, LD) == (404, None)
    assert ask(draft, HTML)[0] == 303
    page = client.get(f"/id/{archived.uid}", headers={"Accept": HTML, "Accept-Language": "en"})
    assert "<h1" in markup_of(page) and 'lang="en"' in markup_of(page)
    problem = client.get(f"/id/{archived.uid}", headers={"Accept": LD})
    assert problem.headers["Content-Type"] == "application/problem+json" and problem.json()["status"] == 410
    refused = client.get(f"/id/{draft.uid}", headers={"Accept": "image/png"})
    assert refused.status_code == 406 and "text/turtle" in refused.json()["detail"]
    assert client.post(f"/id/{draft.uid}").status_code == 405
    assert client.get(f"/id/{draft.uid}/").status_code == 404


def test_robots_and_sitemap_know_pages_only(client, chain):
    make_actor("DFKI", layers=[1])
    assert "/id/" not in client.get("/robots.txt").content.decode()
    sitemap = client.get("/sitemap-actors.xml").content.decode()
    assert "/de/akteure/dfki/" in sitemap and "/id/" not in sitemap
    assert Cluster.objects.count() == 0
