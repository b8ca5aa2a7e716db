"""Who joined and who left a cluster in a year, from the dates of memberships."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from clusterportal.core.disclosure import too_few
from clusterportal.core.indicator import Reason
from clusterportal.lifecycle.enums import Figure

Dates = tuple[date | None, date | None]  # of a membership, half-open: since, until


def movement_figures(memberships: Iterable[tuple[int, Dates]], *, as_of: date) -> dict[Figure, int | Reason]:
    """Actors that joined and left in the year of `as_of`, up to that day; pairs of an actor and a membership's dates.

    Several memberships of one actor are one stay, from the first day to the last. Without any date of the kind that
    is asked for nothing is known, which is not nought.
    """
    stays: dict[int, list[Dates]] = defaultdict(list)
    for actor, dates in memberships:
        stays[actor].append(dates)
    begins = [_of_all((since for since, _ in stay), min) for stay in stays.values()]
    ends = [_of_all((until for _, until in stay), max) for stay in stays.values()]
    has_dates = any(begins) or any(ends)
    return {
        Figure.JOINED: _this_year(begins, as_of) if any(begins) else Reason.NOT_RECORDED,
        Figure.LEFT: _this_year(ends, as_of) if has_dates else Reason.NOT_RECORDED,
    }


def kept_back(figures: dict[Figure, int | Reason]) -> dict[Figure, Reason]:
    """What of it is not published: the moves of one or two."""
    return {
        figure: Reason.TOO_FEW
        for figure, value in figures.items()
        if not isinstance(value, Reason) and too_few(value)
    }


def _of_all(days: Iterable[date | None], choose) -> date | None:
    """The first or last of the days; None as soon as one of them is unknown."""
    known = list(days)
    return None if None in known else choose(known)


def _this_year(days: list[date | None], as_of: date) -> int:
    return sum(day is not None and date(as_of.year, 1, 1) <= day <= as_of for day in days)
