"""Own and public share, break-even, and shares that add up when they are shown. Pure; amounts are Decimals."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
HUNDRED = 100


@dataclass(frozen=True)
class Sums:
    """What came from own sources and from the public purse, in one currency, never rounded."""

    own: Decimal
    public: Decimal

    @property
    def total(self) -> Decimal:
        return self.own + self.public

    @property
    def own_share(self) -> Decimal | None:
        """Own income as a part of the whole, 0 to 1.

        None where there is no whole to be part of: nothing in sum, or one side below nought.
        """
        if min(self.own, self.public) < 0 or not self.total:
            return None
        return self.own / self.total

    @property
    def is_even(self) -> bool:
        """Does the cluster carry itself by half? Compared before anything is rounded."""
        return self.own_share is not None and self.own >= self.public

    @property
    def percent(self) -> tuple[int, int] | None:
        """Own and public share in whole per cent, adding up to 100; None as for `own_share`."""
        if self.own_share is None:
            return None
        own, public = largest_remainder([self.own, self.public])
        return own, public

    @property
    def shortfall(self) -> Decimal:
        """How much own income in place of public money is missing to half; 0 where nothing is."""
        return max((self.public - self.own) / 2, Decimal(0))


def sums(amounts: Iterable[tuple[bool, Decimal | None]]) -> Sums | None:
    """The sums of amounts, each with whether it is public; None where no amount is recorded."""
    known = [(is_public, amount) for is_public, amount in amounts if amount is not None]
    if not known:
        return None
    return Sums(
        own=sum((amount for is_public, amount in known if not is_public), Decimal(0)),
        public=sum((amount for is_public, amount in known if is_public), Decimal(0)),
    )


def largest_remainder(parts: Sequence[Decimal], *, to: int = HUNDRED) -> list[int]:
    """`parts` as whole numbers that add up to `to` (Hamilton's method): what is left goes to the largest remainders.

    Equal remainders: the larger part first, so that 49.5 to 50.5 never looks like half. Raises ValueError for parts
    below nought or that are nothing in sum.
    """
    total = sum(parts, Decimal(0))
    if not total or min(parts) < 0:
        raise ValueError("shares need parts that are not negative, and one that is more than nought")
    exact = [part / total * to for part in parts]
    whole = [int(share.to_integral_value(ROUND_FLOOR)) for share in exact]
    order = sorted(range(len(parts)), key=lambda at: (whole[at] - exact[at], -exact[at]))
    for at in order[: to - sum(whole)]:
        whole[at] += 1
    return whole


def break_even(periods: Iterable[tuple[Key, Sums | None]]) -> Key | None:
    """The first period in which own income is at least public money; None where there is none.

    Periods come in their order; those without amounts say nothing, and nothing is assumed between two of them.
    """
    return next((key for key, found in periods if found is not None and found.is_even), None)
