"""Telephone numbers: read where a text holds exactly one beyond doubt, never made out of the digits of two."""

import re
from typing import NamedTuple

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from phonenumbers import PhoneMetadata, PhoneNumberFormat

HOME = "DE"  # where a number without a country code is read
_MOST_DIGITS = 15  # digits of a number in E.164
_SHORTEST_TO_KEEP = 3  # digits: 112, 115
_LONGEST_AREA = 5  # digits of an area code without its leading zero; before a slash it is no number by itself
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_AROUND = " .,;:'\"="  # also what exporters put around a number, to keep a spreadsheet from counting
_ONE = r"[\d+()/\-. ]*\d[\d+()/\-. ]*"
_LABEL = re.compile(r"(?:tel:|[^\W\d_][^\d+(]*[:. ])\s*(?=[+(]?\d)", re.I)
_EXTENSION = re.compile(
    r"\s*(?:;ext=|,?\s*\b(?:ext(?:ension)?|app(?:arat)?|dw|durchwahl|nst|nebenstelle)\b[.: ]*|\s+x\.?\s?|#)"
    r"(\d{1,6})\s*$",
    re.I,
)
_DATE = re.compile(
    r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d(?:[T ][\d:]+)?"
)
_WHOLE = re.compile(r"(\+?\d{5,})[.,]0")  # a number that a program took for one with a fraction
_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?E\+?\d+", re.I)
# What stands between two numbers, or between a number and other endings of it.
_BETWEEN = re.compile(r"\s*(?:[;,|&\n]|\b(?:oder|od|o|und|u|bzw|bis|or|and|to)\b\.?)\s*", re.I)
_REMARK = re.compile(r"\s*(?:[-,;:/]\s*)?(?:\([^()]*[^\W\d_][^()]*\)|[^\W\d_][^\d(]*)\s*")
_RANGE = re.compile(r"\s+-\s+|\s*/\s*-\s*|\s+/\s+|/")


class NoNumber(ValueError):
    """The text holds no telephone number."""


class ScientificNumber(NoNumber):
    """A spreadsheet has rounded the number to 4.9E+11: its last digits are lost."""


class Telephone(NamedTuple):
    """A number in E.164 and its extension, if any."""

    number: str
    extension: str = ""

    def __str__(self) -> str:
        return f"{self.number} ext. {self.extension}" if self.extension else self.number


def clean_phone(value: str | int | float, country: str = HOME) -> str:
    """The one number that `value` holds, in E.164; the text as it stands where it is doubtful which number is meant.

    Numbers without a country code are read as of `country`. Raises ValidationError where there is none.
    """
    try:
        return normalised(value, country)
    except ScientificNumber as error:
        text = _(
            "“%(value)s” is a number that a spreadsheet has rounded. Write the telephone number as text."
        )
        raise ValidationError(text, params={"value": value}) from error
    except NoNumber as error:
        raise ValidationError(_("“%(value)s” is not a telephone number."), params={"value": value}) from error


def clean_phone_of(record, country: str) -> None:
    """`clean_phone` of a record's field `phone`; raises ValidationError by field."""
    try:
        record.phone = clean_phone(record.phone, country) if record.phone else ""
    except ValidationError as error:
        raise ValidationError({"phone": error}) from error


def normalised(value: str | int | float, country: str = HOME) -> str:
    """The one number of `value` in E.164, with "ext. 12" where it has an extension.

    Where it is doubtful which number is meant, the text as it stands. Raises NoNumber where there is none.
    """
    text = _text(value)
    found = read(text, country)
    if found:
        return str(found)
    digits = sum(sign.isdigit() for sign in text)
    if digits < _SHORTEST_TO_KEEP or not (_is_local(text) or _holds_a_number(text, country)):
        raise NoNumber(text)
    return value if isinstance(value, str) else text


def read(text: str, country: str = HOME) -> Telephone | None:
    """The number of a text that holds one, or that holds a first one beyond doubt; else None.

    Raises ScientificNumber.
    """
    text = text.translate(_DASHES).strip(_AROUND)
    if _SCIENTIFIC.fullmatch(text):
        raise ScientificNumber(text)
    if _DATE.fullmatch(text):
        raise NoNumber(text)
    text = whole[1] if (whole := _WHOLE.fullmatch(text)) else text
    text = text[label.end() :] if (label := _LABEL.match(text)) else text
    if extension := _EXTENSION.search(text):
        number = _strict(text[: extension.start()], country)
        return Telephone(number, extension[1]) if number else None
    if re.fullmatch(_ONE, text):
        return _of_digits(text, country)
    return _first(text, country)


def link(text: str, country: str = HOME) -> str:
    """The address behind a number (RFC 3966), as in tel:+496312050;ext=12; empty where it is doubtful."""
    try:
        found = read(text, country)
    except NoNumber:
        return ""
    if not found:
        return ""
    number = phonenumbers.parse(str(found))
    return phonenumbers.format_number(number, PhoneNumberFormat.RFC3966).replace("-", "")


