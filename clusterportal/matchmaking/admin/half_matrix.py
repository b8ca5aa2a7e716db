"""Who meets whom, as a half matrix: a numeral is the slot of a talk, a dashed cell an open wish, a cross a no."""

from dataclasses import dataclass

from clusterportal.matchmaking.domain.problem_building import Posed
from clusterportal.matchmaking.domain.scheduling.problem import Seat, pair_of

MOST_PARTICIPANTS = 24  # participants; more stand in the table alone
SIDE, GAP, NAMES = 25, 2, 190  # px


@dataclass(frozen=True)
class Cell:
    """`kind`: cell, hit, miss or no, as the style sheet names them."""

    x: int
    y: int
    kind: str
    text: str = ""


@dataclass(frozen=True)
class HalfMatrix:
    """Names at the left, one row each; the cells of a row are the participants above it."""

    names: list[tuple[str, int]]  # and where it stands
    cells: list[Cell]
    width: int
    height: int
    side: int = SIDE
    names_end: int = NAMES - 6


def half_matrix(posed: Posed, seats: list[Seat]) -> HalfMatrix | None:
    """The picture of the wishes with the talks in them; None for too many participants or fewer than two."""
    order = sorted(posed.participants.values(), key=lambda one: str(one).casefold())
    if not 2 <= len(order) <= MOST_PARTICIPANTS:
        return None
    slots: dict[tuple[int, int], list[int]] = {}
    for one, other, slot in seats:
        slots.setdefault((one, other), []).append(slot + 1)
    wished = {wish.pair for wish in posed.problem.wishes}
    cells = []
    for row, below in enumerate(order):
        for column, above in enumerate(order[:row]):
            pair = pair_of(below.pk, above.pk)
            if pair in slots:
                kind = "hit"
            elif pair in posed.problem.declined:
                kind = "no"
            else:
                kind = "miss" if pair in wished else "cell"
            text = "/".join(map(str, slots.get(pair, ())))
            cells.append(Cell(NAMES + column * (SIDE + GAP), row * (SIDE + GAP), kind, text))
    names = [(str(one), row * (SIDE + GAP) + 18) for row, one in enumerate(order)]
    size = len(order) * (SIDE + GAP)
    return HalfMatrix(names, cells, width=NAMES + size, height=size)
