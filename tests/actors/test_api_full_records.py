"""Full records in lists and NDJSON: what the detail says, in few questions, and no person without a key."""

import json

import pytest

from actors.models import ActorRelation, ActorTopic, ContactPerson, Service, Topic
from clusterportal.clusters.models import Release
from tests.factories import make_actor, make_area, make_cluster, make_key, make_project

pytestmark = pytest.mark.django_db
API = "/api/v1/actors/"


@pytest.fixture
def actors(chain):
    """Three actors with 1, 2 and 3 of each part."""
    areas, clusters = [make_area(f"a{n}") for n in range(3)], [make_cluster(f"c{n}") for n in range(3)]
    topics = [Topic.objects.create(slug=f"t{n}", name_de=f"Thema {n}") for n in range(3)]
    found = [
        make_actor(
            f"Institut {n}",
            slug=f"i{n}",
            layers=range(1, n + 2),
            areas=areas[: n + 1],
            clusters=clusters[: n + 1],
        )
        for n in range(3)
    ]
    for n, actor in enumerate(found):
        for topic in topics[: n + 1]:
            ActorTopic.objects.create(actor=actor, topic=topic)
            Service.objects.create(actor=actor, title_de=f"Dienst {topic.slug}")
        ContactPerson.objects.create(actor=actor, name=f"Ada {n}", consent_on="2026-01-01")
    ActorRelation.objects.create(source=found[0], target=found[1], kind="parent")
    Release.objects.create(cluster=clusters[0], section="projects")
    for n in range(3):
        make_project(clusters[0], f"p{n}", found[n:], starts_on=f"202{n}-01-01")
    return found


def detail_of(client, slug: str, *, lang: str) -> dict:
    detail = client.get(f"{API}{slug}/", {"lang": lang}).json()
    assert detail.pop("contacts")
    return detail


@pytest.mark.parametrize("lang", ["de", "*"])
def test_everything_is_what_the_detail_says(client, actors, lang):
    details = [detail_of(client, actor.slug, lang=lang) for actor in actors]
    for include in ("*", "all"):
        assert client.get(API, {"include": include, "lang": lang}).json()["results"] == details
    lines = client.get(API, {"include": "*", "lang": lang, "format": "ndjson"}).getvalue().decode()
    assert [json.loads(line) for line in lines.splitlines()] == details


def test_a_full_record_costs_no_question_more(client, actors, django_assert_num_queries):
    for size in (1, 3):
        for format in ("json", "ndjson"):
            page = {"page_size": size} if format == "json" else {"city": "Leipzig"}
            with django_assert_num_queries(4):  # state, facet index, keys, records
                client.get(API, {"include": "*", "format": format} | page).getvalue()


@pytest.mark.parametrize("slug", ["i0", "i2"])
def test_a_detail_takes_two_questions(client, actors, slug, django_assert_num_queries):
    with django_assert_num_queries(2):  # who it is, then all that is shown
        client.get(f"{API}{slug}/")


def test_parts_are_added_and_fields_chosen(client, actors):
    usual = client.get(API).json()["results"][1]
    more = client.get(API, {"include": "topics,main_layer"}).json()["results"][1]
    assert [*more] == [*usual, "topics", "main_layer"]
    assert more["layers"] == [one | {"basis": "topic", "note": None} for one in usual["layers"]]
    chosen = client.get(API, {"fields": "relations,name", "lang": "en"}).json()["results"][0]
    assert [*chosen] == ["name", "relations"]
    assert [one["actor"]["slug"] for one in chosen["relations"]] == ["i1"]
    both = client.get(API, {"fields": "name", "include": "topics", "format": "ndjson"}).getvalue()
    assert [*json.loads(both.splitlines()[0])] == ["name", "topics"]


def test_projects_are_named_with_the_cluster_that_leads_them(client, actors):
    [_one, two, _three] = client.get(API, {"include": "projects", "lang": "en"}).json()["results"]
    cluster = {"uid": str(actors[0].memberships.get().cluster.uid), "slug": "c0", "name": "C0"}
    assert two["projects"] == [
        {"slug": "p1", "title": "P1", "role": "coordinator", "cluster": cluster, "starts_on": "2021-01-01",
         "ends_on": None},
        {"slug": "p0", "title": "P0", "role": "partner", "cluster": cluster, "starts_on": "2020-01-01",
         "ends_on": None},
    ]  # fmt: skip


def test_persons_need_a_key(client, actors):
    _key, headers = make_key("read", "read:contacts")
    _other, without = make_key("read")
    whole = client.get(API, {"include": "*"}, **headers)
    assert [one["contacts"][0]["name"] for one in whole.json()["results"]] == ["Ada 0", "Ada 1", "Ada 2"]
    assert "private" in whole.headers["Cache-Control"]
    tags = set()
    for format in ("json", "ndjson"):
        for sent in (headers, without, {}):
            answer = client.get(API, {"include": "*", "format": format}, **sent)
            assert ("Ada" in answer.getvalue().decode()) == (sent == headers), (format, sent)
            tags.add((format, answer.headers["ETag"]))
    assert len(tags) == 4
    for name in ("include", "fields"):
        assert client.get(API, {name: "contacts"}).status_code == 401
        assert client.get(API, {name: "contacts"}, **without).status_code == 403


def test_what_does_not_apply_is_refused(client, actors):
    for query in (
        "include=nothing",
        "fields=nothing",
        "include=topics&format=csv",
        "include=*&format=geojson",
    ):
        assert client.get(f"{API}?{query}").status_code == 400, query


def test_a_walk_may_include_more_from_some_page_on(client, actors):
    first = client.get(API, {"cursor": "", "page_size": 1}).json()
    second = client.get(f"{first['next']}&include=topics").json()
    assert [*second["results"][0]][-1] == "topics"
