"""One FilterSet for page, API, export, map and matrix links: the same query string everywhere.

A filter is declared once. Either the facet index answers it (`IndexFilter`) or the database does (`ConditionFilter`).
"""

from functools import cache, cached_property, partial
from typing import Any, ClassVar

import django_filters as filters
import numpy as np
from django.db.models import F, Min, QuerySet
from django.utils.translation import gettext_lazy as _

from actors import fields
from actors.domain.taxonomy import Taxonomy
from actors.enums import ActorKind, RegionSide, RelationKind, SizeClass
from actors.facets.counts import VALUES_OF_OPEN_FACET, facets
from actors.facets.definitions import DETAILS, SHOWN
from actors.facets.index import FacetIndex
from actors.facets.index_loading import current_index
from actors.facets.selection import Listing, Selection
from actors.facets.understanding import understood
from actors.filtering import (
    ChoiceFilter,
    ConditionFilter,
    IndexFilter,
    NumberFilter,
    RegionFilter,
    SharedFields,
    TextFilter,
    at_least,
    at_most,
    composed,
    each_of,
)
from actors.models import Actor
from actors.querysets import ActorQuerySet
from actors.search.engine import SearchResult, search_public
from actors.search.query import LONGEST_QUESTION
from actors.search.ranking import best_first
from clusterportal.core.moments import MomentField
from clusterportal.core.spelling import caseless
from clusterportal.places.own_names import asked_for

DEFAULT_RADIUS_KM = 25
FARTHEST_KM = 20_040  # half way round the Earth
FACETS = tuple(SHOWN)
ORDERINGS = {
    "name": ("sort_key", "pk"),
    "-name": ("-sort_key", "-pk"),
    "layer": (F("first_position").asc(nulls_last=True), "sort_key", "pk"),
    "created_at": ("created_at", "pk"),
    "-created_at": ("-created_at", "-pk"),
    "updated_at": ("public_updated_at", "pk"),
    "-updated_at": ("-public_updated_at", "-pk"),
    "founded": (F("founded").asc(nulls_last=True), "sort_key", "pk"),
    "-founded": (F("founded").desc(nulls_last=True), "sort_key", "pk"),
    "distance": ("distance", "sort_key", "pk"),
    "relevance": (),
}
_NEEDS = {"distance": "near", "relevance": "q"}
_SPELT = ("city", "state")  # facets whose values people write
_YEAR: dict[str, Any] = {"min_value": 0, "max_value": 9999, "decimal_places": 0}
_founded = partial(IndexFilter, NumberFilter.field_class, facet="founded", **_YEAR)


