"""The point that "near Kaiserslautern" means: degrees, a postcode, a town."""

import re
from typing import NamedTuple

from django.db.models import Avg, Count, F, Q, Value
from django.db.models.functions import Collate

from actors.enums import LocationAccuracy
from actors.models import Actor
from clusterportal.core.functions import Fold
from clusterportal.places.finding import MOST_PLACES, Place, clear, places_called
from clusterportal.places.own_names import asked_for

_DEGREES = re.compile(r"[^,]*[0-9][^,]*,[^,]*|(?:nan|inf)\b.*", re.IGNORECASE)
LONGEST_ADDRESS = 140  # characters of postcode and town


class Point(NamedTuple):
    """Degrees, and the name of the place where the visitor gave one."""

    latitude: float
    longitude: float
    name: str = ""
    accuracy: LocationAccuracy = LocationAccuracy.TOWN  # of a point found for an address


class UnclearPlace(ValueError):
    """The text means no place that is known here, or several: `places` holds them, larger ones first."""

    def __init__(self, places: list[Place]):
        super().__init__()
        self.places = places


def is_in_degrees(text: str) -> bool:
    """Whether `text` means to be latitude and longitude, well written or not."""
    return _DEGREES.fullmatch(text.strip()) is not None


def find_point(text: str) -> Point:
    """The place that `text` names, by the table of postcodes or else by where actors are."""
    places = places_called(text) or _cities_of_actors(text)
    if len(places) != 1:
        raise UnclearPlace(places)
    place = places[0]
    return Point(place.latitude, place.longitude, place.name if text.strip() != place.code else place.text)


def point_of_address(*, postcode: str, city: str, country: str) -> Point | None:
    """The middle of the postcode's area, or else of the town, in this country; None where neither is clear."""
    for text in (f"{postcode} {city}".strip(), postcode, city):
        if not text or "\x00" in text or len(text) > LONGEST_ADDRESS:
            continue
        found = clear(
            [one for one in places_called(text) or _cities_of_actors(text) if one.country == country]
        )
        if len(found) == 1:
            code = postcode if postcode in text else ""
            accuracy = LocationAccuracy.POSTCODE if code else LocationAccuracy.TOWN
            name = f"{code} {found[0].name}".strip()
            return Point(found[0].latitude, found[0].longitude, name, accuracy)
    return None


def _cities_of_actors(text: str) -> list[Place]:
    """The middle of the published actors with this city or postcode; one place for each city and state."""
    text = " ".join(text.split())
    first = text.split()[0] if text else ""
    cities = (
        Actor.objects.published()
        .located()
        .exclude(city="")
        .annotate(city_key=Collate(Fold(F("city")), "C"))  # as it is indexed
        .filter(
            Q(city_key__in=[Fold(Value(name)) for name in {text, asked_for(text)}])
            | Q(postcode=first, postcode__regex="[0-9]")
        )
        .order_by()
        .values("country", "state_name", "city")
        .annotate(north=Avg("latitude"), east=Avg("longitude"), size=Count("pk"))
        .order_by("-size", "country", "state_name", "city")[:MOST_PLACES]
    )
    return clear(
        [
            Place(
                city["city"],
                city["state_name"],
                "",
                city["country"],
                city["north"],
                city["east"],
                city["size"],
            )
            for city in cities
        ]
    )
