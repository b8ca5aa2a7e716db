"""One FilterSet for page, API, export, map and matrix links: the same query string everywhere."""

import math
from dataclasses import replace
from functools import cached_property

import django_filters as filters
import numpy as np
from django.db.models import Exists, F, Min, OuterRef, Q, Value
from django.utils.translation import gettext_lazy as _

from actors import fields
from actors.domain.listing import Listing
from actors.domain.searching import answer_to
from actors.domain.taxonomy import Taxonomy
from actors.enums import ActorKind, RegionSide, RelationKind, SizeClass
from actors.facets.following import current_roll
from actors.facets.selection import Selection
from actors.filtering import (
    BoxFilter,
    CodesFilter,
    CountriesFilter,
    IdentifiersFilter,
    MomentFilter,
    OwnFilters,
    PlaceFilter,
    TopicsFilter,
    ValuesFilter,
    composed,
)
from actors.models import Actor, ActorTopic, ApplicationFocus, Identifier, LayerPlacement, Membership
from actors.querysets import HAVING, in_region_condition
from actors.search.engine import FEW, Found
from actors.search.ranking import walks
from clusterportal.history.models import VisibleSince

DEFAULT_RADIUS_KM = 25
FACETS = ("layer", "area", "kind", "cluster", "city", "size", "topic")
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
_ALONG_AN_INDEX = {"name", "-name", "created_at", "-created_at", "updated_at", "-updated_at", "relevance"}
_NEEDS = {"distance": "near", "relevance": "q"}
_SPELT = {"city": "city", "state": "state_name"}  # columns whose values people write, by filter


