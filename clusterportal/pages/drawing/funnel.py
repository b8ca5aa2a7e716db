"""A programme as marks: each is one event, participation, talk or project, ten high, so columns compare by area."""

from dataclasses import dataclass

HIGH = 10  # marks in a column
MOST_SINGLE = 400  # above that a mark stands for ten
_STEP, _RADIUS = 16, 6  # px
_SQUARE, _SQUARE_STEP, _SQUARES_HIGH = 26, 32, 5


@dataclass(frozen=True)
class Marks:
    """`places` are centres of dots, or the upper left corners of squares; each stands for `worth`. Unit: px."""

    places: tuple[tuple[int, int], ...]
    width: int
    worth: int = 1
    height: int = HIGH * _STEP
    radius: int = _RADIUS
    side: int = 0  # of the squares; 0: these are dots


def dots(count: int) -> Marks:
    """As many dots, from the bottom up and then to the right; ten a dot where there would be too many."""
    worth = 1 if count <= MOST_SINGLE else 10
    number = -(-count // worth)
    places = tuple(
        (_STEP * (one // HIGH) + _STEP // 2, _STEP * (HIGH - one % HIGH) - _STEP // 2)
        for one in range(number)
    )
    return Marks(places, width=_STEP * max(-(-number // HIGH), 1), worth=worth)


def squares(count: int) -> Marks:
    """As many squares, five high; ten a square where there would be too many."""
    worth = 1 if count <= MOST_SINGLE // 4 else 10
    number = -(-count // worth)
    places = tuple(
        (
            _SQUARE_STEP * (one // _SQUARES_HIGH) + 2,
            _SQUARE_STEP * (_SQUARES_HIGH - 1 - one % _SQUARES_HIGH) + 2,
        )
        for one in range(number)
    )
    columns = max(-(-number // _SQUARES_HIGH), 1)
    return Marks(places, width=_SQUARE_STEP * columns, worth=worth, side=_SQUARE)