# ---------- one number ----------
def _strict(text: str, country: str) -> str | None:
    """The number of a text of digits and `+()/-. `, where it is whole: with its country code or its leading zero."""
    digits = re.sub(r"\D", "", text)
    text = text.strip()
    if not text.startswith(("+", "00")) and _lost_plus(text, digits):
        text = f"+{digits}"
    elif not re.match(r"[(\s]*(?:\+|0)", text) and _begins_with_zero(country):
        return None  # without its area code, or with a zero that was lost: who knows
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    region = phonenumbers.region_code_for_number(number)
    has_zero = number.italian_leading_zero and (region is None or _begins_with_zero(region))
    is_short = len(str(number.national_number)) < _LONGEST_AREA and not phonenumbers.is_valid_number(number)
    if has_zero or is_short or not phonenumbers.is_possible_number(number):
        return None  # an area code alone, or no number at all
    written = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return written if len(written) <= _MOST_DIGITS + 1 else None


def _lost_plus(text: str, digits: str) -> bool:
    """Whether this is +49 ... without the plus: no area code is 49, and no number has eleven digits without a zero."""
    return digits.startswith("49") and (len(digits) >= 11 or bool(re.match(r"\(?49\)?[\s/()\-.]", text)))


def _begins_with_zero(country: str) -> bool:
    """Whether a number of this country, written whole within the country, begins with a zero."""
    metadata = PhoneMetadata.metadata_for_region(country, None)
    return metadata is None or metadata.national_prefix == "0"


# ---------- perhaps several ----------
def _of_digits(text: str, country: str) -> Telephone | None:
    """The only number of a text of digits and signs, or the first where another one follows visibly."""
    if doubled := _repeated_number(text, country):
        return doubled
    for sign in _RANGE.finditer(text):
        first, rest = text[: sign.start()], text[sign.end() :]
        if not _is_whole(first, country):
            continue  # an area code
        return _first_of_two(first, sign[0], rest, country)
    if _alternative_ending(text):
        return None
    number = _strict(text, country)
    return Telephone(number) if number else None


def _first_of_two(first: str, sign: str, rest: str, country: str) -> Telephone | None:
    """The first number, where what follows is plainly another number or another ending of the first."""
    number = _strict(first, country)
    ending = re.sub(r"\D", "", rest)
    last = re.split(r"\D+", first.strip(" -/."))[-1]
    is_grouped = sign == "/" and "/" in first and len(ending) != len(last)  # 0631/205/12: perhaps one number
    is_other = rest.strip().startswith(("-", "+", "0", "(0")) or (len(ending) <= len(last) and not is_grouped)
    return Telephone(number) if number and ending and is_other else None


def _first(text: str, country: str) -> Telephone | None:
    """The number at the beginning of a text with words or further numbers behind it."""
    head = re.match(_ONE, text)
    if not head:
        return None
    number = re.sub(r"\([^)]*$", "", head[0]).rstrip(" -/.")
    behind = text[len(number) :]
    if between := _BETWEEN.match(behind):
        others = re.split(_BETWEEN, behind[between.end() :])
        if all(re.fullmatch(_ONE, other) or not re.search(r"\d", other) for other in others):
            return _of_digits(number, country)
    remark = _REMARK.match(behind)
    behind = behind[remark.end() :].strip(" .:-") if remark else "?"
    return _of_digits(number, country) if not behind or _is_whole(behind, country) else None


def _repeated_number(text: str, country: str) -> Telephone | None:
    """The first of two whole numbers that only a blank parts: 0631 2050 0631 2051."""
    for second in re.finditer(r"(?<=\d)\s+(?=\(?(?:0\d{2,}|\+\d))", text):
        if _is_whole(text[: second.start()], country) and _is_whole(text[second.end() :], country):
            number = _strict(text[: second.start()], country)
            return Telephone(number) if number else None
    return None


def _is_whole(text: str, country: str) -> bool:
    """Whether a text is more than an area code."""
    number = _strict(text, country)
    if not number:
        return False
    national = str(phonenumbers.parse(number).national_number)
    return len(national) > _LONGEST_AREA


def _alternative_ending(text: str) -> bool:
    """Whether the last two groups are as long and nearly the same: 0631 2050-2051 may be two numbers."""
    groups = re.split(r"\D+", text.strip(" ()-/."))
    if len(groups) < 3 or len(groups[-1]) < 3 or len(groups[-1]) != len(groups[-2]):
        return False
    return groups[-1] != groups[-2] and groups[-1][:-2] == groups[-2][:-2]


# ---------- what may stay as it stands ----------
def _is_local(text: str) -> bool:
    """Digits of a number without its area code."""
    digits = re.sub(r"\D", "", text)
    is_whole = re.match(r"[(\s]*(?:\+|0)", text)
    return bool(re.fullmatch(_ONE, text)) and not is_whole and len(digits) <= _MOST_DIGITS


def _holds_a_number(text: str, country: str) -> bool:
    return any(
        _strict(part[0].strip(" -/."), country) or _is_possible_part(part[0])
        for part in re.finditer(_ONE, text.translate(_DASHES))
    )


def _is_possible_part(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    return _LONGEST_AREA < len(digits) <= _MOST_DIGITS


def _text(value: str | int | float) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)
