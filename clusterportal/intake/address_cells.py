"""Cells of postal addresses: a whole address in one cell, house numbers, postcodes."""

import re
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from actors.columns.values import neat, text_of
from clusterportal.core.countries import country_of
from clusterportal.places.postcodes import postcode_problem, split_prefix

# A postcode at the beginning of a piece, with or without its country's letters, and the town behind it.
_CODE_AND_TOWN = re.compile(
    r"(?P<code>(?:[A-Z]{1,3}\s*[-–]\s*|D\s+)?(?:\d{4}\s?[A-Z]{2}\b(?!\w)|\d{4,6}|\d{3} \d{2}|\d{2}-\d{3}))"
    r"(?:\s+(?P<town>[^\W\d].*))?",
    re.S,
)
_INLINE = re.compile(r"(?P<street>.*?\S)\s+(?P<rest>(?:[A-Z]{1,3}-)?\d{5}\s+[^\W\d].*)", re.S)

# How a spreadsheet shows a house number, as 1-3, 2/5 or 12-5, that it took for a date; and its truth values.
_MONTH = r"(?:jan|feb|mär|mrz|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec)[a-zä]*\.?"
_DATE = re.compile(
    rf"\d{{1,2}}[. -]+{_MONTH}(?:[. -]*\d{{2,4}})?|{_MONTH}[. -]*\d{{2,4}}|\d{{1,2}}\.\d{{1,2}}\.(?:\d{{2,4}})?"
    r"|\d{4}-\d\d-\d\d(?:[T ][\d:]+)?|\d{1,2}/\d{1,2}/\d{2,4}|wahr|falsch|true|false",
    re.I,
)


def house_number(cell) -> str:
    """The text of a cell with a house number. Raises ValidationError where a spreadsheet made a date of it."""
    text = re.sub(r"^(\d+)[.,]0$", r"\1", neat(text_of(cell)))
    if _DATE.fullmatch(text):
        reason = _("“%(value)s” is a date or a truth value, no house number. Write it as text, as in 1-3.")
        raise ValidationError(reason % {"value": text})
    return text


class Address(NamedTuple):
    """The pieces of an address; what it does not name is empty."""

    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""


def read_address(text: str, country: str = "") -> Address:
    """Street, postcode, town and country of an address in one cell; all of it is the street where that is unclear.

    Postcodes of four digits are read where their letters or `country` say so.
    """
    pieces = [neat(piece) for piece in re.split(r"[,;\n]", text) if piece.strip()]
    named = country_of(pieces[-1]) if len(pieces) > 1 and len(pieces[-1]) > 2 else None
    if named:
        pieces.pop()
    for place, piece in enumerate(pieces):
        if found := _coded(piece, named or country):
            return _assembled(pieces[:place], found, pieces[place + 1 :], named)
    return Address(street=neat(text))


def _coded(piece: str, country: str) -> Address | None:
    """A piece that holds a postcode: "67655 Kaiserslautern", "D-67655", "Weg 1 67655 Kaiserslautern"."""
    if with_town := _CODE_AND_TOWN.fullmatch(piece):
        code = split_prefix(with_town["code"])
        is_certain = code.country or re.fullmatch(r"\d{5}", code.code)
        if is_certain or (country and not postcode_problem(code.code, country)):
            return Address("", code.code, with_town["town"] or "", code.country)
    if (inline := _INLINE.fullmatch(piece)) and (found := _coded(inline["rest"], country)):
        return found._replace(street=inline["street"].rstrip(" -–—/|•·"))
    return None


def _assembled(before: list[str], found: Address, after: list[str], named: str | None) -> Address:
    street = ", ".join([*before, *filter(None, [found.street])])
    city = found.city
    if not city and after:
        city, *after = after
    if not street:
        street, after = ", ".join(after), []
    return Address(street, found.postcode, ", ".join([city, *after]), found.country or named or "")


def code_text(cell) -> str:
    """The text of a postcode's cell; a spreadsheet's 4103.0 as 4103."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return re.sub(r"^(\d+)[.,]0$", r"\1", neat(str(cell)))
