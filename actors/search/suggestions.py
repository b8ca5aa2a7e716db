"""Typeahead: what a few letters may mean, over actors, areas, layers, topics and places."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from actors.search.query import Question
from clusterportal.core.languages import LANGUAGE_CODES, column_names
from clusterportal.core.replica import reader
from clusterportal.core.spelling import spelling

LIMIT = 10
RETRIED_BELOW = 3  # answers, where none begins so
LIMIT_OF_WORDS = 3  # of areas, layers, topics and places each, so that actors keep their room
SHORTEST_GUESSED = 4  # letters of a word that may be misspelt; a shorter one is still being typed
WITHIN_SYNONYMS_FROM = 3  # letters that are looked for within the words of a synonym: no "ki" in "marking"
CANDIDATES = 200  # actors that hold the words and are compared with the text
SIMILAR_ENOUGH = 0.4  # word similarity (pg_trgm): two wrong letters in a word of ten, one in a word of six
MOST_WORDS = 3  # of a question that are looked up one by one, the last ones typed
AS_GOOD_AS = 0.6  # similarity of a name to the whole text that is worth as much as one word of it
BEGINS, RESEMBLES = 0, 3
# Among equally good answers the shorter lists come first.
KINDS = ("layer", "area", "topic", "place", "actor", "contribution")


@dataclass(frozen=True)
class Suggestion:
    kind: str
    value: str  # slug, or the name of a place
    labels: dict[str, str]  # by language; actors and places have the same name in each
    rank: int  # 0 begins with the text, 1 a word does, 2 holds it, 3 resembles it
    similarity: float
    is_whole: bool  # called so, which is better than beginning so
    found_by: str  # the synonym that answers, where the names answer less well; else empty
    page: str = ""  # the URL name of its page, where that does not follow from the kind

    @property
    def is_proper_name(self) -> bool:
        return self.kind in ("actor", "place")


_sources: list[Callable[[str], list[Suggestion]]] = []


def suggest_also(source: Callable[[str], list[Suggestion]]) -> None:
    """Let a room above answer a text, too, with the best of what it has; called in its `ready()`."""
    _sources.append(source)


def suggestions_of_all(text: str) -> list[Suggestion]:
    """At most ten answers of the whole portal: what rooms above add comes last, and keeps its room."""
    more = [one for source in _sources for one in source(text)]
    return [*suggestions(text)[: LIMIT - len(more)], *more]


def suggestions(text: str) -> list[Suggestion]:
    """At most ten answers, the best first: what holds the text; where that is little, what resembles it.

    Where something begins with the text nobody has to guess what is being typed.
    """
    text = " ".join(text.replace("\0", " ").split())
    if not text:
        return []
    found = _found(text, misspelt=False)
    if len(found) < RETRIED_BELOW and all(one.rank > BEGINS for one in found.values()):
        found = _by_words(text) | _found(text, misspelt=True) | found
    return sorted(found.values(), key=_order)[:LIMIT]


def _by_words(text: str) -> dict[tuple[str, str], Suggestion]:
    """What begins with one of several words, names of actors aside: "wer prüft CE" leads to topics for both words."""
    if " " not in text:
        return {}
    with reader().cursor() as cursor:
        cursor.execute(
            "SELECT typed FROM registry_asked(%s) ORDER BY place DESC LIMIT %s", [text, MOST_WORDS]
        )
        words = [word for (word,) in cursor]
    return {
        key: replace(one, rank=RESEMBLES, similarity=AS_GOOD_AS)
        for word in words
        for key, one in _found(word, misspelt=False, aside=True).items()
        if one.rank == BEGINS and _is_meant(word, one)
    }


def _is_meant(word: str, one: Suggestion) -> bool:
    """Two letters stand for themselves: "CE" is no beginning of "cement"."""
    called = [one.found_by, *one.labels.values()]
    return len(word) > 2 or any(spelling(word) in spelling(name).split() for name in called)


def _order(one: Suggestion) -> tuple:
    label = one.labels[LANGUAGE_CODES[0]]
    likeness = -round(one.similarity, 2) if one.rank == RESEMBLES else 0
    return (one.rank, not one.is_whole, likeness, KINDS.index(one.kind), label)


def _found(text: str, *, misspelt: bool, aside: bool = False) -> dict[tuple[str, str], Suggestion]:
    """The best answers of each kind, in one query; actors `aside`, where it is about one word of several."""
    question = Question.of(text)
    values: dict[str, str | float | list[str]] = {
        "text": text,
        "beginning": re.sub(r"([\\%_])", r"\\\1", text),
        "words": question.words,
        "phrases": question.phrases,
        "unwanted": question.unwanted,
        "worst": RESEMBLES if misspelt else RESEMBLES - 1,
    }
    with reader().cursor() as cursor:
        cursor.execute(_RESEMBLING if misspelt else _ASIDE if aside else _HOLDING, values)
        rows = cursor.fetchall()
    return {
        (kind, code): Suggestion(
            kind, code, dict(zip(LANGUAGE_CODES, labels, strict=True)), rank, similarity, is_whole, found_by
        )
        for kind, code, *labels, rank, similarity, is_whole, found_by in rows
    }


def _labels(label: str) -> str:
    """One name for all languages."""
    return ", ".join([label] * len(LANGUAGE_CODES))


def _names(table: str) -> str:
    """The name in each language, falling back to the first."""
    first, *others = (f"{table}.{column}" for column in column_names("name"))
    return ", ".join([first, *(f"coalesce(nullif({other}, ''), {first})" for other in others)])


def _key(table: str) -> str:
    names = ", ".join(f"registry_fold({table}.{column})" for column in column_names("name"))
    return f"concat_ws('|', {names})"


def _synonyms(table: str, term: str) -> str:
    """The synonyms of each term: as they are written, and folded with a bar before each."""
    return (
        f"LEFT JOIN (SELECT {term}, array_agg(name ORDER BY key) AS words, "
        f"string_agg('|' || registry_fold(name), '') AS folded FROM {table} GROUP BY {term}) other ON other.{term} ="
    )


def _rank_of(names: str, within_from: int = 1) -> str:
    """How well folded names answer, a bar before each; within a word from so many letters on."""
    return f"""CASE WHEN strpos({names}, '|' || asked) > 0 THEN {BEGINS} WHEN strpos({names}, ' ' || asked) > 0 THEN 1
        WHEN strpos({names}, asked) > 0 AND length(asked) >= {within_from} THEN 2 ELSE {RESEMBLES} END"""


_ACTOR = (
    "CASE WHEN actor.short_name IN ('', actor.name) THEN actor.name "
    "ELSE actor.name || ' (' || actor.short_name || ')' END"
)
_CITIES = f"""(SELECT DISTINCT ON (registry_fold(city) COLLATE "C", city) city FROM actors_actor
        WHERE registry_is_public(state) AND city <> ''
            AND registry_fold(city) COLLATE "C" LIKE registry_fold(%(beginning)s) || '%%'
        ORDER BY registry_fold(city) COLLATE "C", city LIMIT {CANDIDATES})"""
# Names that begin so are read from the indexes; the words are looked up only where these are few.
_BEGIN_SO = """begin_so AS MATERIALIZED (
    (SELECT id FROM actors_actor
        WHERE registry_is_public(state) AND sort_key LIKE registry_fold(%(beginning)s) || '%%'
        ORDER BY sort_key LIMIT {limit})
    UNION (SELECT id FROM actors_actor WHERE registry_is_public(state)
        AND name_key LIKE registry_fold(%(beginning)s) || '%%' ORDER BY name_key LIMIT {limit})
    UNION (SELECT actor_id FROM actors_actoralias WHERE key LIKE registry_fold(%(beginning)s) || '%%'
        ORDER BY key LIMIT {limit})
), matching AS MATERIALIZED (
    SELECT actor_id AS id FROM actors_searchdocument
    WHERE vector @@ (SELECT registry_query(%(words)s) && registry_phrases(%(phrases)s, %(unwanted)s))
        AND is_public AND (SELECT count(*) FROM begin_so) < {limit}
    LIMIT {candidates}
), cities AS (
    {cities}
    UNION SELECT city FROM actors_actor WHERE id IN (SELECT id FROM matching) AND registry_is_public(state)
)"""
_RESEMBLE = """begin_so AS (SELECT NULL::bigint AS id), matching AS MATERIALIZED (
    SELECT id FROM registry_matching_ids(
        registry_forgiving_query(%(words)s, {shortest}) && registry_phrases(%(phrases)s, %(unwanted)s),
        true, {candidates}
    ) id
), cities AS (
    SELECT DISTINCT city FROM actors_actor WHERE id IN (SELECT id FROM matching) AND registry_is_public(state)
)"""
_COMPARED = f"""
, compared (kind, code, {", ".join(LANGUAGE_CODES)}, asked, names, words) AS (
    SELECT 'actor', actor.slug, {_labels(_ACTOR)},
        registry_spelling(%(text)s), '|' || array_to_string(called.names, '|'), NULL::text[]
    FROM actors_actor actor JOIN actors_searchnames called ON called.actor_id = actor.id
    WHERE registry_is_public(actor.state)
        AND actor.id = ANY(ARRAY(SELECT id FROM begin_so UNION SELECT id FROM matching))
    UNION ALL SELECT 'area', slug, {_names("area")}, registry_fold(%(text)s), '|' || {_key("area")}, words
    FROM applications_applicationarea area {_synonyms("applications_areasynonym", "area_id")} area.id WHERE is_active
    UNION ALL SELECT 'layer', slug, {_names("layer")}, registry_fold(%(text)s), '|' || {_key("layer")}, NULL
    FROM layers_layer layer
    UNION ALL SELECT 'topic', slug, {_names("topic")}, registry_fold(%(text)s), '|' || {_key("topic")}, words
    FROM actors_topic topic {_synonyms("actors_topicsynonym", "topic_id")} topic.id
    WHERE (strpos(concat({_key("topic")}, folded), registry_fold(%(text)s)) > 0
        OR word_similarity(registry_fold(%(text)s), concat({_key("topic")}, folded)) >= {SIMILAR_ENOUGH}) AND (
        SELECT true FROM actors_actortopic own JOIN actors_actor actor ON actor.id = own.actor_id
        WHERE own.topic_id = topic.id AND registry_is_public(actor.state) LIMIT 1)
    UNION ALL SELECT 'place', city, {_labels("city")}, registry_fold(%(text)s), '|' || registry_fold(city), NULL
    FROM cities WHERE city <> ''
), ranked AS (
    SELECT compared.*, least(by_name.rank, by_word.rank) AS rank,
        greatest(by_name.similarity, by_word.similarity) AS similarity,
        strpos(names || '|', '|' || asked || '|') > 0
            OR coalesce(registry_fold(by_word.word) = asked, false) AS is_whole,
        CASE WHEN (by_word.rank, -by_word.similarity) < (by_name.rank, -by_name.similarity) THEN by_word.word
            ELSE '' END AS found_by
    FROM compared
    CROSS JOIN LATERAL (SELECT {_rank_of("names")} AS rank, word_similarity(asked, names) AS similarity) by_name
    LEFT JOIN LATERAL (
        SELECT word, {_rank_of("'|' || registry_fold(word)", WITHIN_SYNONYMS_FROM)} AS rank,
            word_similarity(asked, registry_fold(word)) AS similarity
        FROM unnest(words) word ORDER BY rank, similarity DESC, length(word), word LIMIT 1
    ) by_word ON true
    WHERE asked <> ''
), placed AS (
    SELECT *, row_number() OVER (
        PARTITION BY kind ORDER BY rank, is_whole DESC, similarity DESC, length(names), code
    ) AS place
    FROM ranked WHERE rank <= %(worst)s AND similarity >= CASE rank WHEN {RESEMBLES}
        THEN {SIMILAR_ENOUGH} ELSE 0 END
)
SELECT kind, code, {", ".join(LANGUAGE_CODES)}, rank, similarity, is_whole, found_by FROM placed
WHERE place <= CASE kind WHEN 'actor' THEN {LIMIT} ELSE {LIMIT_OF_WORDS} END
"""
_BOUNDS = {"limit": LIMIT, "candidates": CANDIDATES, "shortest": SHORTEST_GUESSED, "cities": _CITIES}
# One word of several: everything but actors.
_ASIDE = f"""WITH begin_so AS (SELECT NULL::bigint AS id), matching AS (SELECT NULL::bigint AS id),
cities AS {_CITIES} {_COMPARED}"""
_HOLDING = f"WITH {_BEGIN_SO.format(**_BOUNDS)} {_COMPARED}"
_RESEMBLING = f"WITH {_RESEMBLE.format(**_BOUNDS)} {_COMPARED}"
