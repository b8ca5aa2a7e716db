"""The facet index by itself: any index and any changes count what plain sets would."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from actors.facets.index import ACTOR, FacetIndex

NAMES = ("one", "other")
VALUES = st.sets(st.sampled_from("abcd"))
ACTORS = st.dictionaries(st.integers(1, 12), st.fixed_dictionaries(dict.fromkeys(NAMES, VALUES)))


def index_of(actors: dict[int, dict[str, set[str]]]) -> FacetIndex:
    rows = [(ACTOR, "", list(actors))] if actors else []
    for name in NAMES:
        for value in sorted({value for own in actors.values() for value in own[name]}):
            rows.append((name, value, [key for key, own in actors.items() if value in own[name]]))
    return FacetIndex.of(rows, NAMES)


def expected(actors: dict, keys) -> dict:
    return {
        name: {
            value: number
            for value in "abcd"
            if (number := sum(value in own[name] for key, own in actors.items() if key in keys))
        }
        for name in NAMES
    }


@given(ACTORS, ACTORS, st.sets(st.integers(1, 12)), st.sets(st.integers(1, 12)))
def test_after_changes_it_counts_what_sets_count(before, after, gone, chosen):
    index = index_of(before).with_changes([*after, *gone], index_of(after))
    actors = {key: own for key, own in before.items() if key not in gone} | after
    assert index.keys.tolist() == sorted(actors)
    mask = index.among(list(chosen))
    assert index.keys[mask].tolist() == sorted(chosen & actors.keys())
    assert {name: index.counts(name, mask) for name in NAMES} == expected(actors, chosen)
    assert {name: index.counts(name) for name in NAMES} == expected(actors, actors)
    pairs = [
        (one, other)
        for key in chosen & actors.keys()
        for one in actors[key]["one"]
        for other in actors[key]["other"]
    ]
    assert index.cross_counts("one", "other", mask) == dict(Counter(pairs))


@given(ACTORS, VALUES)
def test_a_mask_is_who_has_a_value(actors, values):
    index = index_of(actors)
    having = sorted(key for key, own in actors.items() if own["one"] & values)
    assert index.keys[index.having("one", values)].tolist() == having


def test_an_index_never_changes():
    index = index_of({1: {"one": {"a"}, "other": set()}})
    index.with_changes([1], index_of({1: {"one": {"b"}, "other": set()}}))
    assert index.counts("one") == {"a": 1}
    assert not np.shares_memory(index.keys, index.with_changes([], index_of({})).keys)
