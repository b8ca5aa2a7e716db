import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied

from actors.domain.publication import move
from actors.models import Actor
from actors.rules import can_move
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


def make_staff(django_user_model, *codenames):
    user = django_user_model.objects.create_user("cm", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(
            content_type__app_label="actors", codename__in=["reach_all_actors", *codenames]
        )
    )
    return django_user_model.objects.get(pk=user.pk)


def test_an_editor_submits_but_does_not_publish(django_user_model):
    editor = make_staff(django_user_model, "view_actor", "change_actor")
    make_actor("A", state="draft")
    with pytest.raises(PermissionDenied):
        move(actors=Actor.objects.all(), to="published", by=editor)
    moved, _kept = move(actors=Actor.objects.all(), to="in_review", by=editor)
    assert [actor.state for actor in moved] == ["in_review"]


def test_a_manager_publishes_and_is_told_what_stayed(django_user_model):
    manager = make_staff(django_user_model, "view_actor", "change_actor", "publish_actor")
    make_actor("A", state="draft")
    make_actor("B", state="rejected")
    moved, kept = move(actors=Actor.objects.all(), to="published", by=manager)
    assert ([a.name for a in moved], [a.name for a in kept]) == (["A"], ["B"])
    assert Actor.objects.get(name="A").published_at is not None


def test_the_public_sees_what_is_published_and_nothing_else(django_user_model):
    from django.contrib.auth.models import AnonymousUser

    published, draft = make_actor("A"), make_actor("B", state="draft")
    stranger = AnonymousUser()
    insider = make_staff(django_user_model, "view_actor")
    assert list(Actor.objects.visible_to(stranger)) == [published]
    assert set(Actor.objects.visible_to(insider)) == {published, draft}
    assert not can_move(stranger, draft, "in_review")


def test_withdrawn_is_what_was_public_once():
    make_actor("A", state="draft")
    make_actor("B")
    make_actor("C", state="archived")
    gone = make_actor("D")
    Actor.objects.filter(pk=gone.pk).update(state="archived")
    assert [actor.name for actor in Actor.objects.withdrawn()] == ["D"]


def test_a_changed_address_keeps_the_old_one():
    actor = make_actor("Alt", slug="alt")
    Actor.objects.filter(pk=actor.pk).update(slug="neu")
    Actor.objects.filter(pk=actor.pk).update(slug="neuer")
    assert sorted(actor.former_slugs.values_list("slug", flat=True)) == ["alt", "neu"]
    Actor.objects.filter(pk=actor.pk).update(slug="alt")
    assert sorted(actor.former_slugs.values_list("slug", flat=True)) == ["neu", "neuer"]


def test_a_change_of_a_part_moves_the_actor_on(chain):
    from django.utils import timezone

    from actors.models import LayerPlacement

    actor = make_actor("A")
    long_ago = timezone.now() - timezone.timedelta(days=9)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE actors_actor DISABLE TRIGGER USER")
        cursor.execute("UPDATE actors_actor SET updated_at = %s", [long_ago])
        cursor.execute("ALTER TABLE actors_actor ENABLE TRIGGER USER")
    LayerPlacement.objects.create(actor=actor, layer=chain[0])
    actor.refresh_from_db()
    assert actor.updated_at > long_ago
