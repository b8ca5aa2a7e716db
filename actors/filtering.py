"""Single filters of the actors, each with the form field that reads it, and what a set of them is made of."""

import copy
from unicodedata import is_normalized, normalize

import django_filters as filters
from django.http import QueryDict

from actors import fields


class CodesFilter(filters.Filter):
    field_class = fields.CodesField


class ValuesFilter(filters.Filter):
    field_class = fields.ValuesField


class PlaceFilter(filters.Filter):
    field_class = fields.PlaceField


class MomentFilter(filters.Filter):
    field_class = fields.MomentField


class IdentifiersFilter(filters.Filter):
    field_class = fields.IdentifiersField


class BoxFilter(filters.Filter):
    field_class = fields.BoxField


class CountriesFilter(filters.Filter):
    field_class = fields.CountriesField


class TopicsFilter(filters.Filter):
    field_class = fields.TopicsField


class OwnFilters(dict):
    """The filters of a set, each request's own by a copy of each: one of all that they hold takes 0.4 ms."""

    def __deepcopy__(self, memo) -> dict:
        return {name: self._own(one) for name, one in self.items()}

    @staticmethod
    def _own(one: filters.Filter) -> filters.Filter:
        own = copy.copy(one)
        own.extra = dict(one.extra)
        own.method = one.method  # is looked up in the set of this one
        return own


def composed(data: QueryDict | None) -> QueryDict | None:
    """The same values with accents in the letters themselves (NFC), as the registry has them."""
    if data is None or all(is_normalized("NFC", value) for values in data.lists() for value in values[1]):
        return data
    composed = QueryDict(mutable=True)
    for name, values in data.lists():
        composed.setlist(name, [normalize("NFC", value) for value in values])
    return composed
