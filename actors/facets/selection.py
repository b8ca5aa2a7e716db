"""The actors that a filter set selects, as rows of the public roll: what facets and matrix count."""

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

import numpy as np
from django.db.models import BigAutoField, Lookup

from actors.domain.taxonomy import Taxonomy
from actors.enums import RegionSide
from actors.facets.following import current_roll, ids_of
from actors.facets.index import COORDINATES, LOGO, WEBSITE, Roll
from actors.facets.region import inside
from actors.models import Topic

_FLAGS = {"website": WEBSITE, "coordinates": COORDINATES, "logo": LOGO}
_COLUMNS = {"kind": "kind", "size": "size", "city": "city", "state": "state_name", "country": "country"}
_TAXONOMY = {"area": "areas", "cluster": "clusters"}


class IsAnyOf(Lookup):
    """`column = ANY(array)`: many keys as one parameter."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        sql, parameters = self.process_lhs(compiler, connection)
        return f"{sql} = ANY(%s::bigint[])", (*parameters, self.rhs)


BigAutoField.register_lookup(IsAnyOf)


class Selection:
    """Rows of the roll under the filters of a valid ActorFilterSet; each filter is looked up once.

    Filters without a column (search, postcode, distance, identifier ...) are asked of the database, all in one query.
    """

    def __init__(self, filterset):
        self.filterset = filterset
        self.roll: Roll = current_roll(filterset.taxonomy.stamp)
        self._found: dict[str, np.ndarray] = {}
        set_filters = {
            name: value for name, value in filterset.form.cleaned_data.items() if value not in (None, "", [])
        }
        others = []
        for name, value in set_filters.items():
            if (rows := self._looked_up(name, value)) is not None:
                self._found[name] = rows
            else:
                others.append(name)
        self._asked = self._in_database(others)

    def rows(self, *, without: str = "") -> np.ndarray:
        """A truth for each row of the roll; `without` leaves out one filter, as its own facet does."""
        return self._chosen(without) if without in self._found else self._all

    @cached_property
    def _all(self) -> np.ndarray:
        return self._chosen()

    def _chosen(self, without: str = "") -> np.ndarray:
        chosen = self.roll.alive if self._asked is None else self.roll.alive & self._asked
        for name, rows in self._found.items():
            if name != without:
                chosen = chosen & rows
        return chosen

    def count(self) -> int:
        return int(np.count_nonzero(self.rows()))

    def few(self, most: int) -> list[int] | None:
        """The keys of the selected actors when they are at most `most`, else None."""
        rows = self.rows()
        return self.roll.ids[rows].tolist() if np.count_nonzero(rows) <= most else None

    def _looked_up(self, name: str, value) -> np.ndarray | None:
        if name in _COLUMNS:
            return self.roll.with_words(_COLUMNS[name], set(value).__contains__)
        return _LOOKUPS[name](self, value) if name in _LOOKUPS else None

    def _in_database(self, names: list[str]) -> np.ndarray | None:
        """Rows that meet the filters `names` and whatever the set of the filters begins with."""
        actors = self.filterset.queryset.order_by()
        for name in names:
            actors = self.filterset.filters[name].filter(actors, self.filterset.form.cleaned_data[name])
        return None if actors.is_all_published else self.roll.of_ids(ids_of(actors))

    def _by_taxonomy(name: str) -> Callable:
        def lookup(self, slugs):
            entries = getattr(self.filterset.taxonomy, _TAXONOMY[name])
            return self.roll.with_keys(name, [entry.pk for entry in entries if entry.slug in slugs])

        return lookup

    def _by_layer(self, slugs):
        return self.roll.on_layers([one.pk for one in self.filterset.taxonomy.layers if one.slug in slugs])

    def _by_topic(self, slugs):
        return self.roll.with_keys(
            "topic", Topic.objects.filter(slug__in=slugs).order_by().values_list("pk", flat=True)
        )

    def _by_region(self, sides):
        own = inside(self.roll, self.filterset.taxonomy.clusters)
        return {RegionSide.INSIDE: own, RegionSide.OUTSIDE: ~own}[sides[0]] if len(sides) == 1 else None

    def _by_text(self, text):
        return self.roll.of_ids(self.filterset.found.keys) if text.strip() else None

    def _by_details(self, wanted):
        rows = self.roll.alive
        for detail in wanted:
            rows = rows & (
                self.roll.related() if detail == "relations" else self.roll.with_flag(_FLAGS[detail])
            )
        return rows


_LOOKUPS = {
    "layer": Selection._by_layer,
    "area": Selection._by_taxonomy("area"),
    "cluster": Selection._by_taxonomy("cluster"),
    "topic": Selection._by_topic,
    "has": Selection._by_details,
    "region": Selection._by_region,
    "q": Selection._by_text,
    "founded_min": lambda self, year: self.roll.founded >= int(year),
    "founded_max": lambda self, year: (self.roll.founded <= int(year)) & (self.roll.founded >= 0),
    "ordering": lambda self, order: self.roll.alive,
}


class Chosen(NamedTuple):
    """The roll, and the truth for each of its rows."""

    roll: Roll
    rows: np.ndarray


def in_cluster(cluster, *, taxonomy) -> Chosen:
    """The published actors in a public cluster, in the state that `taxonomy` began with."""
    roll = current_roll(taxonomy.stamp)
    return Chosen(roll, roll.alive & roll.with_keys("cluster", [cluster.pk]))


def rows_of(actors) -> Chosen:
    """The rows of a Selection or of a queryset of published actors; what has its rows already keeps them."""
    if isinstance(actors, Chosen):
        return actors
    if isinstance(actors, Selection):
        return Chosen(actors.roll, actors.rows())
    roll = current_roll()
    return Chosen(
        roll, roll.alive if actors.is_all_published else roll.alive & roll.of_ids(ids_of(actors.order_by()))
    )


def divided(actors, *, taxonomy: Taxonomy) -> tuple[Chosen, Chosen]:
    """`actors` (a queryset of published ones, or a Selection) of the region, and those outside of it."""
    roll, rows = rows_of(actors)
    own = inside(roll, taxonomy.clusters)
    return Chosen(roll, rows & own), Chosen(roll, rows & ~own)
