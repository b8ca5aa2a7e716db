"""Content codings: answers leave compressed for those who can read it, each coding under an entity tag of its own.

The tag of a compressed answer is that of the plain one with the coding behind it, `"3f2a-br"`. Both are strong: the
same answer is always compressed to the same bytes.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache

import brotli

SMALLEST = 1000  # bytes: what fits into one packet gains nothing
_CODINGS = ("br", "gzip")  # the better one first
_BROTLI_QUALITY, _GZIP_LEVEL = 4, 5  # where both take about as long as the database took for the answer
_LONGEST_HEADER = 200  # characters
_CODED = re.compile(rf'-(?:{"|".join(_CODINGS)})"')


@lru_cache(maxsize=512)
def coding_for(accepted: str) -> str:
    """The coding by an Accept-Encoding header (RFC 9110, 12.5.3); empty for none."""
    if len(accepted) > _LONGEST_HEADER:
        return ""
    weights = dict(_weighed(one) for one in accepted.lower().split(","))
    rated = [(weights.get(name, weights.get("*", 0.0)), -place, name) for place, name in enumerate(_CODINGS)]
    weight, _place, best = max(rated)
    return best if weight > 0 else ""


def _weighed(one: str) -> tuple[str, float]:
    name, _semicolon, parameter = one.partition(";")
    key, _equals, value = parameter.partition("=")
    try:
        return name.strip(), float(value) if key.strip() == "q" else 1.0
    except ValueError:
        return name.strip(), 0.0


def pack(body: bytes, coding: str) -> bytes:
    """`body` in the coding."""
    return b"".join(pack_pieces([body], coding))


def pack_pieces(pieces: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """A stream in the coding, piece by piece, so that memory does not grow."""
    if coding == "br":
        packer = brotli.Compressor(mode=brotli.MODE_TEXT, quality=_BROTLI_QUALITY)
        add, end = packer.process, packer.finish
    else:
        gzip = zlib.compressobj(_GZIP_LEVEL, wbits=31)  # gzip's own header, without a time of day
        add, end = gzip.compress, gzip.flush
    for piece in pieces:
        if packed := add(piece):
            yield packed
    yield end()


def coded_tag(etag: str, coding: str) -> str:
    """The entity tag of an answer in a coding."""
    return f'{etag[:-1]}-{coding}"'


def plain_tags(header: str) -> str:
    """The tags of If-None-Match or If-Match as those of the plain answers."""
    return _CODED.sub('"', header)


def named_tag(etag: str, header: str) -> str | None:
    """The tag by which If-None-Match names the answer tagged `etag`, also one that is held in another coding.

    Compared weakly (RFC 9110, 13.1.2); None where the header does not name it.
    """
    if header == etag or header == "*":
        return etag
    strong = etag.removeprefix("W/")
    named = [one.strip().removeprefix("W/") for one in header.split(",")]
    if strong in named:
        return etag
    return next((one for one in named if plain_tags(one) == plain_tags(strong)), None)
