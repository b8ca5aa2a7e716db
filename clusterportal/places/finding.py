"""Places that a text may mean, as points on the map."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from statistics import fmean

from django.db.models import Avg, Case, Count, Min, Value, When

from clusterportal.core.functions import Fold
from clusterportal.core.spelling import spelling
from clusterportal.places.models import Postcode
from clusterportal.places.querysets import spellings

MOST_PLACES = 12  # places offered when a name has several
SIMILAR_TOWN, SIMILAR_MOST = (
    0.75,
    3,
)  # difflib's ratio from which a town may be meant, and how many are offered
COMPARED = 5000  # names of towns


@dataclass(frozen=True)
class Place:
    """A town, or the area of a postcode. `size` tells towns of one name apart: the number of their postcodes."""

    name: str
    around: str  # district and federal state
    code: str
    country: str
    latitude: float
    longitude: float
    size: int = 1
    is_exact: bool = True

    @property
    def text(self) -> str:
        """What finds this place and no other: postcode and name, or else its degrees."""
        return f"{self.code} {self.name}" if self.code else f"{self.latitude:.3f},{self.longitude:.3f}"


def places_called(text: str) -> list[Place]:
    """Places that `text` means, larger ones first; one alone where it is clear which is meant."""
    rows = Postcode.objects.meant_by(text)
    towns = (
        rows.order_by()
        .values("country", "state_name", "district", "key")
        .annotate(
            name=Min("place"),
            postcode=Min("code"),
            north=Avg("latitude"),
            east=Avg("longitude"),
            size=Count("pk"),
            is_exact=Case(When(key__in=spellings(" ".join(text.split())), then=True), default=False),
        )
        .order_by("-size", "key", "postcode")[:MOST_PLACES]
    )
    return clear([_place(town) for town in towns])


def spelt_nearly(name: str, towns: Mapping[str, str]) -> list[str]:
    """Those of `towns` (by their spelling in a search) that `name` may have been meant for, the most similar first."""
    return [
        towns[one] for one in get_close_matches(spelling(name), towns, n=SIMILAR_MOST, cutoff=SIMILAR_TOWN)
    ]


def places_spelt_nearly(name: str) -> list[str]:
    """Towns of the table of postcodes whose names are spelt nearly so and begin with the same two letters."""
    begin = Postcode.objects.filter(key__startswith=Fold(Value(name.strip()[:2])))
    towns = begin.order_by("key").values_list("place", flat=True).distinct()[:COMPARED]
    return spelt_nearly(name, {spelling(town): town for town in towns})


def _place(town: dict) -> Place:
    around = [part for part in (town["district"], town["state_name"]) if part and part != town["name"]]
    return Place(
        name=town["name"],
        around=", ".join(dict.fromkeys(around)),
        code=town["postcode"],
        country=town["country"],
        latitude=town["north"],
        longitude=town["east"],
        size=town["size"],
        is_exact=town["is_exact"],
    )


def clear(places: list[Place]) -> list[Place]:
    """One place where it is clear which is meant, else all of them."""
    if not places:
        return []
    first, *others = places
    if first.code and {(one.country, one.code) for one in others} <= {(first.country, first.code)}:
        # The villages of one postcode are one area.
        latitude, longitude = (
            fmean(getattr(place, name) for place in places) for name in ("latitude", "longitude")
        )
        return [replace(first, latitude=latitude, longitude=longitude)]
    # Of this very name, and larger than all others together: the Leipzig that everybody means.
    is_meant = first.is_exact and first.size > sum(place.size for place in others)
    return [first] if is_meant else places
