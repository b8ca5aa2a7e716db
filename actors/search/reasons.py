"""Why an actor was found: the fields that answer a search, for visitors and, in short, for staff."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from actors.enums import AliasKind
from actors.models import ActorAlias, ActorTopic, Service, TopicSynonym
from actors.search.highlighting import Highlighter
from clusterportal.core.countries import language_spoken_in
from clusterportal.core.languages import LANGUAGE_CODES, active_first, column_names
from clusterportal.core.spelling import WORD

# Each with `words`, the topic's other words: as records, they would be most of what a page of results reads.
_TOPICS = (
    ActorTopic.objects.select_related("topic")
    .only("actor", *(f"topic__{name}" for name in column_names("name")))
    .annotate(words=ArraySubquery(TopicSynonym.objects.filter(topic=OuterRef("topic")).values("name")))
)
# What `reasons` and `answers` read beside layers and areas.
PARTS = (
    Prefetch("aliases", ActorAlias.objects.only("actor", "name", "kind", "language")),
    Prefetch("actor_topics", _TOPICS),
    Prefetch("services", Service.objects.only("actor", *column_names("title"), *column_names("description"))),
)
_NONE: Mapping[int, list] = {}
MOST_OF_A_FIELD = 2  # topics, services or names that one line shows


@dataclass(frozen=True)
class Answer:
    """A field that answers a search: its label, and its text in pieces with whether each is to be marked.

    `language` is that of the text where it differs from the page's, else empty.
    """

    label: str | Promise
    pieces: list[tuple[str, bool]]
    language: str = ""


def answers(
    actor,
    highlighter: Highlighter,
    *,
    layers: Iterable = (),
    areas: Iterable = (),
    area_synonyms: Mapping[int, list] = _NONE,
) -> list[Answer]:
    """The fields by which `actor` was found and which its row does not show anyway; reads its PARTS.

    The row shows names, summary, a place of the description, town and `areas`; `layers` are those of the actor,
    `area_synonyms` other words for areas by their keys.
    """
    fields = (
        _names(actor, highlighter),
        _topics(actor.actor_topics.all(), highlighter),
        _services(actor.services.all(), highlighter),
        _areas(areas, area_synonyms, highlighter),
        _texts(_("Layer"), layers, "name", highlighter),
        _place(actor, highlighter),
        _foreign_summary(actor, highlighter),
    )
    found = [answer for field in fields for answer in islice(field, MOST_OF_A_FIELD)]
    if found or highlighter.fragment(actor)[0]:
        return found
    shown = [
        actor.name,
        getattr(actor, "translated_name", None),
        actor.short_name,
        actor.summary,
        actor.city,
        *(str(area.name) for area in areas),
    ]
    return [] if any(map(highlighter.finds, shown)) else [Answer(_("Spelt nearly so"), [])]


def _names(actor, highlighter: Highlighter) -> Iterator[Answer]:
    labels = {AliasKind.FORMER: _("Formerly"), AliasKind.ACRONYM: _("Acronym")}
    translated = getattr(actor, "translated_name", None)  # which rows show in place of the registered name
    if translated and actor.short_name and highlighter.finds(actor.name):
        yield Answer(
            _("Registered name"), highlighter.pieces(actor.name), _other(language_spoken_in(actor.country))
        )
    for alias in actor.aliases.all():
        if alias.name != translated and highlighter.finds(alias.name):
            label = labels.get(alias.kind) or _("Also called")
            yield Answer(label, highlighter.pieces(alias.name), _other(alias.language))


def _texts(label: Promise, records: Iterable, column: str, highlighter: Highlighter) -> Iterator[Answer]:
    """The texts that answer, those in the active language before those in another."""
    for record in records:
        for name in active_first(column):
            if highlighter.finds(text := getattr(record, name)):
                yield Answer(label, highlighter.pieces(text), _other(name.removeprefix(f"{column}_")))
                break


def _topics(actor_topics: Iterable, highlighter: Highlighter) -> Iterator[Answer]:
    """The topics that answer, by a name or by another word, which then stands before the name."""
    for one in actor_topics:
        named = next(_texts(_("Topic"), [one.topic], "name", highlighter), None)
        if answer := named or _by_word(_("Topic"), one.topic, one.words, highlighter):
            yield answer


def _areas(areas: Iterable, synonyms: Mapping[int, list], highlighter: Highlighter) -> Iterator[Answer]:
    """The areas that answer by another word, or by a name in another language; the row shows the one in its own."""
    for area in areas:
        if not highlighter.finds(area.name):
            named = next(_texts(_("Application area"), [area], "name", highlighter), None)
            words = [synonym.name for synonym in synonyms.get(area.pk, ())]
            by_word = _by_word(_("Application area"), area, words, highlighter)
            if answer := by_word or named:
                yield answer


def _by_word(label: Promise, term, words: Iterable[str], highlighter: Highlighter) -> Answer | None:
    """The synonym that answers most, of these the shortest, and behind it the term: `KI → Künstliche Intelligenz`."""
    found = list(filter(highlighter.finds, words))
    if not found:
        return None
    marks = {word: sum(is_marked for _text, is_marked in highlighter.pieces(word)) for word in found}
    pieces = highlighter.pieces(min(found, key=lambda word: (-marks[word], len(word))))
    return Answer(label, [*pieces, (f" → {term}", False)])


def _services(services: Iterable, highlighter: Highlighter) -> Iterator[Answer]:
    for service in services:
        titled = next(_texts(_("Service"), [service], "title", highlighter), None)
        described = (
            Answer(_("Service"), [(f"{service.title}: ", False), *pieces], _other(name[-2:]))
            for name in active_first("description")
            if (pieces := highlighter.around(getattr(service, name)))
        )
        if answer := titled or next(described, None):
            yield answer


def _place(actor, highlighter: Highlighter) -> Iterator[Answer]:
    """Postcode and federal state, which no row shows."""
    if highlighter.finds(f"{actor.postcode} {actor.state_name}"):
        town = f"{actor.postcode} {actor.city}".strip()
        yield Answer(_("Place"), highlighter.pieces(", ".join(filter(None, [town, actor.state_name]))))


def _foreign_summary(actor, highlighter: Highlighter) -> Iterator[Answer]:
    """The sentence in another language, where only that one answers."""
    if not highlighter.finds(actor.summary):
        yield from _texts(_("Summary"), [actor], "summary", highlighter)


def _other(language: str) -> str:
    return "" if language == get_language() else language


def reasons(actor, highlighter: Highlighter) -> list[str]:
    """Why `actor` was found, the strongest reason first; reads its PARTS, placements and foci."""
    names = [actor.short_name, actor.name]
    found: list[str | Promise] = []
    if any(highlighter.answers(words[0]) for words in map(WORD.findall, names) if words):
        found.append(_("Name begins so"))
    elif any(map(highlighter.finds, names)):
        found.append(_("In the name"))
    for label, texts in (
        (_("Alias: %(text)s"), [alias.name for alias in actor.aliases.all()]),
        (_("Topic: %(text)s"), _with_synonyms(actor.actor_topics.all())),
        (_("Service: %(text)s"), _every_language(actor.services.all(), "title")),
        (
            _("Application area: %(text)s"),
            _every_language(focus.area for focus in actor.foci.all() if focus.area.is_active),
        ),
        (_("Layer: %(text)s"), _every_language(placement.layer for placement in actor.placements.all())),
        (_("Place: %(text)s"), [f"{actor.postcode} {actor.city}".strip()]),
    ):
        found += [label % {"text": text} for text in texts if highlighter.finds(text)][:1]
    for label, column in ((_("In the summary"), "summary"), (_("In the description"), "description")):
        if any(highlighter.finds(getattr(actor, f"{column}_{code}")) for code in LANGUAGE_CODES):
            found.append(label)
    return [str(reason) for reason in found or [_("Spelt nearly so")]]


def _with_synonyms(actor_topics) -> list[str]:
    """What topics are called, and their other words with the name behind: `KI → Künstliche Intelligenz`."""
    words = [f"{word} → {one.topic}" for one in actor_topics for word in one.words]
    return [*_every_language(one.topic for one in actor_topics), *words]


def _every_language(records, column: str = "name") -> list[str]:
    return [getattr(record, f"{column}_{code}") for record in records for code in LANGUAGE_CODES]
