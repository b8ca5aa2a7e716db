"""The whole list in one answer: tables, lines, map and linked data."""

import csv
import io
import json
from datetime import UTC, timedelta

import pytest
from openpyxl import load_workbook

from actors.api.actor_json import ActorJson
from actors.models import Actor
from clusterportal.core.api.absolute_addresses import Addresses
from clusterportal.core.api.answer_language import AnswerLanguage
from clusterportal.core.api.serializers import moment_text
from tests.factories import make_actor, make_area, make_cluster

API = "/api/v1/actors/"
STREAMS = ["csv", "xlsx", "ndjson", "geojson"]
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ndjson": "application/x-ndjson",
    "geojson": "application/geo+json",
    "jsonld": "application/ld+json",
    "ttl": "text/turtle; charset=utf-8",
    "json": "application/json",
}


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.fixture
def actors(chain):
    area, cluster = make_area(), make_cluster()
    make_actor(
        "=HYPERLINK(1)", slug="formula", layers=[1, 3], areas=[area], clusters=[cluster], summary_de="+Plus",
        latitude=-33.5, longitude=-70.25, location_accuracy="approximate",
    )  # fmt: skip
    make_actor("Zweites Institut", short_name='Ü; "Zwei"', slug="second", summary_en="Only English")
    make_actor("Entwurf", state="draft", latitude=51, longitude=12)


@pytest.mark.django_db
def test_csv(client, actors):
    answer = client.get(API, {"format": "csv"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="actors.csv"'
    first, second = Actor.objects.published().by_name()
    rows = list(csv.DictReader(io.StringIO(body(answer).decode("utf-8"))))
    assert rows == [
        {
            "uid": str(first.uid), "slug": "formula", "url": "http://testserver/de/akteure/formula/",
            "name": "'=HYPERLINK(1)", "short_name": "", "kind": "research_institute", "summary": "'+Plus",
            "website": "", "street": "", "postcode": "", "city": "Leipzig", "state": "", "country": "DE",
            "latitude": "-33.5", "longitude": "-70.25", "layers": "basic-research|technology-development",
            "areas": "health-medtech", "clusters": "it-cluster", "updated_at": rows[0]["updated_at"],
            "location_accuracy": "approximate",
        },
        {
            "uid": str(second.uid), "slug": "second", "url": "http://testserver/de/akteure/second/",
            "name": "Zweites Institut", "short_name": 'Ü; "Zwei"', "kind": "research_institute",
            "summary": "Only English", "website": "", "street": "", "postcode": "", "city": "Leipzig",
            "state": "", "country": "DE", "latitude": "", "longitude": "", "layers": "", "areas": "",
            "clusters": "", "updated_at": rows[1]["updated_at"], "location_accuracy": "",
        },
    ]  # fmt: skip
    assert rows[0]["updated_at"].endswith("Z")


@pytest.mark.django_db
def test_columns_in_every_language_and_by_choice(client, actors):
    text = body(client.get(API, {"format": "csv", "lang": "*", "fields": "summary_en,slug"})).decode()
    assert text == "summary_en,slug\r\n,formula\r\nOnly English,second\r\n"
    refused = client.get(API, {"format": "csv", "fields": "address"})
    assert refused.status_code == 400
    assert "street" in refused.json()["detail"]


@pytest.mark.django_db
def test_xlsx(client, actors):
    answer = client.get(API, {"format": "xlsx", "lang": "en"})
    sheet = load_workbook(io.BytesIO(body(answer))).active
    header, first, second = sheet.iter_rows(values_only=True)
    assert dict(zip(header, first, strict=True))["name"] == "=HYPERLINK(1)"
    assert sheet["D2"].data_type == "s"  # a text, which nothing runs
    moment = Actor.objects.get(slug="formula").public_updated_at.astimezone(UTC).replace(tzinfo=None)
    told = dict(zip(header, first, strict=True))["updated_at"]
    assert abs(told - moment) < timedelta(milliseconds=1)
    assert dict(zip(header, first, strict=True))["latitude"] == -33.5
    assert dict(zip(header, second, strict=True))["url"] == "http://testserver/en/actors/second/"


@pytest.mark.django_db
def test_ndjson_has_the_entries_of_the_list(client, actors):
    lines = body(client.get(API, {"format": "ndjson", "lang": "*"})).decode().splitlines()
    assert [json.loads(line) for line in lines] == client.get(API, {"lang": "*"}).json()["results"]


@pytest.mark.django_db
def test_who_is_withdrawn_between_two_questions_is_left_out(actors):
    records = ActorJson(AnswerLanguage("de"), Addresses("http://testserver/", "de"), ["slug"])
    keys = list(Actor.objects.order_by("pk").values_list("pk", flat=True))
    Actor.objects.filter(slug="formula").update(state="archived")
    assert records.of(keys) == ['{"slug":"second"}']


@pytest.mark.django_db
def test_geojson(client, actors):
    answer = json.loads(body(client.get(API, {"format": "geojson"})))
    second = answer["features"].pop()
    assert (second["id"], second["geometry"]) == (str(Actor.objects.get(slug="second").uid), None)
    formula = Actor.objects.get(slug="formula")
    assert answer == {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": str(formula.uid),
                "geometry": {"type": "Point", "coordinates": [-70.25, -33.5]},
                "properties": {
                    "uid": str(formula.uid),
                    "slug": "formula",
                    "url": "http://testserver/de/akteure/formula/",
                    "name": "=HYPERLINK(1)",
                    "kind": "research_institute",
                    "location_accuracy": "approximate",
                    "layers": [1, 3],
                    "city": "Leipzig",
                    "short_name": None,
                    "summary": "+Plus",
                    "website": None,
                    "areas": ["health-medtech"],
                    "clusters": ["it-cluster"],
                    "updated_at": moment_text(formula.public_updated_at),
                },
            }
        ],
    }
    assert json.loads(body(client.get(API, {"format": "geojson", "q": "nobody"})))["features"] == []


