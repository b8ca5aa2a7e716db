"""Fits text into boxes of a picture: SVG text neither wraps nor ends with an ellipsis by itself.

Widths are estimated in four classes after the Helvetica Bold metrics; system faces differ by a few per cent.
"""

import re
from functools import cache

NARROW = frozenset(" .,:;'!|()[]/-ijlftrI")
WIDE = frozenset("mwMWOQGÖ@%&–—")
ELLIPSIS = "…"
_PARTS = re.compile(r"[^ \-/]+[ \-/]*|[ \-/]+")  # a line may end after each
REGULAR = 0.92  # width of regular letters against semi-bold ones


def text_width(text: str, size: float = 13) -> float:
    """Estimated width in px of semi-bold text at a font size in px."""
    return sum(map(_em, text)) * size


def fitted(text: str, width: float, size: float = 13) -> str:
    """The text, or as much of its beginning as fits into `width` px, ended with an ellipsis."""
    if text_width(text, size) <= width:
        return text
    room = width - text_width(ELLIPSIS, size)
    end = 0
    while end < len(text) and text_width(text[: end + 1], size) <= room:
        end += 1
    return text[: max(end, 1)].rstrip(" -,.(/&") + ELLIPSIS


def halved(text: str, width: float, size: float) -> tuple[str, ...]:
    """The text on two lines of much the same length, broken after a blank or a hyphen, which the first line keeps.

    Where it cannot be broken it is one line; what is too long ends with an ellipsis.
    """
    breaks = [place for place in range(1, len(text)) if text[place - 1] in " -/"]
    halves = [(text[:place], text[place:]) for place in breaks]
    fitting = [pair for pair in halves if text_width(pair[0].rstrip(), size) <= width]
    if not fitting:
        return (fitted(text, width, size),)
    first, second = min(fitting, key=lambda pair: max(text_width(half.rstrip(), size) for half in pair))
    return first, fitted(second, width, size)


def filled(text: str, width: float, size: float, *, most: int, tail: str = "") -> tuple[str, ...]:
    """The text on at most `most` lines, each as full as it can be, broken where `halved` breaks.

    `tail` stands at the end of the last line, also where the text before it is too long and ends with an ellipsis.
    """
    lines = [""]
    for part in _PARTS.findall(text):
        joined = lines[-1] + part
        if lines[-1] and len(lines) < most and text_width(joined.rstrip(), size) > width:
            lines.append(part)
        else:
            lines[-1] = joined
    end = f" {tail}" if tail else ""
    if end and len(lines) < most and text_width(lines[-1] + end, size) > width:
        lines[-1:] = [f"{lines[-1]} ", tail]
        end = ""
    *before, last = lines
    fitting = [
        line if text_width(line.rstrip(), size) <= width else fitted(line, width, size) for line in before
    ]
    return (*fitting, fitted(last, width - text_width(end, size), size) + end)


def wrapped(text: str, width: float, size: float = 12.5 * REGULAR, most: int = 4) -> tuple[str, ...]:
    """The text broken at spaces into lines of at most `width` px and much the same length.

    There are at most `most` lines; a line that is too long ends with an ellipsis.
    """
    lines = _broken(text, width, size, most)
    for narrower in range(int(width), 0, -8):
        tried = _broken(text, narrower, size, most)
        if len(tried) > len(lines) or any(text_width(line, size) > narrower for line in tried):
            break
        lines = tried
    return tuple(fitted(line, width, size) for line in lines)


def _broken(text: str, width: float, size: float, most: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and (text_width(joined, size) <= width or len(lines) == most):
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


@cache  # a network asks for tens of thousands of letters, and there are few different ones
def _em(character: str) -> float:
    if character in NARROW:
        return 0.33
    if character in WIDE:
        return 0.84
    return 0.7 if character.isupper() else 0.58
