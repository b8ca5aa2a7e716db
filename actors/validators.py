"""One rule for form, API, import and admin: identifiers, telephone numbers, places, logos."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum import lei
from stdnum.de import vat
from stdnum.exceptions import ValidationError as NumberError

from actors.enums import IdentifierScheme
from clusterportal.core.pictures import check_logo as check_logo  # the one for all pictures
from clusterportal.core.telephone import clean_phone as clean_phone  # the one for all numbers
from clusterportal.places.points import point_problem
from clusterportal.places.postcodes import may_have_lost_a_zero, postcode_problem, split_prefix

_ROR = re.compile(r"0[0-9a-hj-km-np-tv-z]{6}[0-9]{2}")
_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


def clean_ror(value: str) -> str:
    """The bare ROR id of `value`; its last two digits are checked (ISO 7064 MOD 97-10, ror.org)."""
    bare = re.sub(r"^(ror:\s*)?(https?://)?(www\.)?(ror\.org/)?|/$", "", _one_line(value).lower())
    if _ROR.fullmatch(bare):
        number = 0
        for letter in bare[:7]:
            number = number * 32 + _CROCKFORD.index(letter)
        if int(bare[7:]) == 98 - (number * 100) % 97:
            return bare
    raise ValidationError(_("“%(value)s” is not a ROR id; it looks like 019hjw009."), params={"value": value})


def clean_wikidata(value: str) -> str:
    """The bare Q-number, also of an address at wikidata.org."""
    found = re.fullmatch(r"(?:.*[/:])?(Q[1-9][0-9]*)(?:[/#?].*)?", _one_line(value), re.I)
    if not found:
        raise ValidationError(
            _("“%(value)s” is not a Wikidata id; it looks like Q565533."), params={"value": value}
        )
    return found[1].upper()


def clean_lei(value: str) -> str:
    """The 20 characters of an LEI with valid check digits (ISO 17442)."""
    try:
        return lei.validate(re.sub(r"^LEI\b\W*|[\W_]", "", _one_line(value), flags=re.I))
    except NumberError as error:
        raise ValidationError(_("“%(value)s” is not a valid LEI."), params={"value": value}) from error


def clean_vat(value: str) -> str:
    """A German VAT number with its country code and valid check digit."""
    try:
        return "DE" + vat.validate(_VAT_LABEL.sub("", _one_line(value)))
    except NumberError as error:
        raise ValidationError(
            _("“%(value)s” is not a valid German VAT number."), params={"value": value}
        ) from error


def clean_register(value: str) -> str:
    """Court, register and number in one spelling, "Kaiserslautern HRB 2300", however people write them.

    With “Amtsgericht”, “AG” or “Registergericht”, with a comma, in either order and any case. Raises ValidationError
    where court or number is missing, for the numbers of two courts are two entries.
    """
    text = _one_line(value)
    entries = list(_ENTRY.finditer(text))
    if not entries:
        raise ValidationError(
            _("“%(value)s” names no register entry; it looks like: Kaiserslautern HRB 2300."),
            params={"value": value},
        )
    if len(entries) > 1:
        raise ValidationError(
            _("“%(value)s” names several register entries; give each its own line."), params={"value": value}
        )
    entry = entries[0]
    court = _court(f"{text[: entry.start()]} {text[entry.end() :]}")
    if not court:
        raise ValidationError(
            _(
                "“%(value)s” names no court: the number alone is given by every court. Write: Kaiserslautern HRB 2300."
            ),
            params={"value": value},
        )
    number = re.sub(r"\D", "", entry["number"]).lstrip("0") or "0"
    letters = f" {entry['letters']}" if entry["letters"] else ""
    register = _REGISTERS["".join(entry["register"].split()).upper()]
    return f"{court} {register} {number}{letters}"


_VAT_LABEL = re.compile(r"^(u\W*st\W*id\W*(nr|nummer)?|vat\W*(id|no|number)?)\b\W*", re.I)
_REGISTERS = {code.upper(): code for code in ("HRA", "HRB", "VR", "GnR", "PR", "GsR")}
_ENTRY = re.compile(
    r"\b(?P<register>(?i:HR\s?A|HR\s?B|VR|GnR|PR|GsR))[\s.:-]*(?i:(?:Nr|Nummer|No)\b[\s.:]*)?"
    r"(?P<number>\d{1,3}(?:[. ]\d{3})+(?!\d)|\d+)"
    r"(?:\s?(?P<letters>[A-Z](?![\w.])|[A-Z]{2,3}(?=\s*(?:$|[,;)]))))?"
)
_REGISTER_WORDS = re.compile(
    r"\b(amtsgerichts?|amtsger|amtsg|registergerichts?|ag|(handels|vereins|genossenschafts|partnerschafts|gesellschafts)?"
    r"register(s|nummer|nr)?)\b\.?",
    re.I,
)
_BEFORE_A_COURT = re.compile(
    r"^(?:(?:des|der|beim|bei|am|im|in|unter|eingetragen|abteilung|b|a)\b[\s.:,;/-]*)+", re.I
)
_SMALL_WORDS = {"am", "an", "der", "dem", "den", "im", "in", "ob", "bei", "vor"}


def _one_line(value) -> str:
    """Text with plain single blanks and without signs that nobody sees."""
    text = unicodedata.normalize("NFKC", str(value))
    return " ".join("".join(sign for sign in text if unicodedata.category(sign) != "Cf").split())


def _court(text: str) -> str:
    """The town of a court out of what stands around a register number; empty where there is none."""
    text = " ".join(_REGISTER_WORDS.sub(" ", text).split()).strip(" .,;:/-")
    text = " ".join(_BEFORE_A_COURT.sub("", text).strip(" .,;:/-").split())
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    if not any(map(str.isalpha, text)) or any(map(str.isdigit, text)):
        return ""
    if text.islower() or text.isupper():
        text = " ".join(word if word in _SMALL_WORDS else word.title() for word in text.lower().split())
    return "Berlin (Charlottenburg)" if "charlottenburg" in text.lower() else text


_CLEANERS = {
    IdentifierScheme.ROR: clean_ror,
    IdentifierScheme.LEI: clean_lei,
    IdentifierScheme.WIKIDATA: clean_wikidata,
    IdentifierScheme.VAT: clean_vat,
    IdentifierScheme.REGISTER: clean_register,
}


def clean_identifier(scheme: str, value: str) -> str:
    """`value` in the one spelling its scheme has; raises ValidationError when it cannot be one."""
    return _CLEANERS[IdentifierScheme(scheme)](value)


def clean_postcode(code: str, country: str) -> str:
    """`code` without the letters of its own country, a German one in five digits; else as it stands."""
    prefixed = split_prefix(code)
    if prefixed.country == country:
        code = prefixed.code
    if country != "DE":
        return code
    digits = code.replace(" ", "")
    if may_have_lost_a_zero(digits):
        return f"0{digits}"
    return digits if re.fullmatch(r"\d{5}", digits) else code


def _town_problem(city: str) -> str:
    """Why a text is no town, as a sentence; empty where it may be one."""
    if city and not any(map(str.isalpha, city)):
        return str(_("“%(value)s” is no town.") % {"value": city})
    if re.search(r"\d{4}", city):
        text = _("“%(value)s” holds a number. Write the postcode in its own column, and the town alone.")
        return str(text % {"value": city})
    return ""


def place_problems(
    *, postcode: str, city: str, country: str, latitude: float | None, longitude: float | None
) -> dict[str, str]:
    """What cannot be of a place, as a sentence by field: a postcode of another country, a point far away."""
    problems = {}
    if postcode and not re.search(r"\d", postcode) and re.fullmatch(r"(?:[A-Z]{1,2}-)?\d[\d ]{3,5}", city):
        problems["postcode"] = str(_("Postcode and town are exchanged."))
    elif problem := postcode_problem(postcode, country):
        problems["postcode"] = problem
    if "postcode" not in problems and (problem := _town_problem(city)):
        problems["city"] = problem
    if latitude is None or longitude is None:
        return problems
    if problem := point_problem(latitude, longitude, country):
        problems["latitude"] = problem
    return problems
