"""Values of a row in the spelling of the registry: countries, addresses, web addresses, telephone numbers."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from actors.columns.fields import COLUMN_OF
from actors.columns.values import in_words, neat, text_of, unescaped
from actors.models import Actor
from actors.validators import clean_phone, clean_postcode, place_problems
from clusterportal.core.countries import country_name, country_of
from clusterportal.core.spelling import spelling
from clusterportal.core.telephone import HOME
from clusterportal.intake.address_cells import Address, code_text, read_address
from clusterportal.intake.identity.legal_forms import legal_form_at_end
from clusterportal.intake.planning.short_postcodes import ShortPostcodes
from clusterportal.intake.row_facts import Normalised, Reason, RowFacts
from clusterportal.places.postcodes import split_prefix

_SCHEME = re.compile(r"(https?)\s*[:;]?\s*/+\s*", re.I)
_ADDRESS_WITHOUT_SCHEME = re.compile(r"[\w-]+(\.[\w-]+)*\.[a-z]{2,}(:\d+)?([/?#]\S*)?", re.I)
# A field of a place, with the fields whose change can put it in conflict.
_CHECKED_WITH = {
    "postcode": ("postcode", "country"),
    "latitude": ("latitude", "longitude", "country"),
    "city": ("city",),
}
_EMPTY_PLACE = {"postcode": "", "city": "", "country": HOME, "latitude": None, "longitude": None}


def normalise(facts: RowFacts, postcodes: ShortPostcodes) -> None:
    """Rewrites the fields of a row where the evidence is enough; `facts.original` keeps what the table had."""
    fields = facts.fields
    original = {name: _as_shown(value) for name, value in fields.items()}
    for name, value in fields.items():
        if isinstance(value, str) and "&" in value:
            fields[name] = unescaped(value)
    if "country" in fields:
        fields["country"] = country_code(fields["country"])
    _split_addresses(facts)
    _normalise_postcode(facts, postcodes)
    if "website" in fields:
        fields["website"] = _web_address(fields["website"])
    if isinstance(fields.get("email"), str):
        fields["email"] = re.sub(r"^mailto:", "", neat(fields["email"]).strip(" .,;<>"), flags=re.I)
    if fields.get("phone") and not (fields.get("uid") and _is_international(fields["phone"])):
        fields["phone"] = _telephone(fields["phone"], fields.get("country") or HOME)
    facts.original |= {
        name: original.get(name, "")
        for name, value in fields.items()
        if value != original.get(name) and str(value) != str(original.get(name, ""))
    }


def normalised_values(facts: RowFacts) -> list[Normalised]:
    """The values that the registry holds in another spelling than the table."""
    return [
        Normalised(
            COLUMN_OF.get(name, name),
            "" if value is None else str(value),
            in_words(Actor, name, facts.fields[name]),
        )
        for name, value in facts.original.items()
        if name in facts.fields and str(facts.fields[name] or "") != str(value or "")
    ]


def add_legal_form(facts: RowFacts) -> None:
    """Adds the legal form that the name of a new actor ends with; only German ones have codes here."""
    fields = facts.fields
    is_own = fields.get("uid")  # the registry's own rows say what they mean
    if is_own or fields.get("legal_form") or fields.get("country", HOME) != HOME:
        return
    if form := legal_form_at_end(fields.get("name", "")):
        fields["legal_form"], facts.original["legal_form"] = form, ""


def reread_for_country(facts: RowFacts, *, country: str) -> None:
    """Reads postcode and telephone again where the registry has the actor in another country than was assumed."""
    fields, original = facts.fields, facts.original
    if fields.get("country"):
        return
    if fields.get("postcode"):
        code = code_text(original.get("postcode") or fields["postcode"])
        _set_normalised(
            facts, "postcode", clean_postcode(code if country != HOME else fields["postcode"], country)
        )
    if fields.get("phone") and country != HOME:
        _set_normalised(facts, "phone", _telephone(original.get("phone") or fields["phone"], country))


def place_conflict(fields: dict, *, changed: dict) -> Reason | None:
    """Why a place that a row `changed` contradicts the other fields: postcode, town, country or coordinates."""
    if not any(changed.get(name) not in (None, "") for name in _EMPTY_PLACE):
        return None
    place: dict[str, Any] = {name: fields.get(name) or default for name, default in _EMPTY_PLACE.items()}
    if fields.get("latitude") is not None and fields.get("longitude") is not None:
        place |= {name: fields[name] for name in ("latitude", "longitude")}  # 0 is a degree
    for name, reason in place_problems(**place).items():
        if any(other in changed for other in _CHECKED_WITH[name]):
            return name, str(fields[name]), reason
    return None


def is_same_phone(number: str, current: str, country: str) -> bool:
    """Whether the registry's `current` is `number` in another spelling."""
    try:
        return bool(current) and clean_phone(current, country) == number
    except ValidationError:
        return False


