"""Words that people and programs write where nothing is known: in no column they are a value."""

import math
import re

from clusterportal.tables.unreadable_cells import is_error

_NOTHING = re.compile(
    r"[-‐-―−_.…?#/\\*\s]+|\(\s*\)"  # - -- – ./. ? # and blanks
    r"|k\.\s?a\.?|k/a|o\.\s?a\.?|n\s?/\s?[aevb]\.?|n\.\s?[aebknv]\.?"  # k. A., o. A., n/a, n. v., n. b., n. n.
    r"|[(\[<](?:keine?|leer|unbekannt|nichts|none|empty)[)\]>]|n\.\s?bek\.|unbek\.|entf\.|n\.\s?v\.\s?t\."
    r"|noch (?:offen|nicht bekannt|unbekannt)|folgt(?: noch)?|wird (?:noch )?nachgereicht|k\.\s?a\.!"
    r"|keine? (?:eigene )?(?:web(?:site|seite)|homepage|internet(?:seite|adresse)|e-?mail(?:-?adresse)?"
    r"|telefon(?:nummer)?)"
    r"|\(?(?:keine?|ohne)\s+(?:angaben?|daten|werte?|eintr[aä]ge?)\)?|nichts|entf[aä]e?llt|\(?leer\)?|\(blank\)|fehlt|keine?[rs]?"
    r"|(?:nicht|not)\s+(?:bekannt|angegeben|vorhanden|verfügbar|zutreffend|relevant|öffentlich|available|applicable|specified"
    r"|known|given)"
    r"|unbekannt|unknown|undefined|none|null|<na>|nat|t\.b\.[acd]\.",
    re.I,
)
_LONGEST_PLACEHOLDER = 40  # characters; no such word is longer
# Acronyms elsewhere, but no town, street, address of a website ...; NA is what R writes, and Namibia's code.
_SHORT = re.compile(r"n/?a|nil|ka|tb[acd]|x+|offen|ohne|nein|void|nvt", re.I)
_NEVER_SHORT = {
    "street", "house_number", "postcode", "city", "address", "federal_state", "website", "email", "phone", "founded",
    "source",
}  # fmt: skip
_ELSEWHERE = re.compile(
    r"ditt?o|dto\.?|idem|(?:siehe|wie|s\.)\s*(?:oben|vorher|vor)|s\.\s?o\.|see above|same(?: as above)?|[\"″〃]",
    re.I,
)
_NOT_A_NUMBER = ("nan", "NaN", "-nan")  # in these letters only: NAN is an acronym


def says_nothing(cell) -> bool:
    """Whether a cell is empty, or holds a word for nothing."""
    if cell is None:
        return True
    if isinstance(cell, float):
        return math.isnan(cell)
    if not isinstance(cell, str):
        return False
    if len(cell) > _LONGEST_PLACEHOLDER and cell.strip():
        return False
    text = " ".join(cell.split())
    return not text or text in _NOT_A_NUMBER or bool(_NOTHING.fullmatch(text)) or is_error(text)


def refers_elsewhere(name: str, cell) -> bool:
    """Whether a cell of the column `name` holds a word for "the same as above" instead of a value."""
    return name in _NEVER_SHORT and isinstance(cell, str) and bool(_ELSEWHERE.fullmatch(cell.strip()))


def stated(row: dict) -> dict:
    """The cells of a row that say something, and those that are simply empty.

    A word for nothing is taken out: it says nothing, while an empty cell may be meant to empty a field.
    """
    return {
        name: cell
        for name, cell in row.items()
        if _is_empty(cell) or not (says_nothing(cell) or (name in _NEVER_SHORT and _is_short(cell)))
    }


def _is_short(cell) -> bool:
    return isinstance(cell, str) and bool(_SHORT.fullmatch(cell.strip()))


def _is_empty(cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
