"""Why something is suggested: counted among the placed actors, with the words as the actor's texts have them."""

from collections.abc import Iterable, Iterator

from django.db.models import Count, QuerySet
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from actors.models import Actor, ActorTopic, ApplicationFocus, LayerPlacement, Topic
from clusterportal.core.languages import LANGUAGE_CODES
from clusterportal.core.spelling import WORD, spelling
from clusterportal.placing.domain.suggestions import Suggestion

LEAST = 2  # actors with a topic or of a kind that stand there, from which it is a reason ...
MAJORITY = 0.5  # ... and the share of them that stand there
SHOWN_WORDS = 3
FAMILY = 5  # letters at the beginning that words of one family share


class Reasons:
    """The reasons for the suggestions of one actor; seven queries."""

    def __init__(self, actor: Actor, *, among: QuerySet, asked: int):
        placed = among.filter(pk__in=LayerPlacement.objects.values("actor")).exclude(pk=actor.pk).order_by()
        self._placed, self.actor, self.asked = placed.values("pk"), actor, asked
        self.topics = {topic.pk: topic for topic in Topic.objects.filter(actor_topics__actor=actor)}
        self._texts = texts_of(actor)
        self.kind_total = placed.filter(kind=actor.kind).count()
        held = ActorTopic.objects.filter(actor__in=self._placed, topic__in=self.topics)
        self.topic_totals = dict(held.values_list("topic").annotate(number=Count("pk")).order_by())
        self._by_topic = {
            model: _counted(self._rows(model), "actor__actor_topics__topic", name, self.topics)
            for model, name in ((LayerPlacement, "layer"), (ApplicationFocus, "area"))
        }
        self._by_kind = {
            model: dict(
                self._rows(model)
                .filter(actor__kind=actor.kind)
                .values_list(name)
                .annotate(Count("pk"))
                .order_by()
            )
            for model, name in ((LayerPlacement, "layer"), (ApplicationFocus, "area"))
        }

    def _rows(self, model) -> QuerySet:
        return model.objects.filter(actor__in=self._placed).order_by()

    def of_layer(self, suggestion: Suggestion) -> list[str]:
        return self._of_place(LayerPlacement, suggestion)

    def of_area(self, suggestion: Suggestion) -> list[str]:
        return self._of_place(ApplicationFocus, suggestion)

    def of_topic(self, suggestion: Suggestion) -> list[str]:
        if suggestion.is_named:
            return [_("named in the text")]
        return [self._alike(suggestion), *self._words(suggestion)]

    def _of_place(self, model, suggestion: Suggestion) -> list[str]:
        """The strongest topic, the kind, the words; where none of these speaks, the actors that are most alike."""
        said = [*self._topic(model, suggestion), *self._kind(model, suggestion)]
        return [*(said or [self._alike(suggestion)]), *self._words(suggestion)]

    def _topic(self, model, suggestion: Suggestion) -> Iterator[str]:
        standing = {
            topic: count
            for (topic, key), count in self._by_topic[model].items()
            if key == suggestion.key and _speaks(count, self.topic_totals.get(topic, 0))
        }
        if standing:
            topic = max(standing, key=lambda one: (standing[one], -one))
            yield _("%(count)d of %(total)d placed actors with the topic %(topic)s") % {
                "count": standing[topic],
                "total": self.topic_totals[topic],
                "topic": self.topics[topic],
            }

    def _kind(self, model, suggestion: Suggestion) -> Iterator[str]:
        count = self._by_kind[model].get(suggestion.key, 0)
        if _speaks(count, self.kind_total):
            yield _("kind: %(kind)s (%(count)d of %(total)d)") % {
                "kind": self.actor.get_kind_display(),
                "count": count,
                "total": self.kind_total,
            }

    def _alike(self, suggestion: Suggestion) -> str:
        text = ngettext(
            "%(count)d of the %(total)d placed actor most alike",
            "%(count)d of the %(total)d placed actors most alike",
            self.asked,
        )
        return text % {"count": suggestion.neighbours, "total": self.asked}

    def _words(self, suggestion: Suggestion) -> Iterator[str]:
        active, all_texts = self._texts
        if words := words_of(suggestion.words, active) or words_of(suggestion.words, all_texts):
            yield _("words: %(words)s") % {"words": ", ".join(words)}


def _counted(rows: QuerySet, by: str, name: str, wanted: Iterable[int]) -> dict[tuple[int, int], int]:
    counts = rows.filter(**{f"{by}__in": list(wanted)}).values_list(by, name).annotate(number=Count("pk"))
    return {(value, key): number for value, key, number in counts}


def _speaks(count: int, total: int) -> bool:
    return count >= LEAST and count >= MAJORITY * total


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