class ActorFilterSet(filters.FilterSet):
    """Repeat a parameter for OR; different parameters are AND. `ordering` belongs to the set, facets leave it out."""

    q = filters.CharFilter(method="by_text", label=_("Search"), max_length=200)
    kind = CodesFilter("kind", "in", choices=ActorKind.choices, label=_("Kind"))
    layer = CodesFilter(method="by_layer", label=_("Layer"))
    area = CodesFilter(method="by_area", label=_("Application area"))
    cluster = CodesFilter(method="by_cluster", label=_("Cluster"))
    topic = TopicsFilter(method="by_topic", label=_("Topic"))
    city = ValuesFilter("city", "in", label=_("City"))
    postcode = ValuesFilter(method="by_postcode", label=_("Postcode"))
    state = ValuesFilter("state_name", "in", label=_("Federal state"))
    country = CountriesFilter("country", "in", label=_("Country"))
    size = CodesFilter("size", "in", choices=SizeClass.choices, label=_("Size"))
    founded_min = filters.NumberFilter(
        "founded", "gte", label=_("Founded from"), min_value=0, max_value=9999, decimal_places=0
    )
    founded_max = filters.NumberFilter(
        "founded", "lte", label=_("Founded until"), min_value=0, max_value=9999, decimal_places=0
    )
    near = PlaceFilter(method="by_distance", example="49.44,7.77", label=_("Near"))
    radius = filters.NumberFilter(method="keep", label=_("Radius in km"), min_value=0.1, max_value=20_040)
    bbox = BoxFilter(method="by_box", example="7.5,49.3,8.0,49.6", label=_("Map section"))
    identifier = IdentifiersFilter(method="by_identifier", label=_("Identifier"))
    region = CodesFilter(method="by_region", choices=RegionSide.choices, label=_("Region"))
    relation = CodesFilter(method="by_relation", choices=RelationKind.choices, label=_("Relation"))
    updated_since = MomentFilter(method="by_change", label=_("Changed since"))
    has = CodesFilter(
        method="by_details", choices=[(code, code) for code in HAVING], label=_("With details of")
    )
    ordering = filters.ChoiceFilter(
        method="keep", choices=[(code, code) for code in ORDERINGS], label=_("Order"), empty_label=None
    )

    class Meta:
        model = Actor
        fields = []

    @classmethod
    def get_filters(cls) -> OwnFilters:
        return OwnFilters(super().get_filters())

    @classmethod
    def takes_several(cls, name: str) -> bool:
        """Whether the parameter may be repeated."""
        return issubclass(cls.base_filters[name].field_class, fields.ValuesField)

    def __init__(self, data=None, *args, taxonomy: Taxonomy | None = None, **kwargs):
        super().__init__(composed(data), *args, **kwargs)
        self.taxonomy = taxonomy or Taxonomy()
        for name in ("layer", "area", "cluster"):
            self.filters[name].extra["choices"] = lambda name=name: self._vocabulary(name)

    # ---------- the set, the set without one filter, the set in order ----------
    @cached_property
    def selection(self) -> Selection:
        """The filtered actors as rows of the public roll, for counting."""
        return Selection(self)

    @cached_property
    def found(self) -> Found:
        """The answer to `q`, asked once for list, facets and counts."""
        return answer_to(self.form.cleaned_data["q"], among=self.queryset, stamp=self.taxonomy.stamp)

    @property
    def actors(self):
        """The filtered actors, unordered."""
        return self._filtered()

    def without(self, name: str):
        """The filtered actors as if the filter `name` were not set: what a facet counts."""
        return self._filtered(leave_out=name)

    @property
    def listing(self) -> Listing:
        """The filtered actors in the order asked for, as keys: what pages of a list are read from."""
        is_walked = self._order in _ALONG_AN_INDEX and not self._is_everything and self._few is None
        return Listing(self.selection, ordered=lambda: self.ordered, walks=self._walks if is_walked else None)

    @property
    def ordered(self):
        """The filtered actors in the order asked for; a search puts the best match first unless told otherwise."""
        order = self._order
        if order == "relevance":
            return self._best_first()
        if order == "distance":
            return self.actors.order_by(*ORDERINGS[order])
        actors = self._by_keys()
        if order == "layer":
            actors = actors.annotate(first_position=Min("placements__layer__position"))
        return actors.order_by(*ORDERINGS[order])

    def among(self, keys: list[int]):
        """The actors of these keys, unordered; near a place with the distance to it."""
        few, near = self.queryset.order_by().filter(pk__any_of=keys), self.form.cleaned_data["near"]
        return self.by_distance(few, "near", near) if near else few

    @property
    def _order(self) -> str:
        return self.form.cleaned_data["ordering"] or ("relevance" if self.form.cleaned_data["q"] else "name")

    @property
    def _is_everything(self) -> bool:
        return not any(value for name, value in self.form.cleaned_data.items() if name != "ordering")

    @cached_property
    def _few(self) -> list[int] | None:
        """The keys of the filtered actors where they are few; more are met sooner in the order of an index.

        A walk along the index until a page is full and the reading of the few cost the same at about the root of 250
        times all actors: 25 ms for a million.
        """
        return self.selection.few(max(FEW, math.isqrt(250 * len(self.selection.roll.ids))))

    def _walks(self):
        if self._order == "relevance":
            return walks(self.queryset, self.form.cleaned_data["q"])
        return [self.queryset.order_by(*ORDERINGS[self._order])]

    def _best_first(self):
        text = self.form.cleaned_data["q"]
        if self._few is None:
            return self.actors.ranked(text, self.found)
        return self.among(self._few).ranked(text, replace(self.found, keys=np.array(self._few)))

    def _by_keys(self):
        """The filtered actors by their keys where they are few."""
        return self.actors if self._is_everything or self._few is None else self.among(self._few)

    def filter_queryset(self, queryset):
        return self.ordered

    def is_valid(self) -> bool:
        valid = super().is_valid()
        ordering = self.form.cleaned_data.get("ordering") if valid else ""
        needed = _NEEDS.get(ordering)
        if needed and not self.form.cleaned_data[needed]:
            self.form.add_error(
                "ordering",
                _("Ordering by %(order)s needs the parameter %(name)s.")
                % {"order": ordering, "name": needed},
            )
            return False
        if valid:
            self._spell()
        return valid

    def _spell(self) -> None:
        """Towns and states as the registry writes them, whatever capitals they were asked for with."""
        for name, column in _SPELT.items():
            if values := self.form.cleaned_data[name]:
                roll = current_roll(self.taxonomy.stamp)
                known = [text for value in values for text in roll.texts_like(column, value)]
                self.form.cleaned_data[name] = list(dict.fromkeys(known))

    def _filtered(self, leave_out: str = ""):
        queryset = self.queryset.order_by()
        for name, value in self.form.cleaned_data.items():
            if name != leave_out:
                queryset = self.filters[name].filter(queryset, value)
        return queryset

    def _vocabulary(self, name: str) -> list[tuple[str, str]]:
        entries = {"layer": "layers", "area": "areas", "cluster": "clusters"}[name]
        return [(entry.slug, str(entry.name)) for entry in getattr(self.taxonomy, entries)]

    def _ids(self, entries, slugs) -> list[int]:
        return [entry.pk for entry in entries if entry.slug in slugs]

    # ---------- single filters ----------
    def keep(self, queryset, name, value):
        return queryset

    def by_text(self, queryset, name, value):
        return queryset.filter(self.found.condition)

    def by_layer(self, queryset, name, slugs):
        ids = self._ids(self.taxonomy.layers, slugs)
        return queryset.filter(Exists(LayerPlacement.objects.filter(actor=OuterRef("pk"), layer__in=ids)))

    def by_area(self, queryset, name, slugs):
        ids = self._ids(self.taxonomy.areas, slugs)
        return queryset.filter(Exists(ApplicationFocus.objects.filter(actor=OuterRef("pk"), area__in=ids)))

    def by_cluster(self, queryset, name, slugs):
        ids = self._ids(self.taxonomy.clusters, slugs)
        return queryset.filter(
            Exists(Membership.objects.public().filter(actor=OuterRef("pk"), cluster__in=ids))
        )

    def by_topic(self, queryset, name, slugs):
        return queryset.filter(Exists(ActorTopic.objects.filter(actor=OuterRef("pk"), topic__slug__in=slugs)))

    def by_postcode(self, queryset, name, prefixes):
        condition = Q()
        for prefix in prefixes:
            condition |= Q(postcode__startswith=prefix)
        return queryset.filter(condition)

    def by_distance(self, queryset, name, value):
        radius = self.form.cleaned_data.get("radius") or DEFAULT_RADIUS_KM
        return queryset.near(value.latitude, value.longitude, float(radius))

    def by_box(self, queryset, name, value):
        return queryset.within(*value)

    def by_identifier(self, queryset, name, given):
        condition = Q()
        for scheme in {one.scheme for one in given}:
            condition |= Q(scheme=scheme, value__in=[one.value for one in given if one.scheme == scheme])
        return queryset.filter(Exists(Identifier.objects.filter(condition, actor=OuterRef("pk"))))

    def by_change(self, queryset, name, moment):
        return queryset.filter(public_updated_at__gte=VisibleSince(Value(moment)))

    def by_region(self, queryset, name, sides):
        """One side; both are everybody."""
        if len(sides) > 1:
            return queryset
        own = in_region_condition()
        return queryset.filter(own if sides[0] == RegionSide.INSIDE else ~own)

    def by_relation(self, queryset, name, kinds):
        return queryset.related(kinds)

    def by_details(self, queryset, name, wanted):
        for detail in wanted:
            queryset = queryset.having(detail)
        return queryset
