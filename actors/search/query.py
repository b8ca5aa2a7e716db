"""What somebody typed, taken apart: words, phrases in quotation marks, and what must not be there."""

import re
from dataclasses import dataclass, field

from clusterportal.core.spelling import WORD

LONGEST_QUESTION = 200  # characters of a question that are read; more is no search but a paste
MOST_WORDS = 24
_CONJUNCTIONS = {"und", "oder", "sowie", "and", "or", "&", "bzw."}
_PART = re.compile(r'(?P<minus>(?<!\S)-+)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')


@dataclass(frozen=True)
class Question:
    """Words, phrases in quotation marks, and what must not be there (-word, -"phrase")."""

    words: str = ""
    phrases: list[str] = field(default_factory=list)
    unwanted: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> "Question":
        words: list[str] = []
        phrases: list[str] = []
        unwanted: list[str] = []
        text = re.sub("[„“”«»]", '"', text[:LONGEST_QUESTION].replace("\0", " "))
        before = ""
        for part in list(_PART.finditer(text))[:MOST_WORDS]:
            said = part["word"] if part["phrase"] is None else part["phrase"]
            # "Fabrikbetrieb und -automatisierung" leaves out half a word, it excludes nothing.
            is_unwanted = part["minus"] and before.lower() not in _CONJUNCTIONS
            before = said
            if WORD.search(said):
                (unwanted if is_unwanted else words if part["phrase"] is None else phrases).append(said)
        return cls(" ".join(words), phrases, unwanted)

    @classmethod
    def literal(cls, text: str) -> "Question":
        """All words of `text`, whatever signs stand before them."""
        return cls(" ".join(WORD.findall(text[:LONGEST_QUESTION])))

    @property
    def wanted(self) -> str:
        """All that shall be found, without signs."""
        return " ".join([self.words, *self.phrases]).strip()

    def sql(self, *, misspelt: bool = False) -> tuple[str, list]:
        """The question as a tsquery; `misspelt` adds to each word those in use that are spelt nearly so."""
        function = "registry_forgiving_query" if misspelt else "registry_query"
        return f"({function}(%s) && registry_phrases(%s, %s))", [self.words, self.phrases, self.unwanted]
