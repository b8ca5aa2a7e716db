"""Places that a text may mean, as points on the map."""

from dataclasses import dataclass, replace
from statistics import fmean

from django.db.models import Avg, Case, Count, Min, When

from clusterportal.places.models import Postcode
from clusterportal.places.querysets import spellings

MOST = 12  # places offered when a name has several


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
        .order_by("-size", "key", "postcode")[:MOST]
    )
    return clear([_place(town) for town in towns])


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
