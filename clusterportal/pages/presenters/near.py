"""“Within 25 km of 67655”: the fields of the form, and ways on where a name has several places."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from actors.filters import DEFAULT_RADIUS_KM

RADII_KM = (5, 10, DEFAULT_RADIUS_KM, 50, 100)


@dataclass(frozen=True)
class Radius:
    value: str  # empty for the one that holds when none is given
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Near:
    """What stands in the two fields."""

    text: str
    radii: list[Radius]


def near_fields(params: QueryDict) -> Near:
    """The fields as the visitor filled them in; a radius that is not offered joins those that are."""
    given = params.get("radius", "").strip()
    offered = {str(km): km for km in RADII_KM}
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
    return Near(params.get("near", ""), radii)


def place_choices(params: QueryDict, errors) -> list[tuple[str, str]]:
    """(place, query string with it) where the name that was given is that of several places."""
    links = []
    for place in next((one.params["places"] for one in errors if one.code == "several"), []):
        changed = params.copy()
        changed.pop("page", None)
        changed["near"] = place.text
        links.append((f"{place.text} ({place.around or place.country})", f"?{changed.urlencode()}"))
    return links


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal() and text.isascii()
