"""Who fits what is sought or offered, and why.

A request asks for a layer: who stands on it and works in a named area fits. An offer completes who works in a named
area on other links of the chain. Among these a shared topic comes first, then a service that says the same word, then
how much the two complete each other (`plans.domain.complementarity`), then the name. Nobody pays for a place.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from actors.models import Actor
from applications.models import ApplicationArea
from clusterportal.core.languages import column_names
from clusterportal.partnering.models import PartnerSearch
from clusterportal.placing.domain.neighbours import ALWAYS_SHARING, MOST_SHARING
from clusterportal.placing.domain.reasons import words_of
from clusterportal.plans.domain.complementarity import complementarity

SHOWN = 5  # actors with their reasons
LOOKED_AT = 60  # those that share most, whose texts are compared
SHORTEST = 7  # letters of a word that can be a reason

_FITTING = """
WITH wanted AS MATERIALIZED (
    SELECT id, actor_id, kind, layer_id FROM partnering_partnersearch WHERE id = ANY(%(searches)s)
),
near AS (
    SELECT wanted.id, focus.actor_id, count(*) AS areas
    FROM wanted
    JOIN partnering_partnersearch_areas named ON named.partnersearch_id = wanted.id
    JOIN actors_applicationfocus focus ON focus.area_id = named.applicationarea_id
    WHERE focus.actor_id <> wanted.actor_id AND (%(actors)s::bigint[] IS NULL OR focus.actor_id = ANY(%(actors)s))
      AND (wanted.kind = 'request') = EXISTS (
          SELECT FROM actors_layerplacement placement
          WHERE placement.actor_id = focus.actor_id AND placement.layer_id = wanted.layer_id
      )
      AND EXISTS (SELECT FROM actors_layerplacement placement WHERE placement.actor_id = focus.actor_id)
    GROUP BY wanted.id, focus.actor_id
),
shared AS (
    SELECT named.partnersearch_id AS id, actor_topic.actor_id, count(*) AS topics
    FROM partnering_partnersearch_topics named JOIN actors_actortopic actor_topic USING (topic_id)
    WHERE named.partnersearch_id = ANY(%(searches)s) GROUP BY 1, 2
),
ranked AS (
    SELECT near.id, near.actor_id, count(*) OVER (PARTITION BY near.id) AS number, row_number() OVER (
        PARTITION BY near.id ORDER BY coalesce(shared.topics, 0) DESC, near.areas DESC, actor.sort_key, actor.id
    ) AS place
    FROM near JOIN actors_actor actor ON actor.id = near.actor_id AND registry_is_public(actor.state)
    LEFT JOIN shared ON shared.id = near.id AND shared.actor_id = near.actor_id
)
SELECT id, actor_id, number FROM ranked WHERE place <= %(most)s ORDER BY id, place
"""
_TEXT = ", ".join(f"search.{column}" for column in column_names("title"))
# Words of the title that are no common ones of the registry, the longest first: they are the telling ones.
_TELLING = f"""
WITH known AS (
    SELECT greatest({ALWAYS_SHARING}, {MOST_SHARING} * count(*)) AS most FROM actors_searchdocument
)
SELECT search.id, word FROM partnering_partnersearch search, known,
    LATERAL unnest(tsvector_to_array(registry_vector(registry_spelling(concat_ws(' ', {_TEXT})), 'A'))) word
WHERE search.id = ANY(%s) AND length(word) >= {SHORTEST} AND word !~ '^[0-9]'
  AND (SELECT count(*) FROM actors_searchdocument WHERE vector @@ plainto_tsquery('simple', word)) <= known.most
ORDER BY search.id, length(word) DESC, word
"""


@dataclass(frozen=True)
class Fit:
    """An actor that may fit, with its reasons; `is_on_layer`: it stands on the layer that is sought."""

    actor: Actor
    positions: list[int]
    is_on_layer: bool
    areas: list[ApplicationArea]  # in common
    topics: list[str]  # in common
    service: str  # one that says a telling word; empty without
    words: list[str]
    is_near: bool  # in the same town
    complementarity: float

    @property
    def offer(self) -> str:
        """What of the actor's own says that it fits."""
        return ", ".join(self.topics) or self.service

    @property
    def rank(self) -> tuple:
        return (
            0 if self.topics else 1 if self.service else 2,
            -self.complementarity,
            not self.is_near,
            self.actor.sort_key,
        )


@dataclass(frozen=True)
class Fits:
    """Those shown, the best first, and how many fit in all."""

    shown: Sequence[Fit] = ()
    count: int = 0


def fits_of(
    searches: Iterable[PartnerSearch], *, among: Sequence[Actor] | None = None, most: int = SHOWN
) -> dict[int, Fits]:
    """Who fits each of the searches (read `for_list`), by its key; eight queries, however many they are.

    `among`: ask of these published actors alone; of what `read_actors` gives, that takes two queries.
    """
    by_key = {one.pk: one for one in searches}
    if not by_key or (among is not None and not among):
        return dict.fromkeys(by_key, Fits())
    own = None if among is None else [actor.pk for actor in among]
    pairs: dict[int, list[int]] = defaultdict(list)
    counts: dict[int, int] = {}
    asked = {"searches": [*by_key], "actors": own, "most": LOOKED_AT}
    with connection.cursor() as cursor:
        cursor.execute(_FITTING, asked)
        for search, actor, number in cursor:
            pairs[search].append(actor)
            counts[search] = number
        if not pairs:
            return dict.fromkeys(by_key, Fits())
        cursor.execute(_TELLING, [[*pairs]])
        telling: dict[int, list[str]] = defaultdict(list)
        for search, word in cursor:
            telling[search].append(word)
    if among is None:
        among = read_actors({actor for chosen in pairs.values() for actor in chosen})
    found = {actor.pk: actor for actor in among}
    return {
        key: Fits(
            sorted(
                (_fit(search, found[actor], telling[key]) for actor in pairs[key] if actor in found),
                key=lambda one: one.rank,
            )[:most],
            counts.get(key, 0),
        )
        for key, search in by_key.items()
    }


def read_actors(keys: Collection[int]) -> list[Actor]:
    """The published actors with these keys, with what is looked at of them."""
    parts = ("placements__layer", "foci", "topics", "services")
    return list(Actor.objects.published().with_keys(keys).prefetch_related(*parts))


def _fit(search: PartnerSearch, actor: Actor, telling: list[str]) -> Fit:
    placements = list(actor.placements.all())
    own_areas = {one.area_id for one in actor.foci.all()}
    named = {one.pk for one in search.topics.all()}
    service, words = _service(actor, telling)
    sides = set(search.layer_positions)  # type: ignore[attr-defined]  # annotated
    wanted = sides - {search.layer.position} if search.is_request else {search.layer.position}
    areas = {one.pk for one in search.areas.all()}
    positions = {one.layer.position for one in placements}
    return Fit(
        actor=actor,
        positions=sorted(positions),
        is_on_layer=search.layer.position in positions,
        areas=[one for one in search.areas.all() if one.pk in own_areas],
        topics=[str(one) for one in actor.topics.all() if one.pk in named],
        service=service,
        words=words,
        is_near=bool(actor.city) and actor.city == search.actor.city,
        complementarity=complementarity(areas, wanted, own_areas, positions).value,
    )


def _service(actor: Actor, telling: list[str]) -> tuple[str, list[str]]:
    """The first service that says a telling word, with these words as they stand there."""
    for service in actor.services.all():
        texts = [
            getattr(service, column) for column in (*column_names("title"), *column_names("description"))
        ]
        if words := words_of(telling, texts):
            return str(service.title), words
    return "", []
