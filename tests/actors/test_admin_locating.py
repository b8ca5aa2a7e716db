"""Coordinates from postcode and town: offered, filled in when asked for, never saved in silence."""

import pytest
from django.urls import reverse

from actors.models import Actor
from clusterportal.places.models import Postcode
from tests.admin_pages import form_of, save
from tests.factories import make_actor, make_cluster, make_person
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
ASK = "/admin/actors/actor/coordinates/"
FOUND = {"latitude": "49.43", "longitude": "7.75", "location_accuracy": "postcode"}


@pytest.fixture(autouse=True)
def places():
    for country, code, place, latitude, longitude in (
        ("DE", "67663", "Kaiserslautern", 49.43, 7.75),
        ("DE", "67655", "Kaiserslautern", 49.45, 7.77),
        ("AT", "6763", "Lautern", 47.2, 10.1),
        ("DE", "99998", "Neustadt", 50.0, 11.0),
        ("DE", "31535", "Neustadt", 52.5, 9.4),
    ):
        Postcode.objects.create(
            country=country, code=code, place=place, latitude=latitude, longitude=longitude,
            district=code, state_name=code,
        )  # fmt: skip


def asked(client, **address) -> dict:
    return client.get(ASK, {"country": "DE"} | address).json()


def test_postcode_and_town_have_a_point(admin_client):
    answer = asked(admin_client, postcode="67663", city="Kaiserslautern")
    assert (
        answer.pop("text")
        == "Eingetragen, noch nicht gespeichert: die Mitte von 67663 Kaiserslautern, ungefähr."
    )
    assert answer == FOUND
    assert asked(admin_client, postcode="67663") == asked(
        admin_client, postcode="67663", city="Kaiserslautern"
    )


@pytest.mark.parametrize(
    "address",
    [
        {}, {"city": "Neustadt"}, {"postcode": "6763"}, {"city": "Nirgends"}, {"city": "\x00"}, {"city": "x" * 500},
        {"postcode": "67663", "city": "Kaiserslautern", "country": "FR"},
    ],
)  # fmt: skip
def test_what_is_not_clear_is_not_offered(admin_client, address):
    assert asked(admin_client, **address) == {
        "text": "Zu dieser Postleitzahl und diesem Ort sind keine Koordinaten bekannt."
    }


def test_the_button_fills_the_form_and_saves_nothing(admin_client):
    actor = make_actor(postcode="67663", city="Kaiserslautern")
    data = form_of(admin_client, actor) | {"_locate": "1", "phone": "0631 2050"}
    page = admin_client.post(reverse("admin:actors_actor_change", args=[actor.pk]), data)
    form = page.context["adminform"].form
    assert page.status_code == 200
    assert {name: form[name].value() for name in FOUND} == FOUND
    assert form["phone"].value() == "0631 2050"
    assert "die Mitte von 67663 Kaiserslautern" in markup_of(page)
    assert Actor.objects.get().latitude is None


def test_a_save_without_coordinates_says_that_there_are_some(admin_client):
    actor = make_actor(city="Leipzig")
    answer = save(admin_client, actor, postcode="67663", city="Kaiserslautern")
    texts = [str(message) for message in admin_client.get(answer.url).context["messages"]]
    assert any("Koordinaten von 67663 Kaiserslautern" in text for text in texts)
    assert Actor.objects.get().latitude is None
    answer = save(admin_client, actor, phone="0631 2050")
    assert not any("Koordinaten" in str(one) for one in admin_client.get(answer.url).context["messages"])


def test_readers_are_neither_offered_it_nor_answered(client):
    cluster = make_cluster()
    actor = make_actor(clusters=[cluster])
    client.force_login(make_person("viewer", clusters=[cluster]))
    assert client.get(ASK).status_code == 403
    assert "_locate" not in markup_of(client.get(reverse("admin:actors_actor_change", args=[actor.pk])))
