"""Whom to look for, and where a text names them: by name in any order and spelling, by e-mail, by telephone number."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clusterportal.history.name_patterns import collapsed, parts, read, spelling

NEAR = 60  # characters that may stand between first name and surname
# fmt: off
_BEFORE = frozenset([
    "frau", "herr", "herrn", "fr", "hr", "mr", "mrs", "ms", "miss", "sir", "dr", "prof", "professor", "professorin",
    "univ", "apl", "pd", "dipl", "ing", "inf", "phys", "math", "kfm", "kffr", "betrw", "bw", "fh", "tu", "mag", "ma",
    "ba", "msc", "bsc", "mba", "phd", "med", "rer", "nat", "phil", "oec", "pol", "jur", "agr", "habil", "hc", "ir",
])
_PARTICLES = frozenset([
    "von", "van", "vom", "zu", "zur", "zum", "der", "den", "de", "del", "di", "da", "du", "la", "le", "ter", "ten",
    "af",
])
_TITLES = _BEFORE | _PARTICLES | frozenset(["h", "c", "geb", "geborene", "née", "nee", "jun", "jr", "sen", "sr"])
# fmt: on
_HONORIFIC = r"(?:frau|fr\.|herrn?|hr\.|dr\.|prof\.|mrs?\.?|ms\.?)"
_JOINING = frozenset(["und", "and", "oder", "or", "sowie", "with", "mit", "et", "e", "y"])
_BREAKS = re.compile(r"[,;|/()\[\]\t\n]|\.(?=\s)")
_SEPARATORS = str.maketrans("", "", " \t\n()/.-\u2013\u00a0")
_LONG = 2_000  # characters from which a quick look first saves time
_NO_LETTER_BEFORE, _NO_LETTER_AFTER = r"(?<![^\W\d_])", r"(?![^\W\d_])"
_ADDRESS = re.compile(r"[\w.+%-]+(?:@|%40)[\w.-]*\w|(?:https?://|www\.)[^\s<>\"')\]]+", re.IGNORECASE)
_SHORTEST = 100_000
_BETWEEN_DIGITS = r"[\s()/.\u2013-]*"


@dataclass(frozen=True)
class Person:
    """Whom to look for. Nobody is found by what is left empty."""

    name: str = ""
    email: str = ""
    phone: str = ""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The parts of the name that count, first name first: without titles, particles and middle initials.

        None where there is only one: a single word names many people.
        """
        last, comma, first = self.name.partition(",")
        ordered = f"{first} {last}" if comma else self.name
        words = [word for word in re.split(r"[\s.,;()]+", unicodedata.normalize("NFC", ordered)) if word]
        words = [word for word in words if word.casefold() not in _TITLES] or words
        long = [word for word in words if len(word) > 1]
        words = long if len(long) > 1 else words
        return tuple(words) if len(words) > 1 else ()

    @cached_property
    def patterns(self) -> list[re.Pattern]:
        """First name and surname: what must stand near each other; a middle name may be missing."""
        return [_word(one) for one in dict.fromkeys(self._spelt())]

    def _spelt(self, *, coded: bool = False) -> list[str]:
        """Regular expressions for first name and surname; of a double first name the second part may be missing."""
        if not self.words:
            return []
        first, *others = parts(self.words[0]) or [self.words[0]]
        rest = spelling("".join(f"-{other}" for other in others), coded=coded)
        begin = spelling(first, coded=coded)
        last = spelling(self.words[-1], coded=coded)
        before = "".join(word for word in self.name.casefold().split() if word in _PARTICLES)
        return [f"{begin}(?:{rest})?" if rest else begin, f"(?:{before})?{last}" if before else last]

    @cached_property
    def _joined(self) -> re.Pattern | None:
        """Both without anything between, as in addresses and sign-in names."""
        if not self.words:
            return None
        first, last = self._spelt()
        return re.compile(
            f"{_NO_LETTER_BEFORE}(?:{first}{last}|{last}{first}){_NO_LETTER_AFTER}", re.IGNORECASE
        )

    @cached_property
    def _email(self) -> re.Pattern | None:
        if not self.email:
            return None
        return re.compile(rf"(?<![\w.+-]){_email_spelling(self.email)}(?![\w-]|\.\w)", re.IGNORECASE)

    @cached_property
    def _phone(self) -> re.Pattern | None:
        if not (number := self._number):
            return None
        land = (
            rf"(?:(?:\+|00){_BETWEEN_DIGITS}{number.country_code}{_BETWEEN_DIGITS})?(?:0{_BETWEEN_DIGITS})?"
        )
        return re.compile(rf"(?<![\d+]){land}{_digits(number)}(?!\d)")

    @cached_property
    def _number(self) -> phonenumbers.PhoneNumber | None:
        try:
            return phonenumbers.parse(self.phone, "DE") if self.phone else None
        except phonenumbers.NumberParseException:
            return None

    @property
    def is_given(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.words or self.email or self._number)

    def possible(self) -> list[list[str]]:
        """Regular expressions for PostgreSQL: a text that names the person matches all of at least one list."""
        found = []
        if self.words:
            found.append([*dict.fromkeys(self._spelt(coded=True))])
        if self.email:
            found.append([_email_spelling(self.email)])
        if self._number:
            found.append([_digits(self._number)])
        return found

    def may_be_in(self, text: str) -> bool:
        """Whether to look closer; a hundred times as quick as that, for files."""
        plain = collapsed(read(text)[0])
        if self.words and all(part in plain for part in self._parts):
            return True
        if self.email and all(collapsed(part) in plain for part in re.split(r"[@.]", self.email)):
            return True
        if self._number is None:
            return False
        return str(self._number.national_number) in plain.translate(_SEPARATORS)

    @cached_property
    def _parts(self) -> list[str]:
        return [collapsed(part) for part in (*parts(self.words[0])[:1], *parts(self.words[-1]))]

    def has_email(self, text: str) -> bool:
        return bool(self._email and self._email.search(text))

    def spots(self, text: str) -> list[tuple[int, int]]:
        """Where the text names the person: begin and end of each place, in order, none overlapping.

        An e-mail or web address that holds the name counts as a whole.
        """
        if len(text) > _LONG and not self.may_be_in(text):
            return []
        plain, places = read(text)
        spots = self._spots(text)
        return spots if places is None else _merged([*spots, *_placed(self._spots(plain), places)])

    def _spots(self, text: str) -> list[tuple[int, int]]:
        patterns = filter(None, (self._joined, self._email, self._phone))
        found = [*self._names(text), *(span for pattern in patterns for span in _spans(pattern, text))]
        if not found:
            return []
        found += [span for span in _spans(_ADDRESS, text) if any(_overlap(span, one) for one in found)]
        return _merged([*found, *self._lone(text)])

    def lone_spots(self, text: str) -> list[tuple[int, int]]:
        """Where a text beside one that names the person says "Frau ..." with the surname alone."""
        plain, places = read(text)
        spots = self._lone(text)
        return _merged(spots if places is None else [*spots, *_placed(self._lone(plain), places)])

    def _names(self, text: str) -> Iterable[tuple[int, int]]:
        places = sorted(
            (*span, number) for number, one in enumerate(self.patterns) for span in _spans(one, text)
        )
        pairs = [
            (other[0] - one[1], one, other)
            for one, other in pairwise(places)
            if one[2] != other[2] and self._is_near(text[one[1] : other[0]])
        ]
        taken: set[tuple] = set()
        for _gap, one, other in sorted(pairs):  # the nearest belong together
            if not taken & {one, other}:
                taken |= {one, other}
                yield self._with_titles(text, one[0], other[1])

    def _is_near(self, between: str) -> bool:
        """Whether two words with this between them are one name: few other words, and no second person."""
        if len(between) > NEAR or "&" in between:
            return False
        words = [word.casefold() for word in re.findall(r"\w+", between)]
        if _JOINING & set(words):
            return False
        middle = {word.casefold() for word in self.words[1:-1]}
        others = [word for word in words if len(word) > 1 and word not in _TITLES and word not in middle]
        bare = re.sub(r"\b\w{1,9}\.", "", between)  # points of titles and initials break no sentence
        return len(others) <= (1 if _BREAKS.search(bare) else 2)

    def _with_titles(self, text: str, start: int, end: int) -> tuple[int, int]:
        """The place with titles before it and middle names behind it."""
        while before := re.search(r"(\w+)(\.?[\s-]+|\.)$", text[:start]):
            if before[1].casefold() not in _BEFORE:
                break
            start = before.start()
        for word in self.words[1:-1]:
            if behind := re.match(rf"[\s,]+{spelling(word)}{_NO_LETTER_AFTER}", text[end:], re.IGNORECASE):
                end += behind.end()
        return start, end

    def _lone(self, text: str) -> list[tuple[int, int]]:
        if not self.words:
            return []
        surname = spelling(self.words[-1])
        pattern = rf"\b{_HONORIFIC}\s+(?:\w{{1,5}}\.\s*)*{surname}(?:['’]?s)?{_NO_LETTER_AFTER}"
        return list(_spans(re.compile(pattern, re.IGNORECASE), text))


