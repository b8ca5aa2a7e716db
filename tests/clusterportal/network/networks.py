"""Networks drawn by hand: `network("AB BC", alone="D")`, without a database."""

from datetime import date

import numpy as np

from clusterportal.network.domain.choice import GraphChoice
from clusterportal.network.domain.graph import Network, Record, Tie, simple_network
from clusterportal.network.domain.groups import NONE, Groups

DAY = date(2024, 12, 31)
SEVEN = "AB AC BC CD DE EF DF"  # and G alone: the test graph whose values were worked by hand
SEVEN_GROUPS = "xxxyyzz"
DIRECTED = "AB BC CD CA CE BF"
DIRECTED_GROUPS = "xxyyzx"


def network(ties: str, *, alone: str = "", is_directed: bool = False) -> Network:
    """An actor is a letter, A has the primary key 0; a tie is two letters."""
    found = [
        Tie(ord(one) - 65, ord(other) - 65, is_directed, Record("supply", number, None, None))
        for number, (one, other) in enumerate(ties.split())
    ]
    actors = np.array(sorted({ord(letter) - 65 for letter in ties.replace(" ", "") + alone}), np.int64)
    return simple_network(GraphChoice(as_of=DAY, directed=is_directed), actors, found)


def grouped(letters: str) -> Groups:
    """A letter for each actor; "-" is in no group."""
    names = tuple(sorted({*letters} - {"-"}))
    numbers = [NONE if letter == "-" else names.index(letter) for letter in letters]
    return Groups(names, names, np.array(numbers, np.int64))
