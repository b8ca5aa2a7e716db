"""A new actor that is in the registry already: who adds it by hand is asked first."""

import pytest

from actors.models import Actor, ActorAlias, Identifier
from tests.factories import make_actor, make_cluster, make_person
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
ADD = "/admin/actors/actor/add/"


def typed(client, **fields) -> dict:
    """What a browser would send when a new actor is typed."""
    response = client.get(ADD)
    data = {"kind": "company", "country": "DE", "state": "draft", "name": "Neu"} | fields
    for inline in response.context["inline_admin_formsets"]:
        management = inline.formset.management_form
        data |= {management.add_prefix(k): v for k, v in management.initial.items()}
    return data


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        (
            {"name": "Müller & Söhne Gesellschaft mbH", "city": "Leipzig"},
            "gleicher Name, gleicher Ort Leipzig",
        ),
        (
            {"name": "Mueller und Soehne", "city": "Dresden"},
            "gleicher Name, verschiedene Orte: Dresden und Leipzig",
        ),
        ({"name": "Müller & Söne GmbH", "postcode": "04109", "city": "Leipzig"}, "gleich"),
        ({"name": "Altes Kontor", "city": "Leipzig"}, "auch als „Altes Kontor“ bekannt"),
        (
            {"name": "M+S", "website": "http://www.ms.example/de", "city": "Leipzig"},
            "gleiche Domain der Website",
        ),
    ],
)
def test_a_new_actor_like_one_of_the_registry_is_asked_about(admin_client, fields, why):
    known = make_actor(
        "Müller & Söhne GmbH", city="Leipzig", postcode="04109", website="https://ms.example", kind="company"
    )
    ActorAlias.objects.create(actor=known, name="Altes Kontor", kind="former")
    data = typed(admin_client, **fields, summary_de="Was getippt wurde.")
    answer = admin_client.post(ADD, data)
    page = markup_of(answer)
    assert (answer.status_code, Actor.objects.count()) == (200, 1)
    assert [one.actor for one in answer.context["adminform"].form.likely] == [known]
    assert why in page and f'href="{known.get_absolute_url()}"' in page
    assert 'name="is_new"' in page and "Was getippt wurde." in page and "Noch nicht gespeichert" in page
    assert admin_client.post(ADD, data | {"is_new": "1"}).status_code == 302
    assert Actor.objects.exclude(pk=known.pk).get().summary_de == "Was getippt wurde."


def test_a_new_actor_like_none_is_saved_at_once(admin_client):
    make_actor("Müller & Söhne GmbH", city="Leipzig")
    assert admin_client.post(ADD, typed(admin_client, name="Schmidt AG", city="Leipzig")).status_code == 302


def test_a_number_that_is_typed_counts(admin_client):
    known = make_actor("Sandsteinwerk", city="Kaiserslautern")
    Identifier.objects.create(actor=known, scheme="register", value="Kaiserslautern HRB 2300")
    row = {
        "identifiers-TOTAL_FORMS": "1",
        "identifiers-0-scheme": "register",
        "identifiers-0-value": "AG Kaiserslautern, HRB 2300",
    }
    data = typed(admin_client, name="Ganz anders", city="Mainz") | row
    assert admin_client.post(ADD, data).context["adminform"].form.likely[0].actor == known


def test_only_actors_that_one_may_see_are_named(client):
    ours, theirs = make_cluster("ours"), make_cluster("theirs")
    make_actor("Geheim AG", clusters=[theirs], state="draft")
    client.force_login(make_person("editor", clusters=[ours]))
    assert client.post(ADD, typed(client, name="Geheim AG", city="Leipzig")).status_code == 302
