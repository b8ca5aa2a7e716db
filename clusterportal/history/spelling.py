"""How a name may be spelt: with accents or without, umlauts spelt out, letters composed or not, with hyphens or not."""

import re
import unicodedata

_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "æ": "ae", "œ": "oe", "ß": "ss"})
_COMBINING = re.compile("[\u0300-\u036f]+")
# fmt: off
_PLAIN = {
    "ä": "a", "ö": "o", "ü": "u", "ø": "o", "æ": "a", "œ": "o", "ß": "s", "ł": "l", "đ": "d", "ı": "i", "ħ": "h",
}
# fmt: on
_AS_ONE = {"ae": "äæ", "oe": "öøœ", "ue": "ü", "ss": "ß"}
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


def spelling(word: str) -> str:
    """A regular expression for `word` with or without accents, umlauts also spelt out, hyphens also left out."""
    plain = word.casefold().translate(_SPELT_OUT)
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
    found, at = "", 0
    while at < len(plain):
        if (pair := plain[at : at + 2]) in _AS_ONE:
            alone = "".join(sign + sign.upper()[:1] for sign in _AS_ONE[pair])
            one = f"[{alone}]" if pair == "ss" else f"(?:[{alone}]|[{_ALIKE[pair[0]]}]{_MARKS})"
            found += f"(?:{_letter(pair[0])}{_letter(pair[1])}|{one})"
            at += 2
        else:
            found += _letter(plain[at])
            at += 1
    return found


def _letter(sign: str) -> str:
    if sign in _ALIKE:
        return f"[{_ALIKE[sign]}]{_MARKS}"
    if sign in "-‐‑–":
        return r"[\s‐‑–-]?"
    return f"[{sign}{sign.upper()}]" if sign.isalpha() and len(sign.upper()) == 1 else re.escape(sign)
