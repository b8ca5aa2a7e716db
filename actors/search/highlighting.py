"""Why an actor was found: the words to mark in what is shown, a fragment of its texts, and the fields that answer."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Prefetch
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from actors.enums import AliasKind
from actors.models import ActorTopic
from clusterportal.core.languages import LANGUAGE_CODES, active_first
from clusterportal.core.spelling import WORD, spelling

AROUND = 90  # characters of a text shown on each side of the first word found
# What `reasons` and `answers` read beside layers and areas.
PARTS = ("aliases", Prefetch("actor_topics", ActorTopic.objects.select_related("topic")), "services")
MOST_OF_A_FIELD = 2  # topics, services or names that one line shows
_EXCLUDED = re.compile(r"!\((?:[^()'']|'[^']*')*\)|!'[^']*'(?::\*)?")
_LEXEME = re.compile(r"'(~?)([^']*)'")
_MARKDOWN = re.compile(r"\]\([^)]*\)|[*_#`>\[\]|]+")


@dataclass(frozen=True)
class Marks:
    """The words that answer a tsquery, as it was written by the database."""

    beginnings: tuple[str, ...]
    endings: tuple[str, ...]  # what may stand inside a compound

    @classmethod
    def of(cls, query: str) -> "Marks":
        lexemes = _LEXEME.findall(_EXCLUDED.sub("", query))
        return cls(
            tuple({word for sign, word in lexemes if not sign}),
            tuple({word for sign, word in lexemes if sign}),
        )

    def answers(self, word: str) -> bool:
        spelt = spelling(word)
        return spelt.startswith(self.beginnings) or any(one in spelt[3:] for one in self.endings)

    def finds(self, text: str) -> bool:
        return any(self.answers(word) for word in WORD.findall(text or ""))

    def pieces(self, text: str) -> list[tuple[str, bool]]:
        """`text` in pieces, each with whether it is to be marked."""
        pieces, end = [], 0
        for word in WORD.finditer(text or ""):
            if self.answers(word[0]):
                pieces += [(text[end : word.start()], False), (word[0], True)]
                end = word.end()
        return [piece for piece in [*pieces, ((text or "")[end:], False)] if piece[0]]

    def fragment(self, actor) -> list[tuple[str, bool]]:
        """The place of the description that answers, in pieces, when neither names nor summary do."""
        if self.finds(f"{actor.name} {actor.short_name} {actor.summary}"):
            return []
        for language in sorted(
            LANGUAGE_CODES, key=lambda code: getattr(actor, f"description_{code}") != actor.description
        ):
            if pieces := self.around(getattr(actor, f"description_{language}")):
                return pieces
        return []

    def around(self, markdown: str) -> list[tuple[str, bool]]:
        """The first place of a text that answers, in pieces; nothing where none does."""
        text = " ".join(_MARKDOWN.sub(" ", markdown).split())
        found = next((word for word in WORD.finditer(text) if self.answers(word[0])), None)
        if found is None:
            return []
        first = text.rfind(" ", 0, max(found.start() - AROUND, 0)) + 1
        last = text.find(" ", found.end() + AROUND)
        cut = text[first : last if last > 0 else None]
        return self.pieces(f"{'… ' if first else ''}{cut}{' …' if last > 0 else ''}")


@dataclass(frozen=True)
class Answer:
    """A field that answers a search: its label, and its text in pieces with whether each is to be marked.

    `language` is that of the text where it differs from the page's, else empty.
    """

    label: str
    pieces: list[tuple[str, bool]]
    language: str = ""


def answers(actor, marks: Marks, *, layers: Iterable = (), areas: Iterable = ()) -> list[Answer]:
    """The fields by which `actor` was found and which its row does not show anyway; reads its PARTS.

    The row shows names, summary, a place of the description, town and `areas`; `layers` are those of the actor.
    """
    fields = (
        _names(actor, marks),
        _texts(_("Topic"), (one.topic for one in actor.actor_topics.all()), "name", marks),
        _services(actor.services.all(), marks),
        _texts(_("Layer"), layers, "name", marks),
        _place(actor, marks),
        _foreign_summary(actor, marks),
    )
    found = [answer for field in fields for answer in islice(field, MOST_OF_A_FIELD)]
    if found or marks.fragment(actor):
        return found
    shown = [actor.name, actor.short_name, actor.summary, actor.city, *(str(area.name) for area in areas)]
    return [] if any(map(marks.finds, shown)) else [Answer(_("Spelt nearly so"), [])]


def _names(actor, marks: Marks) -> Iterator[Answer]:
    labels = {AliasKind.FORMER: _("Formerly"), AliasKind.ACRONYM: _("Acronym")}
    for alias in actor.aliases.all():
        if marks.finds(alias.name):
            label = labels.get(alias.kind) or _("Also called")
            yield Answer(label, marks.pieces(alias.name), _other(alias.language))


def _texts(label: str, records: Iterable, column: str, marks: Marks) -> Iterator[Answer]:
    """The texts that answer, those in the active language before those in another."""
    for record in records:
        for name in active_first(column):
            if marks.finds(text := getattr(record, name)):
                yield Answer(label, marks.pieces(text), _other(name.removeprefix(f"{column}_")))
                break


def _services(services: Iterable, marks: Marks) -> Iterator[Answer]:
    for service in services:
        titled = next(_texts(_("Service"), [service], "title", marks), None)
        described = (
            Answer(_("Service"), [(f"{service.title}: ", False), *pieces], _other(name[-2:]))
            for name in active_first("description")
            if (pieces := marks.around(getattr(service, name)))
        )
        if answer := titled or next(described, None):
            yield answer


def _place(actor, marks: Marks) -> Iterator[Answer]:
    """Postcode and federal state, which no row shows."""
    if marks.finds(f"{actor.postcode} {actor.state_name}"):
        town = f"{actor.postcode} {actor.city}".strip()
        yield Answer(_("Place"), marks.pieces(", ".join(filter(None, [town, actor.state_name]))))


def _foreign_summary(actor, marks: Marks) -> Iterator[Answer]:
    """The sentence in another language, where only that one answers."""
    if not marks.finds(actor.summary):
        yield from _texts(_("Summary"), [actor], "summary", marks)


def _other(language: str) -> str:
    return "" if language == get_language() else language


def reasons(actor, marks: Marks) -> list[str]:
    """Why `actor` was found, the strongest reason first; reads its PARTS, placements and foci."""
    names = [actor.short_name, actor.name]
    found = []
    if any(marks.answers(words[0]) for words in map(WORD.findall, names) if words):
        found.append(_("Name begins so"))
    elif any(map(marks.finds, names)):
        found.append(_("In the name"))
    for label, texts in (
        (_("Alias: %(text)s"), [alias.name for alias in actor.aliases.all()]),
        (
            _("Topic: %(text)s"),
            _every_language(actor_topic.topic for actor_topic in actor.actor_topics.all()),
        ),
        (_("Service: %(text)s"), _every_language(actor.services.all(), "title")),
        (
            _("Application area: %(text)s"),
            _every_language(focus.area for focus in actor.foci.all() if focus.area.is_active),
        ),
        (_("Layer: %(text)s"), _every_language(placement.layer for placement in actor.placements.all())),
        (_("Place: %(text)s"), [f"{actor.postcode} {actor.city}".strip()]),
    ):
        found += [label % {"text": text} for text in texts if marks.finds(text)][:1]
    for label, column in ((_("In the summary"), "summary"), (_("In the description"), "description")):
        if any(marks.finds(getattr(actor, f"{column}_{code}")) for code in LANGUAGE_CODES):
            found.append(label)
    return found or [_("Spelt nearly so")]


def _every_language(records, column: str = "name") -> list[str]:
    return [getattr(record, f"{column}_{code}") for record in records for code in LANGUAGE_CODES]
