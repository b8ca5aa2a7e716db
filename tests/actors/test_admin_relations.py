"""The relations of an actor in the admin: a list with pages of its own, however many there are."""

import pytest
from django.urls import reverse

from actors.models import ActorRelation
from tests.admin_pages import queries_of, save
from tests.factories import make_actor, make_cluster, make_person
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
ADD = reverse("admin:actors_actorrelation_add")


def page_of(actor) -> str:
    return reverse("admin:actors_actor_change", args=[actor.pk])


def list_of(actor) -> str:
    return reverse("admin:actors_actor_relations", args=[actor.pk])


def relate(source, target, kind="cooperation", **said) -> ActorRelation:
    return ActorRelation.objects.create(source=source, target=target, kind=kind, **said)


def make_hub(relations: int):
    hub = make_actor("Zentrale")
    ActorRelation.objects.bulk_create(
        ActorRelation(source=hub, target=make_actor(f"Partner {number:03}"), kind="cooperation")
        for number in range(relations)
    )
    return hub


def rows_of(response) -> list[tuple]:
    return [(row.words, str(row.other)) for row in response.context["relations"].rows]


def test_the_page_of_an_actor_with_153_relations_opens_in_forty_queries(admin_client, chain):
    few, many = make_hub(2), make_actor("Große Zentrale")
    ActorRelation.objects.bulk_create(
        ActorRelation(source=many, target=make_actor(), kind="cooperation") for _number in range(153)
    )
    admin_client.get(page_of(few))
    assert queries_of(admin_client, page_of(many)) == queries_of(admin_client, page_of(few)) <= 40


def test_an_actor_with_153_relations_is_saved(admin_client):
    hub = make_hub(153)
    assert save(admin_client, hub, phone="+49 631 2050").status_code == 302
    hub.refresh_from_db()
    assert (hub.phone, hub.relations_out.count()) == ("+496312050", 153)


def test_a_row_says_kind_direction_partner_place_and_evidence(admin_client):
    hub, part, firm = make_actor("Zentrale"), make_actor("Teil", city="Mainz"), make_actor("Werk")
    relate(hub, part, "parent", since=1999, note_de="Standort", evidence="https://a.example/beleg")
    relate(firm, hub, "supply")
    response = admin_client.get(list_of(hub))
    assert rows_of(response) == [
        ("Trägerschaft, Träger von", "Teil"),
        ("Lieferbeziehung, bezieht von", "Werk"),
    ]
    page = markup_of(response)
    assert "Mainz" in page and "1999" in page and "Standort" in page
    assert 'href="https://a.example/beleg"' in page
    assert rows_of(admin_client.get(page_of(hub))) == rows_of(response)


def test_pages_and_kinds(admin_client):
    hub = make_hub(60)
    relate(make_actor("Lieferant"), hub, "supply")
    response = admin_client.get(list_of(hub), {"page": 3})
    assert rows_of(response)[-1] == ("Lieferbeziehung, bezieht von", "Lieferant")
    assert "51 bis 61 von 61" in markup_of(response)
    response = admin_client.get(list_of(hub), {"kind": "supply"})
    assert rows_of(response) == [("Lieferbeziehung, bezieht von", "Lieferant")]
    assert response.context["relations"].kinds == [
        ("cooperation", "Kooperation", 60),
        ("supply", "Lieferbeziehung", 1),
    ]
    for senseless in ({"kind": "x"}, {"page": "-1"}, {"page": "zz"}, {"kind": "\x00"}):
        assert admin_client.get(list_of(hub), senseless).status_code == 200


def test_a_page_asks_as_often_for_many_rows_as_for_one(admin_client):
    few, many = make_hub(1), make_actor("Viele")
    ActorRelation.objects.bulk_create(
        ActorRelation(source=many, target=make_actor(), kind="cooperation") for _number in range(60)
    )
    admin_client.get(list_of(few))
    assert queries_of(admin_client, list_of(few)) == queries_of(admin_client, list_of(many))


def test_htmx_is_given_the_list_alone(admin_client):
    response = admin_client.get(list_of(make_hub(1)), headers={"HX-Request": "true"})
    assert markup_of(response).lstrip().startswith("<section")
    assert "HX-Request" in response["Vary"].split(", ")


def test_the_page_of_a_relation_leads_back_to_the_actor(admin_client):
    hub, other = make_actor("Zentrale"), make_actor("Werk")
    back = f"{page_of(hub)}#network"
    response = admin_client.get(ADD, {"source": hub.pk, "of": hub.pk})
    assert response.context["adminform"].form["source"].value() == str(hub.pk)
    assert f'href="{back}"' in markup_of(response)
    sent = {"source": hub.pk, "target": other.pk, "kind": "research"}
    assert admin_client.post(f"{ADD}?of={hub.pk}", sent).url == back
    relation = ActorRelation.objects.get()
    change = reverse("admin:actors_actorrelation_change", args=[relation.pk])
    assert admin_client.post(f"{change}?of={hub.pk}", sent | {"since": 2001}).url == back
    going_on = admin_client.post(f"{change}?of={hub.pk}", sent | {"since": 2001, "_continue": "1"})
    assert going_on.url == f"{change}?of={hub.pk}"
    relation.refresh_from_db()
    assert relation.since == 2001
    delete = reverse("admin:actors_actorrelation_delete", args=[relation.pk])
    assert admin_client.post(f"{delete}?of={hub.pk}", {"post": "yes"}).url == back
    assert not ActorRelation.objects.exists()
    # Without an actor, as ever.
    assert admin_client.post(ADD, sent).url == reverse("admin:actors_actorrelation_changelist")


def test_it_leads_to_no_actor_out_of_reach(client):
    ours, theirs = make_cluster("ours"), make_cluster("theirs")
    stranger = make_actor("Fremd", clusters=[theirs], state="draft")
    client.force_login(make_person("manager", clusters=[ours]))
    page = client.get(ADD, {"of": stranger.pk})
    assert (page.status_code, page.context["opened_from"]) == (200, None)
    assert "Fremd" not in markup_of(page)
    assert client.get(list_of(stranger)).status_code == 302
    assert client.get(ADD, {"of": "9" * 30}).status_code == 200


def test_who_may_only_read_is_offered_nothing(client):
    cluster = make_cluster("ours")
    hub = make_actor("Zentrale", clusters=[cluster])
    relate(hub, make_actor("Werk"))
    client.force_login(make_person("viewer", clusters=[cluster]))
    (shown,) = client.get(list_of(hub)).context["relations"].rows
    assert (shown.change_url, shown.delete_url) == ("", "")
    assert "actorrelation/add" not in markup_of(client.get(list_of(hub)))
