"""Actors that the names of a list may mean: found in the database for many names at once, with three statements.

A name is looked up by those of its words that tell most, each also as words in use that are a slip away. How frequent
a word is among names, the database knows from its own statistics (of ANALYZE): a word that it does not list is rare.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from django.db import connection
from rapidfuzz.distance import OSA

from clusterportal.matching.domain.asking import Asked
from clusterportal.matching.domain.names import LONG_WORD, SHORT_WORD

MOST_FOUND = 400  # actors whose names are compared with one name
FREQUENT = 0.004  # share of all names from which a word alone does not tell one from the other
MOST_TELLING = 4  # words of one name by which it is looked up
MOST_MEANT = 8  # words in use that one misspelt word may mean
_RARE = 0.0002  # share of a word that nobody has counted


@dataclass(frozen=True)
class Words:
    """What is known of the words of a list."""

    shares: Mapping[str, float] = field(default_factory=dict)  # of the frequent ones among all names
    meant: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # words in use, itself first if it is

    def weight(self, word: str) -> float:
        """How much a word tells: 1 for a rare one, little for one that every tenth name has."""
        return max(0.08, min(1.0, log(self.shares.get(word, _RARE)) / log(_RARE)))

    def is_used(self, word: str) -> bool:
        return word in self.meant.get(word, ())


_SHARES = """
SELECT word, share FROM pg_stats,
    LATERAL unnest(most_common_elems::text::text[], most_common_elem_freqs) AS known (word, share)
WHERE schemaname = current_schema AND tablename = 'actors_searchnames' AND attname = 'vector' AND word = ANY(%s)
"""
_USED = """
SELECT asked.word, known.word FROM unnest(%s::text[]) AS asked (word), LATERAL (
    SELECT DISTINCT word FROM actors_searchword WHERE deletions && registry_deletions(asked.word)
) AS known
"""
_CALLED_SO = """
SELECT number, actor_id, names FROM unnest(%(numbers)s::int[], %(queries)s::text[]) AS asked (number, query), LATERAL (
    SELECT actor_id, names FROM actors_searchnames JOIN actors_actor ON id = actor_id
    WHERE vector @@ query::tsquery AND registry_is_public(state) LIMIT %(most)s
) AS found
"""


def known_words(asked: Iterable[Asked]) -> Words:
    """What the registry knows of all words of a list; two statements."""
    words = sorted({word for one in asked for word in one.words})
    with connection.cursor() as cursor:
        cursor.execute(_USED, [words])
        found: dict[str, list[str]] = {}
        for word, used in cursor:
            found.setdefault(word, []).append(used)
        meant = {word: _meant(word, used) for word, used in found.items()}
        cursor.execute(_SHARES, [sorted({one for used in meant.values() for one in used})])
        return Words(dict(cursor.fetchall()), meant)


def _meant(word: str, used: Sequence[str]) -> tuple[str, ...]:
    """The words in use that `word` may stand for, itself first; of a short word itself alone."""
    forgiven = 0 if len(word) < SHORT_WORD else 2 if len(word) >= LONG_WORD else 1
    near = sorted((OSA.distance(word, one), one) for one in used)
    return tuple(one for distance, one in near if distance <= forgiven)[:MOST_MEANT]


def called_alike(asked: Sequence[Asked], words: Words) -> dict[int, dict[int, list[str]]]:
    """By the number of a question: published actors that may be meant, with all names they have; one statement."""
    queries = {number: query for number, one in enumerate(asked) if (query := _query(one.words, words))}
    found: dict[int, dict[int, list[str]]] = {}
    with connection.cursor() as cursor:
        values = {"numbers": [*queries], "queries": [*queries.values()], "most": MOST_FOUND}
        cursor.execute(_CALLED_SO, values)
        for number, actor, names in cursor:
            found.setdefault(number, {})[actor] = names
    return found


def _query(asked: Sequence[str], words: Words) -> str:
    """Names that have one of the words that tell; where all are frequent: all of the words but one."""
    known = [word for word in dict.fromkeys(asked) if words.meant.get(word)]
    telling = [word for word in known if _share(word, words) < FREQUENT]
    if telling:
        telling.sort(key=lambda word: _share(word, words))
        return " | ".join(_any_of(word, words) for word in telling[:MOST_TELLING])
    parts = [_any_of(word, words) for word in known]
    if len(parts) < 3:
        return " & ".join(parts)
    return " | ".join(f"({' & '.join([*parts[:at], *parts[at + 1 :]])})" for at in range(len(parts)))


def _share(word: str, words: Words) -> float:
    return max(words.shares.get(one, 0.0) for one in words.meant[word])


def _any_of(word: str, words: Words) -> str:
    return f"({' | '.join(_quoted(one) for one in words.meant[word])})"


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "''").replace("\\", "\\\\") + "'"
