"""Networks drawn by hand: `network("AB BC", alone="D")`, without a database."""

from datetime import date

import numpy as np

from clusterportal.network.domain.choice import GraphChoice
from clusterportal.network.domain.graph import Network, simple_network
from clusterportal.network.domain.groups import NONE, Groups
from clusterportal.network.domain.tie_records import KIND_NUMBERS, NEVER, UNKNOWN

DAY = date(2024, 12, 31)
SEVEN = "AB AC BC CD DE EF DF"  # and G alone: the test graph whose values were worked by hand
SEVEN_GROUPS = "xxxyyzz"
DIRECTED = "AB BC CD CA CE BF"
DIRECTED_GROUPS = "xxyyzx"


def network(ties: str, *, alone: str = "", is_directed: bool = False) -> Network:
    """An actor is a letter, A has the primary key 0; a tie is two letters."""
    kind = KIND_NUMBERS["supply" if is_directed else "cooperation"]
    found = [
        (ord(one) - 65, ord(other) - 65, kind, number, UNKNOWN, NEVER)
        for number, (one, other) in enumerate(ties.split())
    ]
    actors = [(ord(letter) - 65, UNKNOWN, NEVER) for letter in {*ties.replace(" ", "")} | {*alone}]
    return simple_network(GraphChoice(as_of=DAY, directed=is_directed), actors, found)


def grouped(letters: str) -> Groups:
    """A letter for each actor; "-" is in no group."""
    names = tuple(sorted({*letters} - {"-"}))
    numbers = [NONE if letter == "-" else names.index(letter) for letter in letters]
    return Groups(names, names, np.array(numbers, np.int64))
