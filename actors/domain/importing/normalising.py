"""Values of a row in the one spelling that the registry has: countries, postcodes, web addresses, telephone numbers."""

import re
from functools import cache

import phonenumbers
from babel import Locale
from django.conf import settings

from actors.domain.importing.facts import Facts
from actors.domain.importing.values import neat
from actors.identity.legal_forms import legal_form_at_end

HOME = "DE"  # what a row means that names no country, as the model has it
_POSTCODE_LENGTH = (
    5  # digits of a German postcode; a spreadsheet takes the leading zero for no part of a number
)
_SCHEME = re.compile(r"(https?)\s*[:;]?\s*/+\s*", re.I)
_HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.[a-z]{2,}(:\d+)?([/?#]\S*)?", re.I)
_COUNTRY_WORDS = {"d": "DE", "brd": "DE", "a": "AT", "ch": "CH", "uk": "GB", "usa": "US", "england": "GB"}
_MISREAD = re.compile(r"(\d+)[.,]0")  # a spreadsheet's 4103.0


def normalise(facts: Facts) -> None:
    """Rewrites the fields of a row; `facts.written` keeps what the table had."""
    fields = facts.fields
    written = dict(fields)
    if "country" in fields:
        fields["country"] = country_code(fields["country"])
    country = fields.get("country") or HOME
    if "postcode" in fields:
        fields["postcode"] = _postcode(fields["postcode"], country)
    if "website" in fields:
        fields["website"] = _web_address(fields["website"])
    if isinstance(fields.get("email"), str):
        fields["email"] = re.sub(r"^mailto:", "", neat(fields["email"]).strip(" .,;<>"), flags=re.I)
    if "phone" in fields and not (fields.get("uid") and str(fields["phone"]).startswith("+")):
        fields["phone"] = international(fields["phone"], country)  # the registry's own rows stand as they are
    facts.written = {name: value for name, value in written.items() if fields[name] != value}


def add_legal_form(facts: Facts) -> None:
    """The legal form that the name of a new actor ends with; only German ones have these codes."""
    fields = facts.fields
    is_own = fields.get("uid")  # the registry's own rows say what they mean
    if is_own or fields.get("legal_form") or fields.get("country", HOME) != HOME:
        return
    if form := legal_form_at_end(fields.get("name", "")):
        fields["legal_form"], facts.written["legal_form"] = form, ""


def keep_foreign_postcode(facts: Facts, *, country: str) -> None:
    """Takes back the leading zero where the actor turns out to be in another country than the row let suppose."""
    if country != HOME and "country" not in facts.fields and "postcode" in facts.written:
        facts.fields["postcode"] = str(facts.written.pop("postcode"))


def country_code(value):
    """The two letters of a country that is written in words, in any language of the portal."""
    if not isinstance(value, str):
        return value
    text = neat(value)
    return _country_names().get(text.casefold(), text.upper() if len(text) == 2 else text)


def international(value, country: str):
    """A telephone number in E.164; what is none, and numbers with an extension, as they are."""
    if not isinstance(value, (str, int)) or not value:
        return value
    text = str(value)
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return value
    if number.extension or not phonenumbers.is_possible_number(number):
        return value
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _postcode(value, country: str):
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = neat(str(value)) if value is not None else ""
    if misread := _MISREAD.fullmatch(text):
        text = misread[1]
    text = text.removeprefix("D-") if country == HOME else text
    if country == HOME and len(text) == _POSTCODE_LENGTH - 1 and text.isdigit():
        return f"0{text}"
    return text if text != str(value) else value


def _web_address(value):
    if not isinstance(value, str) or not value.strip():
        return value
    text = neat(value)
    if scheme := _SCHEME.match(text):
        return f"{scheme[1].lower()}://{text[scheme.end() :]}"
    return f"https://{text}" if _HOST.fullmatch(text) else value


@cache
def _country_names() -> dict[str, str]:
    names = dict(_COUNTRY_WORDS)
    for language, _label in settings.LANGUAGES:
        for code, name in Locale.parse(language, sep="-").territories.items():
            if len(code) == 2 and code.isalpha():
                names.setdefault(name.casefold(), code)
    return names
