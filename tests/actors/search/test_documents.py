"""What search reads is kept by the database, whoever writes: each document equals one that is computed anew."""

import pytest
from django.db import connection

from actors.models import (
    Actor,
    ActorAlias,
    ActorTopic,
    ApplicationFocus,
    ReindexQueue,
    SearchDocument,
    SearchNames,
    SearchWord,
    Service,
    Topic,
)
from actors.models.search import documents_at_the_end
from actors.search.engine import search
from actors.tasks import forget_words
from applications.models import ApplicationArea
from layers.models import Layer
from tests.factories import make_actor, make_area

pytestmark = pytest.mark.django_db


def documents() -> dict:
    names = dict(SearchNames.objects.values_list("pk", "names"))
    return {one.pk: (names.get(one.pk), one.vector) for one in SearchDocument.objects.all()}


def written_anew() -> dict:
    """The documents after they were thrown away and written again."""
    SearchDocument.objects.all().delete()
    SearchNames.objects.all().delete()
    ReindexQueue.objects.bulk_create(
        ReindexQueue(actor_id=pk) for pk in Actor.objects.values_list("pk", flat=True)
    )
    return documents()


def finds(text: str) -> list[str]:
    return sorted(
        Actor.objects.with_keys(search(text, among=Actor.objects.all()).keys).values_list("slug", flat=True)
    )


@pytest.fixture
def actor(chain):
    area = make_area("robotics", name_de="Robotik", name_en="Robotics")
    return make_actor("Alpha", slug="alpha", layers=[2], areas=[area])


def rename_topic(actor):
    topic = Topic.objects.create(slug="ai", name_de="Altwort")
    ActorTopic.objects.create(actor=actor, topic=topic)
    topic.name_de = "Neuwort"
    topic.save()


CHANGES = {
    "name": lambda actor: Actor.objects.filter(pk=actor.pk).update(name="Neuwort"),
    "place": lambda actor: Actor.objects.filter(pk=actor.pk).update(city="Neuwort"),
    "description": lambda actor: Actor.objects.filter(pk=actor.pk).update(description_en="A Neuwort here."),
    "alias": lambda actor: ActorAlias.objects.create(actor=actor, name="Neuwort"),
    "topic": lambda actor: ActorTopic.objects.create(
        actor=actor, topic=Topic.objects.create(slug="neu", name_de="Altes", name_en="Neuwort")
    ),
    "topic renamed": rename_topic,
    "service": lambda actor: Service.objects.create(actor=actor, title_de="Neuwort"),
    "layer renamed": lambda actor: Layer.objects.filter(position=2).update(name_en="Neuwort"),
    "area renamed": lambda actor: ApplicationArea.objects.update(name_de="Neuwort"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_part_feeds_the_document(actor, change):
    assert finds("Neuwort") == []
    change(actor)
    assert finds("Neuwort") == ["alpha"]
    assert documents() == written_anew()


@pytest.mark.parametrize(
    "change",
    [
        lambda: ApplicationFocus.objects.all().delete(),
        lambda: ApplicationArea.objects.update(is_active=False),
        lambda: ApplicationArea.objects.update(name_de="Anderes", name_en="Other"),
    ],
    ids=["focus gone", "area out of use", "area renamed"],
)
def test_what_is_gone_is_not_found(actor, change):
    assert finds("Robotik") == ["alpha"]
    change()
    assert finds("Robotik") == []
    assert documents() == written_anew()


def test_a_document_goes_with_its_actor(actor):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM actors_layerplacement")
        cursor.execute("DELETE FROM actors_applicationfocus")
        cursor.execute("DELETE FROM actors_actor")
    assert documents() == {}
    assert not SearchNames.objects.exists()


def test_the_usual_name_stands_first(actor):
    ActorAlias.objects.create(actor=actor, name="Aa")
    Actor.objects.update(short_name="ÄÖ", name="Öffentliche Anstalt")
    assert SearchNames.objects.get().names == ["offentliche anstalt", "aa", "ao"]


def test_nothing_waits_to_be_written(actor):
    assert not ReindexQueue.objects.exists()


def test_who_writes_much_writes_documents_once(actor):
    with documents_at_the_end():
        ActorAlias.objects.create(actor=actor, name="Neuwort")
        assert finds("Neuwort") == []
    assert finds("Neuwort") == ["alpha"]
    assert not ReindexQueue.objects.exists()
    assert documents() == written_anew()


def test_words_are_known_once_with_all_that_is_left_of_them(actor):
    make_actor("Alpha Alpha", city="")
    known = SearchWord.objects.get(word="alpha")
    assert known.deletions == ["alpha", "lpha", "apha", "alha", "alpa", "alph"]


def test_words_out_of_use_are_forgotten_at_night(actor):
    gone = make_actor("Verschwundenes", slug="gone", city="Alpha")
    before = set(SearchWord.objects.values_list("word", flat=True))
    SearchWord.objects.create(word="alpha", deletions=["lpha"])
    gone.delete()
    forget_words(timestamp=0)
    assert before - set(SearchWord.objects.values_list("word", flat=True)) == {"verschwundenes"}
    assert SearchWord.objects.get(word="alpha").deletions[0] == "alpha"
    assert finds("Alhpa") == ["alpha"]


def test_a_very_long_description_is_kept_and_searched_at_its_beginning(actor):
    Actor.objects.update(description_de="Neuwort " + " ".join(f"wort{number}" for number in range(300_000)))
    assert finds("Neuwort") == ["alpha"]
    assert finds("wort299999") == []
