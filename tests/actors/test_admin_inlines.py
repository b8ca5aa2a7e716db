"""The parts of an actor in its form: any number of them, and nothing that was typed is lost."""

import pytest
from django.urls import reverse

from actors.models import Actor, ActorAlias, LayerPlacement
from tests.admin_pages import form_in, form_of
from tests.factories import make_actor
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


# ---------- an actor with hundreds of parts ----------
def test_every_row_of_many_can_be_reached_and_changed(admin_client):
    actor = make_actor("Zentrale")
    aliases = ActorAlias.objects.bulk_create(
        ActorAlias(actor=actor, name=f"Name {number:02}", kind="former") for number in range(60)
    )
    url = reverse("admin:actors_actor_change", args=[actor.pk])
    page = admin_client.get(url, {"aliases-page": 3})
    assert "51 bis 60 von 60" in page.content.decode()
    data = form_in(page) | {"aliases-9-name": "Anders"}
    assert admin_client.post(f"{url}?aliases-page=3", data).status_code == 302
    aliases[59].refresh_from_db()
    assert (aliases[59].name, actor.aliases.count()) == ("Anders", 60)


# ---------- what was typed is not lost ----------
def test_what_was_typed_can_be_shown_again_and_nothing_is_saved(admin_client, chain):
    actor = make_actor("Institut")
    layer = LayerPlacement.objects.create(actor=actor, layer=chain[0]).layer
    data = form_of(admin_client, actor) | {"city": "Kaiserslautern", "_show_again": "1"}
    new = {"placements-TOTAL_FORMS": 2, "placements-1-layer": chain[1].pk, "placements-1-basis": "service"}
    page = admin_client.post(reverse("admin:actors_actor_change", args=[actor.pk]), data | new)
    assert page.status_code == 200
    assert "Noch ist nichts gespeichert." in markup_of(page)
    assert page.context["adminform"].form["city"].value() == "Kaiserslautern"
    assert 'name="placements-1-layer"' in markup_of(page)
    actor.refresh_from_db()
    assert (actor.city, [p.layer for p in actor.placements.all()]) == ("Leipzig", [layer])


# ---------- names that can be told apart ----------
def test_a_search_box_names_an_actor_whole(admin_client):
    make_actor("Ernst-Mach-Institut", short_name="EMI", city="Freiburg", slug="emi")
    box = {"app_label": "actors", "model_name": "actorrelation", "field_name": "target", "term": "Mach"}
    answer = admin_client.get("/admin/autocomplete/", box).json()
    assert [found["text"] for found in answer["results"]] == ["EMI – Ernst-Mach-Institut, Freiburg"]


def test_initials_are_letters():
    actor = make_actor("„Zum Anker“ e. V.")
    assert actor.initials == "Zu"


def test_names_in_quotation_marks_stand_at_their_first_letter(admin_client):
    for name in ("„Anker“ e. V.", "Bauhof", "(Zentrum)", "»Linde«", "'s Wirtshaus"):
        make_actor(name, slug=f"a{len(name)}")
    order = [str(actor) for actor in Actor.objects.all()]
    assert order == ["„Anker“ e. V.", "Bauhof", "»Linde«", "'s Wirtshaus", "(Zentrum)"]
