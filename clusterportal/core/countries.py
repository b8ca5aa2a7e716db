"""Countries of ISO 3166-1: the codes that are assigned, and what people write for them."""

import re
from functools import cache

from babel import Locale
from babel.core import get_global
from babel.languages import get_official_languages
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clusterportal.core.spelling import spelling

# Two letters that Unicode's CLDR knows besides the assigned ones: groups of states, islands that belong to another
# code, codes for tests. XK stays: Kosovo has no assigned code, and this one is what everybody uses.
_NOT_ASSIGNED = {
    "AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ",
}  # fmt: skip
# As once on letters and still on cars.
POSTAL_LETTERS = {
    "A": "AT", "B": "BE", "D": "DE", "E": "ES", "F": "FR", "FIN": "FI", "FL": "LI", "H": "HU", "I": "IT", "L": "LU",
    "N": "NO", "P": "PT", "S": "SE", "SLO": "SI",
}  # fmt: skip
# What people write, and what CLDR does not list. Folded as `spelling` folds.
_COMMON = {
    "brd": "DE", "bundesrepublik": "DE", "bundesrepublik deutschland": "DE", "federal republic of germany": "DE",
    "republik osterreich": "AT", "republic of austria": "AT", "schweizerische eidgenossenschaft": "CH",
    "suisse": "CH", "svizzera": "CH", "holland": "NL", "the netherlands": "NL", "nederland": "NL",
    "england": "GB", "schottland": "GB", "scotland": "GB", "wales": "GB", "nordirland": "GB",
    "northern ireland": "GB", "grossbritannien": "GB", "great britain": "GB", "vereinigtes konigreich": "GB",
    "u k": "GB", "u s a": "US", "u s": "US", "united states of america": "US", "amerika": "US",
    "vereinigte staaten von amerika": "US", "tschechische republik": "CZ", "czech republic": "CZ",
    "slowakische republik": "SK", "slovak republic": "SK", "republik polen": "PL", "turkey": "TR",
    "russische foderation": "RU", "russian federation": "RU", "volksrepublik china": "CN", "sudkorea": "KR",
    "south korea": "KR", "republic of korea": "KR", "weissrussland": "BY", "france": "FR", "espana": "ES",
    "italia": "IT", "belgique": "BE", "belgie": "BE", "danmark": "DK", "polska": "PL", "osterreich": "AT",
}  # fmt: skip


@cache
def country_codes() -> frozenset[str]:
    """The assigned codes of two letters, and XK."""
    known = map(str, Locale.parse("en").territories)
    return frozenset(code for code in known if re.fullmatch("[A-Z]{2}", code)) - _NOT_ASSIGNED


@cache
def language_spoken_in(code: str) -> str:
    """The language of a country that has one only ("DE" -> "de", "ME" -> "sr-Latn"); empty for all others."""
    spoken = get_official_languages(code, de_facto=True)
    return spoken[0].replace("_", "-") if len(spoken) == 1 else ""


def country_of(text: str) -> str | None:
    """The code of the country that `text` names; None where it names none.

    Understood are two or three letters of ISO 3166-1, the letters on a car, and names in German, English or a
    language of the portal.
    """
    letters = text.strip().rstrip("-").upper()
    if letters in country_codes():
        return letters
    return POSTAL_LETTERS.get(letters) or _other_letters().get(letters) or _names().get(spelling(text))


def country_name(code: str) -> str:
    """The name of a country in the active language; its code where the language has none."""
    return Locale.parse(get_language() or "de", sep="-").territories.get(code, code)


def check_country(code: str) -> None:
    """Raises ValidationError unless `code` is an assigned code of ISO 3166-1."""
    if code not in country_codes():
        text = _(
            "“%(value)s” is no country. Write its code of two letters (ISO 3166-1), as in DE, or its name."
        )
        raise ValidationError(text % {"value": code}, code="unknown_country")


@cache
def _other_letters() -> dict[str, str]:
    aliases = get_global("territory_aliases")
    return {"UK": "GB"} | {
        letters: codes[0]
        for letters, codes in aliases.items()
        if len(letters) == 3 and letters.isalpha() and len(codes) == 1 and codes[0] in country_codes()
    }


@cache
def _names() -> dict[str, str]:
    names = dict(_COMMON)
    for language in dict.fromkeys(["de", "en", *(code for code, _label in settings.LANGUAGES)]):
        territories = Locale.parse(language, sep="-").territories
        for code in sorted(country_codes() & territories.keys()):
            names.setdefault(spelling(territories[code]), code)
    return names