@pytest.mark.django_db
@pytest.mark.parametrize("kind", TYPES)
def test_format_by_parameter_and_by_header(client, actors, kind):
    asked = client.get(API, {"format": kind})
    assert asked.headers["Content-Type"] == TYPES[kind]
    accepted = client.get(API, headers={"Accept": TYPES[kind].split(";")[0]})
    assert accepted.headers["Content-Type"] == TYPES[kind]
    assert {"Accept", "Accept-Language"} <= set(accepted.headers["Vary"].split(", "))
    assert (
        client.get(API, {"format": "json"}, headers={"Accept": "text/csv"}).headers["Content-Type"]
        == TYPES["json"]
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "json"),
        ("text/csv;q=0.5, application/json;q=0.9", "json"),
        ("text/csv;q=0.9, application/json;q=0.5", "csv"),
        ("", "json"),
    ],
)
def test_weights_of_accept_count(client, actors, accept, kind):
    assert client.get(API, headers={"Accept": accept}).headers["Content-Type"] == TYPES[kind]


@pytest.mark.django_db
@pytest.mark.parametrize("accept", ["image/png", ";;;", "x" * 20_000, "text/csv;q=0"])
def test_nothing_acceptable(client, actors, accept):
    answer = client.get(API, headers={"Accept": accept, "Accept-Language": "en"})
    assert answer.status_code == 406
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"].startswith("Available are: application/json, text/csv,")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", STREAMS)
def test_head_reads_nothing(client, actors, kind, django_assert_num_queries):
    with django_assert_num_queries(1):  # the public state
        head = client.head(API, {"format": kind})
    assert body(head) == b""
    assert "Content-Length" not in head.headers  # nobody knows yet that of GET
    whole = client.get(API, {"format": kind})
    for name in ("Content-Type", "ETag", "Content-Disposition", "Cache-Control"):
        assert head.headers[name] == whole.headers[name]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", [*STREAMS, "json", "jsonld", "ttl"])
def test_a_committed_change_gives_a_new_tag(client, kind):
    actor = make_actor("Institut", latitude=51.3, longitude=12.4)
    question = {"format": kind, "lang": "de"}
    before = client.get(API, question).headers["ETag"]
    assert before.startswith('"')
    for held in (before, f"W/{before}", f'"other", {before}', "*"):
        unchanged = client.get(API, question, headers={"If-None-Match": held})
        assert (unchanged.status_code, unchanged.content) == (304, b"")
        assert unchanged.headers["ETag"] == before
    Actor.objects.filter(pk=actor.pk).update(
        name="Institut Neu", short_name="Neu"
    )  # a bulk write, past all signals
    changed = client.get(API, question, headers={"If-None-Match": before})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != before
    content = body(changed)
    text = str(list(load_workbook(io.BytesIO(content)).active.values)).encode() if kind == "xlsx" else content
    assert b"Institut Neu" in text


@pytest.mark.django_db
def test_the_tag_differs_by_question_and_language(client, actors):
    tags = {
        client.get(API, question | {"format": "csv"}).headers["ETag"]
        for question in ({}, {"lang": "en"}, {"lang": "*"}, {"q": "zweites"})
    }
    assert len(tags) == 4
