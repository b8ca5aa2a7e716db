"""Highlighting: the words that answer a search, in what is shown of an actor, and a fragment of its texts."""

import re
from dataclasses import dataclass, field

from clusterportal.core.languages import LANGUAGE_CODES
from clusterportal.core.spelling import WORD, spelling

AROUND = 90  # characters of a text shown on each side of the first word found
_EXCLUDED = re.compile(r"!\((?:[^()'']|'[^']*')*\)|!'[^']*'(?::\*)?")
_LEXEME = re.compile(r"'(~?)([^']*)'(:\*)?")
_SHORT = 3  # letters of a word that answers whole only: "ki" is not marked in "Kirow"
_MARKDOWN = re.compile(r"\]\([^)]*\)|[*_#`>\[\]|]+")


@dataclass(frozen=True)
class Highlighter:
    """The words that answer a tsquery, as it was written by the database."""

    beginnings: tuple[str, ...]
    endings: tuple[str, ...]  # what may stand inside a compound
    whole: frozenset[str] = frozenset()  # short words, of which no other begins so
    # Texts that were asked for before, and whether they answer: the rows of a page share topics, areas and layers.
    _known: dict[str, bool] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, query: str) -> "Highlighter":
        lexemes = _LEXEME.findall(_EXCLUDED.sub("", query))
        whole = {word for sign, word, star in lexemes if not (sign or star) and len(word) <= _SHORT}
        return cls(
            tuple({word for sign, word, _star in lexemes if not sign} - whole),
            tuple({word for sign, word, _star in lexemes if sign}),
            frozenset(whole),
        )

    def answers(self, word: str) -> bool:
        spelt = spelling(word)
        return (
            spelt.startswith(self.beginnings)
            or spelt in self.whole
            or any(map(spelt[3:].__contains__, self.endings))
        )

    def finds(self, text: str) -> bool:
        if text not in self._known:
            self._known[text] = any(map(self.answers, WORD.findall(text or "")))
        return self._known[text]

    def pieces(self, text: str) -> list[tuple[str, bool]]:
        """`text` in pieces, each with whether it is to be marked."""
        if not self.finds(text):
            return [(text, False)] if text else []
        pieces, end = [], 0
        for word in WORD.finditer(text or ""):
            if self.answers(word[0]):
                pieces += [(text[end : word.start()], False), (word[0], True)]
                end = word.end()
        return [piece for piece in [*pieces, ((text or "")[end:], False)] if piece[0]]

    def fragment(self, actor) -> tuple[list[tuple[str, bool]], str]:
        """The place of the description that answers, in pieces, and its language, when neither names nor summary do."""
        if self.finds(f"{actor.name} {actor.short_name} {actor.summary}"):
            return [], ""
        for language in sorted(
            LANGUAGE_CODES, key=lambda code: getattr(actor, f"description_{code}") != actor.description
        ):
            if pieces := self.around(getattr(actor, f"description_{language}")):
                return pieces, language
        return [], ""

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
