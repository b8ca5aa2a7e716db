"""One rule for form, API, import and admin: identifiers, telephone numbers, places, logos."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum import lei
from stdnum.de import vat
from stdnum.exceptions import ValidationError as NumberError

from actors.enums import IdentifierScheme
from clusterportal.core.pictures import check_picture
from clusterportal.core.telephone import clean_phone as clean_phone  # models and old migrations name it here
from clusterportal.places.points import point_problem
from clusterportal.places.postcodes import may_have_lost_a_zero, postcode_problem, split_prefix

_ROR = re.compile(r"0[0-9a-hj-km-np-tv-z]{6}[0-9]{2}")
_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
LOGO_LIMIT = 2 * 1024 * 1024  # bytes


def clean_ror(value: str) -> str:
    """The bare ROR id of `value`; its last two digits are checked (ISO 7064 MOD 97-10, ror.org)."""
    bare = value.strip().lower().removeprefix("https://").removeprefix("ror.org/")
    if _ROR.fullmatch(bare):
        number = 0
        for letter in bare[:7]:
            number = number * 32 + _CROCKFORD.index(letter)
        if int(bare[7:]) == 98 - (number * 100) % 97:
            return bare
    raise ValidationError(_("“%(value)s” is not a ROR id; it looks like 019hjw009."), params={"value": value})


def clean_wikidata(value: str) -> str:
    bare = value.strip().rsplit("/", 1)[-1].upper()
    if not re.fullmatch(r"Q[1-9][0-9]*", bare):
        raise ValidationError(
            _("“%(value)s” is not a Wikidata id; it looks like Q565533."), params={"value": value}
        )
    return bare


def clean_lei(value: str) -> str:
    """The 20 characters of an LEI with valid check digits (ISO 17442)."""
    try:
        return lei.validate(value)
    except NumberError as error:
        raise ValidationError(_("“%(value)s” is not a valid LEI."), params={"value": value}) from error


def clean_vat(value: str) -> str:
    """A German VAT number with its country code and valid check digit."""
    try:
        return "DE" + vat.validate(value)
    except NumberError as error:
        raise ValidationError(
            _("“%(value)s” is not a valid German VAT number."), params={"value": value}
        ) from error


def clean_register(value: str) -> str:
    """Court, register and number, as in "Kaiserslautern HRB 2300"."""
    parts = re.fullmatch(r"(\S.*?)\s+(HRA|HRB|VR|GnR|PR|GsR)\s*([0-9]+(?:\s?[A-Z]{1,3})?)", value.strip())
    if not parts:
        raise ValidationError(
            _("“%(value)s” names no register entry; it looks like: Kaiserslautern HRB 2300."),
            params={"value": value},
        )
    return " ".join(parts.groups())


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


def place_problems(
    *, postcode: str, city: str, country: str, latitude: float | None, longitude: float | None
) -> dict[str, str]:
    """What cannot be of a place, as a sentence by field: a postcode of another country, a point far away."""
    problems = {}
    if postcode and not re.search(r"\d", postcode) and re.fullmatch(r"(?:[A-Z]{1,2}-)?\d[\d ]{3,5}", city):
        problems["postcode"] = str(_("Postcode and town are exchanged."))
    elif problem := postcode_problem(postcode, country):
        problems["postcode"] = problem
    if latitude is None or longitude is None:
        return problems
    if problem := point_problem(latitude, longitude, country):
        problems["latitude"] = problem
    return problems


def check_logo(file) -> None:
    if file.size > LOGO_LIMIT:
        raise ValidationError(_("The logo is larger than 2 MB. Please save it smaller."))
    check_picture(file)
