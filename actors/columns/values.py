"""Single values of a table as the models want them: one rule for form, API, admin and import."""

import datetime
import html
import math
import re
from collections.abc import Iterable
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from actors.columns.placeholders import refers_elsewhere, says_nothing
from clusterportal.core.constraints import check_end_year, check_year
from clusterportal.core.countries import check_country
from clusterportal.core.models import own_field
from clusterportal.core.telephone import clean_phone
from clusterportal.core.texts import clean_line, clean_text
from clusterportal.tables.unreadable_cells import UnreadableCell

_ANSWERS = {
    "ja": True, "yes": True, "wahr": True, "true": True, "x": True, "1": True,
    "nein": False, "no": False, "falsch": False, "false": False, "0": False,
}  # fmt: skip
_YEARS = {"founded", "since", "until"}  # where they are whole numbers
_LABELS_LISTED = 12  # valid values that an error lists
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});", re.I)
_E164 = re.compile(r"\+\d{6,15}(?: ext\. \d+)?")
# A year among words that only say what it is, and a day of which the year is asked.
_YEAR = re.compile(
    r"(?:(?:gegr(?:ündet|\.)?|gründung|seit|since|founded|established|est\.|anno|im jahr|in|um|ca\.?|circa|etwa"
    r"|about|~)[\s.:]*)*(\d{4})(?:\s+gegründet)?",
    re.I,
)
_DAY = re.compile(r"(?:\d{1,2}\.\s?\d{1,2}\.\s?(\d{4})|(\d{4})-\d{2}-\d{2})(?:[T ]00:00(?::00)?)?")


def clean_value(model: type[models.Model], name: str, value):
    """`value` as the field `name` of `model` stores it; raises ValidationError with a reason for people.

    Forgives what spreadsheets do: decimal commas, years as 1997.0, German dates, labels instead of codes.
    """
    field = own_field(model, name)
    if isinstance(value, UnreadableCell):
        raise ValidationError(str(value.reason))
    if refers_elsewhere(name, value):
        raise ValidationError(_("This cell refers to another one. Write the value out."))
    value = "" if says_nothing(value) else value
    value = _PREPARE.get(type(field), _text)(field, value)
    if field.null and value == "":
        return None
    if field.choices:
        value = _code(field, value)
    if check_country in field.validators:
        check_country(value)  # its reason alone, not also that the name is too long for a code
    try:
        value = field.clean(value, None)
    except ValidationError as error:
        raise _explained(field, value, error) from error
    if isinstance(value, float) and not math.isfinite(value):
        raise ValidationError(_("This is not a number."))
    return value


def neat(text: str) -> str:
    """One clean line of text; quotes without the backslash of a CSV."""
    return clean_line(text).replace('\\"', '"')


def unescaped(text: str) -> str:
    """A text from a web page as people read it: `M&uuml;ller &amp; Co` as Müller & Co."""
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text)


def is_same(value, current) -> bool:
    """Whether a value from a table says what the registry holds already."""
    if value == current:
        return True
    if not (isinstance(value, str) and isinstance(current, str)):
        return False
    return clean_text(value) in (clean_text(current), neat(current)) or _is_same_number(value, current)


def _is_same_number(value: str, current: str) -> bool:
    """Whether a telephone number in E.164 is the one that the registry holds in another spelling."""
    try:
        return bool(_E164.fullmatch(value) and current) and clean_phone(current) == value
    except ValidationError:
        return False


def in_words(model: type[models.Model], name: str, value) -> str:
    """A value of a field as people read it: codes by their label, nothing as nothing."""
    if value in ("", None):
        return ""
    choices = own_field(model, name).flatchoices
    return str(dict(choices).get(value, value))


def some_of(names: Iterable, *, most: int = 6) -> str:
    """The first of the names, for a message."""
    shown = [*map(str, names)]
    return "; ".join([*shown[:most], *(["…"] if len(shown) > most else [])])


