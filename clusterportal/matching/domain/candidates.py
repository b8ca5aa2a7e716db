"""Actors that the names of a list may mean: found in the database for many names at once, with three statements.

Drafts are found as well: only those few that are most alike are asked whether they are public (`matching`).

A name is looked up by all of its words, those that nobody uses as words in use that are a slip away. Where nobody has
all of them, or only names that are not much alike, by those of its words that tell most. How frequent
a word is among names, the database knows from its own statistics (of ANALYZE): a word that it does not list is rare.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from typing import Any

from django.db import connection
from rapidfuzz.distance import OSA

from clusterportal.matching.domain.name_query import Asked
from clusterportal.matching.domain.names import LONG_WORD, SHORT_WORD

MOST_FOUND = 400  # actors whose names are compared with one name
FREQUENT = 0.004  # share of all names from which a word alone does not tell one from the other
MOST_TELLING = 3  # words of one name by which it is looked up
MOST_MEANT = 8  # words in use that one misspelt word may mean
_RARE = 0.0002  # share of a word that nobody has counted
_FEWEST = 2000.0  # names from which shares tell: among a hundred of them every word has one of a hundred
# By the number of a question: all names of actors that may be meant.
CandidateNames = dict[int, dict[int, list[str]]]


@dataclass(frozen=True)
class WordStatistics:
    """What is known of the words of a list."""

    shares: Mapping[str, float] = field(default_factory=dict)  # of the frequent ones among all names
    meant: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # words in use, itself first if it is

    def weight(self, word: str) -> float:
        """How much a word tells: 1 for a rare one, little for one that every tenth name has."""
        return max(0.08, min(1.0, log(self.shares.get(word, _RARE)) / log(_RARE)))

    def share(self, word: str) -> float:
        """Of all names, those that have the word, or one that it may stand for."""
        return max((self.shares.get(one, 0.0) for one in self.meant.get(word, ())), default=0.0)

    def is_used(self, word: str) -> bool:
        return word in self.meant.get(word, ())


# A word that nobody uses stands for those that are one letter away.
_USED = """
WITH asked AS MATERIALIZED (
    SELECT word, EXISTS (SELECT FROM actors_searchword known WHERE known.word = one.word) AS is_used
    FROM unnest(%s::text[]) AS one (word)
), used (word, known) AS (
    SELECT word, word FROM asked WHERE is_used
    UNION ALL
    SELECT asked.word, near.word FROM asked, LATERAL (
        SELECT DISTINCT word FROM actors_searchword WHERE deletions && registry_deletions(asked.word)
    ) AS near WHERE NOT is_used
)
SELECT used.word, known, share * LEAST(1, GREATEST(reltuples, 0) / %s) FROM used LEFT JOIN (
    SELECT frequent.*, reltuples FROM pg_stats,
        LATERAL unnest(most_common_elems::text::text[], most_common_elem_freqs) AS frequent (word, share),
        pg_class
    WHERE schemaname = current_schema AND tablename = 'actors_searchnames' AND attname = 'vector'
        AND pg_class.oid = 'actors_searchnames'::regclass
) AS frequent ON frequent.word = known
"""
_CALLED_SO = """
SELECT number, actor_id, names FROM unnest(%(numbers)s::int[], %(queries)s::text[]) AS asked (number, query), LATERAL (
    SELECT actor_id, names FROM actors_searchnames WHERE vector @@ query::tsquery LIMIT %(most)s
) AS found
"""


def known_words(asked: Iterable[Asked]) -> WordStatistics:
    """What the registry knows of all words of a list; one statement."""
    found: dict[str, list[str]] = {}
    shares: dict[str, float] = {}
    with connection.cursor() as cursor:
        cursor.execute(_USED, [sorted({word for one in asked for word in one.words}), _FEWEST])
        for word, used, share in cursor:
            found.setdefault(word, []).append(used)
            if share:
                shares[used] = share
    return WordStatistics(shares, {word: _meant(word, used) for word, used in found.items()})


def _meant(word: str, used: Sequence[str]) -> tuple[str, ...]:
    """The words in use that `word` may stand for, the nearest first."""
    forgiven = 0 if len(word) < SHORT_WORD else 2 if len(word) >= LONG_WORD else 1
    near = sorted((OSA.distance(word, one), one) for one in used)
    return tuple(one for distance, one in near if distance <= forgiven)[:MOST_MEANT]


def with_all_words(asked: Mapping[int, Asked], words: WordStatistics) -> CandidateNames:
    """Actors of which a name has every word that the registry knows; one statement."""
    return _called({number: " & ".join(_groups(one, words)) for number, one in asked.items()})


def with_most_words(asked: Mapping[int, Asked], words: WordStatistics) -> CandidateNames:
    """Actors of which a name has one of the words that tell; where all are frequent, all but one; one statement."""
    return _called({number: _loose(one, words) for number, one in asked.items()})


def _called(queries: Mapping[int, str]) -> CandidateNames:
    queries = {number: query for number, query in queries.items() if query}
    if not queries:
        return {}
    found: CandidateNames = {}
    with connection.cursor() as cursor:
        values: dict[str, Any] = {"numbers": [*queries], "queries": [*queries.values()], "most": MOST_FOUND}
        cursor.execute(_CALLED_SO, values)
        for number, actor, names in cursor:
            found.setdefault(number, {})[actor] = names
    return found


def _groups(one: Asked, words: WordStatistics) -> list[str]:
    """For each word the words in use that it may stand for, as a part of a text search query."""
    return [_any_of(words.meant[word]) for word in dict.fromkeys(one.words) if words.meant.get(word)]


def _loose(one: Asked, words: WordStatistics) -> str:
    known = [word for word in dict.fromkeys(one.words) if words.meant.get(word)]
    rare = sorted((words.share(word), word) for word in known if words.share(word) < FREQUENT)
    if telling := [word for _share, word in rare if words.is_used(word)] or [word for _share, word in rare]:
        return " | ".join(_any_of(words.meant[word]) for word in telling[:MOST_TELLING])
    parts = _groups(one, words)
    if len(parts) < 3:
        return " & ".join(parts)
    return " | ".join(f"({' & '.join([*parts[:at], *parts[at + 1 :]])})" for at in range(len(parts)))


def _any_of(words: Iterable[str]) -> str:
    return f"({' | '.join(map(_quoted, words))})"


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
