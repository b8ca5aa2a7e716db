"""The filters of the public API: all documented, and a bad value is refused by naming the good ones."""

import pytest

from actors.api.parameters import FILTERS
from actors.filters import ActorFilterSet

pytestmark = pytest.mark.django_db
API = "/api/v1/actors/"


def test_every_filter_is_documented():
    assert {one.name for one in FILTERS} | {"ordering"} == set(ActorFilterSet.base_filters)
    assert all(one.description for one in FILTERS)


@pytest.mark.parametrize(
    ("query", "name", "text"),
    [
        ("kind=nonsense", "kind", "Known are: company, startup,"),
        ("ordering=nonsense", "ordering", "Known are: name, -name,"),
        ("ordering=distance", "ordering", "needs the parameter near"),
        ("facets=nonsense", "facets", "Known are: layer, area, kind, cluster, city, size, topic."),
        ("fields=nonsense", "fields", "Known are: uid, slug,"),
        ("format=nonsense", "format", "Known are: json, csv, xlsx, geojson, jsonld, ttl, ndjson."),
        ("lang=fr", "lang", "Known are: de, en, *."),
        ("layer=nonsense", "layer", "Known are: basic-research,"),
        ("nonsense=1", "nonsense", "Known are: q, kind, layer,"),
        ("near=nan,nan", "near", "49.44,7.77"),
        ("near=91,0", "near", "49.44,7.77"),
        ("near=49,7&radius=inf", "radius", "Give a number, written in digits."),
        ("near=49,7&radius=nan", "radius", "Give a number, written in digits."),
        ("bbox=1,2,3", "bbox", "7.5,49.3,8.0,49.6"),
        ("founded_min=99999999999999999999", "founded_min", "less than or equal to 9999"),
        ("identifier=019hjw009", "identifier", "ror:019hjw009"),
        ("updated_since=soon", "updated_since", "2026-01-31T12:00:00Z"),
        ("updated_since=9999-12-31T23:59:59-23:59", "updated_since", "2026-01-31T12:00:00Z"),
        ("updated_since=0001-01-01T00:00:00%2B01:00", "updated_since", "2026-01-31T12:00:00Z"),
        ("q=" + "x" * 201, "q", "at most 200 characters"),
        ("q=%00", "q", "Null characters are not allowed."),
        ("identifier=register:a%00b+HRB+1", "identifier", "Null characters are not allowed."),
    ],
)
def test_a_bad_value_is_refused(client, chain, query, name, text):
    answer = client.get(f"{API}?{query}", headers={"Accept-Language": "en"})
    assert answer.status_code == 400, answer.content
    problem = answer.json()
    assert problem["type"] == "/api/v1/docs/#problem-invalid-parameter"
    assert list(problem["errors"]) == [name]
    assert text in problem["errors"][name][0]
    assert text in problem["detail"]
