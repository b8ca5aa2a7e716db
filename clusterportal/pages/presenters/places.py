"""Where an actor or a cluster is, as a picture that needs no map server."""

from dataclasses import dataclass

from django.db.models import Avg, Count, Min

from actors.models import Actor
from clusterportal.clusters.models import Cluster, Region
from clusterportal.pages.drawing.place import RING_CHOICES_KM, PlacePicture, place_picture
from clusterportal.pages.presenters.accuracy import sentence
from clusterportal.places.distances import degrees_around

AROUND_KM = 200
MOST_TOWNS_AROUND_ACTOR, MOST_TOWNS_AROUND_CLUSTER = 24, 60
_OSM = "https://www.openstreetmap.org/"
_BUILDING_ZOOM, _TOWN_ZOOM = 16, 12


@dataclass(frozen=True)
class ActorPlace:
    """`map_url` leads to OpenStreetMap: to a mark only where the coordinates mean the building."""

    picture: PlacePicture
    source: str  # of the outline
    map_url: str
    accuracy: str  # what the point marks, as a sentence, where it is not the building


def place_of_actor(actor: Actor) -> ActorPlace | None:
    """The place of an actor with coordinates: in the outline of its region, else among towns with actors."""
    if actor.latitude is None or actor.longitude is None:
        return None
    region = Region.objects.filter(outline__isnull=False, clusters__memberships__actor=actor).first()
    towns = [] if region else _towns_around(actor.latitude, actor.longitude, besides=actor.city)
    picture = place_picture(
        actor.latitude,
        actor.longitude,
        towns,
        region.outline if region else None,
        name=actor.city,
        is_exact=actor.is_located_exactly,
    )
    return ActorPlace(
        picture, region.outline_source if region else "", _map_url(actor), sentence(actor.location_accuracy)
    )


def _map_url(actor: Actor) -> str:
    north, east = actor.latitude, actor.longitude
    if actor.is_located_exactly:
        return f"{_OSM}?mlat={north}&mlon={east}#map={_BUILDING_ZOOM}/{north}/{east}"
    return f"{_OSM}#map={_TOWN_ZOOM}/{north}/{east}"


def _towns_around(latitude: float, longitude: float, *, besides: str) -> list[tuple[str, float, float]]:
    near = Actor.objects.published().near(latitude, longitude, AROUND_KM)
    towns = (
        near.exclude(city__in=["", besides])
        .order_by()
        .values("city")
        .annotate(north=Avg("latitude"), east=Avg("longitude"), nearest=Min("distance"))
        .order_by("nearest", "city")[:MOST_TOWNS_AROUND_ACTOR]
    )
    return [(town["city"], town["north"], town["east"]) for town in towns]


def place_of_cluster(cluster: Cluster, members) -> PlacePicture | None:
    """A pin at the middle of the members: in the outline of the region, or with the towns around."""
    middle = members.located().aggregate(latitude=Avg("latitude"), longitude=Avg("longitude"))
    if middle["latitude"] is None:
        return None
    here = (middle["latitude"], middle["longitude"])
    towns = [] if cluster.region.outline else _largest_towns_around(*here)
    return place_picture(*here, towns, cluster.region.outline, is_exact=False)


def _largest_towns_around(latitude: float, longitude: float) -> list[tuple[str, float, float]]:
    """Towns with most published actors within reach of the largest ring."""
    high, wide = degrees_around(latitude, RING_CHOICES_KM[-1])
    wide = min(wide, 179)
    rows = (
        Actor.objects.published()
        .within(longitude - wide, latitude - high, longitude + wide, latitude + high)
        .exclude(city="")
        .order_by()
        .values("city")
        .annotate(number=Count("pk"), latitude_mean=Avg("latitude"), longitude_mean=Avg("longitude"))
        .order_by("-number", "city")[:MOST_TOWNS_AROUND_CLUSTER]
    )
    return [(row["city"], row["latitude_mean"], row["longitude_mean"]) for row in rows]
