"""How the last values of an indicator go. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from django.utils.translation import gettext_lazy as _

PERIODS = 6


class Way(Enum):
    """Where the values went."""

    UP = "up"
    DOWN = "down"
    LEVEL = "level"


_WORDS = {Way.UP: _("rising"), Way.DOWN: _("falling"), Way.LEVEL: _("steady")}


@dataclass(frozen=True)
class Trend:
    """From the `first` to the `last` of up to six periods."""

    way: Way
    first: Decimal
    last: Decimal
    count: int  # values compared

    @property
    def words(self) -> str:
        return str(_WORDS[self.way])


def trend(values: Sequence[Decimal | None]) -> Trend | None:
    """The trend of values of consecutive periods, oldest first; None with fewer than two of the last six known."""
    known = [value for value in values[-PERIODS:] if value is not None]
    if len(known) < 2:
        return None
    first, last = known[0], known[-1]
    way = Way.LEVEL if first == last else Way.UP if last > first else Way.DOWN
    return Trend(way, first, last, len(known))
