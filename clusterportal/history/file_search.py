"""Whether a file names a person: tables as text or zipped, reports, logs. Nothing is kept of what was read."""

import gzip
import html
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from clusterportal.history.person import Person

_PIECE, _OVERLAP = 4 << 20, 1024  # bytes read at once, and again with the next piece
MOST_UNPACKED = 200 << 20  # bytes of a zipped table
_ENCODINGS = ("utf-8", "cp1252", "mac_roman", "cp850")  # the name is right in one of them
_TAG = re.compile(r"<[^>]*>")


class Unsearchable(Exception):
    """The file is no text that can be read: damaged, encrypted, or of an unknown kind."""


def names(path: Path, person: Person) -> bool:
    """Whether the file, or what it is called, names the person. Raises Unsearchable, OSError.

    In a workbook first name and surname stand in cells of their own, wherever it keeps them: both anywhere will do.
    """
    if person.spots(path.name):
        return True
    try:
        with open(path, "rb") as file:
            begin = file.read(4)
        if begin.startswith(b"PK"):
            return _is_in_workbook(person, path)
        if begin.startswith(b"\x1f\x8b"):
            with gzip.open(path) as file:
                return any(person.spots(text) for text in _texts(file))
        with open(path, "rb") as file:
            return any(person.spots(text) for text in _texts(file))
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        RuntimeError,
        NotImplementedError,
        gzip.BadGzipFile,
    ) as error:
        raise Unsearchable(path.name) from error


def _is_in_workbook(person: Person, path: Path) -> bool:
    left, missing = MOST_UNPACKED, set(person.patterns)
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            left -= member.file_size
            if left < 0:
                raise Unsearchable(path.name)
            if not member.filename.endswith((".xml", ".rels", ".txt", ".csv")):
                continue
            with archive.open(member) as file:
                for text in _texts(file):
                    plain = html.unescape(_TAG.sub("\n", text))
                    if person.spots(plain):
                        return True
                    missing -= {pattern for pattern in missing if pattern.search(plain)}
    return bool(person.patterns) and not missing


def _texts(file) -> Iterator[str]:
    """The content piece by piece, in every encoding that it may have."""
    before, left = b"", MOST_UNPACKED
    while piece := file.read(_PIECE):
        left -= len(piece)
        if left < 0:
            raise Unsearchable
        content = before + piece
        if b"\0" in content[:1000]:
            yield from (content.decode(name, "ignore") for name in ("utf-16-le", "utf-16-be"))
        yield from (content.decode(name, "ignore") for name in _encodings(content))
        before = content[-_OVERLAP:]


def _encodings(content: bytes) -> tuple[str, ...]:
    """UTF-8 alone where it is that; a sign may be cut through at both ends."""
    for begin in range(4):
        for end in range(4):
            try:
                content[begin : len(content) - end].decode("utf-8")
            except UnicodeDecodeError as error:
                if 3 < error.start < len(content) - 8:  # not where it was cut
                    return _ENCODINGS
            else:
                return ("utf-8",)
    return _ENCODINGS
