import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from actors.models import Actor, ActorRelation, LayerPlacement, Service
from clusterportal.history.changes import Source, read
from clusterportal.history.restore import CannotRestore, restore
from tests.factories import make_actor
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


def changes_of(model) -> list:
    """Newest first."""
    return read([Source(model)], limit=50)


def test_an_earlier_version_of_an_actor_comes_back_and_is_recorded(admin_user):
    actor = make_actor("Alt", summary_de="erste Fassung", latitude=49.5, longitude=7.5)
    Actor.objects.filter(pk=actor.pk).update(summary_de="zweite Fassung", latitude=1, longitude=1)
    restore(changes_of(Actor)[1], by=admin_user)
    actor.refresh_from_db()
    assert (actor.summary_de, actor.latitude, actor.longitude) == ("erste Fassung", 49.5, 7.5)
    assert [change.operation for change in changes_of(Actor)] == ["update", "update", "insert"]


def test_a_deleted_placement_comes_back(admin_user, chain):
    actor = make_actor(layers=[2])
    placement = LayerPlacement.objects.get()
    placement.delete()
    restore(changes_of(LayerPlacement)[0], by=admin_user)
    back = LayerPlacement.objects.get()
    assert (back.actor, back.layer, back.is_primary) == (actor, chain[1], True)


def test_restoring_publishes_nothing(admin_user):
    actor = make_actor("Alt", state="published")
    Actor.objects.filter(pk=actor.pk).update(state="draft", name="Neu")
    restore(changes_of(Actor)[1], by=admin_user)
    actor.refresh_from_db()
    assert (actor.name, actor.state) == ("Alt", "draft")


@pytest.mark.django_db(transaction=True)
def test_a_deleted_actor_comes_back_as_a_draft_with_its_parts(admin_user, chain):
    actor, other = make_actor("Eins", layers=[1, 4]), make_actor("Zwei")
    ActorRelation.objects.create(source=actor, target=other, kind="supply")
    Service.objects.create(actor=actor, title_de="Prüfung")
    uid = actor.uid
    actor.delete()
    restore(changes_of(Actor)[0], by=admin_user)
    back = Actor.objects.get(name="Eins")
    assert (back.uid, back.state, back.positions) == (uid, "draft", [1, 4])
    assert back.relations_out.get().target == other
    assert back.services.get().title_de == "Prüfung"


def test_a_part_of_nothing_cannot_come_back(admin_user, chain):
    actor = make_actor(layers=[1])
    actor.placements.all().delete()
    actor.delete()
    with pytest.raises(CannotRestore):
        restore(changes_of(LayerPlacement)[0], by=admin_user)
    assert not LayerPlacement.objects.exists()


def test_a_place_taken_meanwhile_is_not_taken_again(admin_user, chain):
    actor = make_actor(layers=[1])
    actor.placements.all().delete()
    LayerPlacement.objects.create(actor=actor, layer=chain[0])
    with pytest.raises(CannotRestore):
        restore(changes_of(LayerPlacement)[1], by=admin_user)


def test_who_may_only_read_restores_nothing(client, django_user_model):
    reader = django_user_model.objects.create_user("ben", is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__in=["view_actor", "reach_all_actors"]))
    reader = django_user_model.objects.get(pk=reader.pk)
    actor = make_actor("Alt")
    Actor.objects.filter(pk=actor.pk).update(name="Neu")
    first = changes_of(Actor)[1]
    with pytest.raises(PermissionDenied):
        restore(first, by=reader)
    client.force_login(reader)
    assert (
        client.post(reverse("admin:history_restore", args=["actors.actor", first.event_id])).status_code
        == 403
    )
    history = client.get(reverse("admin:actors_actor_history", args=[actor.pk]))
    assert not any(change.restore_url for change in history.context["page"].changes)


def test_the_page_shows_what_would_change_and_asks(admin_client):
    actor = make_actor("Alt")
    Actor.objects.filter(pk=actor.pk).update(name="Neu")
    history = admin_client.get(reverse("admin:actors_actor_history", args=[actor.pk]))
    newest, first = history.context["page"].changes
    assert not newest.restore_url
    asked = admin_client.get(first.restore_url)
    assert [(d.name, d.before, d.after) for d in asked.context["differences"]] == [("name", "Neu", "Alt")]
    assert Actor.objects.get().name == "Neu"
    done = admin_client.post(first.restore_url)
    assert done.url == reverse("admin:actors_actor_history", args=[actor.pk])
    assert Actor.objects.get().name == "Alt"
    assert (
        admin_client.get("/admin/history/revision/restore/actors.actor/99999999999999999/").status_code == 404
    )


def test_a_version_that_is_the_present_state_offers_nothing_to_restore(admin_client):
    actor = make_actor("Institut", city="Leipzig")
    Actor.objects.filter(pk=actor.pk).update(city="Halle")
    Actor.objects.filter(pk=actor.pk).update(city="Leipzig")
    first = changes_of(Actor)[-1]
    page = markup_of(
        admin_client.get(reverse("admin:history_restore", args=["actors.actor", first.event_id]))
    )
    assert "Der Eintrag sieht bereits so aus" in page
    assert '<button type="submit" class="ap-button ap-main"' not in page


def test_deleting_says_that_it_can_be_taken_back(admin_client):
    actor = make_actor()
    page = admin_client.get(reverse("admin:actors_actor_delete", args=[actor.pk])).content.decode()
    assert "lässt es sich als Entwurf zurückholen" in page
