"""A save that is done, looked at and taken back."""

import pytest
from django.db import transaction

from actors.models import Actor
from clusterportal.history.models import current_revision
from clusterportal.review.domain.rehearsal import Rehearsed, rehearse
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor():
    return make_actor("Muster", city="Leipzig")


def move() -> None:
    Actor.objects.update(city="Halle")


def test_the_record_is_known_and_nothing_is_written(actor):
    revision = current_revision()

    def save():
        with transaction.atomic():  # as Django's own view does
            move()
            raise Rehearsed(Actor.objects.values("city").get())

    assert rehearse(save) == ({"city": "Halle"}, None)
    assert (Actor.objects.get().city, current_revision()) == ("Leipzig", revision)


def test_a_save_that_is_refused_gives_its_answer(actor):
    assert rehearse(lambda: "a page with mistakes") == (None, "a page with mistakes")


def test_what_is_done_after_the_save_is_not_done(actor, django_capture_on_commit_callbacks):
    def save():
        transaction.on_commit(lambda: pytest.fail("a mail went out"))
        raise Rehearsed({})

    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        rehearse(save)
    assert callbacks == []


def test_another_mistake_is_not_hidden(actor):
    def save():
        move()
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        rehearse(save)
    assert Actor.objects.get().city == "Leipzig"
