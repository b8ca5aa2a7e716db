"""Terms that probably mean what somebody is about to add: in another spelling, form, language, or as an acronym."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from django.db import connection, models
from django.utils.translation import gettext as _
from rapidfuzz.distance import DamerauLevenshtein

from clusterportal.core.languages import column_names
from clusterportal.core.spelling import spelling
from clusterportal.terms.enums import SynonymKind
from clusterportal.terms.models import synonyms_of

MOST_OFFERED = 5  # terms for one word
LETTERS_A_SLIP = 6  # a word of so many letters may have one wrong, of twice as many two
LONGEST_INITIALS = 6
_STEMS = """
SELECT text, strip(to_tsvector('german', registry_spelling(text)))::text,
    strip(to_tsvector('english', registry_spelling(text)))::text
FROM unnest(%s::text[]) text
"""


class How(StrEnum):
    """In what way a word is near a term, the surest first."""

    NAME = "name"
    SYNONYM = "synonym"
    ACRONYM = "acronym"
    FORM = "form"  # the plural, or another ending
    INITIALS = "initials"
    SIMILAR = "similar"


_ORDER = list(How)


class SimilarTerm(NamedTuple):
    """A term, called `title` in the reader's language, how it is near, and the word of it that is."""

    pk: int
    slug: str
    title: str
    how: How
    word: str

    @property
    def is_same_word(self) -> bool:
        """The term is called so, in one language or as a synonym, and not only nearly so."""
        return self.how in (How.NAME, How.SYNONYM, How.ACRONYM)

    @property
    def likeness(self) -> int:
        """Per cent, for lists that rank what is probably meant."""
        return {How.FORM: 95, How.SIMILAR: 90, How.INITIALS: 60}.get(self.how, 100)

    @property
    def in_words(self) -> str:
        said = {
            How.NAME: _("is called “%(word)s”"),
            How.SYNONYM: _("has the synonym “%(word)s”"),
            How.ACRONYM: _("has the acronym “%(word)s”"),
            How.FORM: _("“%(word)s” is another form of the word"),
            How.INITIALS: _("“%(word)s” has these initials"),
            How.SIMILAR: _("“%(word)s” is spelt nearly so"),
        }
        return said[self.how] % {"word": self.word}


@dataclass(frozen=True)
class _Word:
    """A word for a term, in what can be compared of it."""

    pk: int
    slug: str
    title: str
    how: How
    text: str
    spelt: str
    stems: tuple[str, ...]

    @property
    def initials(self) -> str:
        words = self.spelt.split()
        return "".join(word[0] for word in words) if len(words) > 1 else ""


class NearTerms:
    """All terms of `model` with their synonyms, read once: for one form, or for all rows of a table."""

    def __init__(self, model: type[models.Model]):
        self.model = model
        self._words: list[_Word] | None = None

    def of(self, texts: Iterable[str], *, besides: int | None = None) -> list[SimilarTerm]:
        """The terms that one of `texts` may mean, the surest first; `besides` is the term that is edited itself."""
        asked = list(dict.fromkeys(text for text in texts if spelling(text or "")))
        if not asked:
            return []
        if self._words is None:
            self._words = self._read()
        found: dict[int, SimilarTerm] = {}
        for text, *stems in _stems(asked):
            for word in self._words:
                how = None if word.pk == besides else _how(text, tuple(stems), word)
                if how and (word.pk not in found or _rank(how) < _rank(found[word.pk].how)):
                    found[word.pk] = SimilarTerm(word.pk, word.slug, word.title, how, word.text)
        return sorted(found.values(), key=lambda one: (_rank(one.how), one.title))[:MOST_OFFERED]

    def _read(self) -> list[_Word]:
        said: list[tuple[int, str, str, How, str]] = []
        terms = {}
        every: models.QuerySet = self.model._default_manager.all()
        for term in every:
            terms[term.pk] = (term.pk, term.slug, str(term))
            names = dict.fromkeys(getattr(term, column) for column in column_names("name"))
            said += [(*terms[term.pk], How.NAME, name) for name in names if name]
        synonyms = synonyms_of(self.model)
        hows = {SynonymKind.SYNONYM.value: How.SYNONYM, SynonymKind.ACRONYM.value: How.ACRONYM}
        for pk, name, kind in synonyms._default_manager.values_list(
            f"{synonyms.term_field}_id", "name", "kind"
        ):
            if pk in terms:
                said.append((*terms[pk], hows[kind], name))
        stems = {text: tuple(some) for text, *some in _stems([one[-1] for one in said])}
        return [_Word(*one, spelling(one[-1]), stems[one[-1]]) for one in said]


def _stems(texts: list[str]) -> list[tuple]:
    """Each text with its stems in both languages, as the database makes them."""
    with connection.cursor() as cursor:
        cursor.execute(_STEMS, [texts])
        return cursor.fetchall()


def _rank(how: How) -> int:
    return _ORDER.index(how)


def _how(text: str, stems: tuple[str, ...], word: _Word) -> How | None:
    asked = spelling(text)
    plain, other = asked.replace(" ", ""), word.spelt.replace(" ", "")
    if plain == other:
        return word.how
    if any(one and one == another for one, another in zip(stems, word.stems, strict=True)):
        return How.FORM
    if 1 < len(plain) <= LONGEST_INITIALS and word.initials in (plain, asked):
        return How.INITIALS
    slips = min(len(plain), len(other)) // LETTERS_A_SLIP
    if slips and DamerauLevenshtein.distance(plain, other, score_cutoff=min(slips, 2)) <= min(slips, 2):
        return How.SIMILAR
    return None
