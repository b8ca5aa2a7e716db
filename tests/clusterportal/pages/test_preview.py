"""The page of an actor before it is published: for staff who may see it, as visitors will see it."""

import pytest
from django.contrib.auth.models import Permission
from django.utils.translation import override

from actors.models import ActorRelation, ContactPerson
from clusterportal.accounts.models import User
from tests.factories import make_actor
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    def get(actor):
        with override("en"):
            return client.get(actor.get_absolute_url())

    return get


def test_staff_who_may_view_see_a_draft_marked_as_such(page, client):
    actor = make_actor("Entwurf", state="draft")
    user = User.objects.create_user("clara", password="x", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_actor", "reach_all_actors"]))
    client.force_login(user)
    response = page(actor)
    text = markup_of(response)
    assert response.status_code == 200
    assert "Only signed-in staff can see this page." in text
    assert f'href="/admin/actors/actor/{actor.pk}/change/"' in text
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in text
    assert "ld+json" not in text
    assert "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"]


def test_a_preview_is_the_page_that_visitors_will_see(page, client, chain):
    """Relations and people as after publishing: partners that are public, people with consent."""
    actor, partner, hidden = (
        make_actor("Entwurf", state="draft"),
        make_actor("Partner"),
        make_actor("Geheim", state="draft"),
    )
    ActorRelation.objects.create(source=actor, target=partner, kind="cooperation")
    ActorRelation.objects.create(source=actor, target=hidden, kind="cooperation")
    ContactPerson.objects.create(actor=actor, name="Erika Muster", consent_on="2025-01-01")
    ContactPerson.objects.create(actor=actor, name="Karl Ohne")
    client.force_login(User.objects.create_superuser("root"))
    text = markup_of(page(actor))
    assert "Partner" in text and "Erika Muster" in text
    assert "Geheim" not in text and "Karl Ohne" not in text
    # Nobody else sees the relation from the partner's page, not even staff: it is what visitors see.
    assert "Entwurf" not in markup_of(page(partner))


def test_staff_without_the_right_see_no_draft(page, client):
    actor = make_actor("Entwurf", state="draft")
    client.force_login(User.objects.create_user("carl", password="x", is_staff=True))
    assert page(actor).status_code == 404
