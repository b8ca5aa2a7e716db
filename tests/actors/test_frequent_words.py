"""What was counted beforehand answers as the documents themselves would, whatever has been written since."""

import pytest
from actors.domain.frequent_words import keep_frequent_words
from django.db import connection, transaction

from actors.domain import frequent_words
from actors.models import Actor, ActorAlias, ActorTopic, ActorTouch, FrequentWord, Topic
from actors.search import engine as search
from actors.search.engine import Question
from tests import elsewhere
from tests.factories import make_actor

QUESTIONS = [
    "Technik", "technisch", "Technik Verein", "Verein", "Ver", "Zentrum", '"Technik Verein"', "Technik -Verein",
    "Verein Zentrum", "Köln Zentrum", "Technik 7", "nirgends",
]  # fmt: skip


@pytest.fixture
def registry(transactional_db, monkeypatch):
    """Thirty-one actors, whose common words are known."""
    monkeypatch.setattr(frequent_words, "LEAST", 5)
    monkeypatch.setattr(search, "LITTLE", 2)
    for number in range(15):
        make_actor(f"Technik {number}", summary_de="ein technisches Zentrum")
        make_actor(f"Verein Technik {number}", city="Köln")
    make_actor("Verein Zentrum")
    topic = Topic.objects.create(slug="kunst", name_de="Kunst")
    ActorTopic.objects.create(actor=Actor.objects.get(slug="verein-technik-3"), topic=topic)
    assert keep_frequent_words() > 0


def sql(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text)


def known(words: str) -> bool:
    """Whether the answer to `words` is known beforehand."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT holders IS NOT NULL FROM registry_frequent(%s)", [words])
        return cursor.fetchone()[0]


def answers(**how) -> dict:
    actors = Actor.objects.published()
    return {
        text: (answer[0], sorted(answer[1].tolist()), answer[2])
        for text in QUESTIONS
        if (answer := search._answer(actors, Question.of(text), **how))
    }


def test_knows_the_words_that_many_hold(registry):
    kept = set(FrequentWord.objects.values_list("query", flat=True))
    assert {"'technik':* | '~technik':*", "'verein':* | '~verein':*"} <= kept
    assert [text for text in ("Technik", "technik verein", "KÖLN", "7", "Technik 7") if known(text)] == [
        "Technik", "technik verein", "KÖLN",
    ]  # fmt: skip


WRITERS = {
    "nothing": lambda: None,
    "a new one": lambda: make_actor("Technik neu"),
    "a draft": lambda: make_actor("Technik", state="draft"),
    "renamed": lambda: Actor.objects.filter(slug="technik-7").update(name="Zentrum 7"),
    "renamed by SQL": lambda: sql("UPDATE actors_actor SET name = 'Verein' WHERE name LIKE 'Technik%'"),
    "withdrawn": lambda: Actor.objects.filter(slug="technik-6").update(state="draft"),
    "deleted": lambda: Actor.objects.filter(slug__contains="7").delete(),
    "an alias": lambda: ActorAlias.objects.create(
        actor=Actor.objects.get(slug="technik-8"), name="Technik Verein Sieben", kind="colloquial"
    ),
    "a topic": lambda: ActorTopic.objects.create(
        actor=Actor.objects.get(slug="technik-3"), topic=Topic.objects.get()
    ),
    "a topic renamed": lambda: Topic.objects.update(name_de="Zentrum"),
    "elsewhere": lambda: elsewhere.execute("UPDATE actors_actor SET name = 'Zentrum' WHERE slug = 'technik-9'"),
    "all gone": lambda: sql("TRUNCATE actors_actor CASCADE"),
}  # fmt: skip


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_right_after_each_commit(registry, write):
    write()
    assert answers() == answers(reads_all=True)


def test_right_after_one_commit_upon_another_and_when_read_again(registry):
    for write in [*WRITERS.values()][:-1]:
        write()
        assert known("Technik") and answers() == answers(reads_all=True)
    keep_frequent_words(anew=True)
    assert known("Technik") and answers() == answers(reads_all=True)


def test_what_is_not_committed_is_seen_by_its_writer_alone(registry):
    with transaction.atomic():
        make_actor("Technik neu")
        assert answers() == answers(reads_all=True)
        assert len(answers()["Technik"][1]) == 31
        transaction.set_rollback(True)
    assert len(answers()["Technik"][1]) == 30


def test_unknown_when_too_much_has_changed_since_or_nobody_can_tell(registry):
    ActorTouch.objects.update(actors=list(range(10_000, 11_001)), transaction=10**9)
    assert not known("Technik")
    ActorTouch.objects.update(actors=None)
    assert not known("Technik")
    ActorTouch.objects.all().delete()
    assert known("Technik")
    FrequentWord.objects.update(snapshot="1:1:")
    keep_frequent_words(anew=True)
    FrequentWord.objects.update(snapshot="999999999:999999999:")
    assert not known("Technik")


def test_read_again_when_much_has_changed(registry, monkeypatch):
    assert keep_frequent_words() == 0
    make_actor("Technik neu")
    assert keep_frequent_words() == 0
    monkeypatch.setattr(frequent_words, "WORN", 0)
    assert keep_frequent_words() > 0
    assert keep_frequent_words() == 0


def test_a_small_registry_needs_none(transactional_db):
    make_actor("Technik")
    assert keep_frequent_words() == 0 and not FrequentWord.objects.exists()
