"""Constraints that recur: choices, years, coordinates. Named by table and rule, so that an error says what broke."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

EARLIEST_YEAR, LATEST_YEAR = 900, 2100
FIRST_DAY, LAST_DAY = (
    date(1980, 1, 1),
    date(2100, 12, 31),
)  # of plans, talks and money: cluster policies began later
# As PostgreSQL writes them; NUL it never takes.
_UNPRINTABLE = r"[\u0001-\u0008\u000B\u000C\u000E-\u001F\u007F]"


def one_of(field: str, choices, *, table: str) -> CheckConstraint:
    """`field` holds one of the codes of `choices`, or nothing where the field allows that."""
    return CheckConstraint(
        condition=Q(**{f"{field}__in": list(choices.values)}), name=f"{table}_{field}_known"
    )


def one_of_or_blank(field: str, choices, *, table: str) -> CheckConstraint:
    return CheckConstraint(
        condition=Q(**{f"{field}__in": ["", *choices.values]}), name=f"{table}_{field}_known"
    )


def has_an_address(table: str) -> CheckConstraint:
    """`slug` is not empty: its page could not be linked, and whatever names it would be an error."""
    return CheckConstraint(condition=~Q(slug=""), name=f"{table}_has_an_address")


def web_address(field: str, *, table: str) -> CheckConstraint:
    """`field` is empty or an address that a link may lead to: never a script, whoever wrote it."""
    return CheckConstraint(
        condition=Q(**{field: ""}) | Q(**{f"{field}__iregex": "^(https?|ftps?)://"}),
        name=f"{table}_{field}_on_the_web",
        violation_error_message=gettext_lazy("A web address begins with http:// or https://."),
    )


def plausible_year(field: str, *, table: str) -> CheckConstraint:
    """`field` is empty or a year that a founding date can have."""
    condition = Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": (EARLIEST_YEAR, LATEST_YEAR)})
    return CheckConstraint(condition=condition, name=f"{table}_{field}_plausible")


def plausible_day(field: str, *, table: str) -> CheckConstraint:
    """`field` is empty or a day from 1980 to 2100, so that months can be counted from it and a year has four digits."""
    condition = Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": (FIRST_DAY, LAST_DAY)})
    return CheckConstraint(condition=condition, name=f"{table}_{field}_plausible")


def printable(*fields: str, table: str) -> CheckConstraint:
    """No text of `fields` holds a control character other than a tab or the end of a line."""
    condition = Q()
    for field in fields:
        condition &= ~Q(**{f"{field}__regex": _UNPRINTABLE})
    return CheckConstraint(condition=condition, name=f"{table}_printable")


def check_year(year: int) -> None:
    """Raises ValidationError for a year before 900 or after the next one: nothing was founded then."""
    _check_between(year, last=timezone.localdate().year + 1)


def check_end_year(year: int) -> None:
    """Raises ValidationError for a year before 900 or after 2100: an end may be agreed for a later year."""
    _check_between(year, last=LATEST_YEAR)


def check_day(day: date) -> None:
    """Raises ValidationError for a day before 1980 or after 2100."""
    if not FIRST_DAY <= day <= LAST_DAY:
        years = {"first": FIRST_DAY.year, "last": LAST_DAY.year}
        raise ValidationError(_("This day is not between %(first)s and %(last)s.") % years, code="day")


def _check_between(year: int, *, last: int) -> None:
    if not EARLIEST_YEAR <= year <= last:
        years = {"value": year, "first": EARLIEST_YEAR, "last": last}
        raise ValidationError(
            _("%(value)s is not a plausible year (%(first)s to %(last)s).") % years, code="year"
        )
