"""A language of the content: French as the third one."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from actors.models import Actor
from actors.search.engine import search
from clusterportal.intake.applying import apply_plan
from clusterportal.intake.planning import make_plan
from clusterportal.intake.profiles import profile
from tests.factories import make_actor

EDITS = []
ENVIRONMENT = {"LANGUAGES": "de,en,fr"}
TESTS = ["tests/actors/test_every_field.py::test_every_column_has_one_place_on_the_mapping_page"]
pytestmark = pytest.mark.django_db


def test_a_table_brings_it_the_api_says_it_and_the_search_finds_it(client):
    row = {
        "name": "Muster",
        "kind": "company",
        "summary_fr": "Construit des machines",
        "publication": "published",
    }
    plan = make_plan([(2, row)], profile=profile("registry"))
    assert plan.problems == []
    apply_plan(plan)
    actor = Actor.objects.get()
    assert list(search("machines").keys) == [actor.pk]
    api = f"/api/v1/actors/{actor.slug}/"
    assert client.get(api, {"lang": "fr"}).json()["summary"] == "Construit des machines"
    assert client.get(api, {"lang": "*"}).json()["summary"] == {
        "de": None, "en": None, "fr": "Construit des machines",
    }  # fmt: skip


def test_curators_and_visitors_write_it(admin_client, client):
    actor = make_actor("Muster")
    page = admin_client.get(reverse("admin:actors_actor_change", args=[actor.pk])).content.decode()
    assert all(
        f'name="{name}_{code}"' in page for name in ("summary", "description") for code in ("de", "en", "fr")
    )
    assert 'name="facts-summary_fr"' in client.get(reverse("pages:propose")).content.decode()


def test_pages_have_an_address_in_it(client):
    actor = make_actor("Muster", summary_fr="Construit des machines")
    with override("fr"):
        address = actor.get_absolute_url()
    assert address.startswith("/fr/")
    page = client.get(address).content.decode()
    assert '<html lang="fr"' in page and "Construit des machines" in page
