"""The fields of the filter form: facets as groups of check boxes, and “within 25 km of 67655”."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict

from django.http import QueryDict
from django.utils.formats import get_format, number_format
from django.utils.translation import gettext as _

from actors.filters import DEFAULT_RADIUS_KM, FACETS
from clusterportal.pages.presenters.active_filters import DETAILS
from clusterportal.places.finding import places_spelt_nearly, spelt_nearly

RADII_KM = (5, 10, DEFAULT_RADIUS_KM, 50, 100)
_OPEN = {"layer", "area", "kind", "cluster"}


class Option(TypedDict):
    """A check box; a dictionary because templates read those fastest, and a page has a hundred and fifty."""

    id: str
    value: str
    label: str
    count: str  # as it is written in the active language
    position: int
    is_chosen: bool


@dataclass(frozen=True)
class FacetGroup:
    name: str
    label: str
    options: list[Option]
    is_open: bool


def facet_groups(filterset) -> list[FacetGroup]:
    """The facets of a valid ActorFilterSet that have options, in one query."""
    chosen = filterset.form.cleaned_data
    groups = []
    for name, values in filterset.facets(FACETS).items():
        options = [(one.value, one.label, one.count, one.position) for one in values]
        groups.append(_group(name, filterset.filters[name].label, options, chosen.get(name) or []))
    counts = filterset.selection.counts("has")
    details = [(code, label, counts.get(code, 0), 0) for code, label in DETAILS.items()]
    wanted = chosen.get("has") or []
    groups.append(
        _group("has", filterset.filters["has"].label, [d for d in details if d[2] or d[0] in wanted], wanted)
    )
    return [group for group in groups if group.options]


def _group(name: str, label, values, chosen) -> FacetGroup:
    separator = get_format("THOUSAND_SEPARATOR")  # once, not for each number
    options = [
        Option(
            id=_id(name, value),
            value=value,
            label=str(text),
            count=f"{count:,}".replace(",", separator),
            position=position,
            is_chosen=value in chosen,
        )
        for value, text, count, position in values
    ]
    return FacetGroup(name, str(label), options, name in _OPEN or bool(chosen))


def _id(name: str, value: str) -> str:
    """An element id that depends on the value alone, so that the focus stays on it when the counts change."""
    signs = (sign if sign.isalnum() or sign in "-_" else f".{ord(sign):x}" for sign in value)
    return f"f-{name}-{''.join(signs)}"


@dataclass(frozen=True)
class Radius:
    value: str  # empty for the default
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class NearFields:
    """The contents of the two fields, place and radius, and what is wrong with the place."""

    text: str
    radii: list[Radius]
    mistakes: list[str]


def near_fields(params: QueryDict, mistakes=()) -> NearFields:
    """The fields as the visitor filled them in; a radius that is not offered is added to the choices."""
    given = params.get("radius", "").strip()
    offered: dict[str, float] = {str(km): km for km in RADII_KM}
    if _is_number(given) and given not in offered:
        offered[given] = float(given)
    chosen = given if given in offered else str(DEFAULT_RADIUS_KM)
    radii = [
        Radius(
            value="" if km == DEFAULT_RADIUS_KM else value,
            label=_("within %(radius)s km") % {"radius": number_format(km)},
            is_chosen=value == chosen,
        )
        for value, km in sorted(offered.items(), key=lambda one: one[1])
    ]
    return NearFields(params.get("near", ""), radii, list(mistakes))


def place_choices(params: QueryDict, errors, towns: Mapping[str, str]) -> list[tuple[str, str]]:
    """(place, query string with it) for each place that the given name may mean.

    Several have the name; or nobody has it, and it may be a slip for one of `towns`, those where actors are, or for one
    of the table of postcodes.
    """
    links = []
    for place in next((one.params["places"] for one in errors if one.code == "several"), []):
        links.append((f"{place.text} ({place.around or place.country})", _near(params, place.text)))
    if any(one.code == "unknown" for one in errors) and (name := params.get("near", "")):
        meant = [*spelt_nearly(name, towns), *places_spelt_nearly(name)]
        links += [(town, _near(params, town)) for town in dict.fromkeys(meant)]
    return links


def _near(params: QueryDict, place: str) -> str:
    changed = params.copy()
    changed.pop("page", None)
    changed["near"] = place
    return f"?{changed.urlencode()}"


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal() and text.isascii()
