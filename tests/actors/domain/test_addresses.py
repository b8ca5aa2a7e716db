"""Actors by what links out in the world call them."""

import uuid

import pytest

from actors.domain.addresses import keys_by_address
from actors.models import Actor, FormerUid
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


def test_slugs_and_ids_of_today_and_of_before_lead_to_published_actors(django_assert_num_queries):
    moved, merged, merged_uid = make_actor("Alt"), make_actor("Ziel"), uuid.uuid4()
    Actor.objects.filter(pk=moved.pk).update(slug="neu")
    FormerUid.objects.create(uid=merged_uid, actor=merged)
    hidden = make_actor("Entwurf", state="draft", slug="entwurf-alt")
    Actor.objects.filter(pk=hidden.pk).update(slug="entwurf")
    given = ["neu", "alt", str(moved.uid).upper(), str(merged_uid), "ziel"]
    nobody = [
        "entwurf",
        "entwurf-alt",
        str(hidden.uid),
        str(uuid.uuid4()),
        "nie",
        "Ä",
        "a\x00b",
        "x" * 500,
        "",
    ]
    with django_assert_num_queries(3):
        found = keys_by_address([*given, *nobody])
    assert found == dict(zip(given, [moved.pk, moved.pk, moved.pk, merged.pk, merged.pk], strict=True))


def test_one_query_where_all_are_known_by_their_slugs(django_assert_num_queries):
    actors = [make_actor(name) for name in ("Eins", "Zwei", "Drei")]
    with django_assert_num_queries(1):
        assert keys_by_address(["drei", "eins", "zwei"]) == {actor.slug: actor.pk for actor in actors}


def test_a_slug_of_today_goes_before_a_former_one():
    first = make_actor("Erster", slug="name")
    Actor.objects.filter(pk=first.pk).update(slug="anders")
    second = make_actor("Zweiter", slug="frei")
    Actor.objects.filter(pk=second.pk).update(slug="name")
    assert keys_by_address(["name"]) == {"name": second.pk}