def country_code(value):
    """The two letters of a country that is named in words, in any language of the portal."""
    if not isinstance(value, str):
        return value
    return country_of(neat(value)) or value


# ---------- addresses ----------
def _split_addresses(facts: RowFacts) -> None:
    """Splits cells that hold more of an address than their column says."""
    fields, country = facts.fields, str(facts.fields.get("country") or "")
    if facts.address:
        found = read_address(facts.address, country)
        _take_address(facts, "address", found)
        if not found.postcode and re.search(r"[,;\n]", facts.address.strip(" ,;\n")):
            text = _("No postcode is recognised here: all of it stands as the street.")
            facts.add_remark("address", facts.address, text)
    for name in ("city", "postcode"):
        cell = fields.get(name)
        if not isinstance(cell, str) or cell.isdigit() or not re.search(r"\d", cell):
            continue  # as nearly always: a town alone, a postcode alone
        found = read_address(cell, country)
        has_words = found.city or found.street
        if found.postcode and (
            has_words or (name == "city" and not _is_text_without_digits(fields.get("postcode")))
        ):
            fields[name] = ""
            _take_address(facts, name, found)


def _take_address(facts: RowFacts, column: str, found: Address) -> None:
    """Puts the pieces of an address into their fields. Another value of another column is a problem."""
    fields = facts.fields
    for name, text in found._asdict().items():
        stated = fields.get(name)
        if not text:
            continue
        if stated in ("", None):
            fields[name] = text
        elif not _agree(name, stated, text):
            names = {"text": text, "stated": stated}
            reason = _(
                "This cell says “%(text)s”, another column of the row “%(stated)s”. Correct one of them."
            )
            facts.add_problem(column, text, reason % names)


def _agree(name: str, stated, text: str) -> bool:
    if name == "postcode":
        return split_prefix(code_text(stated)).code.lstrip("0") == text.lstrip("0")
    one, other = spelling(str(stated)), spelling(text)
    return one == other or (
        name != "country" and (one.startswith(f"{other} ") or other.startswith(f"{one} "))
    )


def _is_text_without_digits(cell) -> bool:
    return isinstance(cell, str) and bool(cell.strip()) and not re.search(r"\d", cell)


def _normalise_postcode(facts: RowFacts, postcodes: ShortPostcodes) -> None:
    """Adds the country that a postcode names, and the zero that a spreadsheet removed, where that is certain."""
    fields = facts.fields
    cell = fields.get("postcode")
    if cell in ("", None) or not isinstance(cell, (str, int, float)) or isinstance(cell, bool):
        return
    code, country = split_prefix(code_text(cell))
    stated = fields.get("country")
    if country and stated and country != stated:
        names = {"postcode": country_name(country), "country": country_name(str(stated))}
        reason = _("The postcode is of %(postcode)s, but the country is %(country)s. Correct one of them.")
        facts.add_problem("postcode", cell, reason % names)
        return
    if country and not stated:
        fields["country"] = stated = country
    if stated:
        code = clean_postcode(code, str(stated))
    elif re.fullmatch(r"\d{4}", code):
        city = neat(str(fields.get("city") or ""))
        is_number = not isinstance(cell, str)
        country, code = postcodes.interpret(code, city=city, is_number=is_number, point=_point(fields))
        if country:
            fields["country"] = country
    else:
        code = clean_postcode(code, HOME)
    if code != cell:
        fields["postcode"] = code


def _point(fields: dict) -> tuple[float, float] | None:
    degrees = [str(fields.get(name, "")).replace(",", ".") for name in ("latitude", "longitude")]
    try:
        return float(degrees[0]), float(degrees[1])
    except ValueError:
        return None


# ---------- the others ----------
def _as_shown(value):
    """A spreadsheet's 67655.0 as it shows it."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _is_international(value) -> bool:
    """Whether a number is written with its country code: the registry's own rows keep their blanks."""
    text = re.sub(r"[^\d+]", "", value) if isinstance(value, str) else ""
    return text.startswith("+") and _telephone(value, HOME) == text


def _telephone(value, country: str):
    try:
        return clean_phone(neat(text_of(value)), country)
    except ValidationError:
        return value  # refused with its reason when the field is checked


def _web_address(value):
    if not isinstance(value, str) or not value.strip():
        return value
    text = neat(value)
    if scheme := _SCHEME.match(text):
        return f"{scheme[1].lower()}://{text[scheme.end() :]}"
    return f"https://{text}" if _ADDRESS_WITHOUT_SCHEME.fullmatch(text) else value


def _set_normalised(facts: RowFacts, name: str, value) -> None:
    """Sets a field, and keeps what the table had where that differs."""
    before = facts.original.pop(name, facts.fields[name])
    facts.fields[name] = value
    if value != before:
        facts.original[name] = before