def first_reason(error: ValidationError) -> str:
    """The reasons of a ValidationError as one sentence."""
    return " ".join(str(message) for message in error.messages)


def text_of(value) -> str:
    """A text or a whole number as text. Raises ValidationError that says what else the cell holds."""
    if value is None:
        return ""
    if isinstance(value, UnreadableCell):
        raise ValidationError(str(value.reason))
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a spreadsheet's 67663.0
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        return str(value)
    what = _what_it_is(value)
    is_nested = isinstance(value, (list, tuple, dict))
    raise ValidationError(what if is_nested else _("%(what)s Write it as text.") % {"what": what})


def _what_it_is(value) -> str:
    if isinstance(value, bool):
        return _("This cell is a truth value (%(value)s).") % {"value": _("TRUE") if value else _("FALSE")}
    if isinstance(value, (int, float)):
        return _("This cell is a number with a fraction (%(value)s).") % {"value": value}
    if isinstance(value, datetime.datetime) and value.time() != datetime.time():
        return _("This cell is a date with a time (%(value)s).") % {"value": value.isoformat(" ", "minutes")}
    if isinstance(value, datetime.date):
        return _("This cell is a date (%(value)s).") % {"value": date_format(value, "DATE_FORMAT")}
    if isinstance(value, (datetime.time, datetime.timedelta)):
        return _("This cell is a time (%(value)s).") % {"value": value}
    if isinstance(value, (list, tuple, dict)):
        return _("This cell holds a list or an object, but one value is expected.")
    return _("This cell holds no text.")


def _text(field, value) -> str:
    text = text_of(value)
    return clean_text(text) if isinstance(field, models.TextField) else neat(text)


def _whole(field, value):
    if field.name in _YEARS:
        return _year(value)
    return _text(field, value).removesuffix(".0").removesuffix(",0")


def _year(value) -> str:
    """The year that a cell names: as a number, as a day, or among words that only say what it is."""
    if isinstance(value, datetime.date):
        return str(value.year)
    text = neat(text_of(value)).removesuffix(".0").removesuffix(",0")
    if found := _YEAR.fullmatch(text):
        return found[1]
    if found := _DAY.fullmatch(text):
        return found[1] or found[2]
    return text


def _decimal(field, value):
    if isinstance(value, (bool, datetime.date, datetime.time, list, dict)):
        raise ValidationError(_what_it_is(value))
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
    if not value:
        return value
    if (known := _codes(field).get(value.casefold())) is None:
        valid = some_of((label for code, label in field.flatchoices if code), most=_LABELS_LISTED)
        raise ValidationError(
            _("“%(value)s” is not known here. Valid: %(valid)s.") % {"value": value, "valid": valid}
        )
    return known


@lru_cache
def _codes(field) -> dict[str, str]:
    """Codes by what people write: the code itself or its label in any language of the portal."""
    codes: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            codes |= {str(label).casefold(): code for code, label in field.flatchoices if code}
    return codes | {code.casefold(): code for code, _label in field.flatchoices if code}


def _explained(field, value, error: ValidationError) -> ValidationError:
    """What is wrong with a number, in words that name what the cell holds."""
    is_number = isinstance(field, (models.IntegerField, models.FloatField, models.DecimalField))
    if not is_number or not isinstance(value, str):
        return error
    if field.name in _YEARS:
        return _no_year(field, value)
    is_unread = any(one.code == "invalid" for one in error.error_list)
    return ValidationError(_("“%(value)s” is no number.") % {"value": value}) if is_unread else error


def _no_year(field, value: str) -> ValidationError:
    check = check_end_year if check_end_year in field.validators else check_year
    try:
        check(int(value))
    except ValidationError as error:
        return error
    except ValueError:
        pass
    return ValidationError(_("“%(value)s” is no year. Write four digits, as in 1997.") % {"value": value})
