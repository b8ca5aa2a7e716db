"""Where an actor is, as a picture that needs no map server."""

from dataclasses import dataclass

from django.db.models import Avg, Min

from actors.models import Actor
from clusterportal.clusters.models import Region
from clusterportal.pages.drawing.place import PlacePicture, place_picture

AROUND_KM = 200
MOST_TOWNS = 24


_OSM = "https://www.openstreetmap.org/"
CLOSE, TOWN = 16, 12  # zoom of a map: a building, a town


@dataclass(frozen=True)
class Place:
    """`map_url` leads to OpenStreetMap: to a mark only where the coordinates mean the building."""

    picture: PlacePicture
    source: str  # of the outline
    map_url: str


def place_of(actor: Actor) -> Place | None:
    """The place of an actor with coordinates: in the outline of its region, else among towns with actors."""
    if actor.latitude is None:
        return None
    region = Region.objects.filter(outline__isnull=False, clusters__memberships__actor=actor).first()
    towns = [] if region else _towns_around(actor)
    picture = place_picture(actor.latitude, actor.longitude, towns, region.outline if region else None)
    return Place(picture, region.outline_source if region else "", _map_url(actor))


def _map_url(actor: Actor) -> str:
    north, east = actor.latitude, actor.longitude
    if actor.is_located_exactly:
        return f"{_OSM}?mlat={north}&mlon={east}#map={CLOSE}/{north}/{east}"
    return f"{_OSM}#map={TOWN}/{north}/{east}"


def _towns_around(actor: Actor) -> list[tuple[str, float, float]]:
    near = Actor.objects.published().near(actor.latitude, actor.longitude, AROUND_KM)
    towns = (
        near.exclude(city__in=["", actor.city])
        .order_by()
        .values("city")
        .annotate(north=Avg("latitude"), east=Avg("longitude"), nearest=Min("distance"))
        .order_by("nearest", "city")[:MOST_TOWNS]
    )
    return [(town["city"], town["north"], town["east"]) for town in towns]