def possible_phone(value: str) -> None:
    """Refuses what is no telephone number, and what is so short that it may be part of any other number.

    Numbers without a country code are read as German.
    """
    try:
        number = phonenumbers.parse(value, "DE")
        is_one = phonenumbers.is_possible_number(number) and (number.national_number or 0) >= _SHORTEST
    except phonenumbers.NumberParseException:
        is_one = False
    if not is_one:
        raise ValidationError(_("“%(value)s” is not a telephone number."), params={"value": value})


def _word(spelt: str) -> re.Pattern:
    return re.compile(f"{_NO_LETTER_BEFORE}{spelt}(?:['’]?s)?{_NO_LETTER_AFTER}", re.IGNORECASE)


def _email_spelling(email: str) -> str:
    local, _at, host = email.strip().partition("@")
    dot = r"(?:\.|\s*[(\[]\s*(?:dot|punkt)\s*[)\]]\s*)"
    at = r"(?:@|%40|&#64;|&#x40;|\\u0040|\s*[(\[]\s*(?:at|ät)\s*[)\]]\s*)"
    return dot.join(map(re.escape, local.split("."))) + at + dot.join(map(re.escape, host.split(".")))


def _digits(number: phonenumbers.PhoneNumber) -> str:
    return _BETWEEN_DIGITS.join(phonenumbers.national_significant_number(number))


def _spans(pattern: re.Pattern, text: str) -> Iterable[tuple[int, int]]:
    return (match.span() for match in pattern.finditer(text))


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _placed(spans: list[tuple[int, int]], places: list[int]) -> list[tuple[int, int]]:
    """Where they are in the text as it is written."""
    return [(places[start], places[end]) for start, end in spans]


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
