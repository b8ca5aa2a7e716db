import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from actors.domain.integrity import findings
from actors.models import ActorRelation, Topic
from tests.factories import make_actor, make_area

pytestmark = pytest.mark.django_db


def texts() -> list[tuple[bool, str, int]]:
    return [(one.is_error, one.text, one.count) for one in findings()]


def test_a_sound_registry(chain, settings):
    from django.utils import timezone

    make_actor(
        "A", layers=[1], areas=[make_area()], summary_de="x", summary_en="x", website="https://a.example",
        latitude=51.3, longitude=12.4, verified_on=timezone.localdate(),
    )  # fmt: skip
    assert texts() == []
    call_command("check_registry")


def test_each_finding(chain):
    a = make_actor("A")
    b = make_actor("B", state="draft")
    ActorRelation.objects.create(source=a, target=b, kind="supply")
    for slug, name in (
        ("one", "Künstliche Intelligenz"),
        ("two", "KUENSTLICHE INTELLIGENZ"),
        ("three", "Optik"),
    ):
        Topic.objects.create(slug=slug, name_de=name)
    assert texts() == [
        (True, "published actors stand on no layer", 1),
        (True, "published actors have no summary", 1),
        (False, "relations have an end that nobody sees", 1),
        (False, "topics are called as another one is", 2),
        (False, "published actors are incomplete", 1),
        (False, "published actors were not verified within 12 months", 1),
    ]
    with pytest.raises(CommandError, match="2 kinds of errors"):
        call_command("check_registry")


def test_four_layers_are_an_error(db):
    assert texts() == [(True, "the model has 5 layers, stored are", 0)]
