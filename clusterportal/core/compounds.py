"""Long words, above all German compounds: where they may break in a narrow column."""

import re

# Frequent heads of German compounds: a long word may break before them where a browser has no dictionary.
_HEADS = re.compile(
    r"(?<=\w{4})(?=(?:forschung|entwicklung|integration|dienstleist|leistungen|einrichtung|systeme|wirtschaft"
    r"|industrie|technologie|technik|wissenschaft|mathematik|verarbeitung|vermarktung|gesellschaft|felder|gegenstand"
    r"|unternehmen|zentrum|nummer|behörde|beilegung|erklärung|projekte"
    r"|mentarit)\w*)"
)
_LONG_WORD = re.compile(r"[^\W\d_]{13,}")


def with_soft_hyphens(text: str) -> str:
    """`text` with soft hyphens before the heads of long compounds."""
    return _LONG_WORD.sub(lambda word: _HEADS.sub("\u00ad", word[0]), text)
