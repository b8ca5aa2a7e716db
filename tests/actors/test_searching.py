"""Answers of the search are kept for a state of the registry, as they were or as bits."""

import pytest

from actors.domain import searching
from actors.models import Actor
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("bits_of_a_key", [0, 10**9], ids=["keys", "bits"])
@pytest.mark.parametrize("text", ["technik", "tehcnik", "nirgends"])
def test_a_kept_answer_is_the_answer(chain, monkeypatch, django_assert_num_queries, bits_of_a_key, text):
    for number in range(5):
        make_actor(f"Technik {number}")
        make_actor(f"Verein {number}")
    monkeypatch.setattr(searching, "_BITS_OF_A_KEY", bits_of_a_key)
    monkeypatch.setattr(searching, "_kept", searching.Shelf(1024**2))
    actors = Actor.objects.published()
    asked = searching.answer_to(text, among=actors, stamp="1")
    with django_assert_num_queries(0):
        kept = searching.answer_to(text, among=actors, stamp="1")
    assert (
        sorted(kept.keys.tolist()) == sorted(asked.keys.tolist()) == sorted(actors.found(text).keys.tolist())
    )
    assert (kept.question, kept.query, kept.meant) == (asked.question, asked.query, asked.meant)
    make_actor("Technik danach")
    after = searching.answer_to(text, among=actors, stamp="2")
    assert len(after.keys) == (6 if text != "nirgends" else 0)
