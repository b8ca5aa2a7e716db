"""Why something is suggested: counted among the placed actors, with the words as the actor's texts have them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from actors.models import Actor, Topic
from clusterportal.core.languages import LANGUAGE_CODES
from clusterportal.core.spelling import WORD, spelling
from clusterportal.placing.domain.suggestions import PlacementSuggestion

LEAST = 2  # actors with a topic or of a kind that stand there, from which it is a reason ...
MAJORITY = 0.5  # ... and the share of them that stand there
SHOWN_WORDS = 3
FAMILY = 5  # letters at the beginning that words of one family share


# How many placed actors have a topic of the actor, or are of its kind; and how many of these stand where.
_COUNTS = """
WITH placed AS MATERIALIZED (
    SELECT id FROM ({among}) chosen (id)
    WHERE chosen.id <> %s AND EXISTS (SELECT FROM actors_layerplacement WHERE actor_id = chosen.id)
),
alike AS MATERIALIZED (
    SELECT topic_id, actor_id FROM actors_actortopic JOIN placed ON placed.id = actor_id WHERE topic_id = ANY(%s)
    UNION ALL SELECT NULL, actor.id FROM actors_actor actor JOIN placed USING (id) WHERE kind = %s
)
SELECT topic_id, '', 0, count(*) FROM alike GROUP BY topic_id
UNION ALL
SELECT topic_id, '{layer}', layer_id, count(*) FROM alike JOIN actors_layerplacement USING (actor_id)
GROUP BY topic_id, layer_id
UNION ALL
SELECT topic_id, '{area}', area_id, count(*) FROM alike JOIN actors_applicationfocus USING (actor_id)
GROUP BY topic_id, area_id
"""
_LAYER, _AREA, _KIND = "layer", "area", None  # _KIND stands where a topic would


class Reasons:
    """The reasons for the suggestions of one actor; three queries."""

    def __init__(self, actor: Actor, *, among: QuerySet, asked: int):
        self.actor, self.asked = actor, asked
        self.topics = {topic.pk: topic for topic in Topic.objects.filter(actor_topics__actor=actor)}
        self._texts = texts_of(actor)
        self._totals: dict[int | None, int] = {}
        self._standing: dict[tuple[str, int], dict[int | None, int]] = defaultdict(dict)
        sql, parameters = among.order_by().values("pk").query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(
                _COUNTS.format(among=sql, layer=_LAYER, area=_AREA),
                [*parameters, actor.pk, list(self.topics), actor.kind],
            )
            for topic, name, key, count in cursor:
                if name:
                    self._standing[name, key][topic] = count
                else:
                    self._totals[topic] = count

    def of_layer(self, suggestion: PlacementSuggestion) -> list[str]:
        return self._of_place(_LAYER, suggestion)

    def of_area(self, suggestion: PlacementSuggestion) -> list[str]:
        return self._of_place(_AREA, suggestion)

    def of_topic(self, suggestion: PlacementSuggestion) -> list[str]:
        if suggestion.is_named:
            return [_("named in the text")]
        return [self._alike(suggestion), *self._words(suggestion)]

    def _of_place(self, name: str, suggestion: PlacementSuggestion) -> list[str]:
        """The strongest topic, the kind, the words; where none of these speaks, the actors that are most alike."""
        said = [*self._topic(name, suggestion), *self._kind(name, suggestion)]
        return [*(said or [self._alike(suggestion)]), *self._words(suggestion)]

    def _topic(self, name: str, suggestion: PlacementSuggestion) -> Iterator[str]:
        told = self._telling(name, suggestion)
        standing = {topic: count for topic, count in told.items() if topic is not None}
        if standing:
            topic = max(standing, key=lambda one: (standing[one], -one))
            yield _("%(count)d of %(total)d placed actors with the topic %(topic)s") % {
                "count": standing[topic],
                "total": self._totals[topic],
                "topic": self.topics[topic],
            }

    def _kind(self, name: str, suggestion: PlacementSuggestion) -> Iterator[str]:
        if count := self._telling(name, suggestion).get(_KIND):
            yield _("kind: %(kind)s (%(count)d of %(total)d)") % {
                "kind": self.actor.get_kind_display(),
                "count": count,
                "total": self._totals[_KIND],
            }

    def _telling(self, name: str, suggestion: PlacementSuggestion) -> dict[int | None, int]:
        """The topics of the actor, and its kind, of which most stand there; with how many do."""
        return {
            topic: count
            for topic, count in self._standing[name, suggestion.key].items()
            if count >= LEAST and count >= MAJORITY * self._totals[topic]
        }

    def _alike(self, suggestion: PlacementSuggestion) -> str:
        text = ngettext(
            "%(count)d of the %(total)d placed actor most alike",
            "%(count)d of the %(total)d placed actors most alike",
            self.asked,
        )
        return text % {"count": suggestion.neighbours, "total": self.asked}

    def _words(self, suggestion: PlacementSuggestion) -> Iterator[str]:
        active, all_texts = self._texts
        if words := words_of(suggestion.words, active) or words_of(suggestion.words, all_texts):
            yield _("words: %(words)s") % {"words": ", ".join(words)}


def texts_of(actor: Actor) -> tuple[list[str], list[str]]:
    """What the actor says in the active language, with its name; and in all languages."""
    records: list[tuple] = [(actor, ("summary", "description"))]
    records += [(service, ("title", "description")) for service in actor.services.all()]
    said = {
        language: [getattr(record, f"{name}_{language}") for record, names in records for name in names]
        for language in LANGUAGE_CODES
    }
    active = [*said.get(get_language() or "", []), actor.name]
    return active, [*active, *(text for texts in said.values() for text in texts)]


def words_of(stems: Iterable[str], texts: Iterable[str]) -> list[str]:
    """The words of the texts that the first stems come from, as they stand there; one of each family of words."""
    written: dict[str, str] = {}  # a spelling -> the word that has it first
    for text in texts:
        for word in WORD.findall(text):
            written.setdefault(spelling(word), word)
    found: dict[str, str] = {}
    for stem in stems:
        if any(stem.startswith(known[:FAMILY]) for known in found):
            continue
        if word := next((word for spelt, word in written.items() if spelt.startswith(stem)), None):
            found[stem] = word
        if len(found) == SHOWN_WORDS:
            break
    return [*found.values()]
