"""What a set of filters is made of: filters that the facet index answers, each with the field that reads it."""

import copy
from collections.abc import Callable
from functools import reduce
from typing import Self
from unicodedata import is_normalized, normalize

import django_filters as filters
import numpy as np
from django.forms import Field
from django.http import QueryDict

from actors import fields
from actors.domain.taxonomy import Taxonomy
from actors.enums import RegionSide
from actors.facets.index import FacetIndex
from actors.landscape.region import in_region


def each_of(index: FacetIndex, facet: str, values: list[str]) -> np.ndarray:
    return reduce(np.logical_and, [index.having(facet, [value]) for value in values])


def at_least(index: FacetIndex, facet: str, number) -> np.ndarray:
    return index.having(facet, [value for value in index.facets[facet].values if int(value) >= number])


def at_most(index: FacetIndex, facet: str, number) -> np.ndarray:
    return index.having(facet, [value for value in index.facets[facet].values if int(value) <= number])


class _Shared(filters.Filter):
    """A filter that is one for all sets: nothing in it is of a request, and copies of all take a millisecond."""

    def __deepcopy__(self, memo) -> Self:
        return self


class SharedFields(dict[str, Field]):
    """Fields of a class of forms: each form has its own, made of the same widgets and validators."""

    def __deepcopy__(self, memo) -> dict[str, Field]:
        return {name: copy.copy(field) for name, field in self.items()}


class TextFilter(_Shared, filters.CharFilter):
    pass


class NumberFilter(_Shared, filters.NumberFilter):
    pass


class ChoiceFilter(_Shared, filters.ChoiceFilter):
    pass


class IndexFilter(_Shared):
    """Answered by the facet index: actors with one of the values given, of the facet named as the filter is."""

    def __init__(
        self,
        field_class=fields.CodesField,
        *,
        facet: str | None = None,
        mask: Callable = FacetIndex.having,
        **field,
    ):
        super().__init__(field_name=facet, **field)
        self.field_class, self._mask = field_class, mask

    def mask(self, index: FacetIndex, value, taxonomy: Taxonomy) -> np.ndarray:
        """A truth for each actor of the index."""
        return self._mask(index, self.field_name, value)


class RegionFilter(IndexFilter):
    """One side of the region; both are everybody."""

    def mask(self, index: FacetIndex, value: list[str], taxonomy: Taxonomy) -> np.ndarray:
        inside = in_region(index, taxonomy)
        sides: dict[str, np.ndarray] = {RegionSide.INSIDE: inside, RegionSide.OUTSIDE: ~inside}
        return reduce(np.logical_or, [sides[side] for side in value])


class ConditionFilter(_Shared):
    """Answered by the database: `condition` narrows a queryset by the value given."""

    def __init__(self, field_class, condition: Callable, **field):
        super().__init__(**field)
        self.field_class, self._condition = field_class, condition

    def filter(self, qs, value):
        return self._condition(qs, value)


def composed(data: QueryDict | None) -> QueryDict | None:
    """The same values with accents in the letters themselves (NFC), as the registry has them."""
    if data is None or all(is_normalized("NFC", value) for values in data.lists() for value in values[1]):
        return data
    composed = QueryDict(mutable=True)
    for name, values in data.lists():
        composed.setlist(name, [normalize("NFC", value) for value in values])
    return composed
