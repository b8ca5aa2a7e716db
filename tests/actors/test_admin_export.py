"""Lists of the admin as files."""

import csv
import io
import json

import pytest
from django.contrib.auth.models import Permission

from actors.models import ActorRelation, ContactPerson, Topic
from tests.factories import make_actor, make_area, make_cluster, make_person

pytestmark = pytest.mark.django_db
ACTORS = "/admin/actors/actor/export/"


def rows_of(response) -> list[dict]:
    assert response.status_code == 200, response
    return list(csv.DictReader(io.StringIO(response.getvalue().decode())))


def test_what_the_list_shows_is_what_is_in_the_file(admin_client, chain):
    make_actor("Alpha", kind="company", layers=[1])
    make_actor("Beta", kind="company", state="draft")
    make_actor("Gamma")
    assert [row["name"] for row in rows_of(admin_client.get(f"{ACTORS}?kind=company"))] == ["Alpha", "Beta"]
    found = rows_of(admin_client.get(f"{ACTORS}?q=gama"))
    assert [row["name"] for row in found] == ["Gamma"]
    page = admin_client.get("/admin/actors/actor/?kind=company&p=1")
    links = [link["url"] for link in page.context["export_links"]]
    assert links[:2] == [f"{ACTORS}?kind=company&format=csv", f"{ACTORS}?kind=company&format=csv&bom=1"]


def test_people_without_consent_are_for_those_with_that_right(client):
    actor = make_actor()
    ContactPerson.objects.create(actor=actor, name="Erika", email="e@example.org")
    viewer = make_person("viewer")
    client.force_login(viewer)
    (row,) = rows_of(client.get(ACTORS))
    assert "contacts" not in row
    viewer.user_permissions.add(Permission.objects.get(codename="view_contacts"))
    (row,) = rows_of(client.get(ACTORS))
    assert "Erika" in row["contacts"] and "e@example.org" in row["contacts"]


def test_a_manager_exports_the_actors_of_the_own_clusters(client):
    ours, theirs = make_cluster("ours"), make_cluster("theirs")
    make_actor("Unser", clusters=[ours])
    make_actor("Ihrer", clusters=[theirs])
    client.force_login(make_person("manager", clusters=[ours]))
    assert [row["name"] for row in rows_of(client.get(ACTORS))] == ["Unser"]


def test_without_the_right_there_is_neither_link_nor_file(client, django_user_model):
    reader = django_user_model.objects.create_user("reader", is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__in=["view_actor", "reach_all_actors"]))
    client.force_login(reader)
    assert client.get(ACTORS).status_code == 403
    assert client.get("/admin/actors/actor/").context["export_links"] == []


def test_a_format_that_is_none_is_named(admin_client):
    response = admin_client.get(f"{ACTORS}?format=pdf")
    assert response.status_code == 400
    assert "csv, xlsx, json, ndjson, geojson" in response.content.decode()


def test_taxonomies_and_relations_export_their_own_columns(admin_client, chain):
    Topic.objects.create(slug="robotik", name_de="=Robotik", name_en="Robotics")
    (topic,) = rows_of(admin_client.get("/admin/actors/topic/export/"))
    named = {"slug": "robotik", "name_de": "'=Robotik", "name_en": "Robotics"}
    assert topic == named | dict.fromkeys(("synonyms", "acronyms", "broader"), "")
    ActorRelation.objects.create(source=make_actor("A"), target=make_actor("B"), kind="supply", since=2001)
    (relation,) = rows_of(admin_client.get("/admin/actors/actorrelation/export/"))
    assert relation == {
        "source": "a", "target": "b", "kind": "supply", "since": "2001", "until": "",
        "note_de": "", "note_en": "", "evidence": "",
    }  # fmt: skip
    make_area("logistics")
    cluster = make_cluster("it", staff_fte="1.5")
    records = json.loads(admin_client.get("/admin/clusters/cluster/export/?format=json").getvalue())
    assert (records[0]["slug"], records[0]["region"], records[0]["staff_fte"]) == (
        "it",
        cluster.region.slug,
        "1.50",
    )
    assert "owner" not in records[0]
    for name in ("layers/layer", "applications/applicationarea", "clusters/region"):
        for format in ("csv", "xlsx", "json", "ndjson"):
            assert admin_client.get(f"/admin/{name}/export/?format={format}").status_code == 200
