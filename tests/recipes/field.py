"""A field of actors: the number of employees."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.models import Actor
from actors.resources import PublicActorResource
from clusterportal.review.models import Proposal
from tests.factories import make_actor
from tests.recipes.edits import Insert

EDITS = [
    Insert(
        "actors/models/actor.py",
        '    employees = models.PositiveIntegerField(_("employees"), null=True, blank=True)\n',
        before="    logo = PictureField(\n",
    ),
    Insert(
        "actors/columns/fields.py",
        '    ActorField("employees", Group.WHO),\n',
        after='    ActorField("founded", Group.WHO),\n',
    ),
    Insert(
        "templates/pages/_profile_facts.html",
        '{% if actor.employees %}<div><dt>{% translate "Employees" %}</dt>'
        "<dd>{{ actor.employees|unlocalize }}</dd></div>{% endif %}",
        after='<dl class="facts">',
    ),
    Insert(
        "templates/pages/_entry_form.html",
        '{% include "pages/_field.html" with field=facts.employees only %}',
        before='{% include "pages/_field.html" with field=facts.register only %}',
    ),
]
ENVIRONMENT = {}
# Import, export, mapping page, form, API, schema, comparison, merge, admin, history, registry files, profile.
TESTS = ["tests/actors/test_every_field.py"]
pytestmark = pytest.mark.django_db


def test_it_stands_in_the_export_behind_its_neighbour():
    make_actor("Muster", employees=85)
    columns = PublicActorResource().columns
    assert columns[columns.index("founded") + 1] == "employees"
    (row,) = PublicActorResource().rows(Actor.objects.all())
    assert row[columns.index("employees")] == 85


def test_the_api_says_it_and_the_schema_describes_it(client):
    actor = make_actor("Muster", employees=85)
    assert client.get(f"/api/v1/actors/{actor.slug}/").json()["employees"] == 85
    schema = json.loads(client.get("/api/v1/schema/", {"format": "json"}).content)
    described = schema["components"]["schemas"]["ActorDetail"]["properties"]["employees"]
    assert described == {"type": ["integer", "null"], "readOnly": True}


def test_curators_edit_it_and_the_history_names_it(admin_client):
    actor = make_actor("Muster", employees=85)
    url = reverse("admin:actors_actor_change", args=[actor.pk])
    assert 'name="employees" value="85"' in admin_client.get(url).content.decode()
    Actor.objects.filter(pk=actor.pk).update(employees=90)
    page = admin_client.get(reverse("admin:actors_actor_history", args=[actor.pk])).content.decode()
    assert "Employees" in page and "90" in page


def test_a_proposal_shows_it_beside_what_was_there(admin_client):
    actor = make_actor("Muster", employees=85)
    proposal = Proposal.objects.create(
        kind="change", actor=actor, state="waiting", waiting_since=timezone.now(),
        record={"employees": 90}, base={"employees": 85},
    )  # fmt: skip
    page = admin_client.get(reverse("admin:review_proposal_change", args=[proposal.pk]))
    (change,) = page.context["changes"]
    assert (change.label, change.before, change.after) == ("Employees", "85", "90")
