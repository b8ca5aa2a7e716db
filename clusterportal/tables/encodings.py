"""The characters of a text file: which encoding it has, by what its words look like in each."""

import codecs
import re
from collections import Counter
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from clusterportal.tables.formats import UnreadableTable, open_bytes

# Where two of them give the same text, the first is taken.
LEGACY = ("cp1252", "iso8859-15", "mac-roman", "cp850", "cp437")
UNICODE = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
ENCODINGS = (UNICODE[0], LEGACY[0], *UNICODE[1:], *LEGACY[1:])  # as people choose them, usual ones first
_ALIASES = {"ansi": "cp1252", "iso8859-1": "cp1252", "ascii": "utf-8-sig", "utf-8": "utf-8-sig"}
_NO_TEXT = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "utf-7"})
_CHUNK = 1 << 20  # bytes
_MAX_WORDS = 20_000  # different words that are examined
_CERTAIN_MARGIN = 2  # points by which the best encoding must be better than the next that reads otherwise
_ODD_WORD_SHARE = 5  # in an encoding that is accepted, at most one word in so many looks wrong
_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
# A letter of UTF-8 beyond ASCII.
_UTF8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# Letters and signs by where they are likely in a word of a Western language.
_GERMAN = frozenset("äöüÄÖÜß")
_EUROPEAN = frozenset("àáâãåæçèéêëìíîïñòóôõøùúûýœÀÁÂÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕØÙÚÛŒ")
_EASTERN = frozenset("šžŠŽÿ")  # seen in names, but far more often a German letter read wrongly
_OPENING, _CLOSING, _BETWEEN = frozenset("„‚«“‘¿¡»"), frozenset("“”’‘»«®™²³°…ªº"), frozenset("’-‐–·")
_ALONE = frozenset("–—€§•·…«»©®™°²³¼½¾±×„“”‚‘’\xa0")


def encoding_named(name: str) -> str:
    """The encoding that people call `name`, as in "UTF-8", "macintosh", "Windows-1252". Raises UnreadableTable."""
    wanted = name.strip().lower()
    try:
        info = codecs.lookup(_ALIASES.get(wanted, wanted))
    except (LookupError, ValueError):
        info = None
    if info is None or not info._is_text_encoding or info.name.replace("_", "-") in _NO_TEXT:
        text = _("There is no encoding “%(name)s”. Usual ones: %(known)s.")
        raise UnreadableTable(text, {"name": name, "known": ", ".join(ENCODINGS)})
    known = {codecs.lookup(encoding).name: encoding for encoding in ENCODINGS}
    return _ALIASES.get(info.name) or known.get(info.name, info.name)


def encoding_of(path: Path) -> str:
    """The encoding of a text. Raises UnreadableTable, with line and byte, where it cannot be told."""
    with open_bytes(path) as file:
        head = file.read(4096)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head.count(0) > len(head) // 4:
        return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
    if head.startswith(codecs.BOM_UTF8) or _decodes(path, "utf-8-sig"):
        return "utf-8-sig"
    sequences, strays, words = _foreign(path)
    if sequences >= 2 * strays:
        return "utf-8-sig"  # a few broken bytes; the cells that hold them become unreadable
    if sequences * 4 > strays:
        raise _undecided(path, _("Some of it is UTF-8, some is not."))
    return _likeliest(path, words)


