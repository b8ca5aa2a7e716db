"""What a postcode looks like in its country, and the country that it names itself: D-67655, A-1010."""

import re
from typing import NamedTuple

from django.utils.translation import gettext as _

from clusterportal.core.countries import POSTAL_LETTERS, country_codes, country_name

# By the Universal Postal Union's addressing sheets; of countries that are not here, anything with a digit is taken.
_FOUR, _FIVE = r"\d{4}", r"\d{5}"
_SHAPES = {
    **dict.fromkeys(["AT", "BE", "BG", "CH", "CY", "DK", "HU", "LU", "NO", "SI"], _FOUR),
    **dict.fromkeys(["BA", "DE", "EE", "ES", "FI", "FR", "HR", "IT", "LT", "ME", "TR", "UA", "XK"], _FIVE),
    "CZ": r"\d{3} ?\d{2}", "SK": r"\d{3} ?\d{2}", "SE": r"\d{3} ?\d{2}", "GR": r"\d{3} ?\d{2}",
    "GB": r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", "IE": r"[A-Z]\d[\dW] ?[A-Z\d]{4}", "IS": r"\d{3}",
    "LI": r"94\d\d", "LV": r"LV-\d{4}", "MT": r"[A-Z]{3} ?\d{4}", "NL": r"\d{4}( ?[A-Z]{2})?", "PL": r"\d{2}-?\d{3}",
    "PT": r"\d{4}(-\d{3})?", "RO": r"\d{6}", "RS": r"\d{5,6}", "MK": _FOUR, "AL": _FOUR, "US": r"\d{5}(-\d{4})?",
    "CA": r"[A-Z]\d[A-Z] ?\d[A-Z]\d", "AU": _FOUR, "NZ": _FOUR, "JP": r"\d{3}-?\d{4}", "CN": r"\d{6}",
    "IN": r"\d{3} ?\d{3}",
}  # fmt: skip
_EXAMPLES = {"DE": "67655", "AT": "1010", "CH": "8001", "NL": "1012 AB", "GB": "SW1A 1AA", "PL": "00-950"}
_PREFIXED = re.compile(r"([A-Za-z]{1,3})\s*[-–]?\s*(\d.*)", re.S)
# The lowest and highest German postcode of each leading pair that begins with a zero (GeoNames, CC BY 4.0).
_WITH_ZERO = [
    (1054, 1998), (2620, 2999), (3042, 3253), (4022, 4938), (6073, 6928), (7318, 7989), (8056, 8648), (9028, 9669),
]  # fmt: skip


class Prefixed(NamedTuple):
    """A postcode without the letters before it, and the country that they name; empty where they name none."""

    code: str
    country: str


def split_prefix(text: str) -> Prefixed:
    """`D-67655`, `A 1010`, `LI-9490` as postcode and country; anything else as it is."""
    found = _PREFIXED.fullmatch(text.strip())
    if not found:
        return Prefixed(text, "")
    letters, code = found[1].upper(), found[2].strip()
    country = POSTAL_LETTERS.get(letters, letters)
    if country not in country_codes():
        return Prefixed(text, "")
    if country == "LV":  # the letters belong to the code
        code = f"LV-{code}"
    if country == "DE":
        code = code.replace(" ", "")
    is_one = _fits(code, country) if country in _SHAPES else bool(re.fullmatch(r"[\d -]{3,10}", code))
    is_one = is_one or (country == "DE" and may_have_lost_a_zero(code))
    return Prefixed(code, country) if is_one else Prefixed(text, "")


def postcode_problem(code: str, country: str) -> str:
    """Why `code` is no postcode of `country`, as a sentence; empty where it may be one."""
    if not code or _fits(code, country):
        return ""
    names = {"value": code, "country": country_name(country), "example": _EXAMPLES.get(country, "")}
    if prefixed := split_prefix(code).country:
        names["other"] = country_name(prefixed)
        if prefixed == country:
            return _("“%(value)s” begins with the letters of its country. Write the postcode alone.") % names
        return _("“%(value)s” is a postcode of %(other)s, but the country is %(country)s.") % names
    if country == "DE":
        return (
            _(
                "“%(value)s” is no postcode of Germany, which has five digits. Correct it, or name the country."
            )
            % names
        )
    if names["example"]:
        return _("“%(value)s” is no postcode of %(country)s, which looks like %(example)s.") % names
    return _("“%(value)s” is no postcode of %(country)s.") % names


def may_have_lost_a_zero(code: str) -> bool:
    """Whether four digits with a zero before them lie where German postcodes begin with a zero."""
    return bool(re.fullmatch(_FOUR, code)) and any(low <= int(code) <= high for low, high in _WITH_ZERO)


def has_four_digits(country: str) -> bool:
    """Whether four digits alone are a postcode there."""
    return country in _SHAPES and _fits("9490", country)


def _fits(code: str, country: str) -> bool:
    shape = _SHAPES.get(country)
    return bool(re.fullmatch(shape, code.upper()) if shape else re.search(r"\d", code) and len(code) <= 12)
