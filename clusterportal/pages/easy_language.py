"""Hints on easy language, by rules: what an editor may want to look at again. A hint is never a verdict.

Rules as the German guidelines name them (BITV 2.0, annex 2; DIN SPEC 33429): one short sentence a line, no genitive, no
passive, long compounds parted by a hyphen. A rule knows the shape of words and not their meaning: it may be wrong.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

MOST_WORDS = 12  # of a sentence
LONGEST_PART = 14  # letters of a word without a hyphen
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)|<?https?://\S+|\S+@\S+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[„“\"]?[A-ZÄÖÜ])")
_MARKUP = re.compile(r"^\s*(?:#+|[-*+>]|\d+\.)\s+|[*_`]")

_PASSIVE = {
    "de": re.compile(
        r"\b(?:wird|werden|wirst|werde|wurde|wurden|worden)\b(?=.*\b(?:\w*ge\w{2,}(?:t|en)"
        r"|(?:be|ver|er|ent|zer|emp|miss)\w{2,}t|\w{3,}iert)\b)|\b(?:\w*ge\w{2,}(?:t|en)|\w{3,}iert)\s+(?:wird|werden|wurde|wurden)\b"
    ),
    "en": re.compile(
        r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?(?:\w{2,}ed|\w+(?:wn|ven|ten|ept|ade))\b", re.I
    ),
}
_GENITIVE = {
    # "des Portals", "eines Clusters"; "die Liste der Akteure" and not ", der Akteure berät".
    "de": re.compile(
        r"\b(?:[Dd]es|(?:[DdMmSs]?[Ee]in|[Kk]ein|[Ii]hr|[Uu]nser|[Dd]ies|[Jj]ed)e[sr]?s)\s+(?:[a-zäöüß]+en\s+)?[A-ZÄÖÜ]\w+s\b"
        r"|\b[A-ZÄÖÜ]\w+\s+(?:der|dieser|einer|unserer|ihrer)\s+(?:[a-zäöüß]+en\s+)?[A-ZÄÖÜ]\w+"
    ),
}


@dataclass(frozen=True)
class Hint:
    """Where (line, from 1), what was seen, and what the rule says."""

    line: int
    found: str
    rule: str


def hints(text: str, language: str) -> list[Hint]:
    """What to look at again in a Markdown text, line by line. Rules for grammar are known for German and English."""
    return [
        Hint(number, found, rule)
        for number, line in enumerate(text.splitlines(), start=1)
        for found, rule in _of_line(_MARKUP.sub("", _LINK.sub(r"\1", line)).strip(), language)
    ]


def _of_line(line: str, language: str) -> Iterator[tuple[str, str]]:
    sentences = [one for one in _SENTENCE_END.split(line) if _WORD.search(one)]
    if len(sentences) > 1:
        yield _short(line), _("one sentence a line")
    for sentence in sentences:
        words = _WORD.findall(sentence)
        if len(words) > MOST_WORDS:
            yield (
                _short(sentence),
                _("%(count)d words, at most %(most)d are easy to read")
                % {
                    "count": len(words),
                    "most": MOST_WORDS,
                },
            )
        if (rule := _GENITIVE.get(language)) and (seen := rule.search(sentence)):
            yield seen[0], _("a genitive: “the house of the man” is easier")
        if (rule := _PASSIVE.get(language)) and rule.search(sentence):
            yield _short(sentence), _("a passive: say who does it")
        for word in words:
            if max(map(len, word.split("-"))) > LONGEST_PART:
                yield word, _("a long word: part it by a hyphen, or use another one")


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
