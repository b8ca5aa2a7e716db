"""Sums and shares of a year while it is being entered."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _

from clusterportal.finance.domain.money import money, percent
from clusterportal.finance.domain.shares import Sums, sums


class HasAmounts(Protocol):
    """A line of a budget, stored or only typed."""

    @property
    def is_public(self) -> bool: ...

    @property
    def plan(self) -> Decimal | None: ...

    @property
    def actual(self) -> Decimal | None: ...


@dataclass(frozen=True)
class Total:
    """One column, plan or actual, in words; "–" where there is nothing to say."""

    label: str
    own: str
    public: str
    total: str
    shares: str


def totals_of(lines: Sequence[HasAmounts], currency: str) -> list[Total]:
    """Plan and actual of a year."""
    return [
        _total(_("Plan"), sums((line.is_public, line.plan) for line in lines), currency),
        _total(_("Actual"), sums((line.is_public, line.actual) for line in lines), currency),
    ]


def _total(label: str, found: Sums | None, currency: str) -> Total:
    if found is None:
        return Total(label, "–", "–", "–", _("nothing recorded"))
    return Total(
        label,
        money(found.own, currency),
        money(found.public, currency),
        money(found.total, currency),
        shares_text(found),
    )


def shares_text(found: Sums) -> str:
    """ "own 48 %, public 52 %", or why there are no shares."""
    if found.percent is None:
        return _("no shares: the sum is nought or one side is below it")
    own, public = found.percent
    text = _("own %(own)s, public %(public)s") % {"own": percent(own), "public": percent(public)}
    return text + _("; half is not reached yet") if own >= public and not found.is_even else text
