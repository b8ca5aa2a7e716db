"""The facet index: every facet of the published actors as two arrays in memory, who has which value.

A filter is a mask (a truth for each actor), a count is one `numpy.bincount`; both cost the same whatever is asked.
`index_loading` reads an index and keeps up with every commit. An index never changes, so that threads may share it.

Measured with 100,000 actors, 11,000 towns and 20,000 topics on two cores: seven facets 7 to 10 ms, three filters 4 ms,
two changed actors 32 ms, 10 MB. Bitmaps by value (pyroaring) were faster for facets of few values and slower for towns
and topics.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from clusterportal.core.spelling import spelling

ACTOR = ""  # in the rows that an index is made of: names all actors, also those without any value


@dataclass(frozen=True)
class Facet:
    """Pairs of an actor and a value; an actor may have none, one or several."""

    values: dict[str, int]  # each value with its number
    actors: np.ndarray  # places in FacetIndex.keys ...
    numbers: np.ndarray  # ... and the number of a value that each of these actors has

    @cached_property
    def names(self) -> list[str]:
        """The values by their numbers."""
        return [*self.values]

    @cached_property
    def spelt(self) -> dict[str, str]:
        """The values by their spelling in a search."""
        return {spelling(value): value for value in self.values}


@dataclass(frozen=True)
class FacetIndex:
    keys: np.ndarray  # primary keys of the published actors, ascending
    facets: dict[str, Facet]

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, list[int]]], names: Iterable[str]) -> FacetIndex:
        """The index of rows (facet, value, primary keys of the actors that have it); ACTOR names all actors."""
        found: dict[str, list] = {name: [] for name in (ACTOR, *names)}
        for name, value, keys in rows:
            found[name].append((value, np.array(keys, np.int64)))
        everybody = np.sort(_joined([keys for _value, keys in found.pop(ACTOR)], np.int64))
        return cls(everybody, {name: _facet(pairs, everybody) for name, pairs in found.items()})

    def with_changes(self, changed: Collection[int], fresh: FacetIndex) -> FacetIndex:
        """This index after the actors `changed` have become what `fresh` says; those not in it are public no longer."""
        is_kept = ~np.isin(self.keys, np.array(list(changed), np.int64))
        keys = np.sort(np.concatenate([self.keys[is_kept], fresh.keys]), kind="stable")
        places, fresh_places = _places(self.keys, keys), _places(fresh.keys, keys)
        facets = {}
        for name, old in self.facets.items():
            new, chosen = fresh.facets[name], is_kept[old.actors]
            values = old.values | {
                value: len(old.values) + number
                for number, value in enumerate(value for value in new.values if value not in old.values)
            }
            numbers = np.array([values[value] for value in new.values], np.int32)
            facets[name] = Facet(
                values,
                _joined([places[old.actors[chosen]], fresh_places[new.actors]]),
                _joined([old.numbers[chosen], numbers[new.numbers]]),
            )
        return FacetIndex(keys, facets)

    # ---------- masks: a truth for each actor ----------
    def everybody(self) -> np.ndarray:
        return np.ones(len(self.keys), bool)

    def among(self, keys: Collection[int] | np.ndarray) -> np.ndarray:
        """The actors with these primary keys."""
        return np.isin(self.keys, np.asarray(keys, np.int64))

    def having(self, name: str, values: Collection[str]) -> np.ndarray:
        """The actors that have one of `values`."""
        known = self.facets[name].values
        return self._having(name, [known[value] for value in values if value in known])

    def sharing(self, name: str, mask: np.ndarray) -> np.ndarray:
        """The actors that have a value which an actor of the `mask` has as well."""
        facet = self.facets[name]
        return self._having(name, facet.numbers.compress(mask.take(facet.actors)))

    def _having(self, name: str, numbers: list[int] | np.ndarray) -> np.ndarray:
        facet, mask = self.facets[name], np.zeros(len(self.keys), bool)
        is_wanted = np.zeros(len(facet.values), bool)
        is_wanted[numbers] = True
        mask[facet.actors.compress(is_wanted.take(facet.numbers))] = True
        return mask

    # ---------- counts over a mask ----------
    def counts(self, name: str, mask: np.ndarray | None = None) -> dict[str, int]:
        """How many actors have each value, of all or of those of the `mask`; values that none has are left out."""
        facet = self.facets[name]
        # `take` and `compress` take half the time that brackets would: these turn the places into longer numbers first.
        numbers = facet.numbers if mask is None else facet.numbers.compress(mask.take(facet.actors))
        counts = np.bincount(numbers)
        found = np.flatnonzero(counts)
        return {
            facet.names[n]: count for n, count in zip(found.tolist(), counts[found].tolist(), strict=True)
        }

    def cross_counts(self, name: str, other: str, mask: np.ndarray) -> dict[tuple[str, str], int]:
        """How many actors have each pair of values of two facets; `name` is the one with few values."""
        return {
            (value, crossed): count
            for value in self.facets[name].values
            for crossed, count in self.counts(other, mask & self.having(name, [value])).items()
        }


def _facet(pairs: list[tuple[str, np.ndarray]], everybody: np.ndarray) -> Facet:
    lengths = [len(keys) for _value, keys in pairs]
    return Facet(
        {value: number for number, (value, _keys) in enumerate(pairs)},
        _places(_joined([keys for _value, keys in pairs], np.int64), everybody),
        np.repeat(np.arange(len(pairs), dtype=np.int32), lengths),
    )


def _places(keys: np.ndarray, everybody: np.ndarray) -> np.ndarray:
    return np.searchsorted(everybody, keys).astype(np.int32)


def _joined(arrays: list[np.ndarray], kind=np.int32) -> np.ndarray:
    return np.concatenate([np.empty(0, kind), *arrays]).astype(kind, copy=False)
