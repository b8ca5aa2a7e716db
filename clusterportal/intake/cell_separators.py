"""By which sign the cells of a column are lists: found by what stands between the signs, in all cells together."""

import re
from collections import Counter
from collections.abc import Callable

from actors.columns.cells import SEPARATORS, pieces_of
from clusterportal.core.spelling import spelling
from clusterportal.intake.column_values import RECORDS

LISTS = (*RECORDS, "services", "aliases", "contacts")  # columns whose cells people write as lists
_STRONG = SEPARATORS[:3]  # signs that part a cell anyway
_ENOUGH = 0.5  # part of the pieces for which something speaks
_ENOUGH_CELLS = 3  # in which a comma stands, where nothing but repetition speaks for it
_WORDS_OF_A_NAME = 3  # most words of a short name


def found_separator(column: str, cells: Counter[str], is_known: Callable[[str], bool]) -> str:
    """The sign by which the cells (with how often each stands there) are lists; empty where they are none.

    A bar, a line break or a semicolon always parts. A comma or a stroke does where the pieces are known, or stand in
    several different cells; short unknown topics too, since a topic seldom has a comma in its name.
    """
    if column not in LISTS:
        return ""
    texts = [text for text in cells if not is_known(text) and not text.lstrip().startswith("[")]
    used = Counter(
        {sign: sum(cells[text] for text in texts if len(pieces_of(text, sign)) > 1) for sign in _STRONG}
    )
    if any(used.values()):
        return max(_STRONG, key=lambda sign: used[sign])
    return next((sign for sign in (",", "/") if _is_between_pieces(sign, column, texts, is_known)), "")


def _is_between_pieces(sign: str, column: str, texts: list[str], is_known: Callable[[str], bool]) -> bool:
    pieces = {text: pieces_of(text, sign, is_known) for text in texts}
    lists = {text: parts for text, parts in pieces.items() if len(parts) > 1 and not _is_one(text, sign)}
    if not lists:
        return False
    places = Counter(spelling(piece) for parts in pieces.values() for piece in {*parts})
    all_pieces = [piece for parts in lists.values() for piece in parts if piece]
    spoken_for = [piece for piece in all_pieces if is_known(piece) or places[spelling(piece)] > 1]
    share = len(spoken_for) / max(1, len(all_pieces))
    are_short = all(len(piece.split()) <= _WORDS_OF_A_NAME for piece in all_pieces)
    if column in RECORDS:
        return share >= _ENOUGH or (column == "topics" and sign == "," and are_short)
    return sign == "," and share >= _ENOUGH and are_short and len(lists) >= _ENOUGH_CELLS


def _is_one(text: str, sign: str) -> bool:
    """Whether the sign joins parts of one word, as in Luft-/Raumfahrt, or stands within a number or an address."""
    joined = rf"-\s*{re.escape(sign)}|{re.escape(sign)}\s*-|\d{re.escape(sign)}\d|://"
    return bool(re.search(joined, text))
