"""How a name may be spelt: with accents or without, umlauts spelt out, letters composed or not, with hyphens or not.

And how its letters may be written for machines: in addresses, in JSON, in HTML, in mails.
"""

import html
import re
import unicodedata

_SPELT_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "æ": "ae", "œ": "oe", "ß": "ss", "å": "aa"}
)
_COMBINING = re.compile("[\u0300-\u036f]+")
# fmt: off
_PLAIN = {
    "ä": "a", "ö": "o", "ü": "u", "ø": "o", "æ": "a", "œ": "o", "ß": "s", "ł": "l", "đ": "d", "ı": "i", "ħ": "h",
}
# fmt: on
_AS_ONE = {"ae": "äæ", "oe": "öøœ", "ue": "ü", "ss": "ßẞ", "aa": "å"}
_HYPHENS, _APOSTROPHES = "-‐‑–", "'’‘´`ʼ"
_JOINT = r"[\s_\u00ad‐‑–-]{0,3}"  # between the parts of a double name, which may be broken or run together
_MARK = f"[{_HYPHENS}{_APOSTROPHES}\\s]?"
_INNER = re.compile(f"[{_HYPHENS}{_APOSTROPHES}]")
# A letter as bytes of UTF-8 in an address or in a mail, as JSON, as HTML; and what no eye sees within a word.
_CODED = r"(?:%[0-9a-f]{2})+|=[c-f][0-9a-f](?:=[89ab][0-9a-f])+|\\u[0-9a-f]{4}|&#?\w{1,8};"
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_WRITTEN = re.compile(f"{_CODED}|[{_UNSEEN}]", re.IGNORECASE)
_MARKS = "[\u0300-\u036f]*"  # accents that stand after their letter (NFD)


def _alike() -> dict[str, str]:
    """Each basic letter with all Latin letters that are the same but for accents, in both cases."""
    found = {letter: letter + letter.upper() for letter in "abcdefghijklmnopqrstuvwxyz"}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFKD", chr(code))[0].lower()
        if base in found and chr(code) not in found[base]:
            found[base] += chr(code)
    for letter, others in {"o": "øØ", "l": "łŁ", "d": "đĐ", "i": "ıİ", "h": "ħĦ"}.items():
        found[letter] += others
    return found


_ALIKE = _alike()


def read(text: str) -> tuple[str, list[int] | None]:
    """The text with coded letters as letters and without what no eye sees.

    With it the place in `text` of each character, and of the end; None where nothing was coded.
    """
    if not _WRITTEN.search(text):
        return text, None
    plain, places, end = [], [], 0
    for match in _WRITTEN.finditer(text):
        letters = _letters(match[0])
        plain += [text[end : match.start()], letters]
        places += [*range(end, match.start()), *[match.start()] * len(letters)]
        end = match.end()
    return "".join([*plain, text[end:]]), [*places, *range(end, len(text) + 1)]


def _letters(code: str) -> str:
    if code[0] == "&":
        return html.unescape(code)
    if code[0] == "\\":
        return chr(int(code[2:], 16))
    if code[0] in "%=":
        octets = bytes.fromhex(code.replace(code[0], ""))
        try:
            return octets.decode()
        except UnicodeDecodeError:
            return octets.decode("cp1252", "replace")
    return ""


def parts(word: str) -> list[str]:
    """The parts of a double name, or of one with an apostrophe."""
    return [part for part in _INNER.split(word) if part]


def collapsed(text: str) -> str:
    """Small letters without accents, umlauts the same whether spelt out or not: what is equal may be the same word."""
    text = text.casefold()
    if not text.isascii():
        for sign, plain in _PLAIN.items():  # much quicker than `translate`
            text = text.replace(sign, plain)
        text = _COMBINING.sub("", unicodedata.normalize("NFKD", text))
    for pair in _AS_ONE:
        text = text.replace(pair, pair[0])
    return text


def spelling(word: str, *, coded: bool = False) -> str:
    """A regular expression for `word` with or without accents, umlauts also spelt out, hyphens also left out.

    `coded` lets any letter also be coded, whichever it is: for a first look, by what cannot read codes.
    """
    plain = word.casefold().translate(_SPELT_OUT)
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
    plain = "".join(_PLAIN.get(sign, sign) for sign in plain)
    found, at = "", 0
    while at < len(plain):
        if (pair := plain[at : at + 2]) in _AS_ONE:
            alone = "".join(sign + sign.upper()[:1] for sign in _AS_ONE[pair])
            one = f"[{alone}]" if pair == "ss" else f"(?:[{alone}]|[{_ALIKE[pair[0]]}]{_MARKS})"
            found += (
                f"(?:{_letter(pair[0], coded)}{_letter(pair[1], coded)}|{one}{f'|{_CODED}' if coded else ''})"
            )
            at += 2
        else:
            found += _letter(plain[at], coded)
            at += 1
    return found


def _letter(sign: str, coded: bool) -> str:
    if sign in _HYPHENS:
        return f"(?:{_JOINT}|{_CODED})" if coded else _JOINT
    if sign in _APOSTROPHES:
        return f"(?:{_MARK}|{_CODED})" if coded else _MARK
    if sign in _ALIKE:
        plain = f"[{_ALIKE[sign]}]{_MARKS}"
    else:
        plain = f"[{sign}{sign.upper()}]" if sign.isalpha() and len(sign.upper()) == 1 else re.escape(sign)
    return f"(?:{plain}|{_CODED})[{_UNSEEN}]?" if coded else plain
