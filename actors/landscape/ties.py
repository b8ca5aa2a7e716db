"""The relations between published actors as arrays over the facet index: what a picture is chosen from."""

from dataclasses import dataclass

import numpy as np

from actors.facets.index import FacetIndex


@dataclass(frozen=True)
class Ties:
    """The primary keys of relations, and for each the places of its two ends in `FacetIndex.keys`."""

    keys: np.ndarray
    ends: np.ndarray  # two columns; which end is the source is not said

    @classmethod
    def of(cls, index: FacetIndex) -> "Ties":
        """All public relations that the index knows."""
        facet = index.facets["relation_id"]
        order = np.argsort(facet.numbers, kind="stable")
        numbers, places = facet.numbers[order], facet.actors[order]
        is_pair = np.flatnonzero(numbers[1:] == numbers[:-1])
        keys = np.array([int(value) for value in facet.names], np.int64)
        return cls(keys[numbers[is_pair]], np.column_stack([places[is_pair], places[is_pair + 1]]))

    def __len__(self) -> int:
        return len(self.keys)

    def where(self, mask: np.ndarray) -> "Ties":
        """Those of the relations for which the mask is true."""
        return Ties(self.keys[mask], self.ends[mask])

    def among(self, keys: list[int]) -> "Ties":
        """Those of the relations that have one of these primary keys."""
        return self.where(np.isin(self.keys, np.array(keys, np.int64)))

    def touching(self, actors: np.ndarray) -> "Ties":
        """Those of the relations with an end in a mask of actors."""
        return self.where(actors[self.ends].any(axis=1))

    def degrees(self, number: int) -> np.ndarray:
        """How many of the relations each of the `number` actors of the index has."""
        return np.bincount(self.ends.ravel(), minlength=number)
