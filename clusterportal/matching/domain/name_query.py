"""What is asked of one name of a list: the name itself, and what else is known of the organisation."""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from django.core.exceptions import ValidationError
from django.utils.translation import override
from rapidfuzz import process
from rapidfuzz.distance import OSA

from actors.validators import clean_identifier
from clusterportal.core.countries import country_codes, country_name, country_of
from clusterportal.core.languages import LANGUAGE_CODES
from clusterportal.core.spelling import WORD, spelling
from clusterportal.intake.identity.description import Description, describe
from clusterportal.intake.identity.legal_forms import without_legal_form, words_of
from clusterportal.intake.identity.names import site_of, without_invisible

LONGEST_NAME = 300  # characters, as long as a name in the registry may be
MOST_WORDS = 20  # of a name that are looked up; what follows is a sentence
_LONGEST_WORD = 60  # letters, as the registry keeps its words
_BRACKETS = re.compile(r"(.*[^\s(])\s*\(([^()]{2,60})\)\s*([^()]*)")
_TAIL = re.compile(r"[,(]\s*([^,()]+)\)?\s*$")
_SHORT_COUNTRY = 4  # letters up to which a slip makes another country


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. `kinds`: the kinds that the actor should have, or must have where `is_strict`."""

    name: str
    description: Description
    words: tuple[str, ...] = ()  # of the name, spelt as the registry spells, without the legal form
    tail: frozenset[str] = frozenset()  # words behind the last comma or in brackets, where a town may stand
    acronyms: frozenset[str] = frozenset()  # words written in capitals within a name that is not
    kinds: frozenset[str] = frozenset()
    is_strict: bool = False


def ask(
    name: str,
    *,
    city: str = "",
    postcode: str = "",
    country: str = "",
    website: str = "",
    identifiers: Iterable[tuple[str, str]] = (),
    kinds: Iterable[str] = (),
    is_strict: bool = False,
) -> Asked:
    """A question of what people write. A web address in place of the name is taken for the website."""
    name = " ".join(without_invisible(name).replace("\0", " ").split())[:LONGEST_NAME]
    if not website and _is_address(name):
        website = name
    if not country:
        name, country = without_country(name)
    if website and "://" not in website:
        website = f"https://{website}"
    described = describe(
        name=name,
        website=website,
        city=city,
        postcode=postcode,
        country=country_of(country) or "" if country else "",
        identifiers=[*_in_their_spelling(identifiers)],
    )
    tail = frozenset(words_of(_TAIL.findall(name)[-1])) if _TAIL.search(name) else frozenset()
    acronyms = frozenset(
        spelling(word) for word in WORD.findall(name) if word.isupper() and not name.isupper()
    )
    return Asked(name, described, key_words(name), tail, acronyms, frozenset(kinds), is_strict)


def _in_their_spelling(identifiers: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    for scheme, value in identifiers:
        with suppress(ValidationError, ValueError):  # what cannot be a number of its scheme says nothing
            yield scheme, clean_identifier(scheme, value)


def without_country(name: str) -> tuple[str, str]:
    """A name without the country that stands in brackets behind it, as in "Adidas (Germany)", and its code."""
    if found := _BRACKETS.fullmatch(name):
        before, inside, behind = found.groups()
        is_form = not behind or without_legal_form(["x", *words_of(behind)]) == ["x"]
        if is_form and (code := country_of(inside) or _nearly_a_country(inside)):
            return f"{before} {behind}".strip(), code
    return name, ""


def _nearly_a_country(text: str) -> str:
    """The code of the country whose name `text` is but for a slip; empty where it is none."""
    found = process.extractOne(spelling(text), _countries().keys(), scorer=OSA.distance, score_cutoff=1)
    return _countries()[found[0]] if found and len(found[0]) > _SHORT_COUNTRY else ""


@cache
def _countries() -> dict[str, str]:
    """The codes of all countries by their names in the languages of the portal."""
    names: dict[str, str] = {}
    for language in LANGUAGE_CODES:
        with override(language):
            names |= {spelling(country_name(code)): code for code in country_codes()}
    return names


def key_words(name: str) -> tuple[str, ...]:
    """The words by which a name is told from others: spelt alike, without the legal form."""
    words = without_legal_form(words_of(name))
    return tuple(word for word in words if len(word) <= _LONGEST_WORD)[:MOST_WORDS]


def _is_address(name: str) -> bool:
    """Whether `name` is a web address or a domain: no blank, and an ending as domains have it."""
    bare = name.split("://")[-1].split("/")[0].removeprefix("www.")
    ending = bare.rpartition(".")[2]
    return (
        " " not in name
        and "." in bare
        and ending.isalpha()
        and ending.islower()
        and len(ending) > 1
        and bool(site_of(f"https://{bare}"))
    )
