"""Pages by number, and the walk along a cursor while others write."""

import re

import pytest

from actors.api.viewsets import LIST_FORMATS
from actors.models import Actor
from tests.factories import make_actor

pytestmark = pytest.mark.django_db
API = "/api/v1/actors/"


def names(answer) -> list[str]:
    return [one["name"] for one in answer.json()["results"]]


def test_pages_keep_the_question(client):
    for number in range(5):
        make_actor(f"Institut {number}", slug=f"i{number}")
    first = client.get(
        API, {"page_size": 2, "city": ["Leipzig", "Köln"], "ordering": "-name", "fields": "name"}
    )
    assert first.json() == {
        "count": 5,
        "next": "http://testserver/api/v1/actors/"
        "?city=Leipzig&city=K%C3%B6ln&fields=name&ordering=-name&page=2&page_size=2",
        "previous": None,
        "results": [{"name": "Institut 4"}, {"name": "Institut 3"}],
    }
    here = (
        "http://testserver/api/v1/actors/?city=Leipzig&city=K%C3%B6ln&fields=name&ordering=-name&page_size=2"
    )
    licence = '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'
    links = first.headers["Link"].split(", ")
    assert links[:2] == [f'<{here}>; rel="first"', f'<{first.json()["next"]}>; rel="next"']
    assert [one.partition("; ")[2] for one in links[2:-1]] == [
        f'rel="alternate"; type="{one.media_type}"' for one in LIST_FORMATS if one.format != "json"
    ]
    assert links[-1] == licence
    second = client.get(first.json()["next"])
    links = [one for one in second.headers["Link"].split(", ") if "alternate" not in one]
    assert re.findall(r'rel="(\w+)"', ", ".join(links)) == ["first", "prev", "next", "license"]
    assert [address[1:].partition(">")[0] for address in second.headers["Link"].split(", ")][:3] == [
        here, second.json()["previous"], second.json()["next"]
    ]  # fmt: skip
    assert names(second) == ["Institut 2", "Institut 1"]
    third = client.get(second.json()["next"])
    assert names(third) == ["Institut 0"]
    assert third.json()["next"] is None
    assert names(client.get(third.json()["previous"])) == names(second)


def test_a_walk_neither_skips_nor_repeats_while_others_write(client):
    """Renaming moves an entry in every list that is ordered by name, never in a walk."""
    there_all_along = {make_actor(f"M {number}", slug=f"m{number}").slug for number in range(12)}
    leaving = make_actor("Gone soon", slug="gone")
    seen, url, step = [], f"{API}?cursor=&page_size=3&fields=slug&lang=en", 0
    while url:
        answer = client.get(url).json()
        seen += [one["slug"] for one in answer["results"]]
        step += 1
        Actor.objects.filter(slug=f"m{step}").update(name=f"ZZZ {step}")
        Actor.objects.filter(slug=f"m{12 - step}").update(name=f"AAA {step}")
        make_actor(f"A new {step}", slug=f"new{step}") if step < 4 else None
        leaving.delete() if step == 1 and leaving.pk else None
        assert answer["previous"] is None
        assert answer["next"] is None or "fields=slug&lang=en&page_size=3" in answer["next"]
        url = answer["next"]
    assert len(seen) == len(set(seen))
    assert there_all_along <= set(seen)
    assert seen == [*[f"m{number}" for number in range(12)], "new1", "new2", "new3"]


def test_a_walk_keeps_its_filters(client):
    make_actor("Drin", city="Köln")
    make_actor("Draußen")
    assert names(client.get(f"{API}?cursor=&city=Köln")) == ["Drin"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page=abc", "page"),
        ("page=1.5", "page"),
        ("page_size=0", "page_size"),
        ("page_size=201", "page_size"),
        ("page_size=many", "page_size"),
        ("page_size=" + "9" * 5000, "page_size"),
        ("cursor=garbage", "cursor"),
        ("cursor=%F0%9F%99%82", "cursor"),
        ("cursor=YWZ0ZXI6LTE", "cursor"),
        ("cursor=YWZ0ZXI6OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "cursor"),
        ("cursor=&page=1", "page"),
        ("cursor=&ordering=name", "ordering"),
    ],
)
def test_a_bad_place_is_refused(client, query, name):
    for address in (API, "/api/v1/topics/"):
        answer = client.get(f"{address}?{query}")
        assert answer.status_code == 400
        assert list(answer.json()["errors"]) == [name]


@pytest.mark.parametrize("page", ["2", "999999999999", "9" * 40])
def test_a_page_that_is_not_there(client, page):
    answer = client.get(API, {"page": page})
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_an_empty_list_has_one_page(client):
    assert client.get(API, {"page": 1}).json() == {"count": 0, "next": None, "previous": None, "results": []}
