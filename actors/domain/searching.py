"""Answers of the public search, kept until the registry changes.

Who searches goes on to facets, further pages and the map, each of which asks the same words again. The first answer
costs about 2 µs for each actor that holds the word, each further one nothing.
"""

from actors.search import Found
from clusterportal.core.shelf import Shelf

_kept = Shelf(16 * 1024**2, largest=1 / 2)


def answer_to(text: str, *, among, stamp: str | None) -> Found:
    """The answer to `text` among actors; `stamp` names the state of the registry, None inside a transaction."""
    if stamp is None or not among.is_all_published:
        return among.found(text)
    key = (stamp, text)
    if (found := _kept.get(key)) is None:
        found = among.found(text)
        _kept.put(key, found, found.keys.nbytes + 1024)
    return found
