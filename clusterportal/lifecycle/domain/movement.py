"""Who joined and who left a cluster in a year, from the dates of memberships."""

from datetime import date

import numpy as np

from clusterportal.core.disclosure import too_few
from clusterportal.core.indicator import Reason
from clusterportal.lifecycle.enums import Figure
from clusterportal.network.domain.tie_records import NEVER, UNKNOWN, Spans


def movement_figures(memberships: Spans, *, as_of: date) -> dict[Figure, int | Reason]:
    """Actors that joined and left in the year of `as_of`, up to that day; the place of each span is its actor's.

    Several memberships of one actor are one stay, from the first day to the last. Without any date of the kind that
    is asked for nothing is known, which is not nought.
    """
    actors, stay = np.unique(memberships.place, return_inverse=True)
    begins, ends = np.full(len(actors), NEVER), np.full(len(actors), UNKNOWN)
    np.minimum.at(begins, stay, memberships.begin)  # unknown as soon as one of them is
    np.maximum.at(ends, stay, memberships.end)  # and open as soon as one of them is
    knows_begins, knows_ends = (begins != UNKNOWN).any(), (ends != NEVER).any()
    return {
        Figure.JOINED: _this_year(begins, as_of) if knows_begins else Reason.NOT_RECORDED,
        Figure.LEFT: _this_year(ends, as_of) if knows_begins or knows_ends else Reason.NOT_RECORDED,
    }


def kept_back(figures: dict[Figure, int | Reason]) -> dict[Figure, Reason]:
    """What of it is not published: the moves of one or two."""
    return {
        figure: Reason.TOO_FEW
        for figure, value in figures.items()
        if not isinstance(value, Reason) and too_few(value)
    }


def _this_year(days: np.ndarray, as_of: date) -> int:
    first = date(as_of.year, 1, 1).toordinal()
    return int(((first <= days) & (days <= as_of.toordinal())).sum())
