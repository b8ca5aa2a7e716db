"""The selected actors as a list of primary keys in some order, from which pages are read."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from actors.facets.selection import Selection


@dataclass(frozen=True)
class Listing:
    """Counts and can be sliced, as a queryset; `after` follows the keys themselves."""

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
