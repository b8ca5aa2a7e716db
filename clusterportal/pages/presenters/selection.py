"""The part of the registry that a page shows: the filters of its query string, and how to take them away."""

from functools import cached_property

from django.http import QueryDict

from actors.domain.taxonomy import Taxonomy
from actors.filters import ActorFilterSet
from clusterportal.pages.presenters.active_filters import Chip, chips


class Selection:
    """`actors` under the filters of a query string; parameters that are no filters are passed over.

    `own` filters stand in the page's own form; `axes` are what the page divides by: they filter nothing.
    """

    def __init__(self, given: QueryDict, actors, *, own=(), axes=()):
        self.own = own
        self.params = _known(given, leave_out=axes)
        self.taxonomy = Taxonomy()
        self.filterset = self.of(actors)
        self.is_valid = self.filterset.is_valid()

    def of(self, actors) -> ActorFilterSet:
        """The same filters over other actors."""
        return ActorFilterSet(self.params, queryset=actors, taxonomy=self.taxonomy)

    @property
    def query(self) -> str:
        """The active filters as a query string without question mark."""
        return self.params.urlencode()

    def chosen(self, name: str) -> list[str]:
        return self.filterset.form.cleaned_data.get(name) or []

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Filters that the page's form does not offer: they travel with it as hidden fields."""
        return [
            (name, value) for name, values in self.params.lists() if name not in self.own for value in values
        ]

    @cached_property
    def chips(self) -> list[Chip]:
        return chips(self.filterset, self.params) if self.is_valid else []

    @property
    def errors(self) -> list[tuple[str, str]]:
        """(filter, what is wrong) for every filter that was not understood."""
        fields = self.filterset.form.fields
        return [
            (fields[name].label, text) for name, texts in self.filterset.form.errors.items() for text in texts
        ]


def with_values(params: QueryDict, **values) -> str:
    """Query string of `params` with `values` in place of those of the same name; a list repeats it."""
    changed = params.copy()
    for name, value in values.items():
        changed.setlist(name, value if isinstance(value, list) else [value])
    return changed.urlencode()


def _known(given: QueryDict, *, leave_out) -> QueryDict:
    """The parameters that are actor filters and hold something."""
    params = QueryDict(mutable=True)
    for name, values in given.lists():
        filled = [value for value in values if value.strip()]
        if filled and name in ActorFilterSet.base_filters and name not in leave_out:
            params.setlist(name, filled)
    return params
