"""Where an actor may belong, and why: layers, areas and topics that the placed actors most like it have.

Each neighbour votes with its likeness (`neighbours`); what the text itself names is certain. How often the right layer
is among the first two, `python -m tests.bench.placing` measures on placed actors that are held out.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import QuerySet

from actors.models import Actor, ActorTopic, ApplicationFocus, LayerPlacement
from actors.querysets import ActorQuerySet
from clusterportal.core.languages import LANGUAGE_CODES, column_names
from clusterportal.placing.domain.neighbours import ACTOR_WORDS_SQL, Neighbour, neighbours_of

MOST_LAYERS, MOST_AREAS, MOST_TOPICS = 2, 3, 5  # that are suggested
LEAST_SHARE = 0.1  # of the votes; with fewer nothing is suggested
_DICTIONARIES = {"de": "german", "en": "english"}

# Topics whose name, in any language and inflection, stands in the actor's own texts.
_NAMED = """
WITH said AS MATERIALIZED ({said} WHERE actor.id = ANY(%s))
SELECT actor_id, topic.id FROM said JOIN actors_topic topic ON {condition}
ORDER BY actor_id, topic.key, topic.id
""".format(
    said=ACTOR_WORDS_SQL,
    condition=" OR ".join(
        f"({column} <> '' AND vector @@ "
        f"phraseto_tsquery('{_DICTIONARIES.get(code, 'simple')}', registry_spelling({column})))"
        for code, column in zip(LANGUAGE_CODES, column_names("topic.name"), strict=True)
    ),
)


@dataclass(frozen=True)
class PlacementSuggestion:
    """One layer, area or topic by its primary key."""

    key: int
    share: float  # of the neighbours' votes, 0 to 1
    neighbours: int = 0  # how many of them stand there or have it
    words: tuple[str, ...] = ()  # shared with those, as stems, the most telling first
    is_named: bool = False  # the actor's own text names it


@dataclass(frozen=True)
class Suggestions:
    """What is suggested for one actor, the likeliest first; `asked` is how many neighbours were asked."""

    layers: list[PlacementSuggestion] = field(default_factory=list)
    areas: list[PlacementSuggestion] = field(default_factory=list)
    topics: list[PlacementSuggestion] = field(default_factory=list)
    asked: int = 0


def suggestions_for(targets: Collection[int], *, among: ActorQuerySet) -> dict[int, Suggestions]:
    """Suggestions for each of `targets` (primary keys), learnt from `among`; seven queries, however many they are."""
    found = neighbours_of(targets, among=among)
    voters = {one.actor_id for neighbours in found.values() for one in neighbours}
    layers = _held(LayerPlacement.objects.all(), "layer", voters)
    areas = _held(ApplicationFocus.objects.filter(area__is_active=True), "area", voters)
    topics = _held(ActorTopic.objects.all(), "topic", voters | set(targets))
    named = _named(targets)
    result = {}
    for target, neighbours in found.items():
        own = set(topics[target])
        wished = [key for key in named[target] if key not in own]
        result[target] = Suggestions(
            _elected(neighbours, layers)[:MOST_LAYERS],
            _elected(neighbours, areas)[:MOST_AREAS],
            _elected(neighbours, topics, certain=wished, without=own)[:MOST_TOPICS],
            len(neighbours),
        )
    return result


def suggestions_of(actor: Actor, *, among: ActorQuerySet) -> Suggestions:
    return suggestions_for([actor.pk], among=among)[actor.pk]


def _held(rows: QuerySet, name: str, actors: Iterable[int]) -> dict[int, list[int]]:
    """What each of the actors holds of one part: keys of layers, areas or topics."""
    held = defaultdict(list)
    for actor, key in rows.filter(actor__in=list(actors)).order_by(name).values_list("actor", name):
        held[actor].append(key)
    return held


def _named(targets: Collection[int]) -> dict[int, list[int]]:
    named = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, [list(targets)])
        for target, topic in cursor:
            named[target].append(topic)
    return named


def _elected(
    neighbours: list[Neighbour], held: dict[int, list[int]], *, certain=(), without: Collection[int] = ()
) -> list[PlacementSuggestion]:
    """The keys with most votes, the `certain` ones first; what is in `without` is not up for election."""
    votes: dict[int, float] = defaultdict(float, dict.fromkeys(certain, 0.0))
    supporters: dict[int, list[Neighbour]] = defaultdict(list)
    for neighbour in neighbours:
        for key in held[neighbour.actor_id]:
            if key not in without:
                votes[key] += neighbour.likeness
                supporters[key].append(neighbour)
    everything = sum(one.likeness for one in neighbours) or 1
    elected = [
        PlacementSuggestion(
            key, amount / everything, len(supporters[key]), _words(supporters[key]), is_named=key in certain
        )
        for key, amount in votes.items()
        if key in certain or amount >= LEAST_SHARE * everything
    ]
    return sorted(elected, key=lambda one: (not one.is_named, -one.share, one.key))


def _words(supporters: list[Neighbour]) -> tuple[str, ...]:
    """The words shared with them; those of the nearest come first."""
    return tuple(dict.fromkeys(word for one in supporters for word in one.words))
