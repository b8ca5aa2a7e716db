"""Why an actor was found: the words to mark in what is shown, a fragment of its texts, and reasons for staff."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from clusterportal.core.languages import LANGUAGE_CODES
from clusterportal.core.spelling import WORD, spelling

AROUND = 90  # characters of a text shown on each side of the first word found
PARTS = ("aliases", "actor_topics__topic", "services")  # what `reasons` reads beside layers and areas
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
            text = " ".join(_MARKDOWN.sub(" ", getattr(actor, f"description_{language}")).split())
            found = next((word for word in WORD.finditer(text) if self.answers(word[0])), None)
            if found:
                first = text.rfind(" ", 0, max(found.start() - AROUND, 0)) + 1
                last = text.find(" ", found.end() + AROUND)
                cut = text[first : last if last > 0 else None]
                return self.pieces(f"{'… ' if first else ''}{cut}{' …' if last > 0 else ''}")
        return []


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
        (_("Application area: %(text)s"), _every_language(focus.area for focus in actor.foci.all())),
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
