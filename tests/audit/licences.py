"""Under which licence each library is, by what its own metadata say, and whether that is on the list."""

import csv
import re
from importlib.metadata import Distribution
from pathlib import Path

# Permissive, and MPL, whose copyleft ends at the file; short names of SPDX.
FREE = {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSD", "CC0-1.0", "HPND", "ISC", "MIT", "MIT-0"}
FREE |= {"MIT-CMU", "MPL-2.0", "PSF-2.0", "Python-2.0", "Unlicense", "W3C-20150513", "Zlib"}
STATED = Path(__file__).with_name("licences.csv")
_WORDS = {  # how metadata call them in free words, and as what they count
    r"apache(?:.*2)?": "Apache-2.0",
    r"mozilla.*2|mpl.*2": "MPL-2.0",
    r"mit\b|expat": "MIT",
    r"3-clause|new bsd|modified bsd": "BSD-3-Clause",
    r"2-clause|simplified bsd": "BSD-2-Clause",
    r"bsd": "BSD",
    r"isc\b": "ISC",
    r"python software foundation|\bpsf": "PSF-2.0",
    r"unlicense": "Unlicense",
    r"public domain|cc0": "CC0-1.0",
    r"zlib": "Zlib",
}
_COPYLEFT = re.compile(r"\bA?L?GPL|General Public|Affero|EUPL|\bCC-BY-SA|SSPL|BUSL", re.I)


def licence_of(library: Distribution) -> str:
    """A licence expression, or the words of the metadata; empty where they say nothing."""
    about = library.metadata
    if expression := about.get("License-Expression"):
        return expression
    classified = [
        one.split(" :: ")[-1] for one in about.get_all("Classifier", []) if one.startswith("License ::")
    ]
    words = [one for one in classified if one != "OSI Approved"] or [(about.get("License") or "").strip()]
    return " AND ".join(line.splitlines()[0][:80] for line in words if line)


def is_free(licence: str) -> bool:
    """Whether one may choose among the licences so that each that has to be kept is permissive."""
    ways = re.split(r"\s+or\s+", licence, flags=re.I)
    return any(
        all(_counts_as(part) in FREE for part in re.split(r"\s+and\s+|;", way, flags=re.I)) for way in ways
    )


def _counts_as(part: str) -> str:
    part = part.strip(" ()")
    if part in FREE or _COPYLEFT.search(part):
        return part
    known = (code for pattern, code in _WORDS.items() if re.search(pattern, part, re.I))
    return next(known, part)


def stated() -> dict[str, tuple[str, str]]:
    """Libraries that are used although their licence is not on the list, or is not told: licence and reason."""
    with STATED.open(newline="") as file:
        return {row["library"]: (row["licence"], row["reason"]) for row in csv.DictReader(file)}


def refused(libraries: dict[str, Distribution]) -> dict[str, str]:
    """Those that neither the list nor a stated reason allows, with what they say of their licence."""
    known = stated()
    return {
        name: licence_of(library) or "not told"
        for name, library in libraries.items()
        if not is_free(licence_of(library))
        and known.get(name, ("",))[0] != (licence_of(library) or "not told")
    }
