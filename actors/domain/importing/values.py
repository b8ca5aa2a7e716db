"""Single values of a table as the models want them: one rule for form, API, admin and import."""

import datetime
import math
import re
import unicodedata
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import override

from clusterportal.core.constraints import EARLIEST_YEAR, LATEST_YEAR

_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f]"
)  # no spreadsheet holds them, PostgreSQL refuses the first
_ANSWERS = {"ja": True, "yes": True, "wahr": True, "x": True, "nein": False, "no": False, "falsch": False}
_YEARS = {"founded", "since"}
_PLAIN = re.compile(r"(?:[!-\[\]-~]+(?: [!-\[\]-~]+)*)?")  # already as `neat` leaves it
_BLANKS = dict.fromkeys(map(ord, "\u00a0\u2007\u202f"), " ") | dict.fromkeys(
    map(ord, "\u200b\u2060\ufeff\u00ad"), None
)


def clean_value(model: type[models.Model], name: str, value):
    """`value` as the field `name` of `model` stores it; raises ValidationError with a reason for people.

    Forgives what spreadsheets do: decimal commas, years as 1997.0, German dates, labels instead of codes.
    """
    field = model._meta.get_field(name)
    value = _PREPARE.get(type(field), _text)(field, value)
    if field.null and value == "":
        return None
    if field.choices:
        value = _code(field, value)
    value = field.clean(value, None)
    _check_constraints(field, value)
    return value


def tidy(value):
    """Text without outer blanks, carriage returns and control characters; anything else as it is."""
    return (
        _UNPRINTABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
        if isinstance(value, str)
        else value
    )


def neat(text: str) -> str:
    """One line of text: composed Unicode, single plain blanks, quotes without the backslash of a CSV."""
    if _PLAIN.fullmatch(text):
        return text
    return " ".join(composed(tidy(text)).replace('\\"', '"').split())


def composed(text: str) -> str:
    """Letters and their accents as one character each; blanks that only look different, and none without width."""
    return text if text.isascii() else unicodedata.normalize("NFC", text).translate(_BLANKS)


def is_same(value, current) -> bool:
    """Whether a value from a table says what the registry holds already."""
    if value == current:
        return True
    return (
        isinstance(value, str) and isinstance(current, str) and tidy(value) in (tidy(current), neat(current))
    )


def in_words(model: type[models.Model], name: str, value) -> str:
    """A value of a field as people read it: codes by their label, nothing as nothing."""
    if value in ("", None):
        return ""
    choices = model._meta.get_field(name).flatchoices
    return str(dict(choices).get(value, value))


def first_reason(error: ValidationError) -> str:
    """The reasons of a ValidationError as one sentence."""
    return " ".join(str(message) for message in error.messages)


def _text(field, value) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a spreadsheet's 67663.0
    if not isinstance(value, (str, int, float, datetime.date)):
        raise ValidationError(_("A text is expected here."))
    text = str(value)
    return composed(tidy(text)) if isinstance(field, models.TextField) else neat(text)


def _whole(field, value):
    text = _text(field, value)
    return text.removesuffix(".0").removesuffix(",0")


def _decimal(field, value):
    text = _text(field, value) if isinstance(value, str) else value
    if isinstance(text, str):
        text = text.replace(",", ".") if text.count(",") == 1 and "." not in text else text
    return "" if text is None else text


def _day(field, value):
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    text = _text(field, value)
    if german := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text):
        day, month, year = german.groups()
        return f"{year}-{month:0>2}-{day:0>2}"
    return text.removesuffix("T00:00:00").removesuffix(" 00:00:00")


def _link(field, value) -> str:
    text = _text(field, value)
    return f"https://{text}" if text.startswith("www.") else text


def _yes_or_no(field, value):
    text = value if isinstance(value, bool) else _text(field, value)
    return _ANSWERS.get(text.casefold(), text) if isinstance(text, str) else text


_PREPARE = {
    models.PositiveSmallIntegerField: _whole,
    models.FloatField: _decimal,
    models.DecimalField: _decimal,
    models.DateField: _day,
    models.BooleanField: _yes_or_no,
    models.URLField: _link,
}


def _code(field, value: str) -> str:
    codes = _codes(field)
    if value and (known := codes.get(value.casefold())) is None:
        valid = ", ".join(
            f"{label} ({code})" if str(label) != code else code for code, label in field.flatchoices
        )
        raise ValidationError(
            _("“%(value)s” is not known here. Valid: %(valid)s.") % {"value": value, "valid": valid}
        )
    return known if value else value


@lru_cache
def _codes(field) -> dict[str, str]:
    """Codes by what people write: the code itself or its label in any language of the portal."""
    codes = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            codes |= {str(label).casefold(): code for code, label in field.flatchoices if code}
    return codes | {code.casefold(): code for code, _label in field.flatchoices if code}


def _check_constraints(field, value) -> None:
    """What the database would refuse, said before and in words."""
    if isinstance(value, float) and not math.isfinite(value):
        raise ValidationError(_("This is not a number."))
    is_year = field.name in _YEARS and isinstance(value, int)
    if is_year and not EARLIEST_YEAR <= value <= LATEST_YEAR:
        years = {"first": EARLIEST_YEAR, "last": LATEST_YEAR}
        raise ValidationError(_("This is not a plausible year (%(first)s to %(last)s).") % years)
    if field.name == "country" and not re.fullmatch("[A-Z]{2}", value):
        raise ValidationError(_("A country is two capital letters, as in DE."))
