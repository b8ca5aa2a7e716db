"""A filter, and a facet that is counted: the legal form of actors."""

import json

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests.factories import make_actor
from tests.recipes.edits import Insert

DEFINITIONS, FILTERS = "actors/facets/definitions.py", "actors/filters.py"
EDITS = [
    Insert(DEFINITIONS, "LegalForm, ", after="from actors.enums import ActorKind, "),
    Insert(DEFINITIONS, '    "legal_form": _column("legal_form"),\n', before='    "topic": _parts('),
    Insert(DEFINITIONS, '    "legal_form": LegalForm,\n', after='"topic": None,\n'),
    Insert(FILTERS, "LegalForm, ", after="from actors.enums import ActorKind, "),
    Insert(
        FILTERS,
        '    legal_form = IndexFilter(choices=LegalForm.choices, label=_("Legal form"))\n',
        before="    founded_min = ",
    ),
]
ENVIRONMENT = {}
TESTS = [
    "tests/actors/facets/test_counts.py",
    "tests/actors/test_api_filters.py::test_every_filter_is_documented",
]
pytestmark = pytest.mark.django_db
API = "/api/v1/actors/"
GMBH, AG = "2HBR", "6QQB"


@pytest.fixture
def actors():
    make_actor("Alpha", legal_form=GMBH)
    make_actor("Beta", legal_form=AG)
    make_actor("Gamma")


def test_the_api_filters_and_counts_by_it(client, actors):
    asked = {"legal_form": GMBH, "facets": "legal_form", "fields": "slug", "lang": "en"}
    answer = client.get(API, asked).json()
    assert answer["results"] == [{"slug": "alpha"}]
    assert answer["facets"]["legal_form"] == [
        {"value": AG, "label": "AG", "count": 1},
        {"value": GMBH, "label": "GmbH", "count": 1},
    ]
    refused = client.get(API, {"legal_form": "club"})
    assert refused.status_code == 400 and GMBH in refused.json()["errors"]["legal_form"][0]


def test_the_directory_offers_it_and_takes_it_back(client, actors):
    with override("en"):
        page = client.get(reverse("actors:actor-list"), {"legal_form": GMBH}).content.decode()
    assert f'id="f-legal_form-{AG}"' in page and "Legal form" in page
    assert "Alpha" in page and "Beta" not in page


def test_it_is_described(client):
    schema = json.loads(client.get("/api/v1/schema/", {"format": "json"}).content)
    named = {one["name"]: one for one in schema["paths"][API.removesuffix("/")]["get"]["parameters"]}
    assert AG in named["legal_form"]["schema"]["items"]["enum"]
    assert "legal_form" in named["facets"]["schema"]["items"]["enum"]