def check_encoding(path: Path, encoding: str) -> None:
    """Raises UnreadableTable, with line and byte, where the file is not in the encoding that people chose.

    UTF-8 is not checked: there, the cells with broken bytes become unreadable one by one.
    """
    if encoding.startswith("utf-8"):
        return
    decoder, line = codecs.getincrementaldecoder(encoding)(), 1
    with open_bytes(path) as file:
        while True:
            chunk = file.read(_CHUNK)
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                # The decoder may hold bytes of the chunk before: its error counts from there.
                raw = error.object[error.start : error.start + 1]
                line += error.object[: error.start].count(b"\n")
                names = {"line": line, "byte": _hex(raw), "encoding": encoding}
                text = _("Line %(line)s holds the byte %(byte)s, which %(encoding)s does not know.")
                raise UnreadableTable(text, names) from error
            except UnicodeError as error:
                raise UnreadableTable(
                    _("This is no text in %(encoding)s."), {"encoding": encoding}
                ) from error
            if not chunk:
                return
            line += chunk.count(b"\n")


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with open_bytes(path) as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _foreign(path: Path) -> tuple[int, int, Counter[bytes]]:
    """(letters of UTF-8, other bytes beyond ASCII, words that hold any such byte) with their counts."""
    sequences, beyond, inside = 0, 0, 0
    words: Counter[bytes] = Counter()
    with open_bytes(path) as file:
        for line in file:
            if line.isascii():
                continue
            found = _UTF8_LETTER.findall(line)
            sequences, inside = sequences + len(found), inside + sum(map(len, found))
            beyond += sum(byte > 127 for byte in line)
            if len(words) < _MAX_WORDS:
                words.update(word for word in _WORD.findall(line) if len(word) < 100)
    return sequences, beyond - inside, words


def _likeliest(path: Path, words: Counter[bytes]) -> str:
    scores = {
        name: sum(score * min(times, 3) for word, times in words.items() if (score := _score(word, name)))
        for name in LEGACY
    }
    best = max(LEGACY, key=scores.__getitem__)
    others = [name for name in LEGACY if any(_read(word, name) != _read(word, best) for word in words)]
    odd = sum(_is_odd(word, best) for word in words)
    if (
        scores[best] <= 0
        or odd * _ODD_WORD_SHARE > len(words)
        or any(scores[best] - scores[name] < _CERTAIN_MARGIN for name in others)
    ):
        raise _undecided(path, _("No encoding makes good words of it."))
    return best


def _score(word: bytes, encoding: str) -> float:
    """How much a word looks like one of a Western language: high for German letters, low for signs amid letters."""
    text = _read(word, encoding)
    if text is None:
        return -10
    if len(text) == 1:
        return 1 if text in _ALONE else -2
    if len(text) > 2 and not any(sign.isascii() for sign in text):
        return -3  # a word of another script, or none at all
    return sum(_fits(text, at) for at, sign in enumerate(text) if sign > "\x7f")


def _is_odd(word: bytes, encoding: str) -> bool:
    text = _read(word, encoding) or ""
    return len(text) > 1 and any(_fits(text, at) <= -2 for at, sign in enumerate(text) if sign > "\x7f")


def _fits(text: str, at: int) -> float:
    sign, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if sign == "\xa0":
        return 1  # a blank that does not break
    if sign.isalpha():
        if sign.islower() and after.isascii() and after.isupper():
            return -3
        if (before.islower() and sign.isupper()) or (sign not in _GERMAN | _EUROPEAN | _EASTERN):
            return -3  # a capital within a word, a letter that Western languages have not
        if sign in _EASTERN:
            return 0.2 if sign.isupper() and not before else -0.5
        return 3 if sign in _GERMAN else 1
    if before.isalpha() and after.isalpha():
        return 0.5 if sign in _BETWEEN else -3
    is_placed = sign in _CLOSING if before.isalpha() else sign in _OPENING
    return 1 if is_placed else (0.5 if sign in _ALONE else -2)


@cache
def _read(word: bytes, encoding: str) -> str | None:
    try:
        text = word.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if any("\x80" <= sign < "\xa0" for sign in text) else text


def _undecided(path: Path, why) -> UnreadableTable:
    """The refusal, with the first place where it matters."""
    with open_bytes(path) as file:
        number, line = next((n, line) for n, line in enumerate(file, start=1) if not line.isascii())
    raw = next(bytes([byte]) for byte in line if byte > 127)
    text = _(
        "It cannot be told which characters the file holds: line %(line)s, byte %(byte)s. %(why)s "
        "Save it as UTF-8, or say the encoding (in the form, or with --encoding)."
    )
    return UnreadableTable(text, {"line": number, "byte": _hex(raw), "why": why})


def _hex(raw: bytes) -> str:
    return f"0x{raw.hex().upper()}"
