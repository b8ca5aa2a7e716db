"""The placed actors that are most like an actor: the database finds who shares what, numpy weighs it.

Method: k nearest neighbours under tf-idf weights and the cosine, where a rare word that two actors share counts for
more than a common one, and a long text for no more than a short one. Manning, Raghavan, Schütze: Introduction to
Information Retrieval (Cambridge 2008), chapters 6.2 to 6.3 and 14.3. A shared topic and the same kind count as some
words do.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from django.db import connection

from actors.models import LayerPlacement
from actors.models.search import LONGEST_SEARCHED_TEXT
from actors.querysets import ActorQuerySet
from clusterportal.core.languages import column_names

NEIGHBOURS = 15  # whose placements speak for an actor; with 10 and 25 as many were right
MOST_WORDS = 25  # stems of one actor that are compared, the longest ones: they are the rare ones
LOOKED_AT = 200  # actors that share most, of which the length of the text is looked at
MOST_SHARING = 0.15  # of the placed actors, who may share a word that is given as a reason
ALWAYS_SHARING = 5  # actors, who may share it however few are placed
COUNTS_AS = 3  # words that a shared topic, or the same kind, is worth

_NAMES = ", ".join(f"topic.{column}" for column in column_names("name"))
_TITLES = ", ".join(f"service.{column}" for column in column_names("title"))
_TEXTS = ", ".join(f"actor.{column}" for column in column_names("description"))
_SERVICES = ", ".join(f"service.{column}" for column in column_names("description"))
# What the search document says of an actor but for the places where it stands already: the names of areas have weight B
# there, as topics and services have, and those of layers weight D, as descriptions have. These are read by themselves.
ACTOR_WORDS_SQL = f"""
SELECT actor.id AS actor_id, ts_filter(document.vector, '{{a,c}}')
    || registry_vector(registry_spelling(left(concat_ws(' ', {_TEXTS}, (
        SELECT string_agg(concat_ws(' ', {_SERVICES}), ' ') FROM actors_service service WHERE actor_id = actor.id
    )), {LONGEST_SEARCHED_TEXT})), 'D') AS vector
FROM actors_actor actor JOIN actors_searchdocument document ON document.actor_id = actor.id"""
_SHARED = f"""
WITH target AS MATERIALIZED (
    SELECT id, kind, tsvector_to_array(registry_vector(
        registry_spelling(concat_ws(' ', city, postcode, state_name)), 'C'
    )) AS place FROM actors_actor WHERE id = ANY(%(targets)s)
),
own AS MATERIALIZED (
    SELECT target.id, said.word FROM target, LATERAL (
        SELECT word FROM (
            SELECT unnest(tsvector_to_array(vector)) FROM ({ACTOR_WORDS_SQL} WHERE actor.id = target.id) said
            UNION SELECT unnest(tsvector_to_array(registry_vector(registry_spelling(text), 'B'))) FROM (
                SELECT string_agg(concat_ws(' ', {_NAMES}), ' ') FROM actors_actortopic
                JOIN actors_topic topic ON topic.id = topic_id WHERE actor_id = target.id
                UNION ALL
                SELECT string_agg(concat_ws(' ', {_TITLES}), ' ') FROM actors_service service
                WHERE actor_id = target.id
            ) offered (text)
        ) spoken (word)
        WHERE length(word) BETWEEN 3 AND 60 AND word !~ '^[0-9]' AND word <> ALL (target.place)
            AND to_tsvector('german', word) <> '' AND to_tsvector('english', word) <> ''
            AND ARRAY[word] IN (ts_lexize('german_stem', word), ts_lexize('english_stem', word))
        ORDER BY length(word) DESC, word LIMIT {MOST_WORDS}
    ) said
)
SELECT own.id, own.word, 1, array_agg(actor_id)
FROM own JOIN actors_searchdocument ON vector @@ plainto_tsquery('simple', own.word)
GROUP BY own.id, own.word
UNION ALL
SELECT mine.actor_id, '', {COUNTS_AS}, array_agg(theirs.actor_id)
FROM actors_actortopic mine JOIN actors_actortopic theirs USING (topic_id)
WHERE mine.actor_id = ANY(%(targets)s) GROUP BY mine.actor_id, topic_id
UNION ALL
SELECT target.id, '', {COUNTS_AS}, array_agg(actor.id)
FROM target JOIN actors_actor actor USING (kind) GROUP BY target.id
"""
_LENGTHS = "SELECT actor_id, length(vector) FROM actors_searchdocument WHERE actor_id = ANY(%s)"


@dataclass(frozen=True)
class Neighbour:
    """A placed actor that is like another: how much, and by which words (stems, the most telling first)."""

    actor_id: int
    likeness: float
    words: list[str]


@dataclass(frozen=True)
class _Feature:
    """A word, a topic or the kind of an actor: what it weighs; which placed actors share it, as places in the keys."""

    word: str
    weight: float
    sharing: np.ndarray


def neighbours_of(targets: Collection[int], *, among: ActorQuerySet) -> dict[int, list[Neighbour]]:
    """The placed actors most like each of `targets` (primary keys), the most like first; three queries for all of them.

    `among`: the actors to learn from. Who stands on no layer says nothing, nor does an actor about itself.
    """
    placed = np.sort(among.filter(pk__in=LayerPlacement.objects.values("actor")).primary_keys())
    features: dict[int, list[_Feature]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_SHARED, {"targets": list(targets)})
        for target, word, worth, sharing in cursor:
            features[target].append(_weighed(target, word, worth, np.array(sharing, np.int64), placed))
        most = {target: _sharing_most(features[target], len(placed)) for target in targets}
        looked_at = {int(placed[place]) for likeness in most.values() for place in likeness}
        cursor.execute(_LENGTHS, [list(looked_at)])
        lengths = dict(cursor)
    found = {}
    for target, likeness in most.items():
        measured = {
            place: amount / max(lengths.get(int(placed[place]), 1), 1) ** 0.5
            for place, amount in likeness.items()
        }
        nearest = sorted(measured, key=lambda place: (-measured[place], place))[:NEIGHBOURS]
        found[target] = [
            Neighbour(
                int(placed[place]), measured[place], _words_shared(features[target], place, len(placed))
            )
            for place in nearest
        ]
    return found


def _weighed(target: int, word: str, worth: int, sharing: np.ndarray, placed: np.ndarray) -> _Feature:
    """Who shares it among the placed actors; it weighs the more, the fewer do."""
    sharing = sharing[sharing != target]
    places = np.searchsorted(placed, sharing)
    is_placed = np.append(placed, 0)[places] == sharing  # no key is 0
    places = places[is_placed]
    return _Feature(word, worth * float(np.log((len(placed) + 1) / (len(places) + 0.5))) ** 2, places)


def _sharing_most(features: list[_Feature], number: int) -> dict[int, float]:
    """The places of those who share most, with the sum of what they share."""
    likeness = np.zeros(number)
    for feature in features:
        likeness[feature.sharing] += feature.weight
    best = np.argsort(-likeness, kind="stable")[:LOOKED_AT]
    return {int(place): float(likeness[place]) for place in best if likeness[place] > 0}


def _words_shared(features: list[_Feature], place: int, number: int) -> list[str]:
    """The words that an actor shares; not those that very many of the `number` placed actors use."""
    most = max(ALWAYS_SHARING, MOST_SHARING * number)
    shared = [one for one in features if one.word and len(one.sharing) <= most and place in one.sharing]
    return [one.word for one in sorted(shared, key=lambda one: (-one.weight, one.word))]
