"""The actors that some filters select: what lists, map, export, network, matrix and facets all go on from."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce

import numpy as np

from actors.facets.index import FacetIndex
from actors.models import Actor
from actors.querysets import ActorQuerySet


@dataclass(frozen=True)
class Selection:
    """Published actors as a mask of the facet index, by the filters that chose them; without any, all of them."""

    index: FacetIndex
    masks: dict[str, np.ndarray] = field(default_factory=dict)  # by filter

    def narrowed(self, name: str, mask: np.ndarray) -> "Selection":
        """Those of the selected actors that are in `mask` as well."""
        return replace(self, masks=self.masks | {name: mask & self.masks.get(name, True)})

    def having(self, name: str, values: Collection[str]) -> "Selection":
        """Those of the selected actors that have one of `values` of the facet `name`."""
        return self.narrowed(name, self.index.having(name, values))

    def without(self, name: str) -> "Selection":
        """The actors as if the filter `name` were not set: what its own facet counts."""
        if name not in self.masks:
            return self
        return replace(self, masks={key: mask for key, mask in self.masks.items() if key != name})

    @cached_property
    def mask(self) -> np.ndarray:
        return reduce(np.logical_and, self.masks.values(), self.index.everybody())

    @cached_property
    def keys(self) -> np.ndarray:
        """The primary keys of the actors, ascending."""
        return self.index.keys[self.mask]

    def count(self) -> int:
        return int(np.count_nonzero(self.mask))

    def counts(self, name: str) -> dict[str, int]:
        """How many of the actors have each value of a facet."""
        return self.index.counts(name, self.mask)

    @property
    def actors(self) -> ActorQuerySet:
        """The actors as a queryset, unordered. Whoever was withdrawn a moment ago is not in it."""
        everybody = Actor.objects.published()
        return everybody.with_keys(self.keys.tolist()) if self.masks else everybody


@dataclass(frozen=True)
class Listing:
    """The keys of selected actors in some order, of which pages are read: it counts and can be sliced."""

    selection: Selection
    read: Callable[[slice], list[int]]  # the keys in the order asked for

    def count(self) -> int:
        return self.selection.count()

    def __getitem__(self, wanted: slice) -> list[int]:
        return self.read(wanted) if self.count() else []

    def after(self, key: int, number: int) -> list[int]:
        """The next keys in their own order: a walk that neither skips nor repeats while others write."""
        keys = self.selection.keys
        return keys[np.searchsorted(keys, key, side="right") :][:number].tolist()