class ActorFilterSet(filters.FilterSet):
    """Repeat a parameter for OR; different parameters are AND. `ordering` belongs to the set, facets leave it out."""

    q = TextFilter(label=_("Search"), max_length=LONGEST_QUESTION)
    kind = IndexFilter(choices=ActorKind.choices, label=_("Kind"))
    layer = IndexFilter(fields.LayersField, label=_("Layer"))
    area = IndexFilter(fields.AreasField, label=_("Application area"))
    cluster = IndexFilter(fields.ClustersField, label=_("Cluster"))
    topic = IndexFilter(fields.TopicsField, label=_("Topic"))
    city = IndexFilter(fields.ValuesField, label=_("City"))
    postcode = ConditionFilter(fields.ValuesField, ActorQuerySet.in_postcodes, label=_("Postcode"))
    state = IndexFilter(fields.ValuesField, label=_("Federal state"))
    country = IndexFilter(fields.CountriesField, label=_("Country"))
    size = IndexFilter(choices=SizeClass.choices, label=_("Size"))
    founded_min = _founded(mask=at_least, label=_("Founded from"))
    founded_max = _founded(mask=at_most, label=_("Founded until"))
    near = ConditionFilter(
        fields.PlaceField, lambda actors, circle: actors.near(*circle), example="49.44,7.77", label=_("Near")
    )
    radius = NumberFilter(label=_("Radius in km"), min_value=0.1, max_value=FARTHEST_KM)
    bbox = ConditionFilter(
        fields.BoxField,
        lambda actors, box: actors.within(*box),
        example="7.5,49.3,8.0,49.6",
        label=_("Map section"),
    )
    identifier = ConditionFilter(fields.IdentifiersField, ActorQuerySet.identified_by, label=_("Identifier"))
    uid = ConditionFilter(fields.UidsField, ActorQuerySet.with_uids, label=_("Permanent id"))
    region = RegionFilter(choices=RegionSide.choices, label=_("Region"))
    relation = IndexFilter(choices=RelationKind.choices, label=_("Relation"))
    updated_since = ConditionFilter(MomentField, ActorQuerySet.changed_since, label=_("Changed since"))
    has = IndexFilter(mask=each_of, choices=[(code, code) for code in DETAILS], label=_("With details of"))
    ordering = ChoiceFilter(choices=[(code, code) for code in ORDERINGS], label=_("Order"), empty_label=None)

    class Meta:
        model = Actor
        fields: list[str] = []

    base_filters: ClassVar[dict[str, filters.Filter]]  # gathered by django-filter

    @classmethod
    def takes_several(cls, name: str) -> bool:
        """Whether the parameter may be repeated."""
        return issubclass(cls.base_filters[name].field_class, fields.ValuesField)

    def __init__(self, data=None, *, taxonomy: Taxonomy | None = None, **kwargs):
        super().__init__(composed(data), Actor.objects.published(), **kwargs)
        self.taxonomy = taxonomy or Taxonomy()

    @classmethod
    @cache
    def _form_class(cls) -> type:
        form = cls().get_form_class()
        form.base_fields = SharedFields(form.base_fields)
        return form

    @cached_property
    def form(self) -> Any:
        """Of one class for every set, as making one takes a millisecond; what may be chosen is of today."""
        form = self._form_class()(self.data if self.is_bound else None)
        for name, entries in (("layer", "layers"), ("area", "areas"), ("cluster", "clusters")):
            form.fields[name].choices = lambda entries=entries: [*self.taxonomy.names(entries).items()]
        return form

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        order = self.form.cleaned_data["ordering"]
        if (needed := _NEEDS.get(order)) and not self.form.cleaned_data[needed]:
            text = _("Ordering by %(order)s needs the parameter %(name)s.")
            self.form.add_error("ordering", text % {"order": order, "name": needed})
            return False
        self._spell()
        return True

    def _spell(self) -> None:
        """Towns and states as the registry writes them, whatever capitals they were asked for with."""
        for name in _SPELT:
            if values := self.form.cleaned_data[name]:
                wanted = {caseless(value): value for value in values}
                known = [one for one in self.index.facets[name].values if caseless(one) in wanted]
                found = {caseless(one) for one in known}
                unknown = [asked_for(value) for spelt, value in wanted.items() if spelt not in found]
                self.form.cleaned_data[name] = [*known, *unknown]

    # ---------- what a valid set selects ----------
    @cached_property
    def index(self) -> FacetIndex:
        return current_index(self.taxonomy.version)

    @cached_property
    def found(self) -> SearchResult:
        """The answer to `q`, asked once for list, facets and counts."""
        result = search_public(self.form.cleaned_data["q"], self.taxonomy.version)
        return understood(result, self.index, self.taxonomy)

    @cached_property
    def selection(self) -> Selection:
        """The selected actors; what the database has to be asked for is asked in one query."""
        masks = dict(self._masks)
        if (actors := self._by_conditions) is not None:
            masks["conditions"] = self.index.among(actors.primary_keys())
        return Selection(self.index, masks)

    @property
    def actors(self) -> QuerySet[Actor]:
        """The selected actors, unordered; near a place with the distance to it."""
        actors = self.queryset if self._by_conditions is None else self._by_conditions
        return actors.with_keys(Selection(self.index, self._masks).keys.tolist()) if self._masks else actors

    @property
    def usual_order(self) -> str:
        """The order unless told otherwise: of a search the best match, near a place the nearest, else by name."""
        asked = self.form.cleaned_data
        return "relevance" if asked["q"] else "distance" if asked["near"] else "name"

    @property
    def listing(self) -> Listing:
        """The selected actors in the order asked for."""
        order = self.form.cleaned_data["ordering"] or self.usual_order
        if order == "relevance":
            return Listing(self.selection, lambda wanted: best_first(self.found, self.selection.keys, wanted))
        actors = self.actors if order == "distance" else self.selection.actors
        if order == "layer":
            actors = actors.annotate(first_position=Min("placements__layer__position"))
        return Listing(
            self.selection,
            lambda wanted: list(actors.order_by(*ORDERINGS[order]).values_list("pk", flat=True)[wanted]),
        )

    def among(self, keys: list[int]) -> QuerySet[Actor]:
        """The actors of these keys, unordered; near a place with the distance to it."""
        few, near = self.queryset.with_keys(keys), self.form.cleaned_data["near"]
        return few.near(*self._values["near"]) if near else few

    def facets(
        self, names, *, size: int | None = VALUES_OF_OPEN_FACET, selection: Selection | None = None
    ) -> dict:
        """The facets `names` of the selected actors (or of a `selection` of them), each without its own filter."""
        chosen, counted = self.form.cleaned_data, selection or self.selection
        return facets(counted, names, taxonomy=self.taxonomy, chosen=chosen, size=size)

    @cached_property
    def _values(self) -> dict:
        """The filters that are set."""
        values = {
            name: value for name, value in self.form.cleaned_data.items() if value not in (None, "", [])
        }
        if "near" in values:
            point, radius_km = values["near"], float(values.get("radius") or DEFAULT_RADIUS_KM)
            values["near"] = (point.latitude, point.longitude, radius_km)
        return values

    @cached_property
    def _masks(self) -> dict[str, np.ndarray]:
        """A mask for each filter that the facet index answers, and for the search."""
        masks = {
            name: one.mask(self.index, value, self.taxonomy)
            for name, value in self._values.items()
            if isinstance(one := self.filters[name], IndexFilter)
        }
        if "q" in self._values and not self.found.is_everything:
            masks["q"] = self.index.among(self.found.keys)
        return masks

    @cached_property
    def _by_conditions(self) -> ActorQuerySet | None:
        """The actors that meet all that the database is asked for; None where nothing is."""
        asked = [name for name in self._values if isinstance(self.filters[name], ConditionFilter)]
        actors = self.queryset
        for name in asked:
            actors = self.filters[name].filter(actors, self._values[name])
        return actors if asked else None
