"""Typeahead: what a few letters may mean, over actors, areas, layers, topics and places."""

import re
from dataclasses import dataclass

from django.db import connection

from actors.search.query import Question
from clusterportal.core.languages import LANGUAGE_CODES, column_names

LIMIT = 10
RETRIED_BELOW = 3  # answers, where none begins so
LIMIT_OF_WORDS = 3  # of areas, layers, topics and places each, so that actors keep their room
SHORTEST_GUESSED = 4  # letters of a word that may be misspelt; a shorter one is still being typed
CANDIDATES = 200  # actors that hold the words and are compared with the text
SIMILAR_ENOUGH = 0.4  # word similarity (pg_trgm): two wrong letters in a word of ten, one in a word of six
BEGINS, RESEMBLES = 0, 3
KINDS = (
    "layer",
    "area",
    "topic",
    "place",
    "actor",
)  # among equally good answers the shorter lists come first


@dataclass(frozen=True)
class Suggestion:
    kind: str
    value: str  # slug, or the name of a place
    labels: dict[str, str]  # by language; actors and places have the same name in each
    rank: int  # 0 begins with the text, 1 a word does, 2 holds it, 3 resembles it
    similarity: float

    @property
    def is_proper_name(self) -> bool:
        return self.kind in ("actor", "place")


def suggestions(text: str) -> list[Suggestion]:
    """At most ten answers, the best first: what holds the text; where that is little, what resembles it.

    Where something begins with the text nobody has to guess what is being typed.
    """
    text = " ".join(text.replace("\0", " ").split())
    if not text:
        return []
    found = _found(text, misspelt=False)
    if len(found) < RETRIED_BELOW and all(one.rank > BEGINS for one in found.values()):
        found = _found(text, misspelt=True) | found
    return sorted(found.values(), key=_order)[:LIMIT]


def _order(one: Suggestion) -> tuple:
    label = one.labels[LANGUAGE_CODES[0]]
    return (one.rank, -round(one.similarity, 2) if one.rank == RESEMBLES else 0, KINDS.index(one.kind), label)


def _found(text: str, *, misspelt: bool) -> dict[tuple[str, str], Suggestion]:
    """The best answers of each kind, in one query."""
    question = Question.of(text)
    values: dict[str, str | float | list[str]] = {
        "text": text,
        "beginning": re.sub(r"([\\%_])", r"\\\1", text),
        "words": question.words,
        "phrases": question.phrases,
        "unwanted": question.unwanted,
        "worst": RESEMBLES if misspelt else RESEMBLES - 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(_RESEMBLING if misspelt else _HOLDING, values)
        rows = cursor.fetchall()
    return {
        (kind, code): Suggestion(kind, code, dict(zip(LANGUAGE_CODES, labels, strict=True)), rank, similarity)
        for kind, code, *labels, rank, similarity in rows
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


_ACTOR = (
    "CASE WHEN actor.short_name IN ('', actor.name) THEN actor.name "
    "ELSE actor.name || ' (' || actor.short_name || ')' END"
)
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
    (SELECT DISTINCT ON (registry_fold(city) COLLATE "C", city) city FROM actors_actor
        WHERE registry_is_public(state) AND city <> ''
            AND registry_fold(city) COLLATE "C" LIKE registry_fold(%(beginning)s) || '%%'
        ORDER BY registry_fold(city) COLLATE "C", city LIMIT {candidates})
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
, compared (kind, code, {", ".join(LANGUAGE_CODES)}, asked, names) AS (
    SELECT 'actor', actor.slug, {_labels(_ACTOR)},
        registry_spelling(%(text)s), '|' || array_to_string(called.names, '|')
    FROM actors_actor actor JOIN actors_searchnames called ON called.actor_id = actor.id
    WHERE registry_is_public(actor.state)
        AND actor.id = ANY(ARRAY(SELECT id FROM begin_so UNION SELECT id FROM matching))
    UNION ALL SELECT 'area', slug, {_names("area")}, registry_fold(%(text)s), '|' || {_key("area")}
    FROM applications_applicationarea area WHERE is_active
    UNION ALL SELECT 'layer', slug, {_names("layer")}, registry_fold(%(text)s), '|' || {_key("layer")}
    FROM layers_layer layer
    UNION ALL SELECT 'topic', slug, {_names("topic")}, registry_fold(%(text)s), '|' || {_key("topic")}
    FROM actors_topic topic WHERE (strpos({_key("topic")}, registry_fold(%(text)s)) > 0
        OR word_similarity(registry_fold(%(text)s), {_key("topic")}) >= {SIMILAR_ENOUGH}) AND (
        SELECT true FROM actors_actortopic own JOIN actors_actor actor ON actor.id = own.actor_id
        WHERE own.topic_id = topic.id AND registry_is_public(actor.state) LIMIT 1)
    UNION ALL SELECT 'place', city, {_labels("city")}, registry_fold(%(text)s), '|' || registry_fold(city)
    FROM cities WHERE city <> ''
), ranked AS (
    SELECT *, CASE WHEN strpos(names, '|' || asked) > 0 THEN 0 WHEN strpos(names, ' ' || asked) > 0 THEN 1
            WHEN strpos(names, asked) > 0 THEN 2 ELSE {RESEMBLES} END AS rank,
        word_similarity(asked, names) AS similarity
    FROM compared WHERE asked <> ''
), placed AS (
    SELECT *, row_number() OVER (PARTITION BY kind ORDER BY rank, similarity DESC, length(names), code) AS place
    FROM ranked WHERE rank <= %(worst)s AND similarity >= CASE rank WHEN {RESEMBLES}
        THEN {SIMILAR_ENOUGH} ELSE 0 END
)
SELECT kind, code, {", ".join(LANGUAGE_CODES)}, rank, similarity FROM placed
WHERE place <= CASE kind WHEN 'actor' THEN {LIMIT} ELSE {LIMIT_OF_WORDS} END
"""
_BOUNDS = {"limit": LIMIT, "candidates": CANDIDATES, "shortest": SHORTEST_GUESSED}
_HOLDING = f"WITH {_BEGIN_SO.format(**_BOUNDS)} {_COMPARED}"
_RESEMBLING = f"WITH {_RESEMBLE.format(**_BOUNDS)} {_COMPARED}"
