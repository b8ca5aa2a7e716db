"""Constraints that recur: choices, years, coordinates. Named by table and rule, so that an error says what broke."""

from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

EARLIEST_YEAR, LATEST_YEAR = 900, 2100


def one_of(field: str, choices, *, table: str) -> CheckConstraint:
    """`field` holds one of the codes of `choices`, or nothing where the field allows that."""
    return CheckConstraint(
        condition=Q(**{f"{field}__in": list(choices.values)}), name=f"{table}_{field}_known"
    )


def one_of_or_blank(field: str, choices, *, table: str) -> CheckConstraint:
    return CheckConstraint(
        condition=Q(**{f"{field}__in": ["", *choices.values]}), name=f"{table}_{field}_known"
    )


def web_address(field: str, *, table: str) -> CheckConstraint:
    """`field` is empty or an address that a link may lead to: never a script, whoever wrote it."""
    return CheckConstraint(
        condition=Q(**{field: ""}) | Q(**{f"{field}__iregex": "^(https?|ftps?)://"}),
        name=f"{table}_{field}_on_the_web",
        violation_error_message=_("A web address begins with http:// or https://."),
    )


def plausible_year(field: str, *, table: str) -> CheckConstraint:
    """`field` is empty or a year that a founding date can have."""
    condition = Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": (EARLIEST_YEAR, LATEST_YEAR)})
    return CheckConstraint(condition=condition, name=f"{table}_{field}_plausible")
