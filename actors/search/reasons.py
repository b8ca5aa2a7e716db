"""Why an actor was found: the fields that answer a search, for visitors and, in short, for staff."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice

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
MOST_OF_A_FIELD = 2  # topics, services or names that one line shows


@dataclass(frozen=True)
class Answer:
    """A field that answers a search: its label, and its text in pieces with whether each is to be marked.

    `language` is that of the text where it differs from the page's, else empty.
    """

    label: str | Promise
    pieces: list[tuple[str, bool]]
    language: str = ""

    @property
    def text(self) -> str:
        return "".join(text for text, _is_marked in self.pieces)


def answers(
    actor, highlighter: Highlighter, *, layers: Iterable, areas: Collection, area_synonyms: Mapping[int, list]
) -> list[Answer]:
    """The fields by which `actor` was found and which its row does not show anyway; reads its PARTS.

    The row shows names, summary, a place of the description, town and `areas`; `layers` are those of the actor,
    `area_synonyms` other words for areas by their keys.
    """
    hidden = [area for area in areas if not highlighter.finds(area.name)]
    fields = (
        *_fields(actor, layers, hidden, area_synonyms, highlighter),
        _place(actor, actor.state_name, highlighter),
        _foreign_summary(actor, highlighter),
    )
    found = [answer for field in fields for answer in islice(field, MOST_OF_A_FIELD)]
    if found or highlighter.fragment(actor)[0]:
        return found
    names = actor.name, getattr(actor, "translated_name", None), actor.short_name
    shown = (*names, actor.summary, actor.city, *(str(area.name) for area in areas))
    return [] if any(map(highlighter.finds, shown)) else [Answer(_("Spelt nearly so"), [])]


def reasons(actor, highlighter: Highlighter) -> list[str]:
    """The same for staff, whose rows show little, in short; reads its PARTS, placements and foci."""
    names = actor.short_name, actor.name
    found: list[str | Promise] = []
    if any(highlighter.answers(words[0]) for words in map(WORD.findall, names) if words):
        found.append(_("Name begins so"))
    elif any(map(highlighter.finds, names)):
        found.append(_("In the name"))
    layers = [placement.layer for placement in actor.placements.all()]
    areas = [focus.area for focus in actor.foci.all() if focus.area.is_active]
    place = _place(actor, f"{actor.city} {actor.state_name}", highlighter)
    for field in (*_fields(actor, layers, areas, {}, highlighter), place):
        found += [f"{answer.label}: {answer.text}" for answer in _first(field)]
    for label, column in ((_("In the summary"), "summary"), (_("In the description"), "description")):
        if any(highlighter.finds(getattr(actor, f"{column}_{code}")) for code in LANGUAGE_CODES):
            found.append(label)
    return [str(reason) for reason in found or [_("Spelt nearly so")]]


def _fields(
    actor, layers, areas, synonyms: Mapping[int, list], highlighter: Highlighter
) -> Iterable[Iterator[Answer]]:
    """What answers, by field; the stronger reason first."""
    return (
        _names(actor, highlighter),
        _topics(actor.actor_topics.all(), highlighter),
        _services(actor.services.all(), highlighter),
        _areas(areas, synonyms, highlighter),
        _texts(_("Layer"), layers, "name", highlighter),
    )


def _first(*found: Iterator[Answer]) -> Iterator[Answer]:
    return islice(chain(*found), 1)


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
        named = _texts(_("Topic"), [one.topic], "name", highlighter)
        yield from _first(named, _by_word(_("Topic"), one.topic, one.words, highlighter))


def _areas(areas: Iterable, synonyms: Mapping[int, list], highlighter: Highlighter) -> Iterator[Answer]:
    """The areas that answer, by another word or by a name."""
    for area in areas:
        words = [synonym.name for synonym in synonyms.get(area.pk, ())]
        by_word = _by_word(_("Application area"), area, words, highlighter)
        yield from _first(by_word, _texts(_("Application area"), [area], "name", highlighter))


def _by_word(label: Promise, term, words: Iterable[str], highlighter: Highlighter) -> Iterator[Answer]:
    """The synonym that answers most, of these the shortest, and behind it the term: `KI → Künstliche Intelligenz`."""
    if found := list(filter(highlighter.finds, words)):
        marks = {word: sum(is_marked for _text, is_marked in highlighter.pieces(word)) for word in found}
        pieces = highlighter.pieces(min(found, key=lambda word: (-marks[word], len(word))))
        yield Answer(label, [*pieces, (f" → {term}", False)])


def _services(services: Iterable, highlighter: Highlighter) -> Iterator[Answer]:
    for service in services:
        titled = _texts(_("Service"), [service], "title", highlighter)
        described = (
            Answer(_("Service"), [(f"{service.title}: ", False), *pieces], _other(name[-2:]))
            for name in active_first("description")
            if (pieces := highlighter.around(getattr(service, name)))
        )
        yield from _first(titled, described)


def _place(actor, hidden: str, highlighter: Highlighter) -> Iterator[Answer]:
    """The place, where its postcode or what is `hidden` of it answers."""
    if highlighter.finds(f"{actor.postcode} {hidden}"):
        town = f"{actor.postcode} {actor.city}".strip()
        yield Answer(_("Place"), highlighter.pieces(", ".join(filter(None, [town, actor.state_name]))))


def _foreign_summary(actor, highlighter: Highlighter) -> Iterator[Answer]:
    """The sentence in another language, where only that one answers."""
    if not highlighter.finds(actor.summary):
        yield from _texts(_("Summary"), [actor], "summary", highlighter)


def _other(language: str) -> str:
    return "" if language == get_language() else language
